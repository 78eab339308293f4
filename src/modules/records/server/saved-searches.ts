/**
 * Searches that a desk keeps. What they find anew stands with them until somebody of the desk has seen it; what is to be seen no more is neither counted nor shown.
 * What is asked stands in the row of the desk and nowhere else.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { once } from '#platform/http/answer-once.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { endSavedSearch, listSavedSearches, openSavedSearch, saveSearch } from '../contract.ts'
import { canonicals } from './clusters.ts'
import { recordRows } from './record-rows.ts'
import { RUN_SAVED_SEARCHES } from './saved-searches-run.ts'
import { isFound } from './search-docs.ts'
import { isEmpty, type SearchAsked } from './search-filters.ts'
import { textArray } from './write-fragments-arrays.ts'

const DAY_MS = 86_400_000
/** Shown at once; the rest stays until it is opened again. */
const MOST_SHOWN = 100

export const saveSearchRoute = handle(saveSearch, async ({ title, days, key, ...asked }, context) => {
  const { tx, facts, clock, services } = context
  if (isEmpty(asked)) throw new AppError(422, 'records.search-empty', 'The search asks for nothing.')
  return await once(context, { route: saveSearch.id, key }, async () => {
    const search = randomUUID()
    const now = clock.now()
    const until = new Date(now.getTime() + days * DAY_MS)
    await sql`insert into records.saved_searches (org, desk, search, title, asked, facts, at, until, purpose, audience)
      values (${facts.authority}, ${facts.desk}, ${search}, ${title}, ${JSON.stringify(asked)}::jsonb, ${JSON.stringify(facts)}::jsonb, ${now}, ${until}, ${facts.purpose},
        ${textArray([facts.desk])}::text[])`.execute(tx)
    await services.enqueue(tx, { name: RUN_SAVED_SEARCHES, data: { org: facts.authority, search } })
    context.about({ kind: 'search', id: search })
    return { search }
  })
})

interface KeptRow {
  readonly search: string
  readonly title: string
  readonly asked: SearchAsked
  readonly fresh: number
  readonly last_run_at: Date | null
  readonly until: Date
}

// A record of which the session sees nothing current is not there.
const isFresh = sql`f.seen_at is null and ${isFound(sql`f.org`, sql`f.entity`)}`

export const listSavedSearchesRoute = handle(listSavedSearches, async (_input, { tx, facts, clock }) => {
  const { rows } = await sql<KeptRow>`select s.search, s.title, s.asked, s.last_run_at, s.until,
      (select count(*)::int from records.search_finds f where f.org = s.org and f.search = s.search and ${isFresh}) as fresh
    from records.saved_searches s where s.org = ${facts.authority} and s.desk = ${facts.desk} and s.until > ${clock.now()} order by s.at desc, s.search`.execute(
    tx,
  )
  return {
    items: rows.map(({ search, title, asked, fresh, last_run_at: lastRunAt, until }) => ({
      search,
      title,
      q: asked.q,
      ...Object.fromEntries(
        Object.entries(asked).filter(([name]) => name === 'schema' || name === 'country' || name === 'topic' || name === 'collection'),
      ),
      fresh,
      ...(lastRunAt === null ? {} : { lastRunAt: lastRunAt.toISOString() }),
      until: until.toISOString(),
    })),
  }
})

export const openSavedSearchRoute = handle(openSavedSearch, async ({ search }, context) => {
  const { tx, facts, clock } = context
  await requireKept(context, search)
  const { rows } = await sql<{ entity: string }>`select f.entity from records.search_finds f
    where f.org = ${facts.authority} and f.search = ${search}::uuid and ${isFresh} order by f.at, f.entity for update of f`.execute(tx)
  const canonical = await canonicals(
    tx,
    facts,
    rows.map(({ entity }) => entity),
  )
  const fresh = [...new Set(canonical.values())]
  const shown = new Set(fresh.slice(0, MOST_SHOWN))
  const seen = [...canonical].filter(([, each]) => shown.has(each)).map(([entity]) => entity)
  await sql`update records.search_finds set seen_at = ${clock.now()} where org = ${facts.authority} and search = ${search}::uuid and entity = any(${textArray(seen)}::text[])`.execute(
    tx,
  )
  const lines = await recordRows(tx, facts, [...shown])
  return { fresh: [...shown].flatMap((entity) => lines.get(entity) ?? []), more: fresh.length - shown.size }
})

export const endSavedSearchRoute = handle(endSavedSearch, async ({ search }, context) => {
  const { tx, facts, clock } = context
  await requireKept(context, search)
  await sql`update records.saved_searches set until = ${clock.now()} where org = ${facts.authority} and search = ${search}::uuid`.execute(
    tx,
  )
  return { ended: true }
})

async function requireKept(context: CaseContext, search: string): Promise<void> {
  const { tx, facts, clock } = context
  const { rows } = await sql`select 1 from records.saved_searches
    where org = ${facts.authority} and desk = ${facts.desk} and search = ${search}::uuid and until > ${clock.now()}`.execute(tx)
  if (rows.length === 0) throw notFound()
  context.about({ kind: 'search', id: search })
}
