/**
 * Whether a stated party can be told to be a legal person, and the key its history is kept under: Latin letters, lower case, its legal form in short.
 * Invariant: without a legal form in the name and without an identifier of a company there is no key, and so no history: the name may be a person's.
 * A sole trader is a person. Source of the forms: `kernel/match/lexicon-legal-forms.ts`; that doubt speaks for the person is policy.
 */
import { LEGAL_FORMS } from '#kernel/match/lexicon-legal-forms.ts'

const LONGEST_FORM = 6
/** Before and after decomposing: one sign may become many, and a key must fit an index. */
const MOST_LETTERS = 160
/** Before these a short form is the end of a family name: "de Sá". */
const PARTICLES: ReadonlySet<string> = new Set(['de', 'da', 'do', 'dos', 'das', 'di', 'del', 'la', 'e', 'y', 'van', 'von'])
/** Forms that are also words or names of everyday: never enough alone. */
const TOO_COMMON: ReadonlySet<string> = new Set([
  'e',
  'o',
  'a',
  'na',
  'nl',
  'se',
  'da',
  'do',
  'dos',
  'no',
  'ei',
  'ip',
  'li',
  'an',
  'mi',
  'pt',
  'sp',
  'ike',
  'oe',
  'saa',
])
const IDENTIFIER = /^[A-Z0-9][A-Z0-9./-]{4,34}$/i

export function wordsOfParty(name: string): readonly string[] {
  return (
    name
      .slice(0, MOST_LETTERS)
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .slice(0, MOST_LETTERS)
      .toLowerCase()
      .replace(/&/g, ' and ')
      // "S.A." and "B. V." are one word.
      .replace(/\b(\p{L})\.\s?(?=\p{L}\b)/gu, '$1')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
      .split(' ')
      .filter((word) => word !== '')
  )
}

/** Undefined: not known to be a legal person. */
export function legalPersonKey(party: { readonly name: string; readonly identifier?: string | undefined }): string | undefined {
  const words = wordsOfParty(party.name)
  const form = legalFormOf(words)
  if (form !== undefined) {
    const rest = [...words.slice(0, form.at), ...words.slice(form.at + form.length)]
    return rest.length === 0 ? undefined : `${rest.join(' ')} ${form.name}`
  }
  const identifier = party.identifier?.trim()
  return identifier !== undefined && IDENTIFIER.test(identifier) && /\d/.test(identifier) ? `id ${identifier.toLowerCase()}` : undefined
}

/** The longest form at the end of the name, or at its beginning as some countries write it. */
function legalFormOf(words: readonly string[]): { readonly at: number; readonly length: number; readonly name: string } | undefined {
  for (let length = Math.min(LONGEST_FORM, words.length - 1); length > 0; length--)
    for (const at of [words.length - length, 0]) {
      const spelling = words.slice(at, at + length).join(' ')
      const form = LEGAL_FORMS.get(spelling) ?? LEGAL_FORMS.get(spelling.replaceAll(' ', ''))
      if (form === undefined || form.kind === 'sp' || TOO_COMMON.has(spelling)) continue
      if (at === 0 && length === 1 && spelling.length < 3) continue
      if (at > 0 && PARTICLES.has(words[at - 1] ?? '')) continue
      return { at, length, name: form.form === '' ? spelling : form.form }
    }
  return undefined
}
