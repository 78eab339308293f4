/**
 * What every detector is and returns. A detector is a pure function with identity, version, legal basis, parameters and known limits; its signal
 * carries the facts with pointers to their source bytes, innocent alternatives, and an id made from its content: the same facts give the same bytes.
 * A signal speaks of a thing, never of a person; it changes no state: a person does.
 */
import { canonicalJson, type Json } from '#kernel/seal/canonical-json.ts'

/** Where a fact stands in its source. Same shape for every format. */
export interface FactPointer {
  readonly document: string
  readonly segment: number
  readonly element: number
  readonly component: number
  readonly start: number
  readonly end: number
}

export interface Fact {
  readonly name: string
  readonly value: string | number | boolean
  readonly at?: FactPointer
}

export type Evaluation =
  | { readonly kind: 'signal'; readonly facts: readonly Fact[]; readonly explanation: string }
  | { readonly kind: 'clear' }
  /** A field the detector needs is not there: no hit, and the list says what is missing. */
  | { readonly kind: 'not-computable'; readonly missing: readonly string[] }

export interface Detector<Input, Parameters extends object = object> {
  readonly id: string
  readonly version: string
  readonly title: string
  readonly legalBasis: string
  /** Who answers for it. */
  readonly owner: string
  /** Date after which it must be reviewed or falls silent. */
  readonly reviewUntil: string
  readonly parameters: Parameters
  /** Names of the input fields it looks at; checked against what no detector may use. */
  readonly inputs: readonly string[]
  readonly knownLimits: string
  readonly innocentAlternatives: readonly string[]
  readonly evaluate: (input: Input, parameters: Parameters) => Evaluation
}

export interface Signal {
  readonly id: string
  readonly detector: { readonly id: string; readonly version: string }
  readonly subject: { readonly kind: string; readonly id: string }
  readonly facts: readonly Fact[]
  readonly explanation: string
}

/** What no risk signal may look at, in any spelling. */
const FORBIDDEN = /national|ethnic|relig|health|race|racial|gender|sex|birth|citizen|name-?origin|surname|photo|face|biometric/i

/** Refuses a detector that names a forbidden feature; called when a node is assembled, so such a detector never runs. */
export function assertNoPersonalFeature(detector: Pick<Detector<never>, 'id' | 'inputs'>): void {
  const bad = detector.inputs.find((input) => FORBIDDEN.test(input))
  if (bad !== undefined) throw new Error(`Detector ${detector.id} looks at ${bad}: no risk signal may.`)
}

/** Runs one detector; the id is the hash of everything the signal says. */
export function runDetector<Input, Parameters extends object>(
  detector: Detector<Input, Parameters>,
  run: { readonly input: Input; readonly subject: Signal['subject']; readonly hash: (text: string) => string },
): { readonly signal: Signal } | { readonly notComputable: readonly string[] } | { readonly clear: true } {
  const evaluation = detector.evaluate(run.input, detector.parameters)
  if (evaluation.kind === 'clear') return { clear: true }
  if (evaluation.kind === 'not-computable') return { notComputable: evaluation.missing }
  const body = {
    detector: { id: detector.id, version: detector.version },
    subject: run.subject,
    facts: evaluation.facts,
    explanation: evaluation.explanation,
  }
  return { signal: { id: run.hash(canonicalJson(body as unknown as Json)), ...body } }
}
