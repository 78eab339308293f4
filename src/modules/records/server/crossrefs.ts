/** Cross-references of a desk: started, listed, stopped, and what they found, from either side. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { once } from '#platform/http/answer-once.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { type CrossrefView, cancelCrossref, listCrossrefs, showCrossref, startCrossref } from '../contract.ts'
import { canonicals } from './clusters.ts'
import { RUN_CROSSREF } from './crossref-run.ts'
import { countPairs, type PairsAsked, pairsOf } from './crossrefs-pairs.ts'
import { recordRows } from './record-rows.ts'
import { textArray } from './write-fragments-arrays.ts'

const MOST_LISTED = 200
const MOST_DROPS = 1000

export const startCrossrefRoute = handle(startCrossref, async ({ left, right, preset, key }, context) => {
  const { tx, facts, clock, services } = context
  return await once(context, { route: startCrossref.id, key }, async () => {
    await requireCollections(tx, facts.authority, right === undefined ? [left] : [left, right])
    const crossref = randomUUID()
    await sql`insert into records.crossrefs (org, desk, crossref, left_collection, right_collection, preset, state, facts, at, purpose, audience)
      values (${facts.authority}, ${facts.desk}, ${crossref}, ${left}, ${right ?? null}, ${preset}, 'waiting', ${JSON.stringify(facts)}::jsonb, ${clock.now()}, ${facts.purpose},
        ${textArray([facts.desk])}::text[])`.execute(tx)
    await services.enqueue(tx, { name: RUN_CROSSREF, data: { org: facts.authority, crossref }, key: `${facts.authority}:${crossref}` })
    context.about({ kind: 'crossref', id: crossref })
    return { crossref }
  })
})

async function requireCollections(tx: Tx, org: string, collections: readonly string[]): Promise<void> {
  const distinct = [...new Set(collections)]
  const { rows } =
    await sql`select 1 from records.collections where org = ${org} and collection = any(${textArray(distinct)}::uuid[])`.execute(tx)
  if (rows.length < distinct.length) throw notFound()
}

export const listCrossrefsRoute = handle(listCrossrefs, async (_input, context) => ({
  items: (await crossrefRows(context)).map(viewOf),
}))

export const cancelCrossrefRoute = handle(cancelCrossref, async ({ crossref }, context) => {
  const { tx, facts, clock } = context
  await theCrossref(context, crossref)
  const { numAffectedRows } = await sql`update records.crossrefs set state = 'cancelled', finished_at = ${clock.now()}
    where org = ${facts.authority} and crossref = ${crossref}::uuid and state in ('waiting', 'running')`.execute(tx)
  if (numAffectedRows !== 1n) throw new AppError(409, 'records.crossref-state', 'It has ended already.')
  return { state: 'cancelled' as const }
})

export const showCrossrefRoute = handle(showCrossref, async ({ crossref, limit, cursor, ...input }, context) => {
  const { tx, facts } = context
  const row = await theCrossref(context, crossref)
  const mark = readMark(cursor, { parts: ['number', 'text', 'text'], code: 'records.cursor' })
  const asked: PairsAsked = { crossref, since: row.at, ...input }
  const found = await pairsOf(tx, facts, {
    ...asked,
    limit: limit + 1,
    ...(mark === undefined ? {} : { after: [Number(mark[0]), String(mark[1]), String(mark[2])] }),
  })
  const pairs = found.slice(0, limit)
  const last = pairs.at(-1)
  const canonical = await canonicals(
    tx,
    facts,
    pairs.flatMap(({ left_entity: left, right_entity: right }) => [left, right]),
  )
  const lines = await recordRows(tx, facts, [...new Set(canonical.values())])
  const lineOf = (entity: string) => lines.get(canonical.get(entity) ?? entity)
  return {
    ...viewOf(row),
    items: pairs.flatMap(({ left_entity, right_entity, score, log_odds: logOdds, verdict }) => {
      const [left, right] = [lineOf(left_entity), lineOf(right_entity)]
      return left === undefined || right === undefined ? [] : [{ left, right, score, logOdds, ...(verdict === null ? {} : { verdict }) }]
    }),
    total: await countPairs(tx, facts, asked),
    dropped: await dropsOf(tx, facts.authority, crossref),
    ...(found.length > limit && last !== undefined ? { next: writeMark([last.score, last.left_entity, last.right_entity]) } : {}),
  }
})

async function dropsOf(tx: Tx, org: string, crossref: string): Promise<{ kind: string; key: string; size: number }[]> {
  const { rows } = await sql<{ kind: string; key: string; size: number }>`select kind, key, size from records.crossref_drops
    where org = ${org} and crossref = ${crossref}::uuid order by size desc, kind, key limit ${MOST_DROPS}`.execute(tx)
  return rows
}

interface Row {
  readonly crossref: string
  readonly left_collection: string
  readonly left_title: string | null
  readonly right_collection: string | null
  readonly right_title: string | null
  readonly preset: CrossrefView['preset']
  readonly state: CrossrefView['state']
  readonly compared: number
  readonly to_compare: number
  readonly pairs: number
  readonly drops: number
  readonly at: Date
  readonly finished_at: Date | null
  readonly failed: string | null
}

async function crossrefRows({ tx, facts }: CaseContext, crossref?: string): Promise<readonly Row[]> {
  const { rows } =
    await sql<Row>`select x.crossref, x.left_collection, l.title as left_title, x.right_collection, r.title as right_title, x.preset, x.state, x.compared, x.to_compare,
      x.pairs, x.at, x.finished_at, x.failed, (select count(*)::int from records.crossref_drops d where d.org = x.org and d.crossref = x.crossref) as drops
    from records.crossrefs x left join records.collections l on l.org = x.org and l.collection = x.left_collection
      left join records.collections r on r.org = x.org and r.collection = x.right_collection
    where x.org = ${facts.authority} and x.desk = ${facts.desk} and (${crossref ?? null}::uuid is null or x.crossref = ${crossref ?? null}::uuid)
    order by x.at desc, x.crossref limit ${MOST_LISTED}`.execute(tx)
  return rows
}

async function theCrossref(context: CaseContext, crossref: string): Promise<Row> {
  const [row] = await crossrefRows(context, crossref)
  if (row === undefined) throw notFound()
  context.about({ kind: 'crossref', id: crossref })
  return row
}

function viewOf(row: Row): CrossrefView {
  const isDone = row.state === 'done'
  return {
    crossref: row.crossref,
    left: { collection: row.left_collection, title: row.left_title ?? '' },
    ...(row.right_collection === null ? {} : { right: { collection: row.right_collection, title: row.right_title ?? '' } }),
    preset: row.preset,
    state: row.state,
    progress: isDone ? 1 : row.to_compare === 0 ? 0 : Math.min(1, row.compared / row.to_compare),
    compared: row.compared,
    pairs: row.pairs,
    blocksDropped: row.drops,
    at: row.at.toISOString(),
    ...(row.finished_at === null ? {} : { finishedAt: row.finished_at.toISOString() }),
    ...(row.failed === null ? {} : { failed: row.failed }),
  }
}
