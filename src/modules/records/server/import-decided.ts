/**
 * What a person withdrew or corrected of a record, held to when its source says it again beside something else: what was withdrawn stays out, what was corrected stays corrected.
 * Invariant: pure, and the same for a check as for the import that follows it. A value that the desk has left standing in another statement of the record is none of these.
 */
import { isCurrent, type Standing } from './import-standing.ts'
import { type LineProblem, type ReadRecord, warning } from './import-unit.ts'
import type { StoredValue } from './tables.ts'

/** One change by hand: these values went, those came in their place. */
export interface Decision {
  readonly gone: ReadonlySet<string>
  readonly instead: readonly StoredValue[]
}

/** In the order in which they were made. */
export function decisionsOn(known: readonly Standing[]): readonly Decision[] {
  const decided = known.filter(({ ended, vals }) => vals !== null && (ended === 'corrected' || ended === 'withdrawn'))
  // Most records have none.
  if (decided.length === 0) return []
  const standing = new Set(known.filter(isCurrent).flatMap(({ vals }) => (vals ?? []).map(keyOf)))
  const followers = new Map(known.toReversed().map((each) => [each.supersedes, each]))
  return decided
    .sort((a, b) => (a.fragment < b.fragment ? -1 : 1))
    .flatMap((before) => {
      const after = followers.get(before.fragment)
      // What stands no more in its words says nothing of what was changed.
      if (after === undefined ? before.ended === 'corrected' : after.vals === null) return []
      const [was, is] = [before.vals ?? [], after?.vals ?? []]
      const [had, has] = [new Set(was.map(keyOf)), new Set(is.map(keyOf))]
      const gone = new Set([...had].filter((key) => !has.has(key) && !standing.has(key)))
      return gone.size === 0 ? [] : [{ gone, instead: is.filter((value) => !had.has(keyOf(value))) }]
    })
}

export interface Decided {
  readonly record: ReadRecord
  /** Empty when nothing was decided of what the line says. */
  readonly told: readonly LineProblem[]
}

export function withDecisions(record: ReadRecord, decisions: readonly Decision[]): Decided {
  let values: readonly StoredValue[] = record.values
  const changed = { withdrawn: new Set<string>(), corrected: new Set<string>() }
  for (const { gone, instead } of decisions) {
    const hit = values.filter((value) => gone.has(keyOf(value)))
    if (hit.length === 0) continue
    for (const [prop] of hit) changed[instead.length === 0 ? 'withdrawn' : 'corrected'].add(prop)
    const left = values.filter((value) => !gone.has(keyOf(value)))
    const has = new Set(left.map(keyOf))
    values = [...left, ...instead.filter((value) => !has.has(keyOf(value)))]
  }
  const tell = (kind: keyof typeof changed, message: string): readonly LineProblem[] =>
    [...changed[kind]].map((prop) => warning(record.line, { code: `record.${kind}`, at: `properties.${prop}`, message }))
  const told = [
    ...tell('withdrawn', 'The desk withdrew a value that this line says; it stays withdrawn.'),
    ...tell('corrected', 'The desk corrected a value that this line says; it stays corrected.'),
  ]
  return told.length === 0 ? { record, told } : { record: { ...record, values }, told }
}

/** As far as two statements of a value are one: property, value, times, language. */
function keyOf([prop, value, , from, to, lang]: StoredValue): string {
  return JSON.stringify([prop, value, from ?? null, to ?? null, lang ?? null])
}
