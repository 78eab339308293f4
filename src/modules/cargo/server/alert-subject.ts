/**
 * What an alert is about, read by the rules of its kind. A wrong check digit is named with the right one and can be confirmed as stated; a unit load device has none to
 * confirm. Pure.
 */
import { parseAwbNumber, suggestAwbNumber } from '#kernel/identifiers/awb-number.ts'
import { parseContainerNumber, suggestContainerNumber } from '#kernel/identifiers/container-number.ts'
import { parseUldNumber } from '#kernel/identifiers/uld-number.ts'
import type { Parsed } from '#kernel/result/problem.ts'
import type { AlertSubject } from '../contract.ts'

interface SubjectRule {
  readonly parse: (text: string) => Parsed<string>
  readonly suggest: (text: string) => string | undefined
  /** Code of the one problem that a person can confirm. */
  readonly digit: string | undefined
}

const RULES: Readonly<Record<AlertSubject['kind'], SubjectRule>> = {
  container: { parse: parseContainerNumber, suggest: suggestContainerNumber, digit: 'container-number.check-digit' },
  'air-waybill': { parse: parseAwbNumber, suggest: suggestAwbNumber, digit: 'awb-number.check-digit' },
  'unit-load-device': { parse: parseUldNumber, suggest: () => undefined, digit: undefined },
}

export interface SubjectVerdict {
  readonly parsed: Parsed<string>
  /** The check digit fails, and nothing else. */
  readonly digitFails: boolean
  readonly suggestion: string | undefined
}

export function judgeSubject({ kind, number }: AlertSubject): SubjectVerdict {
  const { parse, suggest, digit } = RULES[kind]
  const parsed = parse(number)
  const digitFails = !parsed.ok && digit !== undefined && parsed.problems.some((each) => each.code === digit)
  return { parsed, digitFails, suggestion: digitFails ? suggest(number) : undefined }
}

/** Without what paint and paper put between the groups, in capitals. */
export function plainNumber(text: string): string {
  return text.replace(/[\s\-/.]/g, '').toUpperCase()
}
