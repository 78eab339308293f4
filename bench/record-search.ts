/**
 * One misspelt name against a million names, at the routes, with row-level security, views and scores: matching a subject, and searching with counts and facets. The
 * peer is what most systems do: similarity of trigrams with an index, the twenty most alike, over the same names in the same store, without rights and without
 * comparing anything but letters.
 */
import pg from 'pg'
import type { SearchAnswer } from '../src/modules/records/contract.ts'
import { surveyKeys } from '../src/modules/records/server/large-keys.ts'
import { matchSubjectRoute } from '../src/modules/records/server/match-subject.ts'
import { ANTWERP, AUTHORITY, CONTROL, type RecordStore, startRecordStore } from '../src/modules/records/server/search.fixture.ts'
import { searchRecordsRoute } from '../src/modules/records/server/search.ts'
import { viewOf } from '../src/modules/records/server/views.ts'
import { setup } from '../src/testing/postgres.ts'
import { percentile } from './bench-coalition.ts'
import type { BenchRow } from './bench-row.ts'
import { type MadeUp, madeUpNames, misspelt, randomFrom } from './record-names.ts'

const NAMES = Number(process.env['NAMES'] ?? 1_000_000)
const BATCH = 5000
const ROUNDS = 400
const PEER_ROUNDS = 100
const SHOWN = 10

export async function benchRecordSearch(): Promise<BenchRow[]> {
  const stopServer = await setup()
  const store = await startRecordStore()
  const client = new pg.Client({ connectionString: store.url })
  await client.connect()
  try {
    const asked = await fill(store, client)
    const name = `one misspelt name among ${NAMES.toLocaleString('en-GB')}`
    const match = await measure(asked, ROUNDS, async ({ schema, typed, meant }) => {
      const answer = await store.call<SearchAnswer>(matchSubjectRoute, { schema, properties: { name: [typed] }, limit: SHOWN })
      return answer.items.some(({ caption }) => caption === meant)
    })
    const search = await measure(asked, ROUNDS, async ({ typed, meant }) => {
      const answer = await store.call<SearchAnswer>(searchRecordsRoute, { q: typed, limit: SHOWN })
      return answer.items.some(({ caption }) => caption === meant)
    })
    await client.query('create extension if not exists pg_trgm')
    await client.query('create table public.peer as select caption as name from records.search_docs')
    await client.query('create index on public.peer using gin (name gin_trgm_ops)')
    await client.query('analyze public.peer')
    const peer = await measure(asked, PEER_ROUNDS, async ({ typed, meant }) => {
      const { rows } = await client.query<{ name: string }>(
        'select name from public.peer where name % $1 order by similarity(name, $1) desc limit 20',
        [typed],
      )
      return rows.slice(0, SHOWN).some((row) => row.name === meant)
    })
    const row = (what: string, part: 'p50' | 'p95', ours: Measured): BenchRow => ({
      name: `${name}: ${what}, ${part}; peer: pg_trgm`,
      ours: ours[part],
      peer: peer[part],
      unit: 'ms',
      ratio: peer[part] / ours[part],
      target: part === 'p50' ? '≤ 15 ms' : '≤ 60 ms',
    })
    return [
      row('matching', 'p50', match),
      row('matching', 'p95', match),
      row('searching', 'p50', search),
      row('searching', 'p95', search),
      {
        name: `${name}: found among the first ${SHOWN}; peer: pg_trgm`,
        ours: match.found,
        peer: peer.found,
        unit: '%',
        ratio: match.found / peer.found,
      },
    ]
  } finally {
    await client.end()
    await store.stop()
    await stopServer()
  }
}

interface AskedName {
  readonly schema: MadeUp['schema']
  readonly typed: string
  readonly meant: string
}

async function fill(store: RecordStore, client: pg.Client): Promise<readonly AskedName[]> {
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
      where i.indrelid = 'records.search_docs'::regclass and not i.indisprimary`,
  )
  for (const { name } of indexes) await client.query(`drop index ${name}`)
  const collection = await store.openCollection('Register')
  const make = madeUpNames(1)
  const random = randomFrom(2)
  const asked: AskedName[] = []
  for (let at = 0; at < NAMES; at += BATCH) {
    const names = make(Math.min(BATCH, NAMES - at))
    await store.write(
      names.map(({ schema, name, country, born }) => ({
        collection,
        schema,
        values: [
          ['name', name],
          schema === 'Person' ? ['birthDate', born] : ['incorporationDate', born],
          [schema === 'Person' ? 'nationality' : 'jurisdiction', country],
        ],
      })),
    )
    // Evenly over all of them, so that no page lies in memory for having been read before.
    while (asked.length < ((at + BATCH) * 2 * ROUNDS) / NAMES) {
      const meant = names[Math.floor(random() * names.length)]
      if (meant !== undefined) asked.push({ schema: meant.schema, meant: meant.name, typed: misspelt(meant.name, random) })
    }
  }
  await client.query("set maintenance_work_mem = '256MB'")
  for (const { definition } of indexes) await client.query(definition)
  await client.query('vacuum (analyze) records.search_docs, records.fragments')
  // As an import ends.
  const marking = { marking: '', view: viewOf(AUTHORITY, CONTROL, [ANTWERP]), purpose: CONTROL, audience: [ANTWERP] }
  await store.services.database.asWorker('bench', async (tx) => await surveyKeys(tx, AUTHORITY, { marking, written: NAMES }))
  return asked
}

interface Measured {
  readonly p50: number
  readonly p95: number
  readonly found: number
}

async function measure(asked: readonly AskedName[], rounds: number, ask: (name: AskedName) => Promise<boolean>): Promise<Measured> {
  // Every other name is asked for before, untimed: a node that serves has run its code already.
  for (const each of asked.filter((_, at) => at % 2 === 0).slice(0, rounds)) await ask(each)
  const took: number[] = []
  let found = 0
  for (const each of asked.filter((_, at) => at % 2 === 1).slice(0, rounds)) {
    const begun = performance.now()
    if (await ask(each)) found += 1
    took.push(performance.now() - begun)
  }
  return { p50: percentile(took, 0.5), p95: percentile(took, 0.95), found: (100 * found) / took.length }
}
