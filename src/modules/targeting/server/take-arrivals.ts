/**
 * Makes arrivals of what a desk took in: the containers of each document once it is read, and those about which a signal was raised or an alert came since. For each
 * container everything that the desk holds about it is folded anew, so that documents may come in any order and twice. What fails keeps nothing else from
 * being taken: it is told to its desk and tried again. Safe to run again at any point.
 */
import { sql } from 'kysely'
import { containersOf } from '#modules/cargo'
import type { Job } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { announcedContainers, containersWithNews, untakenDocuments } from './cargo-rows.ts'
import { type DeskScope, todayOf, unitOf } from './desk.ts'
import { forgetGone, forgetNotTaken, keepNotTaken, type NotTaken } from './not-taken.ts'
import { causeOf, isPassing, takeApart } from './take-apart.ts'
import { TAKE_ARRIVALS, takeContainers } from './take-containers.ts'

/** Containers folded in one transaction. */
const BATCH = 500
const DOCUMENTS = 50

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
