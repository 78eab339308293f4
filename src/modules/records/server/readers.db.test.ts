/**
 * What a reader learns is a function of what is for that reader: in a store that holds the statements of six authorities, every answer to each of their desks is that of a
 * store which never held anything else, byte for byte once ids and instants are blotted out. So however they put together what they were told, it is what each was given.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSeededRandom } from '#kernel/stats/seeded-random.ts'
import type { Route } from '#platform/http/route.ts'
import { compareRoute } from './compare.ts'
import { listDuplicatesRoute } from './duplicates.ts'
import { company, entityOf, type GraphStore, knows, officerOf, owns, person, type StatedRecord, startGraphStore } from './graph.fixture.ts'
import { findCommonRoute } from './graph-common.ts'
import { showNeighbourCountsRoute } from './graph-counts.ts'
import { expandGraphRoute } from './graph-expand.ts'
import { judgeRoute } from './judge.ts'
import { listJudgementsRoute } from './judgement-list.ts'
import { matchSubjectRoute } from './match-subject.ts'
import { findPathsRoute } from './paths.ts'
import { searchRecordsRoute } from './search.ts'
import { showRecordRoute } from './show-record.ts'
import { showTimelineRoute } from './timeline.ts'

/** Two desks share an authority, so that its own wall is not the only one that is tried. */
const DESKS = [
  'be.police.antwerp',
  'be.police.brussels',
  'be.customs.antwerp',
  'nl.police.rotterdam',
  'es.customs.algeciras',
  'de.police.hamburg',
  'fr.judicial.paris',
]
const PURPOSES = ['criminal-investigation', 'customs-control']
const NAMES = ['Viktor Morozov', 'Victor Morosov', 'Viktor Moroz', 'Anna Petrova', 'Ana Petrova', 'Oleg Stepanenko', 'Oleh Stepanenko']
const FIRMS = ['Meridian Cold Storage', 'Meridian Cold Stores', 'Noordzee Fruit', 'Nordsee Fruit']
const RECORDS = 90

const random = createSeededRandom(26)
const records: readonly StatedRecord[] = Array.from({ length: 300 }, (_, n) => {
  const desk = random.pick(DESKS)
  // Readers of other authorities as well: that is no way past the wall of an authority.
  const readers = DESKS.filter(() => random.chance(0.25))
  const shared = { desk, purpose: random.pick(PURPOSES), readers, id: '' }
  const at = (of = RECORDS) => `r${random.integer(0, of - 1)}`
  if (n < RECORDS) {
    const isFirm = n % 3 === 0
    const name = random.pick(isFirm ? FIRMS : NAMES)
    const number = `BE04${String(random.integer(0, 9)).repeat(8)}`
    return isFirm
      ? company(`r${n}`, { ...shared, id: `r${n}`, values: { name, registrationNumber: number } })
      : person(`r${n}`, { ...shared, id: `r${n}`, values: { name, birthDate: `19${random.integer(60, 69)}-0${random.integer(1, 9)}-11` } })
  }
  // Statements of others on the same records, and relations between them.
  if (n % 4 === 0) {
    const id = at()
    return Number(id.slice(1)) % 3 === 0
      ? company(id, { ...shared, id, values: { alias: random.pick(FIRMS) } })
      : person(id, { ...shared, id, values: { alias: random.pick(NAMES), phone: `+3247000000${n % 10}` } })
  }
  const [one, other] = [at(), at()]
  const relation = n % 2 === 0 ? owns(one, other, { from: `20${random.integer(10, 19)}-05-01` }) : knows(one, other)
  return { ...relation, ...shared, id: `${relation.id} ${n}` }
})

const isFor = (desk: string, purpose: string) => (record: StatedRecord) =>
  record.purpose === purpose &&
  [record.desk, ...(record.readers ?? [])].includes(desk) &&
  record.desk?.split('.').slice(0, 2).join('.') === desk.split('.').slice(0, 2).join('.')

/** Mostly of what the desk sees, and some of what it does not. */
const judgements = DESKS.flatMap((desk) =>
  PURPOSES.flatMap((purpose) => {
    const seen = records.filter(isFor(desk, purpose)).filter(({ schema }) => schema === 'Person' || schema === 'Company')
    const some = () => entityOf(random.chance(0.9) && seen.length > 0 ? random.pick(seen).id : `r${random.integer(0, RECORDS - 1)}`)
    return Array.from({ length: 6 }, (_, n) => ({
      desk,
      purpose,
      left: some(),
      right: some(),
      verdict: random.pick(['same', 'same', 'not-same', 'unsure']),
      reason: `Said by ${desk}`,
      key: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    }))
  }),
)

async function fill(
  store: GraphStore,
  isWanted: (desk: string, purpose: string) => boolean,
  wanted: readonly StatedRecord[],
): Promise<string[]> {
  // One at a time, so that what a reader sees was written in as many steps in either store.
  for (const record of wanted) await store.state([record])
  const said: string[] = []
  for (const { desk, purpose, ...judgement } of judgements)
    if (isWanted(desk, purpose))
      said.push(`${desk} ${purpose} ${await answerOf(store.call(judgeRoute, judgement, officerOf(desk, purpose)))}`)
  return said
}

