/**
 * Runs the searches that desks keep, each as the desk that keeps it: those of its readers after an import, and all of them every quarter of an hour for what came in otherwise. The first run notes
 * what there was when the search was kept, as seen; every other run looks only at what was recorded since. Each record is a find once, however often the job runs.
 * Invariant: a search finds what its desk could find itself at that moment, and nothing is told of anything else, not even when it ran: a run that the clock did not bring leaves no trace
 * where nothing came in for the desk. No log tells what was asked.
 */
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { Job } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import type { SearchAsked } from './search-filters.ts'
import { type FoundRecord, findRecords } from './search-found.ts'
import { visibleViews } from './views.ts'
import type { InternedMarking } from './write-fragments.ts'
import { arrayOf, textArray } from './write-fragments-arrays.ts'

export const RUN_SAVED_SEARCHES = 'records.run-saved-searches'
/** A transaction may commit this long after the time it wrote down; what is found twice is a find once. */
const MARGIN_MS = 15 * 60_000
const DAY_MS = 86_400_000
/** Days after its end until a search and what it found go. */
const KEPT_DAYS = 30

export const runSavedSearchesJob: Job = {
  name: RUN_SAVED_SEARCHES,
  meaning: 'Runs the searches that desks keep, and tells them of what is new',
  schedule: '*/15 * * * *',
  timeoutSeconds: 1800,
  retries: 2,
  run: async (data, services) => await runSavedSearches(services, askedOf.parse(data)),
}

/** All of them, one, or those of desks that may read what came in. */
const askedOf = z.union([
  z.object({ org: z.string(), search: z.string() }),
  z.object({ org: z.string(), purpose: z.string(), desks: z.array(z.string()) }),
  z.object({}).transform(() => undefined),
])

type Asked = z.infer<typeof askedOf>

/** For the readers of what has come in. */
export async function enqueueSearches(
  services: NodeServices,
  tx: Tx,
  { org, view, purpose, audience }: Pick<InternedMarking, 'view' | 'purpose' | 'audience'> & { readonly org: string },
): Promise<void> {
  await services.enqueue(tx, { name: RUN_SAVED_SEARCHES, data: { org, purpose, desks: [...audience] }, key: `after-import:${view}` })
}

interface Kept {
  readonly org: string
  readonly search: string
  readonly asked: SearchAsked
  readonly facts: SessionFacts
  readonly at: Date
  readonly last_run_at: Date | null
  readonly purpose: string
  readonly audience: string[]
}

export async function runSavedSearches(services: NodeServices, asked?: Asked): Promise<void> {
  // One time for all: how long the searches of others took is not to be seen by when this one ran.
  const now = services.clock.now()
  const kept = await services.database.asWorker(RUN_SAVED_SEARCHES, async (tx) => {
    if (asked === undefined) {
      const old = new Date(now.getTime() - KEPT_DAYS * DAY_MS)
      await sql`delete from records.search_finds f using records.saved_searches s where s.org = f.org and s.search = f.search and s.until < ${old}`.execute(
        tx,
      )
      await sql`delete from records.saved_searches where until < ${old}`.execute(tx)
    }
    const { rows } = await sql<Kept>`select org, search, asked, facts, at, last_run_at, purpose, audience from records.saved_searches
      where until > ${now} and ${isAsked(asked)} order by org, search`.execute(tx)
    return rows
  })
  const failed: string[] = []
  for (const each of kept)
    try {
      await runOne(services, each, { now, isDue: asked === undefined })
    } catch (error) {
      failed.push(each.search)
      services.log.warn(
        { code: 'records.saved-search', search: each.search, because: error instanceof Error ? error.name : 'unknown' },
        'a kept search did not run',
      )
    }
  // The queue tries again; what was found is found once.
  if (failed.length > 0) throw new Error(`${failed.length} of ${kept.length} kept searches did not run.`)
}

function isAsked(asked: Asked): RawBuilder<unknown> {
  if (asked === undefined) return sql`true`
  const which =
    'search' in asked
      ? sql`search = ${asked.search}::uuid`
      : sql`purpose = ${asked.purpose} and desk = any(${textArray(asked.desks)}::text[])`
  return sql`org = ${asked.org} and ${which}`
}

/** `isDue`: the clock brought it. */
async function runOne(services: NodeServices, kept: Kept, { now, isDue }: { readonly now: Date; readonly isDue: boolean }): Promise<void> {
  const { org, search, facts } = kept
  const isFirst = kept.last_run_at === null
  const since = kept.last_run_at === null ? undefined : new Date(kept.last_run_at.getTime() - MARGIN_MS)
  const found = await services.database.asOfficer(facts, async (tx) => {
    if (since !== undefined) {
      const views = await visibleViews(tx, org)
      const { rows } = await sql`select 1 from unnest(${arrayOf(views)}::text[]) as v(view)
        where exists (select 1 from records.search_docs d where d.org = ${org} and d.view = v.view and d.at >= ${since}) limit 1`.execute(
        tx,
      )
      if (rows.length === 0) return undefined
    }
    const { records } = await findRecords(tx, facts, { ...kept.asked, preset: 'balanced', since })
    return newsIn(records, isFirst ? kept.at : undefined)
  })
  if (found === undefined && !isDue) return
  const [entities, isNews] = [[...(found?.keys() ?? [])], [...(found?.values() ?? [])]]
  await services.database.asWorker(RUN_SAVED_SEARCHES, async (tx) => {
    const { rows } = await sql<{ is_news: boolean }>`insert into records.search_finds (org, search, entity, at, seen_at, purpose, audience)
      select ${org}, ${search}::uuid, t.entity, ${now}, case when not t.is_news then ${now}::timestamptz end, ${kept.purpose}, ${textArray(kept.audience)}::text[]
      from unnest(${textArray(entities)}::text[], ${arrayOf(isNews.map(String))}::boolean[]) as t(entity, is_news)
      on conflict do nothing returning seen_at is null as is_news`.execute(tx)
    await sql`update records.saved_searches set last_run_at = greatest(last_run_at, ${now}) where org = ${org} and search = ${search}::uuid`.execute(
      tx,
    )
    const news = rows.filter((row) => row.is_news).length
    if (news === 0) return
    await services.record(tx, {
      event: 'records.search-found',
      outcome: 'done',
      facts: null,
      by: `job:${RUN_SAVED_SEARCHES}`,
      subjects: [{ kind: 'search', id: search }],
      detail: { found: news },
    })
    await services.announce(tx, 'records', [facts.desk])
  })
}

/** Each record found, and whether it is news: all of what was found matches only by what was recorded after the search was kept. */
function newsIn(records: readonly FoundRecord[], keptAt: Date | undefined): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>()
  for (const { docs } of records)
    for (const { entity, at } of docs)
      found.set(entity, (found.get(entity) ?? true) && (keptAt === undefined || at.getTime() > keptAt.getTime()))
  return found
}
