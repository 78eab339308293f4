/**
 * Words of organisations' names that tell nothing apart: articles, prepositions, and. Latin letters, lower case.
 * Data derived from opensanctions/rigour, resources/names/stopwords.yml (MIT, see NOTICE).
 */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'of the in and for or a an as with on at to by from into al el ul per dlya i v na s ot k po iz no za pri bez z vid do w au wa ' +
    'de la las los en y por para del em ou voor du le et avec pour par des da di do dos das degli della delle dei ni der die das und zu von mit fur auf bei als tou ke e og och ja si ve van het op te aan lo gli il l'
  ).split(' '),
)

/** Those of them that join equals: what stands behind is no part of a name for it (Janssens & Co). */
export const CONJUNCTIONS: ReadonlySet<string> = new Set('and or y e et ou und en i k ke og och ja'.split(' '))
