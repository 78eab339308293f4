/**
 * Makes the arrivals of some containers anew from everything that a desk holds about them, in one transaction. What is settled keeps its assessment; what no document
 * speaks of any more goes, unless somebody chose it.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { cargo, holdingsOf } from '#modules/cargo'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { type ArrivalDraft, foldArrivals, partyKeysOf } from './arrivals-fold.ts'
import type { Assessor } from './assessor.ts'
import { type DeskScope, dayIn, todayOf, unitOf, zoneOf } from './desk.ts'
import { loadAssessor } from './load-assessor.ts'
import { keepNotPlaced } from './not-placed.ts'
import { lockDesk, numberParties } from './parties.ts'
import { isSettled } from './settled.ts'
import { type ArrivalCounted, type ArrivalToWrite, moveTallies, writeArrivals } from './write-arrivals.ts'

export const TAKE_ARRIVALS = 'targeting.take-arrivals'
const MOST_SIGNALS = 30
const LONGEST_EXPLANATION = 400

interface Taken {
  readonly arrivals: number
  readonly notPlaced: number
  /** Of those, the ones whose time of arrival is stated and cannot be read. */
  readonly unreadable: number
}

/** Everything about these containers anew, in one transaction. */
export async function takeContainers(services: NodeServices, scope: DeskScope, containers: readonly string[]): Promise<Taken> {
  const ports = new Set(unitOf(services, scope)?.places ?? [])
  if (containers.length === 0 || ports.size === 0) return { arrivals: 0, notPlaced: 0, unreadable: 0 }
  return await services.database.asWorker(TAKE_ARRIVALS, async (tx) => {
    // One at a time for a desk: numbers of parties and counts move in order.
    await lockDesk(tx, scope)
    // After the lock: what was put in force before it is met here, and what comes after it is met by the look at everything ahead, which takes the same lock.
    const today = todayOf(services, scope)
    const assessor = await loadAssessor(tx, scope, today)
    const stated = await holdingsOf(tx, scope, containers)
    const numbers = await numberParties(tx, scope, partyKeysOf(stated.consignments))
    const { drafts, notPlaced } = foldArrivals(stated, { containers, ports, numberOf: (key) => numbers.get(key) })
    await keepNotPlaced(tx, scope, { containers, notPlaced, at: services.clock.now() })
    const before = await storedOf(tx, scope, { containers, today })
    const zone = zoneOf(services, scope)
    const told = drafts.map((draft) => ({ draft, stored: before.get(keyOf(draft.container, draft.port, draft.voyageKey)) }))
    const rows = told.flatMap(({ draft, stored }) =>
      stored?.is_settled === true ? [] : [toWrite(draft, { assessor, zone, before: stored })],
    )
    await writeArrivals(tx, scope, { rows, at: services.clock.now() })
    await sayWhereNow(
      tx,
      scope,
      told.flatMap(({ draft, stored }) => (stored?.is_settled === true && stored.is_owed ? [whereNow(stored.arrival, draft)] : [])),
    )
    const written = new Set(rows.map(({ arrival }) => arrival))
    const named = new Set(told.flatMap(({ stored }) => stored?.arrival ?? []))
    const gone = [...before.values()].filter(({ arrival }) => !named.has(arrival))
    await dropGone(
      tx,
      scope,
      gone.filter((row) => row.is_free),
    )
    const kept = [...before.values()].filter((row) => !written.has(row.arrival) && (named.has(row.arrival) || !row.is_free))
    await forgetAlerts(tx, scope, { rows: kept, standing: new Set(stated.alerts.map(({ alert }) => alert)) })
    return { arrivals: drafts.length, notPlaced: notPlaced.length, unreadable: notPlaced.filter(({ isUnreadable }) => isUnreadable).length }
  })
}

interface Stored extends ArrivalCounted {
  readonly arrival: string
  readonly container: string
  readonly voyage_key: string
  /** Neither selected nor decided: it may go when no document speaks of it any more. */
  readonly is_free: boolean
  /** Its assessment is not written again. */
  readonly is_settled: boolean
  /** Chosen, and nothing recorded of it yet. */
  readonly is_owed: boolean
  readonly alerts: readonly { readonly alert: string }[]
}

const keyOf = (container: string, port: string, voyageKey: string): string => `${container}\u001f${port}\u001f${voyageKey}`

