/**
 * Runs of 4 to 12 letters or digits behind a word for a number that opens a gate (PIN, code, pick-up, release), in the languages of the ports, to the end of
 * the text the word stands in. Who writes a number into a remark follows no form: covered is what could be one. Words by our own knowledge of such remarks.
 */

/** Text is read as Latin-1: a letter with an accent is one sign, or the two bytes of it in UTF-8. */
const accented = (plain: string, latin: string, utf8: string): string => `(?:${plain}|${latin}|${utf8})`
const O = accented('o', 'ó', 'Ã³')
const E = accented('e', 'è', 'Ã¨')
const N = accented('n', 'ñ', 'Ã±')

const WORDS = [
  // Everywhere, English first.
  'pin(?:[ _-]?(?:codes?|no|nr|number|nummer))?',
  'codes?',
  'pass(?:word|code)',
  'pick[ _-]?up(?:[ _-]?(?:code|pin|no|number|ref(?:erence)?))?',
  'collection',
  'release(?:[ _-]?(?:code|pin|no|number|ref(?:erence)?))?',
  // Dutch
  '(?:afhaal|ophaal|vrijgave|vrijstellings?|toegangs)(?:code|nummer|pin)?',
  // German
  '(?:abhol|freistell(?:ungs)?|freigabe|zugangs)(?:code|nummer|pin|referenz)?',
  'kennwort',
  // French
  'retrait',
  `enl${E}vement`,
  // Italian
  'codic[ei]',
  'ritiro',
  // Spanish and Portuguese
  `c${O}digos?`,
  'clave',
  `contrase${N}a`,
  'senha',
  'retirada',
  'recogida',
  'recolha',
  'levantamento',
]
const WORD = new RegExp(`(?<![A-Za-z0-9À-ÿ])(?:${WORDS.join('|')})(?![A-Za-zÀ-ÿ])`, 'gi')
/** A segment, a line, an element of XML or a value of JSON ends the text; `?` takes its meaning from the sign behind it. */
const END = /(?<!\?)'|[\r\n<{}]|",/
/** Five texts of 512 signs: the longest remark that UN/EDIFACT knows. */
const LONGEST_TEXT = 2560

/** As far as a number stands from its word. */
const FAR = 64

/** Digits in groups are one number. */
const RUN = /(?<![A-Za-z0-9])(?:\d(?:[ .-]?\d){3,15}|[A-Za-z0-9]{4,12})(?![A-Za-z0-9])/g
const CONTAINER = /^[A-Z]{4}\d{7}$/i
/** Between a word and its number: signs, and words too short to be one. */
const BETWEEN = /^[^A-Za-z0-9]*(?:[A-Za-z]{1,3}[^A-Za-z0-9]+)*$/

export interface CoveredRun {
  readonly from: number
  readonly to: number
  /** `alone`: it has a digit or stands right behind the word, so what repeats it is covered, too. Another word of the remark is covered in its place only. */
  readonly repeats: 'alone' | 'no'
}

export function* afterReleaseWords(text: string): Generator<CoveredRun> {
  let done = 0
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const begin = index + word.length
    // A further word in one text finds the runs of the first again; it only says which stands right behind it.
    const isFurther = begin < done
    const reach = text.slice(begin, isFurther ? Math.min(done, begin + FAR) : begin + LONGEST_TEXT)
    const end = isFurther ? -1 : reach.search(END)
    const rest = end === -1 ? reach : reach.slice(0, end)
    let isFirst = true
    for (const { 0: run, index: at } of rest.matchAll(RUN)) {
      const isNext = isFirst && BETWEEN.test(rest.slice(0, at))
      isFirst = false
      if (!CONTAINER.test(run) && (isNext || !isFurther))
        yield { from: begin + at, to: begin + at + run.length, repeats: isNext || /\d/.test(run) ? 'alone' : 'no' }
      if (isFurther) break
    }
    done = Math.max(done, begin + rest.length)
  }
}