let whole: GraphStore
let said: readonly string[]
beforeAll(async () => {
  whole = await startGraphStore()
  said = await fill(whole, () => true, records)
})
afterAll(async () => await whole.stop())

/** What a desk asks about: what it sees, what only others see, and what nobody does. */
function subjectsOf(desk: string, purpose: string): { readonly entities: readonly string[]; readonly pairs: readonly object[] } {
  const mine = records.filter(isFor(desk, purpose)).filter(({ id }) => /^r\d+$/.test(id))
  const ids = new Set([...mine.map(({ id }) => id), 'r0', 'r7', 'r13', 'r28', 'r-none'])
  const entities = [...ids].map(entityOf)
  const pairs = entities.flatMap((left, n) => [1, 4].map((step) => ({ left, right: entities[(n + step) % entities.length] as string })))
  return { entities, pairs }
}

const questions: readonly (readonly [name: string, route: Route, inputs: (of: ReturnType<typeof subjectsOf>) => readonly object[]])[] = [
  [
    'search',
    searchRecordsRoute,
    () => [
      ...[...NAMES, ...FIRMS, 'Морозов', 'Petr', 'BE0433333333', '+32470000004', 'nobody'].map((q) => ({ q })),
      {},
      { schema: 'Company' },
      { q: 'Meridian', limit: 1 },
    ],
  ],
  ['page of a record', showRecordRoute, ({ entities }) => entities.flatMap((entity) => [{ entity }, { entity, history: 'yes' }])],
  ['duplicates', listDuplicatesRoute, ({ entities }) => entities.map((entity) => ({ entity }))],
  ['comparison', compareRoute, ({ pairs }) => pairs],
  [
    'match of a subject',
    matchSubjectRoute,
    () => NAMES.map((name) => ({ schema: 'Person', properties: { name: [name], birthDate: ['1963-04-11'] } })),
  ],
  ['number of neighbours', showNeighbourCountsRoute, ({ entities }) => entities.map((entity) => ({ entity }))],
  ['neighbourhood', expandGraphRoute, ({ entities }) => entities.map((entity) => ({ entities: [entity], hops: 2, most: 8 }))],
  ['path', findPathsRoute, ({ pairs }) => pairs],
  ['common neighbours', findCommonRoute, ({ pairs }) => pairs],
  ['timeline', showTimelineRoute, ({ entities }) => [{ entities: [...entities] }]],
  ['list of judgements', listJudgementsRoute, ({ entities }) => [{}, ...entities.map((entity) => ({ entity }))]],
]

async function answerOf(asked: Promise<unknown>): Promise<string> {
  const answer = await asked.catch((refused: unknown) => {
    const { status, code, options } = refused as { status?: number; code?: string; options?: unknown }
    if (status === undefined) throw refused
    return { status, code, options }
  })
  return blot(JSON.stringify(answer))
}

/** Ids of fragments, collections and judgements are new in each store, and each has its own clock. */
function blot(text: string): string {
  const ids = new Map<string, string>()
  return (
    text
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => {
        const known = ids.get(id) ?? `id-${ids.size}`
        ids.set(id, known)
        return known
      })
      .replace(/2026-11-24T08:0\d:\d\d\.\d{3}Z/g, 'now')
      // A mark holds the instant of the last one shown.
      .replace(/"next":"[\w-]+"/g, '"next":"…"')
  )
}

describe.each(DESKS.flatMap((desk) => PURPOSES.map((purpose) => [desk, purpose] as const)))('%s for %s', (desk, purpose) => {
  let own: GraphStore
  let saidAlone: readonly string[]
  beforeAll(async () => {
    own = await startGraphStore()
    saidAlone = await fill(own, (by, what) => by === desk && what === purpose, records.filter(isFor(desk, purpose)))
  })
  afterAll(async () => await own.stop())

  it('is answered about its own judgements as if there were no others', () => {
    expect(said.filter((each) => each.startsWith(`${desk} ${purpose} `))).toEqual(saidAlone)
  })

  it.each(questions.map(([name, route, inputs]) => [name, { route, inputs }] as const))(
    'learns nothing else by a %s',
    async (_, { route, inputs }) => {
      for (const input of inputs(subjectsOf(desk, purpose))) {
        const [among, alone] = [whole, own].map(async (store) => await answerOf(store.call(route, input, officerOf(desk, purpose))))
        expect(await among, JSON.stringify(input)).toBe(await alone)
      }
    },
  )
})

it('is not a comparison of nothing with nothing', () => {
  for (const desk of DESKS)
    for (const purpose of PURPOSES) {
      const mine = records.filter(isFor(desk, purpose)).length
      expect(mine).toBeGreaterThan(2)
      expect(mine).toBeLessThan(records.length / 2)
    }
  expect(said.filter((each) => each.includes('"judgement"')).length).toBeGreaterThan(20)
})
