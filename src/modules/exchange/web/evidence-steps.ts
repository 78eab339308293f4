/**
 * What the evidence of a message says of one desk, step by step: what came, came late, was stated by ourselves, is still waited for. A later
 * positive overrules a silence that was stated; both are told.
 */
import { type EvidenceRow, evidenceKinds, type MessageView } from '../contract.ts'

type Kind = EvidenceRow['kind']

export interface Step {
  readonly kind: Kind
  readonly outcome: 'came' | 'late' | 'overruled' | 'silent' | 'refused' | 'due' | 'open'
  /** When it was stated. */
  readonly at?: string
  readonly issuer?: string
  /** When silence was stated that is overruled now. */
  readonly silence?: string
  /** Until when it is or was waited for. */
  readonly by?: string
  readonly code?: string
}

/** Stated of every message; what comes after depends on what the desk does with it. */
const ALWAYS: readonly Kind[] = ['submission', 'relay', 'handling-accepted', 'delivery']

export function stepsOf({ message, evidence, terms }: MessageView, unit: string): readonly Step[] {
  const own = evidence.filter((each) => each.unit === unit)
  const steps: Step[] = []
  for (const kind of evidenceKinds) {
    const stated = own.filter((each) => each.kind === kind)
    const by = terms.find((term) => term.kind === kind)?.by
    const step = stated.length > 0 ? statedStep(stated, by) : waitedStep(kind, by, message)
    if (step !== undefined) steps.push(step)
    // Who refused will state nothing more.
    if (step?.outcome === 'refused') break
  }
  return steps
}

function statedStep(stated: readonly EvidenceRow[], by: string | undefined): Step | undefined {
  const yes = stated.find((each) => each.positive)
  const no = stated.find((each) => !each.positive)
  const said = yes ?? no
  if (said === undefined) return undefined
  const { kind, at, issuer } = said
  const base = { kind, at, issuer, ...(by === undefined ? {} : { by }) }
  if (yes === undefined)
    return no?.code === 'timeout' ? { ...base, outcome: 'silent' } : { ...base, outcome: 'refused', code: no?.code ?? '' }
  if (no !== undefined) return { ...base, outcome: 'overruled', silence: no.at }
  return { ...base, outcome: by !== undefined && Date.parse(at) > Date.parse(by) ? 'late' : 'came' }
}

function waitedStep(kind: Kind, by: string | undefined, { direction, state }: MessageView['message']): Step | undefined {
  if (direction === 'in' || !['waiting', 'sent'].includes(state)) return undefined
  if (by !== undefined) return { kind, outcome: 'due', by }
  return ALWAYS.includes(kind) ? { kind, outcome: 'open' } : undefined
}
