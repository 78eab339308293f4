/**
 * The work of a cross-reference, away from requests: reads the right side into threads, then compares the left side page by page. Pairs, counts and the place where
 * to go on are written in one transaction for each page.
 * Invariants: of several processes one is at work on a run, the one whose number stands in the row; a run that died is taken up by another a little later and goes
 * on where it stopped, to the same pairs; it proposes and joins nothing.
 */
import { sql } from 'kysely'
import { type Preset, THRESHOLDS } from '#kernel/match/record-score.ts'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { Job } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { countLeft, type Reader, readLeft, readRight, type Sides } from './crossref-read.ts'
import type { DroppedBlock, ShardAnswer } from './crossref-shard.ts'
import { type CrossrefThreads, startThreads } from './crossref-threads.ts'
import { arrayOf, textArray } from './write-fragments-arrays.ts'

export const RUN_CROSSREF = 'records.run-crossref'
/** Pairs from this share of the threshold on are kept, and all that share a number: what is a little below is for a person to see. */
const KEPT_SHARE = 0.8
/** A run that gave no sign of life for so long is taken up by another. */
const SILENT_MS = 3 * 60_000
const PULSE_MS = 30_000
/** A fault that comes back each time ends it. */
const MOST_RUNS = 5

export const runCrossrefJob: Job = {
  name: RUN_CROSSREF,
  meaning: 'Compares the records of a collection with others, page by page',
  timeoutSeconds: 12 * 3600,
  retries: 0,
  run: async ({ org, crossref }, services) => {
    if (typeof org === 'string' && typeof crossref === 'string') await runCrossref(services, { org, crossref })
  },
}

/** Wakes runs whose process died, or whose request was lost with it. */
export const resumeCrossrefsJob: Job = {
  name: 'records.resume-crossrefs',
  meaning: 'Takes up cross-references that nobody is at work on',
  schedule: '* * * * *',
  timeoutSeconds: 60,
  retries: 0,
  run: async (_data, services) => {
    const silent = new Date(services.clock.now().getTime() - SILENT_MS)
    await services.database.asWorker('records.resume-crossrefs', async (tx) => {
      const { rows } = await sql<{ org: string; crossref: string }>`select org, crossref from records.crossrefs
        where (state = 'running' and beat_at < ${silent}) or (state = 'waiting' and at < ${silent}) order by at limit 20`.execute(tx)
      for (const { org, crossref } of rows)
        await services.enqueue(tx, { name: RUN_CROSSREF, data: { org, crossref }, key: `${org}:${crossref}` })
    })
  },
}

interface Run extends Sides {
  readonly crossref: string
  readonly run: number
  readonly preset: Preset
  readonly after: string | null
  readonly facts: SessionFacts
  readonly purpose: string
  readonly audience: readonly string[]
}

export async function runCrossref(services: NodeServices, asked: { readonly org: string; readonly crossref: string }): Promise<void> {
  const run = await claim(services, asked)
  if (run === undefined) return
  const threads = startThreads()
  // Building an index may take longer than silence is taken for life.
  const pulse = setInterval(() => {
    beat(services, run).catch(() => undefined)
  }, PULSE_MS)
  try {
    await work(services, run, threads)
  } catch (error) {
    services.log.warn(
      { code: 'records.crossref', crossref: run.crossref, run: run.run, because: error instanceof Error ? error.name : 'unknown' },
      'a cross-reference stopped',
    )
    // Silent from now on, so that it is taken up again.
    if (run.run >= MOST_RUNS)
      await end(services, run, {
        state: 'failed',
        failed: 'The comparison stopped on a fault of the node; the pairs found so far stay. Its log says more.',
      })
  } finally {
    clearInterval(pulse)
    await threads.stop()
  }
}

async function claim(
  services: NodeServices,
  { org, crossref }: { readonly org: string; readonly crossref: string },
): Promise<Run | undefined> {
  const now = services.clock.now()
  const silent = new Date(now.getTime() - SILENT_MS)
  return await services.database.asWorker(RUN_CROSSREF, async (tx) => {
    const { rows } = await sql<Omit<Run, 'org'>>`update records.crossrefs set state = 'running', run = run + 1, beat_at = ${now}
      where org = ${org} and crossref = ${crossref}::uuid and (state = 'waiting' or (state = 'running' and beat_at < ${silent}))
      returning crossref, run, left_collection as left, right_collection as right, preset, after, facts, purpose, audience`.execute(tx)
    return rows[0] === undefined ? undefined : { ...rows[0], org }
  })
}

async function work(services: NodeServices, run: Run, threads: CrossrefThreads): Promise<void> {
  const reader: Reader = { database: services.database, facts: run.facts }
  const toCompare = await countLeft(reader, run)
  if (!(await beat(services, run, sql`to_compare = ${toCompare}`))) return
  for await (const rows of readRight(reader, run)) {
    await threads.add(rows)
    if (!(await beat(services, run))) return
  }
  const dropped = await threads.build()
  await noteDrops(services, run, dropped)
  const asked = { preset: run.preset, least: THRESHOLDS[run.preset] * KEPT_SHARE }
  // While the threads compare a page, the one before is written and the one after is read.
  let reading = ahead(readLeft(reader, run, run.after))
  let keeping = Promise.resolve(true)
  try {
    for (let page = await reading; page !== undefined; page = await reading) {
      reading = ahead(readLeft(reader, run, page.after))
      const answer = await threads.compare(page.rows, asked)
      if (!(await keeping)) return
      keeping = ahead(keep(services, run, { answer, compared: page.rows.length, after: page.after }))
    }
  } finally {
    // Whatever stops the run, what was found is kept before it is left.
    await keeping.catch(() => undefined)
  }
  if (await keeping) await end(services, run, { state: 'done' })
}

