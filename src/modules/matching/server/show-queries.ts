/** Queries of the own desk with their hits, and what is left of the quota. Nobody else sees that they were asked. */
import { sql } from 'kysely'
import { MATCH_KEY_CLASSES, type MatchKeyType } from '#kernel/match-key/match-key.ts'
import { notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { type HitRow, listQueries, type QueryView, showQuery, showQuota } from '../contract.ts'
import type { KeptKey } from './ask.ts'
import { heldSets } from './sets.ts'

const SHOWN = 50

type Owner = QueryView['owners'][number]

interface QueryRow {
  readonly query: string
  readonly officer_name: string
  readonly case_ref: string
  readonly mode: QueryView['mode']
  readonly state: QueryView['state']
  readonly at: Date
}

export const listQueriesRoute = handle(listQueries, async (_input, context) => ({ items: await readQueries(context) }))

export const showQueryRoute = handle(showQuery, async ({ query }, context) => {
  const [view] = await readQueries(context, query)
  if (view === undefined) throw notFound()
  context.about({ kind: 'match-query', id: query })
  return view
})

async function readQueries(context: CaseContext, only?: string): Promise<QueryView[]> {
  const { facts, tx, services } = context
  const own = sql<boolean>`org = ${facts.authority} and desk = ${facts.desk}`
  const { rows } = await sql<QueryRow>`select query, officer_name, case_ref, mode, state, at from matching.queries
    where ${own} and purpose = ${facts.purpose} ${only === undefined ? sql`` : sql`and query = ${only}`} order by at desc limit ${SHOWN}`.execute(
    tx,
  )
  const among = sql<boolean>`${own} and query = any(${rows.map(({ query }) => query)}::uuid[])`
  const keys = await sql<{ query: string; ordinal: number; type: MatchKeyType; content: string; content_key: string }>`
    select query, ordinal, type, content, content_key from matching.query_keys where ${among} order by ordinal`.execute(tx)
  const asked = await sql<{ query: string; owner_org: string; class: Owner['class']; state: Owner['state'] }>`
    select query, owner_org, class, state from matching.asked where ${among} order by owner_org, class`.execute(tx)
  const hits = await sql<{ query: string; ordinal: number; owner_org: string; contact: string; handle: string; state: HitRow['state'] }>`
    select query, ordinal, owner_org, contact, handle, state from matching.hits where ${among} order by ordinal`.execute(tx)
  return rows.map((row) => {
    const own = keys.rows.filter(({ query }) => query === row.query)
    return {
      query: row.query,
      officer: row.officer_name,
      caseRef: row.case_ref,
      mode: row.mode,
      state: row.state,
      at: row.at.toISOString(),
      keys: own.map(({ ordinal, content, content_key }) => {
        const { typed } = JSON.parse(services.box.open({ content, key: content_key })) as KeptKey
        return { ordinal, ...typed }
      }),
      owners: asked.rows
        .filter(({ query }) => query === row.query)
        .map((each) => ({ owner: each.owner_org, class: each.class, state: each.state })),
      hits: hits.rows
        .filter(({ query }) => query === row.query)
        .map(({ ordinal, owner_org, contact, handle: found, state }) => ({
          ordinal,
          type: own.find((each) => each.ordinal === ordinal)?.type ?? 'document',
          owner: owner_org,
          contact,
          handle: found,
          state,
        })),
    }
  })
}

export const showQuotaRoute = handle(showQuota, async (_input, context) => {
  const { facts, tx, clock } = context
  const day = clock.now().toISOString().slice(0, 10)
  const purpose = facts.purpose ?? ''
  const sets = await heldSets(tx, { org: facts.authority, desk: facts.desk, purpose })
  const { rows } = await sql<{
    owner_org: string
    class: string
    used: number
  }>`select owner_org, class, sum(cost)::int as used from matching.asked
    where org = ${facts.authority} and desk = ${facts.desk} and purpose = ${purpose} and at >= ${`${day}T00:00:00Z`}::timestamptz and state <> 'refused' group by owner_org, class`.execute(
    tx,
  )
  return {
    day,
    items: sets
      .map((set) => ({
        owner: set.owner_org,
        contact: set.contact,
        class: set.class,
        limit: set.quota,
        used: rows.find((row) => row.owner_org === set.owner_org && row.class === set.class)?.used ?? 0,
      }))
      .toSorted((a, b) => MATCH_KEY_CLASSES.indexOf(a.class) - MATCH_KEY_CLASSES.indexOf(b.class)),
  }
})
