/**
 * Makes arrivals of what a desk took in: the containers of each document once it is read, and those about which a signal was raised or an alert came since. For each
 * container everything that the desk holds about it is folded anew, so that documents may come in any order and twice. What fails keeps nothing else from
 * being taken: it is told to its desk and tried again. Safe to run again at any point.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { cargo, containersOf, holdingsOf } from '#modules/cargo'
import type { Job } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { type ArrivalDraft, foldArrivals, partyKeysOf } from './arrivals-fold.ts'
import type { Assessor } from './assessor.ts'
import { announcedContainers, containersWithNews, untakenDocuments } from './cargo-rows.ts'
import { type DeskScope, dayIn, todayOf, unitOf, zoneOf } from './desk.ts'
import { loadAssessor } from './load-assessor.ts'
import { keepNotPlaced } from './not-placed.ts'
import { forgetGone, forgetNotTaken, keepNotTaken, type NotTaken } from './not-taken.ts'
import { lockDesk, numberParties } from './parties.ts'
import { causeOf, isPassing, takeApart } from './take-apart.ts'
import { type ArrivalCounted, type ArrivalToWrite, moveTallies, writeArrivals } from './write-arrivals.ts'

export const TAKE_ARRIVALS = 'targeting.take-arrivals'
/** Containers folded in one transaction. */
const BATCH = 500
const DOCUMENTS = 50
const MOST_SIGNALS = 30
const LONGEST_EXPLANATION = 400

export const takeArrivalsJob: Job = {
  name: TAKE_ARRIVALS,
  meaning: 'Makes arrivals of documents that were read, and looks again at those with news',
  schedule: '* * * * *',
  after: ['cargo.raise-signals', 'cargo.match-alert', 'cargo.match-alerts'],
  timeoutSeconds: 3600,
  retries: 2,
  run: async (_data, services) => await takeArrivals(services),
}

export async function takeArrivals(services: NodeServices): Promise<void> {
  for (const authority of services.authorities) {
    await services.database.asWorker(TAKE_ARRIVALS, async (tx) => await forgetGone(tx, authority))
    for (;;) {
      const page = { now: services.clock.now(), limit: DOCUMENTS }
      const documents = await services.database.asWorker(TAKE_ARRIVALS, async (tx) => await untakenDocuments(tx, authority, page))
      for (const each of documents) await tryDocument(services, each)
      if (documents.length < DOCUMENTS) break
    }
    const org = services.directory().orgs.find(({ id }) => id === authority)
    for (const unit of org?.units ?? []) if (unit.places.length > 0) await takeNews(services, { authority, desk: unit.id })
  }
}

type OfDesk = DeskScope & { readonly document: string }

async function tryDocument(services: NodeServices, document: OfDesk): Promise<void> {
  try {
    await takeDocument(services, document)
  } catch (error) {
    if (isPassing(error)) throw error
    await missDocument(services, { ...document, containers: 0, because: causeOf(error) })
  }
}

async function takeDocument(services: NodeServices, document: OfDesk): Promise<void> {
  const scope: DeskScope = { authority: document.authority, desk: document.desk }
  await refreshStatistics(services)
  let [arrivals, notPlaced, unreadable, failed, because] = [0, 0, 0, 0, '']
  for (let after = ''; ; ) {
    const page = await services.database.asWorker(TAKE_ARRIVALS, async (tx) => await containersOf(tx, document, { after, limit: BATCH }))
    const parts = await takeApart(page, async (containers) => await takeContainers(services, scope, containers))
    for (const part of parts.taken) {
      arrivals += part.arrivals
      notPlaced += part.notPlaced
      unreadable += part.unreadable
    }
    failed += parts.failed.length
    because = parts.because ?? because
    after = page.at(-1) ?? ''
    if (page.length < BATCH) break
  }
  if (failed > 0) {
    await missDocument(services, { ...document, containers: failed, because })
    return
  }
  await services.database.asWorker(TAKE_ARRIVALS, async (tx) => {
    await forgetNotTaken(tx, document)
    const { rows } = await sql`insert into targeting.taken (authority, desk, document, arrivals, at, audience)
      values (${scope.authority}, ${scope.desk}, ${document.document}, ${arrivals}, ${services.clock.now()}, ${[scope.desk]}) on conflict do nothing returning document`.execute(
      tx,
    )
    if (rows.length === 0) return
    await services.record(tx, {
      event: 'targeting.arrivals-taken',
      outcome: 'done',
      facts: null,
      by: `job:${TAKE_ARRIVALS}`,
      subjects: [
        { kind: 'document', id: document.document },
        { kind: 'desk', id: scope.desk },
      ],
      detail: { arrivals, notPlaced, unreadable },
    })
    await services.announce(tx, 'arrivals', [scope.desk])
  })
  if (arrivals > BATCH) await refreshStatistics(services)
}

/** Told once in the log; the desk sees it until it is taken. */
async function missDocument(services: NodeServices, missed: NotTaken): Promise<void> {
  const { desk, document, containers, because } = missed
  services.log.warn(
    { code: 'targeting.not-taken', desk, document, containers, because },
    'a document was not taken wholly; it is tried again',
  )
  await services.database.asWorker(TAKE_ARRIVALS, async (tx) => {
    const tries = await keepNotTaken(tx, missed, services.clock.now())
    if (tries === 1)
      await services.record(tx, {
        event: 'targeting.document-not-taken',
        outcome: 'failed',
        facts: null,
        by: `job:${TAKE_ARRIVALS}`,
        subjects: [
          { kind: 'document', id: document },
          { kind: 'desk', id: desk },
        ],
        detail: { containers, because },
      })
    await services.announce(tx, 'arrivals', [desk])
  })
}

