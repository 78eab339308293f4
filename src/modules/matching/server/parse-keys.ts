/** Typed keys of a request, normalised; problems of all of them at once, each with its place. */
import { type MatchKey, parseMatchKey } from '#kernel/match-key/match-key.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { TypedKey } from '../contract.ts'

export function parseKeys(keys: readonly TypedKey[]): readonly MatchKey[] {
  const parsed = keys.map((key) =>
    parseMatchKey({ type: key.type, value: key.value, ...(key.with === undefined ? {} : { with: key.with }) }),
  )
  const problems = parsed.flatMap((each, index) =>
    each.ok ? [] : each.problems.map(({ code, at, message }) => ({ code, message, at: `keys.${index}, ${at}` })),
  )
  if (problems.length > 0) throw new AppError(422, 'matching.key', 'A key cannot be used as it stands.', { problems })
  return parsed.flatMap((each) => (each.ok ? [each.value] : []))
}
