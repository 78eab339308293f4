/** How numbers are written in an entry summary declaration: no leading zeros, no sign, at most 11 digits of which three after the point. */
import { type EnsRule, rulesAt } from '../rule.ts'

const MOST_DIGITS = 11
const MOST_DECIMALS = 3

export function hasLeadingZero(text: string | undefined): boolean {
  return text !== undefined && /^[+-]?0[0-9]/.test(text.trim())
}

export function isSigned(text: string | undefined): boolean {
  return text !== undefined && /^[+-]/.test(text.trim())
}

/** The four rules that every mass has to keep. */
export function decimalRules(path: string): EnsRule[] {
  return rulesAt(path, [
    [8674, 'A mass has no leading zeros.', ({ here }) => hasLeadingZero(here.text)],
    [8675, 'A mass has at most 11 digits.', ({ here }) => here.text.replaceAll(/[^0-9]/g, '').length > MOST_DIGITS],
    [8676, 'A mass has at most three digits after the point.', ({ here }) => (here.text.trim().split('.')[1]?.length ?? 0) > MOST_DECIMALS],
    [8677, 'A mass with a point has a digit on each side of it.', ({ here }) => /^[+-]?\.|\.$/.test(here.text.trim())],
  ])
}
