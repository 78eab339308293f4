/**
 * The facts that conditions speak of, derived from a case and the step that is tried:
 * `<field>` its value (that of the step's form before the one stored) · `<field>.count` entries of `codes` and `list` ·
 * `<field>.inHours`, `<field>.inDays` from now to an instant or a date (negative = past) · `done.<step>` it was taken ·
 * `took.<step>` this officer took it · `state` · `party.<role>` somebody fills the role · `party.<role>.country`, `.kind`, `.realm` of the first desk there ·
 * `<field>.country`, `<field>.kind` of the desk that a step addresses · `actor.isSupervisor` · `clock.<clock>.extended` by how much it was extended so far · what a slice adds. A fact that nobody knows is absent.
 */
import type { Fact, Facts, Scalar } from './expression.ts'
import { type CaseFold, extendedBy, type Party } from './fold.ts'
import { instantFrom } from './instant.ts'

const HOUR = 3_600_000

export interface FactWorld {
  readonly now: number
  readonly actor?: { readonly officer: string; readonly isSupervisor: boolean }
}

export function factsOfCase(fold: CaseFold, fields: Readonly<Record<string, unknown>>, world: FactWorld): Facts {
  const facts: Record<string, Fact | undefined> = { state: fold.state }
  for (const [id, value] of Object.entries({ ...fold.values, ...fields })) Object.assign(facts, factsOfValue(id, value, world.now))
  for (const id of fold.done) facts[`done.${id}`] = true
  for (const [role, parties] of Object.entries(fold.parties)) Object.assign(facts, factsOfRole(role, parties))
  for (const { clock } of fold.clocks) facts[`clock.${clock}.extended`] = extendedBy(fold, clock)
  if (world.actor !== undefined) {
    facts['actor.isSupervisor'] = world.actor.isSupervisor
    for (const step of fold.steps) if (!step.isVoid && step.officer === world.actor.officer) facts[`took.${step.transition}`] = true
  }
  return facts
}

export function factsOfValue(id: string, value: unknown, now: number): Record<string, Fact | undefined> {
  // A value that was cleared hides the one stored before, and what was derived from it.
  if (value === undefined || value === null || value === '')
    return { [id]: undefined, [`${id}.count`]: undefined, [`${id}.inHours`]: undefined, [`${id}.inDays`]: undefined }
  if (Array.isArray(value)) {
    // Entries of a list are no values to compare; that there are some is.
    const entries = value.map((each: unknown, index): Scalar => (typeof each === 'object' ? index : (each as Scalar)))
    return { [id]: entries, [`${id}.count`]: value.length }
  }
  if (typeof value === 'string') {
    const at = instantFrom(value)
    if (at !== undefined) return { [id]: value, [`${id}.inHours`]: (at - now) / HOUR, [`${id}.inDays`]: (at - now) / (24 * HOUR) }
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return { [id]: value }
  return {}
}

function factsOfRole(role: string, parties: readonly Party[]): Record<string, Fact> {
  const [first] = parties
  if (first === undefined) return { [`party.${role}`]: false }
  const { country, kind, realm } = first
  return { [`party.${role}`]: true, [`party.${role}.country`]: country, [`party.${role}.kind`]: kind, [`party.${role}.realm`]: realm }
}