async function storedOf(
  tx: Tx,
  { authority, desk }: DeskScope,
  { containers, today }: { readonly containers: readonly string[]; readonly today: string },
): Promise<ReadonlyMap<string, Stored>> {
  const { rows } = await sql<Stored>`
    select arrival::text as arrival, container, port, day::text as day, voyage_key, rule_hits, rule_unknown, mandatory, stratum is null and outcome is null as is_free,
      ${isSettled('a', today)} as is_settled, stratum is not null and outcome is null as is_owed, facts -> 'alerts' as alerts
    from targeting.arrivals a where authority = ${authority} and desk = ${desk} and container = any(${[...containers]}::text[]) order by arrival for update`.execute(
    tx,
  )
  return new Map(rows.map((row) => [keyOf(row.container, row.port, row.voyage_key), row]))
}

function toWrite(
  draft: ArrivalDraft,
  { assessor, zone, before }: { readonly assessor: Assessor; readonly zone: string; readonly before: Stored | undefined },
): ArrivalToWrite {
  const { container, port, voyageKey, facts } = draft
  const { arrival, ...where } = whereNow(before?.arrival ?? randomUUID(), draft)
  const day = before?.is_free === false ? before.day : dayIn(zone, draft.eta)
  return {
    arrival,
    ...where,
    container,
    port,
    day,
    voyageKey,
    facts,
    before,
    signals: draft.signals.slice(0, MOST_SIGNALS).map((each) => ({
      ...each,
      explanation: each.explanation.slice(0, LONGEST_EXPLANATION),
      title: cargo.detectors.find(({ id }) => id === each.detector)?.title ?? each.detector,
    })),
    assessment: assessor.assess({ container, day, imo: draft.imo, vessel: draft.vessel, facts }),
  }
}

type Where = Pick<ArrivalToWrite, 'arrival' | 'eta' | 'vessel' | 'imo' | 'voyage'>

function whereNow(arrival: string, { eta, vessel, imo, voyage }: ArrivalDraft): Where {
  return {
    arrival,
    eta: eta.toISOString(),
    vessel: vessel?.slice(0, 60) ?? null,
    imo: imo?.slice(0, 10) ?? null,
    voyage: voyage?.slice(0, 60) ?? null,
  }
}

/** Who owes what came of a box must know where it is, also when its ship comes after the day for which it was chosen. No rule or score reads any of it again. */
async function sayWhereNow(tx: Tx, { authority, desk }: DeskScope, rows: readonly Where[]): Promise<void> {
  if (rows.length === 0) return
  await sql`update targeting.arrivals as a set eta = r.eta, vessel = r.vessel, imo = r.imo, voyage = r.voyage
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(arrival uuid, eta timestamptz, vessel text, imo text, voyage text)
    where a.authority = ${authority} and a.desk = ${desk} and a.arrival = r.arrival`.execute(tx)
}

/** What no document speaks of any more: the container goes elsewhere now, or comes with another voyage. */
async function dropGone(tx: Tx, scope: DeskScope, gone: readonly Stored[]): Promise<void> {
  if (gone.length === 0) return
  const ids = gone.map(({ arrival }) => arrival)
  await sql`delete from targeting.watch_hits where authority = ${scope.authority} and arrival = any(${ids}::uuid[])`.execute(tx)
  await sql`delete from targeting.arrivals where authority = ${scope.authority} and arrival = any(${ids}::uuid[])`.execute(tx)
  await moveTallies(
    tx,
    scope,
    gone.map((before) => ({ before, after: undefined })),
  )
}

/** What was selected, controlled or settled stays as the desk's own record, but an alert that was taken back is told of in it no more. */
async function forgetAlerts(
  tx: Tx,
  { authority, desk }: DeskScope,
  { rows, standing }: { readonly rows: readonly Stored[]; readonly standing: ReadonlySet<string> },
): Promise<void> {
  for (const { arrival, alerts } of rows) {
    const left = alerts.filter(({ alert }) => standing.has(alert))
    if (left.length === alerts.length) continue
    await sql`update targeting.arrivals set facts = facts || ${JSON.stringify({ alerts: left })}::jsonb
        || jsonb_build_object('flags', (facts -> 'flags') || ${JSON.stringify({ alerted: left.length > 0 })}::jsonb)
      where authority = ${authority} and desk = ${desk} and arrival = ${arrival}::uuid`.execute(tx)
  }
}
