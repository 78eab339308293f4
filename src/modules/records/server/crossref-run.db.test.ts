/** What a cross-reference keeps of a pair that is found from either side. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCrossref } from './crossref-run.ts'
import { startCrossrefRoute } from './crossrefs.ts'
import { ANTWERP, AUTHORITY, deskOf, type RecordStore, startRecordStore } from './search.fixture.ts'

let store: RecordStore
beforeAll(async () => {
  store = await startRecordStore()
})
afterAll(async () => await store.stop())

it('keeps the score of the side from which a pair fits better, whichever comes first and on whatever page', async () => {
  const collection = await store.openCollection('Wanted')
  const names = [
    'Anselm Margvelashvili',
    'Boguslaw Quistorp',
    'Chidi Okonkwo',
    'Dagfinn Haugland',
    'Evgenije Petrusic',
    'Fabrizio Castorino',
  ]
  const named = (name: string) => ({ collection, values: [['name', name] as const] })
  const ids = await store.write(names.flatMap((name) => [named(name.slice(name.indexOf(' ') + 1)), named(name)]))
  // So many that a pair may stand on two pages.
  await store.write(Array.from({ length: 400 }, (_, at) => named(`Xq${at}z`)))
  const { crossref } = await store.call<{ crossref: string }>(
    startCrossrefRoute,
    { key: randomUUID(), left: collection, preset: 'ofac' },
    deskOf(ANTWERP),
  )
  await runCrossref(store.services, { org: AUTHORITY, crossref })
  const all = await store.rows(`select left_entity, score, log_odds from records.crossref_pairs where crossref = '${crossref}'`)
  const rows = all.filter((row) => ids.includes(String(row['left_entity'])))
  const [{ pairs } = {}] = await store.rows(`select pairs from records.crossrefs where crossref = '${crossref}'`)
  expect(rows).toHaveLength(names.length)
  expect(pairs).toBe(all.length)
  // A name that is asked for by one of its words fits whole; the other way round it does not.
  for (const row of rows) expect(row['score']).toBeGreaterThan(0.99)
  for (const row of rows) expect(row['log_odds']).toBeGreaterThan(4)
})