/** Its fault is told to whoever waits for it, who may have left by then. */
function ahead<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined)
  return work
}

/** False when the run was cancelled or is another process's by now. */
async function beat(services: NodeServices, run: Run, more = sql`failed = null`): Promise<boolean> {
  return await services.database.asWorker(RUN_CROSSREF, async (tx) => await stillOurs(tx, services, { run, more }))
}

async function stillOurs(
  tx: Tx,
  services: NodeServices,
  { run, more }: { readonly run: Run; readonly more: ReturnType<typeof sql> },
): Promise<boolean> {
  const { numAffectedRows } = await sql`update records.crossrefs set beat_at = ${services.clock.now()}, ${more}
    where org = ${run.org} and crossref = ${run.crossref}::uuid and state = 'running' and run = ${run.run}`.execute(tx)
  return numAffectedRows === 1n
}

interface Page {
  readonly answer: ShardAnswer
  readonly compared: number
  readonly after: string
}

async function keep(services: NodeServices, run: Run, { answer, compared, after }: Page): Promise<boolean> {
  const { pairs, limited } = answer
  return await services.database.asWorker(RUN_CROSSREF, async (tx) => {
    const more = sql`compared = compared + ${compared}, after = ${after}::uuid`
    if (!(await stillOurs(tx, services, { run, more }))) return false
    // A pair of two records of the left is found from either side; it is one pair, of the side from which it fits better.
    const { rows } = await sql<{
      isNew: boolean
    }>`insert into records.crossref_pairs (org, crossref, left_entity, right_entity, score, log_odds, purpose, audience)
      select distinct on (l, r) ${run.org}, ${run.crossref}::uuid, l, r, s, ln(s / (1 - s)), ${run.purpose}, ${textArray(run.audience)}::text[]
      from unnest(${arrayOf(pairs.map(([left]) => left))}::text[], ${arrayOf(pairs.map(([, right]) => right))}::text[],
        ${arrayOf(pairs.map(([, , score]) => withLogOdds(score)))}::float8[]) as t(l, r, s) order by l, r, s desc
      on conflict (org, crossref, left_entity, right_entity) do update set score = excluded.score, log_odds = excluded.log_odds
        where excluded.score > crossref_pairs.score
      returning xmax = 0 as "isNew"`.execute(tx)
    await sql`update records.crossrefs set pairs = pairs + ${rows.filter(({ isNew }) => isNew).length} where org = ${run.org} and crossref = ${run.crossref}::uuid`.execute(
      tx,
    )
    if (limited > 0) await noteDrop(tx, run, { kind: LIMIT, key: '', size: limited })
    await services.announce(tx, 'records', [run.facts.desk])
    return true
  })
}

/** Neither certain nor impossible, so that it has log-odds. */
function withLogOdds(score: number): number {
  return Math.min(Math.max(score, Number.EPSILON), 1 - Number.EPSILON)
}

/** Not a key: records of the left whose every candidate became a pair, so that there may be more. */
export const LIMIT = 'candidates'

async function noteDrops(services: NodeServices, run: Run, dropped: readonly DroppedBlock[]): Promise<void> {
  await services.database.asWorker(RUN_CROSSREF, async (tx) => {
    await sql`delete from records.crossref_drops where org = ${run.org} and crossref = ${run.crossref}::uuid and kind <> ${LIMIT}`.execute(
      tx,
    )
    for (const block of dropped) await noteDrop(tx, run, block)
  })
}

async function noteDrop(tx: Tx, run: Run, { kind, key, size }: DroppedBlock): Promise<void> {
  await sql`insert into records.crossref_drops (org, crossref, kind, key, size, purpose, audience)
    values (${run.org}, ${run.crossref}, ${kind}, ${key}, ${size}, ${run.purpose}, ${textArray(run.audience)}::text[])
    on conflict (org, crossref, kind, key) do update set size = crossref_drops.size + excluded.size`.execute(tx)
}

async function end(
  services: NodeServices,
  run: Run,
  { state, failed }: { readonly state: 'done' | 'failed'; readonly failed?: string },
): Promise<void> {
  const now = services.clock.now()
  await services.database.asWorker(RUN_CROSSREF, async (tx) => {
    const { rows } = await sql<{
      compared: number
      pairs: number
    }>`update records.crossrefs set state = ${state}, failed = ${failed ?? null}, finished_at = ${now}
      where org = ${run.org} and crossref = ${run.crossref}::uuid and state = 'running' and run = ${run.run} returning compared, pairs`.execute(
      tx,
    )
    const [counts] = rows
    if (counts === undefined) return
    await services.record(tx, {
      event: 'records.crossref-finished',
      outcome: state === 'done' ? 'done' : 'failed',
      facts: null,
      by: `job:${RUN_CROSSREF}`,
      subjects: [{ kind: 'crossref', id: run.crossref }],
      detail: { compared: counts.compared, pairs: counts.pairs },
    })
    await services.announce(tx, 'records', [run.facts.desk])
  })
}
