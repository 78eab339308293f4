/** What one type of match key is: its class and how it is normalised. */
import { type Parsed, refuse } from '#kernel/result/problem.ts'

export type MatchKeyClass = 'strong' | 'asset' | 'weak'

export interface KeyRule {
  readonly class: MatchKeyClass
  readonly second?: 'state' | 'date' | 'year'
  /** Takes both parts as they were typed; the second is empty for types of one part. */
  readonly normalise: (value: string, second: string) => Parsed<string>
}

export function fault(code: string, at: string, message: string): Parsed<never> {
  return refuse({ code: `match-key.${code}`, at, message })
}

/** First sign outside the pattern, as a position that a person can count to in what was typed. */
export function strangeSign(text: string, allowed: RegExp): { readonly at: string; readonly sign: string } | undefined {
  let position = 0
  for (const sign of text) {
    position += 1
    if (!allowed.test(sign)) return { at: `value, sign ${position}`, sign }
  }
  return undefined
}

/** Signs that people put between groups; they carry no meaning in numbers. */
const BETWEEN = /[\s\-./\u2010-\u2015]/g

/** Upper case without separators, within a length; any other sign is refused where it stands. */
export function plainCode(text: string, length: { readonly min: number; readonly max: number }): Parsed<string> {
  const strange = strangeSign(text, /[A-Za-z0-9\s\-./\u2010-\u2015]/)
  if (strange !== undefined) return fault('sign', strange.at, `The sign ${strange.sign} is no letter A to Z and no digit.`)
  const plain = text.replace(BETWEEN, '').toUpperCase()
  if (plain.length < length.min || plain.length > length.max)
    return fault('length', 'value', `It has ${length.min} to ${length.max} letters and digits; here are ${plain.length}.`)
  return { ok: true, value: plain, problems: [] }
}

/** ISO 3166-1, two letters. Longer codes and names are not guessed. */
export function issuingState(text: string): Parsed<string> {
  const code = text.trim().toUpperCase()
  if (!/^[A-Z]{2}$/.test(code)) return fault('state', 'with', 'The state is its code of two letters (ISO 3166-1).')
  return { ok: true, value: code, problems: [] }
}

/** A code and the state that gave it. */
export function codeOfState(length: { readonly min: number; readonly max: number }): KeyRule['normalise'] {
  return (value, second) => {
    const code = plainCode(value, length)
    if (!code.ok) return code
    const state = issuingState(second)
    return state.ok ? { ok: true, value: `${code.value}|${state.value}`, problems: [] } : state
  }
}
