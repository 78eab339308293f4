/** What a parser says about input it could not take as it stands. Parsers return problems; they never throw on input. */
export interface Problem {
  /** Stable, dotted, lower case: `container-number.check-digit`. */
  readonly code: string
  /** Where in the input: a field name, or for a message the position `segment 12, element 3`. */
  readonly at: string
  /** One sentence in plain English for the person who must act on it. */
  readonly message: string
}

export type Parsed<T> =
  | {
      readonly ok: true
      readonly value: T
      readonly problems: readonly Problem[]
    }
  | { readonly ok: false; readonly problems: readonly Problem[] }

export function accept<T>(value: T, problems: readonly Problem[] = []): Parsed<T> {
  return { ok: true, value, problems }
}

export function refuse(problem: Problem): Parsed<never> {
  return { ok: false, problems: [problem] }
}
