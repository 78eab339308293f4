/**
 * Texts of a request that the store cannot hold: the zero sign, and half of a pair of surrogates where JSON is kept. A handler that repairs or quarantines them never
 * comes here; any other learns it from the store, and whoever asked learns which text it was. Source: PostgreSQL 18 manual, 8.14 and appendix A.
 */
import { isStorableText } from '#platform/store/storable-text.ts'
import { AppError } from './app-error.ts'

/** character_not_in_repertoire and untranslatable_character. */
const CODES: ReadonlySet<unknown> = new Set(['22021', '22P05'])
const DEEPEST = 64

/** The refusal in the place of what the store said; undefined when it said something else, or the request has no such text. */
export function unstorableText(error: unknown, input: unknown): AppError | undefined {
  if (!(error instanceof Error) || !('code' in error) || !CODES.has(error.code)) return undefined
  const at = placeOf(input, [])
  if (at === undefined) return undefined
  return new AppError(400, 'input', 'A text has a sign that cannot be stored.', {
    problems: [{ code: 'input.text', at: at.join('.'), message: 'Has a zero sign or half of a character.' }],
  })
}

function placeOf(value: unknown, at: readonly string[]): readonly string[] | undefined {
  if (typeof value === 'string') return isStorableText(value) ? undefined : at
  if (typeof value !== 'object' || value === null || at.length > DEEPEST) return undefined
  for (const [name, member] of Object.entries(value)) {
    const found = isStorableText(name) ? placeOf(member, [...at, name]) : at
    if (found !== undefined) return found
  }
  return undefined
}