/** Before, for what was read; after, for the queue that is read next. */
async function refreshStatistics(services: NodeServices): Promise<void> {
  await services.database.asWorker(TAKE_ARRIVALS, async (tx) => await sql`select targeting.refresh_statistics()`.execute(tx))
}

async function takeNews(services: NodeServices, scope: DeskScope): Promise<void> {
  const today = todayOf(services, scope)
  const ports = unitOf(services, scope)?.places ?? []
  const lists = [
    async (tx: Tx, after: string) => await containersWithNews(tx, scope, { from: today, after, limit: BATCH }),
    async (tx: Tx, after: string) => await announcedContainers(tx, scope, { ports, from: services.clock.now(), after, limit: BATCH }),
  ]
  for (const list of lists)
    for (let after = ''; ; ) {
      const page = await services.database.asWorker(TAKE_ARRIVALS, async (tx) => await list(tx, after))
      const { failed, because } = await takeApart(page, async (containers) => await takeContainers(services, scope, containers))
      // They have news still, and so are tried again by the next run.
      if (failed.length > 0)
        services.log.warn({ code: 'targeting.news-not-taken', desk: scope.desk, containers: failed.length, because }, 'news were not taken')
      after = page.at(-1) ?? ''
      if (page.length < BATCH) break
    }
}

interface Taken {
  readonly arrivals: number
  readonly notPlaced: number
  /** Of those, the ones whose time of arrival is stated and cannot be read. */
  readonly unreadable: number
}

/** Everything about these containers anew, in one transaction. */
async function takeContainers(services: NodeServices, scope: DeskScope, containers: readonly string[]): Promise<Taken> {
  const ports = new Set(unitOf(services, scope)?.places ?? [])
  if (containers.length === 0 || ports.size === 0) return { arrivals: 0, notPlaced: 0, unreadable: 0 }
  return await services.database.asWorker(TAKE_ARRIVALS, async (tx) => {
    // One at a time for a desk: numbers of parties and counts move in order.
    await lockDesk(tx, scope)
    // After the lock: what was put in force before it is met here, and what comes after it is met by the look at everything ahead, which takes the same lock.
    const assessor = await loadAssessor(tx, scope, todayOf(services, scope))
    const stated = await holdingsOf(tx, scope, containers)
    const numbers = await numberParties(tx, scope, partyKeysOf(stated.consignments))
    const { drafts, notPlaced } = foldArrivals(stated, { containers, ports, numberOf: (key) => numbers.get(key) })
    await keepNotPlaced(tx, scope, { containers, notPlaced, at: services.clock.now() })
    const before = await storedOf(tx, scope, containers)
    const zone = zoneOf(services, scope)
    const rows = drafts.map((draft) =>
      toWrite(draft, { assessor, zone, before: before.get(keyOf(draft.container, draft.port, draft.voyageKey)) }),
    )
    await writeArrivals(tx, scope, { rows, at: services.clock.now() })
    const kept = new Set(rows.map(({ arrival }) => arrival))
    const gone = [...before.values()].filter(({ arrival }) => !kept.has(arrival))
    await dropGone(
      tx,
      scope,
      gone.filter((row) => row.is_free),
    )
    await forgetAlerts(tx, scope, { rows: gone.filter((row) => !row.is_free), standing: new Set(stated.alerts.map(({ alert }) => alert)) })
    return { arrivals: rows.length, notPlaced: notPlaced.length, unreadable: notPlaced.filter(({ isUnreadable }) => isUnreadable).length }
  })
}

interface Stored extends ArrivalCounted {
  readonly arrival: string
  readonly container: string
  readonly voyage_key: string
  /** Neither selected nor decided: it may go when no document speaks of it any more. */
  readonly is_free: boolean
  readonly alerts: readonly { readonly alert: string }[]
}

const keyOf = (container: string, port: string, voyageKey: string): string => `${container}\u001f${port}\u001f${voyageKey}`

async function storedOf(tx: Tx, { authority, desk }: DeskScope, containers: readonly string[]): Promise<ReadonlyMap<string, Stored>> {
  const { rows } = await sql<Stored>`
    select arrival::text as arrival, container, port, day::text as day, voyage_key, rule_hits, rule_unknown, mandatory, stratum is null and outcome is null as is_free, facts -> 'alerts' as alerts
    from targeting.arrivals where authority = ${authority} and desk = ${desk} and container = any(${[...containers]}::text[]) order by arrival for update`.execute(
    tx,
  )
  return new Map(rows.map((row) => [keyOf(row.container, row.port, row.voyage_key), row]))
}

function toWrite(
  draft: ArrivalDraft,
  { assessor, zone, before }: { readonly assessor: Assessor; readonly zone: string; readonly before: Stored | undefined },
): ArrivalToWrite {
  const { container, port, voyageKey, eta, vessel, imo, voyage, facts } = draft
  const day = before?.is_free === false ? before.day : dayIn(zone, eta)
  return {
    arrival: before?.arrival ?? randomUUID(),
    container,
    port,
    day,
    voyageKey,
    facts,
    before,
    eta: eta.toISOString(),
    vessel: vessel?.slice(0, 60) ?? null,
    imo: imo?.slice(0, 10) ?? null,
    voyage: voyage?.slice(0, 60) ?? null,
    signals: draft.signals.slice(0, MOST_SIGNALS).map((each) => ({
      ...each,
      explanation: each.explanation.slice(0, LONGEST_EXPLANATION),
      title: cargo.detectors.find(({ id }) => id === each.detector)?.title ?? each.detector,
    })),
    assessment: assessor.assess({ container, day, imo, vessel, facts }),
  }
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

/** What was selected or controlled stays as the desk's own record, but an alert that was taken back is told of in it no more. */
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
