/**
 * The shape of a business rule of the entry summary declaration: its number, where it looks, and when it is broken.
 * Invariant: a rule reads the declaration and nothing else; it never throws.
 * Source: error numbers, contexts and conditions of the public rule catalogue of the UK ICS gateway; expressions and texts are our own.
 */
import type { EnsElement, EnsFacts } from './declaration.ts'

/** The `New` forms leave out the totals of items and packages and the place of declaration. */
export type EnsMessage = 'CC315A' | 'CC315A-New' | 'CC313A' | 'CC313A-New'

export const EVERY_MESSAGE: readonly EnsMessage[] = ['CC315A', 'CC315A-New', 'CC313A', 'CC313A-New']
export const WITH_TOTALS: readonly EnsMessage[] = ['CC315A', 'CC313A']
export const NEW_DECLARATIONS: readonly EnsMessage[] = ['CC315A', 'CC315A-New']

export interface RuleView {
  /** The element the rule looks at. */
  readonly here: EnsElement
  /** The goods item that holds it, when it stands in one. */
  readonly item: EnsElement | undefined
  readonly facts: EnsFacts
}

export interface EnsRule {
  readonly number: number
  /** Path below the declaration; empty for the declaration itself. The rule is asked once for each element on it. */
  readonly context: readonly string[]
  readonly messages: readonly EnsMessage[]
  /** What must hold, for the person who has to correct it. */
  readonly text: string
  readonly isBroken: (view: RuleView) => boolean
}

/** Rules that share a context. */
export function rulesAt(
  path: string,
  rules: readonly (readonly [number: number, text: string, isBroken: EnsRule['isBroken']])[],
  messages: readonly EnsMessage[] = EVERY_MESSAGE,
): EnsRule[] {
  const context = path === '' ? [] : path.split('/')
  return rules.map(([number, text, isBroken]) => ({ number, context, messages, text, isBroken }))
}
