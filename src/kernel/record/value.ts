/**
 * What cleaning a value answers. A value that is of its type comes back in the one form of that type; one that is doubtful comes back as it is, with a warning;
 * one that cannot be of its type comes back as none, with the reason, and is for the caller to keep in quarantine.
 */
import type { Problem } from '#kernel/result/problem.ts'

export interface Cleaned {
  readonly value: string | undefined
  readonly problems: readonly Problem[]
}

const NONE: readonly Problem[] = []

export function fine(value: string): Cleaned {
  return { value, problems: NONE }
}

/** Kept, with a warning. */
export function doubtful(value: string, code: string, message: string): Cleaned {
  return { value, problems: [{ code: `record.${code}`, at: 'value', message }] }
}

/** Not of its type: for quarantine. */
export function unfit(code: string, message: string): Cleaned {
  return { value: undefined, problems: [{ code: `record.${code}`, at: 'value', message }] }
}
