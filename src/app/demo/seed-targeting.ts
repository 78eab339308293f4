/**
 * A targeting desk at work: ships that called, one that calls today, one to come; rules of two officers, a watch entry that ends, selections decided by name, outcomes.
 * Every step is taken by the officers of the desk, as a visitor would. Figures are small, and their intervals say so.
 */
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { listDocuments, uploadDocument } from '#modules/cargo/contract'
import {
  type ArrivalRow,
  closeSelection,
  decide,
  decideRule,
  enterWatch,
  listOutcomes,
  listQueue,
  proposeSelection,
  recordOutcome,
  type ruleBody,
  saveRule,
  setCapacity,
  submitRule,
} from '#modules/targeting/contract'
import { CALL_PORT, callOf, callsOfSisters, type PortCallOfShip } from '../../modules/cargo/generator/demonstration-port.ts'
import type { GeneratedVoyage } from '../../modules/cargo/generator/voyage.ts'
import type { Client } from '../client.ts'
import type { Waiting } from './eventually.ts'

type RuleInput = z.input<typeof ruleBody>
type Outcome = z.input<(typeof recordOutcome)['input']>['outcomes'][number]

const DAY = 86_400_000
const SEED = 31
const CAPACITY = 16
/** Of today's proposal: the rest waits for the visitor. */
const DECIDED_TODAY = 6
const BASIS = { act: 'Regulation (EU) No 952/2013', article: 'Art 46(2)' }
const GENERATED = 'Generated for the demonstration.'

interface TargetingDesk {
  readonly antwerp: Client
  /** The second officer. */
  readonly lead: Client
}

interface SeedTargeting {
  /** Civil day at the port. */
  readonly today: string
  /** The first voyage, whose last leg the desk learns too. */
  readonly coming: GeneratedVoyage
  /** Arrivals are made by schedule, within a minute or two. */
  readonly withinMinutes: Waiting
}

function dayFrom(today: string, days: number): string {
  return new Date(Date.parse(today) + days * DAY).toISOString().slice(0, 10)
}

export async function seedTargeting(
  desk: TargetingDesk,
  { today, coming, withinMinutes }: SeedTargeting,
): Promise<readonly PortCallOfShip[]> {
  const { antwerp } = desk
  const calls = callsOfSisters({ seed: SEED, today })
  const at = (days: number) => calls.filter((call) => call.days === days)
  const queue = async (day: string) => (await antwerp.call(listQueue, { port: CALL_PORT, day, limit: 200 })).items
  // The ship of today first: a rule is tried on arrivals that the desk holds.
  await takeIn(antwerp, at(0), withinMinutes)
  const arrivals = await withinMinutes(
    async () => await queue(today),
    (rows) => rows.some(isBananas) && rows.some(isCocoa) && rows.some(isHeavy),
  )
  await seedRules(desk, { arrivals, today })
  await seedWatch(antwerp, { call: at(3)[0], today })
  const rest = calls.filter(({ days }) => days !== 0)
  await takeIn(antwerp, [...rest, { days: 0, ...callOf(coming) }], withinMinutes)
  await withinMinutes(
    async () => await Promise.all(rest.map(async ({ days }) => ({ isOver: days < 0, rows: await queue(dayFrom(today, days)) }))),
    // What is over is decided below by what the signals say, and they come after the arrivals.
    (days) => days.every(({ isOver, rows }) => rows.some(isBananas) && (!isOver || rows.some(isRuledHeavy))),
  )
  for (const { days } of rest) if (days < 0) await workedDay(desk, dayFrom(today, days))
  await openDay(desk, today)
  await desk.lead.call(setCapacity, { port: CALL_PORT, day: dayFrom(today, 3), capacity: CAPACITY })
  return calls
}

const isBananas = ({ hs, loading }: ArrivalRow): boolean => hs?.startsWith('0803') === true && loading === 'ECGYE'
const isCocoa = ({ hs }: ArrivalRow): boolean => hs?.startsWith('1801') === true
/** A signal stands that says so. */
const isHeavy = ({ why }: ArrivalRow): boolean => why.signal?.detector === 'cargo.weight-mismatch'
const HEAVY = 'Heavier than declared'
const isRuledHeavy = ({ why }: ArrivalRow): boolean => why.rule?.title === HEAVY

async function takeIn(antwerp: Client, calls: readonly Pick<PortCallOfShip, 'files'>[], withinMinutes: Waiting): Promise<void> {
  const documents: string[] = []
  for (const { name, bytes } of calls.flatMap(({ files }) => files))
    documents.push((await antwerp.upload(uploadDocument, { name }, bytes)).document)
  await withinMinutes(
    async () => (await antwerp.call(listDocuments, { limit: 200 })).items.filter(({ document }) => documents.includes(document)),
    (items) => items.length === documents.length && items.every(({ state }) => state === 'read'),
  )
}

