/**
 * Countries and territories by the codes of FollowTheMoney (ISO 3166-1 in lower case, with historic and disputed ones). Codes of three letters and names are
 * read where exactly one country answers to them; nothing is guessed.
 */
import { COUNTRY_ALPHA_3, COUNTRY_NAMES } from './country-names.ts'
import { FTM_COUNTRY_CODES } from './ftm-codes.ts'
import { type Cleaned, doubtful, fine, unfit } from './value.ts'

const CODES: ReadonlySet<string> = new Set(FTM_COUNTRY_CODES.split('|').map((pair) => pair.slice(0, pair.indexOf('='))))
const ALPHA_3 = new Map(COUNTRY_ALPHA_3.split(' ').map((pair) => [pair.slice(3), pair.slice(0, 2)] as const))
const NAMES = namesOf(`${FTM_COUNTRY_CODES}|${COUNTRY_NAMES}`)

export function cleanCountry(value: string): Cleaned {
  const code = value.toLowerCase()
  if (CODES.has(code)) return fine(code)
  // The United Kingdom and Greece have other letters in the European Union's own texts.
  if (code === 'uk') return fine('gb')
  if (code === 'el') return fine('gr')
  // Passports of Germany say D alone (ICAO Doc 9303-3, section 5).
  const known = ALPHA_3.get(code) ?? (code === 'd' ? 'de' : NAMES.get(plain(value)))
  if (known !== undefined) return fine(known)
  return /^(?:[a-z]{2}|[a-z]{4}|[a-z]{2}-[a-z0-9]{2,4})$/.test(code)
    ? doubtful(code, 'country.unlisted', 'This code is not in the list of the model.')
    : unfit('country.unknown', 'No country is known by this code or name.')
}

/** Names that two countries answer to are left out. */
function namesOf(pairs: string): ReadonlyMap<string, string> {
  const names = new Map<string, string | undefined>()
  for (const pair of pairs.split('|')) {
    const split = pair.indexOf('=')
    const [code, list] = [pair.slice(0, split), pair.slice(split + 1)]
    // A name may hold a comma of its own, with a blank after it; between names stands none.
    for (const name of list.split(/,(?! )/)) {
      const key = plain(name)
      names.set(key, names.has(key) && names.get(key) !== code ? undefined : code)
    }
  }
  return new Map([...names].filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/** Without case, accents, signs and the article. */
function plain(name: string): string {
  return name
    .slice(0, 120)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^the /, '')
}
