/** A step as the node offers it. */
import type { CaseOnScreen } from '../contract.ts'

export type StepOffer = CaseOnScreen['steps'][number]

/** The official name stands first, the plain one explains it. */
export function nameOf(step: Pick<StepOffer, 'title' | 'official'>): string {
  return step.official ?? step.title
}

export function asksFirst(step: StepOffer): boolean {
  return step.irreversible || step.warnings.length > 0
}