async function seedRules(
  { antwerp, lead }: TargetingDesk,
  { arrivals, today }: { readonly arrivals: readonly ArrivalRow[]; readonly today: string },
): Promise<void> {
  const test = (fires: (row: ArrivalRow) => boolean): RuleInput['tests'] => [
    { arrival: arrivals.find(fires)?.arrival ?? '', expected: 'fires' },
    { arrival: arrivals.find((row) => isCocoa(row) && !fires(row))?.arrival ?? '', expected: 'does-not-fire' },
  ]
  const days = { validFrom: dayFrom(today, -60), validUntil: dayFrom(today, 120), reviewOn: dayFrom(today, 90) }
  const rules: readonly RuleInput[] = [
    {
      title: 'Bananas from Guayaquil',
      why: `Cold cargo that leaves the quay quickly. Errs on the honest trade of the same lane. ${GENERATED}`,
      expression: {
        op: 'and',
        args: [
          { op: 'in', col: 'hs4', values: ['0803'] },
          { op: 'in', col: 'pol', values: ['ECGYE'] },
        ],
      },
      weight: 80,
      legalBasis: BASIS,
      tests: test(isBananas),
      ...days,
    },
    {
      title: HEAVY,
      why: `Verified gross mass above goods and tare. Errs on wet packing and dunnage. ${GENERATED}`,
      expression: { op: 'ind', id: 'I3' },
      weight: 150,
      mandatory: true,
      legalBasis: BASIS,
      tests: test(isHeavy),
      ...days,
    },
  ]
  for (const body of rules) {
    const { rule, version } = await antwerp.call(saveRule, { body, key: randomUUID() })
    await antwerp.call(submitRule, { rule, version })
    await lead.call(decideRule, { rule, version, decision: 'release', note: GENERATED })
  }
}

/** Two boxes of the ship to come, until the day after its call. */
async function seedWatch(
  antwerp: Client,
  { call, today }: { readonly call: PortCallOfShip | undefined; readonly today: string },
): Promise<void> {
  const watched = (call?.voyage.boxes ?? []).filter(({ discharge, isFull }) => discharge === CALL_PORT && isFull).slice(0, 2)
  await antwerp.call(enterWatch, {
    title: 'Boxes named in a request',
    why: `Named by a partner abroad. ${GENERATED}`,
    terms: watched.map(({ container: value }) => ({ kind: 'container' as const, value })),
    validFrom: today,
    validUntil: dayFrom(today, 4),
    legalBasis: BASIS,
    case: 'GENERATED-2',
    key: randomUUID(),
  })
}

async function propose(
  { antwerp, lead }: TargetingDesk,
  day: string,
): Promise<{ readonly selection: string; readonly rows: readonly ArrivalRow[] }> {
  await lead.call(setCapacity, { port: CALL_PORT, day, capacity: CAPACITY })
  const { selection } = await antwerp.call(proposeSelection, { port: CALL_PORT, day, key: randomUUID() })
  const { items: rows } = await antwerp.call(listQueue, { port: CALL_PORT, day, show: 'undecided', limit: 200 })
  return { selection, rows }
}

/** A day that is over: decided, closed, controlled. */
async function workedDay(desk: TargetingDesk, day: string): Promise<void> {
  const { antwerp } = desk
  const { selection, rows } = await propose(desk, day)
  const left = rows.findLast(({ selected }) => selected?.stratum === 'top')?.arrival
  await antwerp.call(decide, {
    selection,
    key: randomUUID(),
    decisions: rows.map(({ arrival }) =>
      arrival === left
        ? { arrival, decision: 'leave' as const, reason: 'known-good-operator' as const }
        : { arrival, decision: 'take' as const },
    ),
  })
  await antwerp.call(closeSelection, { selection })
  const { items } = await antwerp.call(listOutcomes, { limit: 200 })
  const owed = items.filter((item) => item.day === day)
  const rowOf = new Map(rows.map((row) => [row.arrival, row]))
  const heavy = owed.find(({ arrival }) => {
    const row = rowOf.get(arrival)
    return row !== undefined && isRuledHeavy(row)
  })?.arrival
  const sealed = owed.find(({ arrival, stratum }) => arrival !== heavy && stratum === 'top')?.arrival
  const missed = owed.findLast(({ arrival }) => arrival !== heavy && arrival !== sealed)?.arrival
  await antwerp.call(recordOutcome, {
    key: randomUUID(),
    outcomes: owed.map(({ arrival }, at): Outcome => {
      if (arrival === heavy)
        return { arrival, kind: 'found', means: 'opened', found: [{ kind: 'cocaine', kilograms: 38, place: 'door-end' }], note: GENERATED }
      if (arrival === sealed) return { arrival, kind: 'seal-broken', means: 'opened', note: GENERATED }
      if (arrival === missed) return { arrival, kind: 'not-checked', reason: 'no-staff', note: GENERATED }
      return { arrival, kind: 'nothing', means: at % 3 === 0 ? 'opened' : 'scanned' }
    }),
  })
}

/** A day in the middle of its work. */
async function openDay(desk: TargetingDesk, day: string): Promise<void> {
  const { selection, rows } = await propose(desk, day)
  const now = rows.slice(0, DECIDED_TODAY)
  await desk.antwerp.call(decide, {
    selection,
    key: randomUUID(),
    decisions: now.map(({ arrival }, at) =>
      at === now.length - 1
        ? { arrival, decision: 'reroute' as const, to: 'scan' as const, reason: 'scan-suffices' as const }
        : { arrival, decision: 'take' as const },
    ),
  })
}
