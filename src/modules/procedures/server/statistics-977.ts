/**
 * The yearly statistics of Directive (EU) 2023/977 Art 18(2), from the cases of PR-02. Read in the official text (German version): (a) requests submitted by
 * the Single Point of Contact and by the competent authorities; (b) requests received and answered, by urgent or not and by requesting state; (c) requests
 * refused, by requesting state and ground of Art 6; (d) cases in which the time limits of Art 5(1) were deviated from for a judicial authorisation, by
 * requesting state. Due by 1 March for the calendar year before (Art 18(1)).
 * Each cross is shown as one table for each state, and only under a state whose own number is shown.
 */

import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { evaluate } from '#kernel/procedure/expression.ts'
import { factsOfCase } from '#kernel/procedure/facts.ts'
import type { CaseFold } from '#kernel/procedure/fold.ts'
import { tableOf } from '#kernel/stats/procedure-tally.ts'
import { type ShownTable, showCounts, showUnder } from '#kernel/stats/small-cells.ts'
import { rolesOf } from './case-fold.ts'
import type { CaseRow } from './case-row.ts'

export const DIRECTIVE_977 = 'PR-02'
export const SUBMITS = 'send'
/** Steps by which the requested contact point answers; `partial` both answers and refuses. */
export const ANSWERS: readonly string[] = ['provide', 'partial', 'refuse']
/** The step that says that an authorisation is needed and the limit will not be kept for it. */
export const JUDICIAL = 'needJudicial'

const URGENCY = ['urgent', 'not urgent'] as const

type Counts = Map<string, number>
/** By requesting state, then by another mark. */
type Cross = Map<string, Counts>

export interface Tally977 {
  readonly submitted: Counts
  readonly received: Cross
  readonly answered: Cross
  readonly refused: Cross
  readonly judicial: Counts
}

export function newTally977(): Tally977 {
  return { submitted: new Map(), received: new Map(), answered: new Map(), refused: new Map(), judicial: new Map() }
}

export function count977(definition: ProcedureDef, tally: Tally977, at: { readonly row: CaseRow; readonly fold: CaseFold }): void {
  const { row, fold } = at
  const roles = rolesOf(row, fold)
  const taken = fold.steps.filter(({ isVoid }) => !isVoid)
  const [requester] = fold.parties['requester'] ?? []
  if (roles.includes('requester') && taken.some(({ transition }) => transition === SUBMITS))
    add(tally.submitted, requester?.kind === 'spoc' ? 'Single Point of Contact' : 'competent authorities')
  if (!roles.includes('requested')) return
  const state = requester?.country ?? ''
  const { urgentIf } = definition.message ?? {}
  const isUrgent = urgentIf !== undefined && evaluate(urgentIf, factsOfCase(fold, {}, { now: 0 })) === true
  const urgency = isUrgent ? URGENCY[0] : URGENCY[1]
  addTo(tally.received, state, urgency)
  if (taken.some(({ transition }) => ANSWERS.includes(transition))) addTo(tally.answered, state, urgency)
  const refusing = new Set(definition.transitions.flatMap(({ id, refuses }) => (refuses === undefined ? [] : [id])))
  for (const { transition, fields } of taken) if (refusing.has(transition)) addTo(tally.refused, state, String(fields['ground'] ?? ''))
  if (taken.some(({ transition }) => transition === JUDICIAL)) add(tally.judicial, state)
}

function add(counts: Counts, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function addTo(cross: Cross, first: string, second: string): void {
  const own = cross.get(first) ?? new Map<string, number>()
  cross.set(first, own)
  add(own, second)
}

export interface StatutoryPoint {
  readonly point: string
  readonly meaning: string
  readonly basis: { readonly act: string; readonly art: string; readonly mark: 'V' }
  readonly tables: readonly { readonly title: string; readonly shown: ShownTable }[]
}

export function show977(definition: ProcedureDef, tally: Tally977, least: number): readonly StatutoryPoint[] {
  const grounds = definition.refusalGrounds.map(({ code }) => code)
  const point = (id: string, meaning: string, tables: StatutoryPoint['tables']): StatutoryPoint => ({
    point: id,
    meaning,
    basis: { act: 'Directive (EU) 2023/977', art: `Art 18(2)(${id})`, mark: 'V' },
    tables,
  })
  return [
    point('a', 'Requests submitted', [{ title: 'by authority', shown: showCounts(tableOf(tally.submitted, []), least) }]),
    point('b', 'Requests received and answered', [
      ...crossed('received', tally.received, { parts: URGENCY, least }),
      ...crossed('answered', tally.answered, { parts: URGENCY, least }),
    ]),
    point('c', 'Requests refused', crossed('refused', tally.refused, { parts: grounds, least })),
    point('d', 'Time limits deviated from for a judicial authorisation', [
      { title: 'by requesting state', shown: showCounts(tableOf(tally.judicial, []), least) },
    ]),
  ]
}

function crossed(
  what: string,
  cross: Cross,
  { parts, least }: { readonly parts: readonly string[]; readonly least: number },
): StatutoryPoint['tables'] {
  const states = [...cross.keys()].sort()
  const sums = new Map(states.map((state) => [state, [...(cross.get(state)?.values() ?? [])].reduce((sum, n) => sum + n, 0)]))
  const byState = showCounts(tableOf(sums, []), least)
  return [
    { title: `${what}, by requesting state`, shown: byState },
    ...states.map((state) => ({
      title: `${what}, ${state}`,
      shown: showUnder(byState.parts[state], tableOf(cross.get(state) ?? new Map(), parts), least),
    })),
  ]
}
