/**
 * A list of misspelt names against a register, as the job does it: read from the store under row-level security, indexed and compared in threads, pairs written page
 * by page. By default a fifth of the register and a part of the list, scaled: reading and indexing in proportion to the register, comparing in proportion to the
 * list. That is a lower bound, to see at a glance what a change does: what one name costs grows with the register up to the bounds of its keys, and a store beyond the
 * caches is slower. `NAMES=1000000 LISTED=100000` runs it whole, and that alone is the figure.
 * The peer finds for each name the one that is most alike by trigrams, with an index, in the same store; measured on some names and scaled in the same way.
 */
import pg from 'pg'
import type { CrossrefView } from '../src/modules/records/contract.ts'
import { runCrossref } from '../src/modules/records/server/crossref-run.ts'
import { showCrossrefRoute, startCrossrefRoute } from '../src/modules/records/server/crossrefs.ts'
import { AUTHORITY, type RecordStore, startRecordStore } from '../src/modules/records/server/search.fixture.ts'
import { setup } from '../src/testing/postgres.ts'
import type { BenchRow } from './bench-row.ts'
import { madeUpNames, misspelt, randomFrom } from './record-names.ts'

const NAMES = Number(process.env['NAMES'] ?? 200_000)
const LISTED = Number(process.env['LISTED'] ?? 4000)
const WHOLE = { names: 1_000_000, listed: 100_000 }
const BATCH = 5000
const PEER_NAMES = 40

export async function benchCrossref(): Promise<BenchRow[]> {
  const stopServer = await setup()
  const store = await startRecordStore()
  const client = new pg.Client({ connectionString: store.url })
  await client.connect()
  try {
    const { register, one, list, typed } = await fill(store, client)
    const base = await seconds(store, { left: one, right: register })
    const whole = await seconds(store, { left: list, right: register })
    const eachName = (whole.took - base.took) / LISTED
    const ours = (base.took * (WHOLE.names / NAMES) + eachName * WHOLE.listed) / 60
    await client.query('create extension if not exists pg_trgm')
    await client.query('create table public.peer as select caption as name from records.search_docs where collection = $1', [register])
    await client.query('create index on public.peer using gin (name gin_trgm_ops)')
    await client.query('analyze public.peer')
    const begun = performance.now()
    for (const name of typed.slice(0, PEER_NAMES))
      await client.query('select name from public.peer where name % $1 order by similarity(name, $1) desc limit 1', [name])
    const peer = ((performance.now() - begun) / 60_000 / PEER_NAMES) * WHOLE.listed * (WHOLE.names / NAMES)
    const scaled =
      NAMES === WHOLE.names && LISTED === WHOLE.listed ? 'run whole' : `a lower bound, scaled from ${count(LISTED)} against ${count(NAMES)}`
    return [
      {
        name: `cross-reference of 100,000 names against 1,000,000, ${scaled}; peer: pg_trgm, each name by itself`,
        ours,
        peer,
        unit: 'min',
        ratio: peer / ours,
        target: '≤ 10 min',
      },
      { name: 'names of the list for which the cross-reference proposes a pair', ours: 100 * whole.pairedShare, unit: '%' },
    ]
  } finally {
    await client.end()
    await store.stop()
    await stopServer()
  }
}

interface Filled {
  readonly register: string
  /** A collection of one name: what a run costs before anything is compared. */
  readonly one: string
  readonly list: string
  readonly typed: readonly string[]
}

async function fill(store: RecordStore, client: pg.Client): Promise<Filled> {
  // Keys and words are not looked up by a cross-reference.
  await client.query('drop index records.search_docs_keys, records.search_docs_words')
  const [register, one, list] = [
    await store.openCollection('Register'),
    await store.openCollection('One'),
    await store.openCollection('List'),
  ]
  const make = madeUpNames(1)
  const random = randomFrom(3)
  const typed: string[] = []
  const write = async (collection: string, names: ReturnType<typeof make>): Promise<void> => {
    for (let at = 0; at < names.length; at += BATCH)
      await store.write(
        names.slice(at, at + BATCH).map(({ schema, name, country, born }) => ({
          collection,
          schema,
          values: [
            ['name', name],
            schema === 'Person' ? ['birthDate', born] : ['incorporationDate', born],
            [schema === 'Person' ? 'nationality' : 'jurisdiction', country],
          ],
        })),
      )
  }
  for (let at = 0; at < NAMES; at += BATCH) {
    const names = make(Math.min(BATCH, NAMES - at))
    await write(register, names)
    const listed = names
      .slice(0, Math.ceil((LISTED * names.length) / NAMES))
      .map((each) => ({ ...each, name: misspelt(each.name, random) }))
    await write(list, listed)
    typed.push(...listed.map(({ name }) => name))
  }
  await write(one, make(1))
  await client.query('vacuum (analyze) records.search_docs, records.fragments')
  return { register, one, list, typed }
}

async function seconds(
  store: RecordStore,
  sides: { readonly left: string; readonly right: string },
): Promise<{ readonly took: number; readonly pairedShare: number }> {
  const { crossref } = await store.call<{ crossref: string }>(startCrossrefRoute, { ...sides, key: crypto.randomUUID() })
  const begun = performance.now()
  await runCrossref(store.services, { org: AUTHORITY, crossref })
  const took = (performance.now() - begun) / 1000
  const { state, compared } = await store.call<CrossrefView>(showCrossrefRoute, { crossref, limit: 1 })
  if (state !== 'done') throw new Error(`The cross-reference is ${state}.`)
  const rows = await store.rows(
    `select count(distinct left_entity)::int as lefts from records.crossref_pairs where crossref = '${crossref}'`,
  )
  return { took, pairedShare: Number(rows[0]?.['lefts']) / Math.max(1, compared) }
}

function count(value: number): string {
  return value.toLocaleString('en-GB')
}
