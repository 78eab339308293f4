/**
 * Yearly statistics of Regulation (EU) 2023/1543 Art 28(2) that follow from cases as the issuing authority has them: (a) orders issued, (b) under emergency
 * derogations, (c) fulfilled and not, (d) notifications and refusals by ground, (i) ex post validation not granted; by emergency or not where the point
 * says so. Due by 31 March for the year before. Averages of time, (e) and (f), stand in the general figures as medians between steps; enforcement, remedies
 * and costs, (g), (h) and (j), are not counted.
 */
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import type { CaseFold } from '#kernel/procedure/fold.ts'
import { tableOf } from '#kernel/stats/procedure-tally.ts'
import { showCounts, showUnder } from '#kernel/stats/small-cells.ts'
import { rolesOf } from './case-fold.ts'
import type { CaseRow } from './case-row.ts'
import type { StatutoryPoint } from './statistics-977.ts'

/** Steps of PR-07 and PR-08 by what they mean for a point; a test holds them to the shipped procedures. */
export const STEPS_1543 = {
  'PR-07.epoc': {
    issued: ['transmit', 'transmitNotified', 'transmitEmergency', 'transmitEmergencyNotified', 'transmitUnvalidated'],
    derogation: ['transmitUnvalidated'],
    emergency: ['transmitEmergency', 'transmitEmergencyNotified', 'transmitUnvalidated'],
    fulfilled: ['provideData', 'acceptPart'],
    notified: ['transmitNotified', 'transmitEmergencyNotified'],
    notValidated: ['refuseValidation', 'validationLapses', 'withdrawUnvalidated'],
  },
  'PR-08.epoc-pr': {
    issued: ['transmit', 'transmitUnvalidated'],
    derogation: ['transmitUnvalidated'],
    emergency: ['transmitUnvalidated'],
    fulfilled: ['acknowledge'],
    notified: [],
    notValidated: ['refuseValidation', 'validationLapses'],
  },
} as const satisfies Record<string, Record<string, readonly string[]>>

type Order = keyof typeof STEPS_1543
type Counts = Map<string, number>

export interface Tally1543 {
  readonly issued: Counts
  readonly derogation: Counts
  readonly fulfilled: Map<string, Counts>
  readonly notified: Counts
  readonly refusals: Counts
  readonly notValidated: Counts
}

export function isOrder(id: string): id is Order {
  return id in STEPS_1543
}

export function newTally1543(): Tally1543 {
  return {
    issued: new Map(),
    derogation: new Map(),
    fulfilled: new Map(),
    notified: new Map(),
    refusals: new Map(),
    notValidated: new Map(),
  }
}

export function count1543(definition: ProcedureDef, tally: Tally1543, at: { readonly row: CaseRow; readonly fold: CaseFold }): void {
  const { row, fold } = at
  // Each order once: as the authority that issued it has it.
  if (!isOrder(definition.id) || !rolesOf(row, fold).includes('issuing')) return
  const steps: Record<string, readonly string[]> = STEPS_1543[definition.id]
  const taken = fold.steps.filter(({ isVoid }) => !isVoid)
  const did = (what: string) => taken.some(({ transition }) => steps[what]?.includes(transition) === true)
  if (!did('issued')) return
  const urgency = did('emergency') ? 'emergency' : 'no emergency'
  add(tally.issued, urgency)
  if (did('derogation')) add(tally.derogation, 'without prior validation')
  const own = tally.fulfilled.get(urgency) ?? new Map<string, number>()
  tally.fulfilled.set(urgency, own)
  add(own, did('fulfilled') ? 'fulfilled' : 'not fulfilled')
  if (did('notified')) add(tally.notified, urgency)
  const refusing = new Set(definition.transitions.flatMap(({ id, refuses }) => (refuses === undefined ? [] : [id])))
  for (const { transition, fields } of taken) if (refusing.has(transition)) add(tally.refusals, String(fields['ground'] ?? ''))
  if (did('notValidated')) add(tally.notValidated, 'not granted')
}

function add(counts: Counts, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

const URGENCY = ['emergency', 'no emergency'] as const

export function show1543(definition: ProcedureDef, tally: Tally1543, least: number): readonly StatutoryPoint[] {
  const point = (id: string, meaning: string, tables: StatutoryPoint['tables']): StatutoryPoint => ({
    point: id,
    meaning,
    basis: { act: 'Regulation (EU) 2023/1543', art: `Art 28(2)(${id})`, mark: 'V' },
    tables,
  })
  const issued = showCounts(tableOf(tally.issued, URGENCY), least)
  // All of these count the orders that were issued again: where a cell of those is withheld, they could give it away.
  const under = (counts: Counts, parts: readonly string[]) =>
    showUnder(Object.values(issued.parts).includes(null) ? null : issued.total, tableOf(counts, parts), least)
  const grounds = definition.refusalGrounds.map(({ code }) => code)
  return [
    point('a', 'Orders issued', [{ title: 'by emergency or not', shown: issued }]),
    point('b', 'Orders issued under emergency derogations', [{ title: 'without prior validation', shown: under(tally.derogation, []) }]),
    point(
      'c',
      'Orders fulfilled and not fulfilled',
      URGENCY.map((urgency) => ({
        title: urgency,
        shown: showUnder(issued.parts[urgency], tableOf(tally.fulfilled.get(urgency) ?? new Map(), ['fulfilled', 'not fulfilled']), least),
      })),
    ),
    point('d', 'Notifications to enforcing authorities, and refusals', [
      { title: 'notifications, by emergency or not', shown: under(tally.notified, URGENCY) },
      { title: 'refusals, by ground', shown: under(tally.refusals, grounds) },
    ]),
    point('i', 'Ex post validation not granted', [{ title: 'orders', shown: under(tally.notValidated, []) }]),
  ]
}
