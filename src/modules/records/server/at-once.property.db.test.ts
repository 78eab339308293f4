/** Whatever desks do to records, several at once: what is derived from statements is derived from what stands, and nothing stands twice. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AppError } from '#platform/http/app-error.ts'
import type { Route } from '#platform/http/route.ts'
import { correctStatementRoute } from './correct-statement.ts'
import { edgesOf } from './edge-rows.ts'
import { enterRecordRoute } from './enter-record.ts'
import { eraseJob } from './erase.ts'
import { liftHoldRoute, placeHoldRoute } from './holds.ts'
import { DRAFT, type ImportStore, startImportStore } from './imports.fixture.ts'
import { restrictRecordRoute } from './restrict.ts'
import { answerReviewRoute } from './reviews.ts'
import { ANTWERP, deskOf, GHENT } from './search.fixture.ts'
import { searchDocOf } from './search-doc.ts'
import type { StoredValue } from './tables.ts'

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const NAMES = ['Aart', 'Bas', 'Cor', 'Dirk', 'Ed', 'Frits']
const KINDS = [
  'enter',
  'add',
  'relate',
  'correct',
  'withdraw',
  'restrict',
  'lift',
  'erase',
  'keep',
  'hold',
  'unhold',
  'read',
  'job',
] as const

interface Act {
  readonly kind: (typeof KINDS)[number]
  readonly byGhent: boolean
}

/** Acts that happen at once, all of them on one record. */
interface Step {
  readonly days: number
  /** Which record, and what is said of it. */
  readonly pick: number
  readonly acts: readonly Act[]
}

interface Standing {
  readonly fragment: string
  readonly entity: string
  readonly collection: string
  readonly vals: readonly StoredValue[]
}

const rows = async <T>(statement: string): Promise<readonly T[]> => (await at.store.rows(statement)) as unknown as readonly T[]
const standing = async (): Promise<readonly Standing[]> =>
  await rows('select fragment, entity, collection, vals from records.fragments where recorded_to is null order by recorded_from, fragment')

interface Performed extends Act {
  readonly one: Standing
  readonly other: Standing
  readonly collection: string
  readonly pick: number
}

async function perform({ kind, byGhent, one, other, collection, pick }: Performed): Promise<unknown> {
  const facts = deskOf(byGhent ? GHENT : ANTWERP)
  const call = async (route: Route, input: Readonly<Record<string, unknown>>) =>
    await at.call(route, { ...input, key: randomUUID() }, { facts })
  const name = `${NAMES[pick % NAMES.length] ?? ''} ${pick % 97}`
  const marking = { ...DRAFT, category: 'suspect', reviewDays: 30, retentionDays: 100 + pick, readers: byGhent ? [ANTWERP] : [GHENT] }
  if (kind === 'job') return await eraseJob.run({}, at.services)
  if (kind === 'enter') return await call(enterRecordRoute, { schema: 'Person', values: [{ prop: 'name', value: name }], marking })
  if (kind === 'read') return await read(collection, pick)
  const { entity, fragment, vals } = one
  const reason = 'Looked at it again'
  const value = { fragment, ordinal: 0, prop: vals[0]?.[0] ?? '', reason }
  const acts: Record<Exclude<Act['kind'], 'job' | 'enter' | 'read'>, () => Promise<unknown>> = {
    add: async () => await call(enterRecordRoute, { entity, schema: 'Person', values: [{ prop: 'alias', value: name }], marking }),
    relate: async () => {
      const values = [entity, other.entity].map((each, index) => ({ prop: index === 0 ? 'person' : 'associate', value: each }))
      return await call(enterRecordRoute, { schema: 'Associate', values, marking })
    },
    correct: async () => await call(correctStatementRoute, { ...value, value: name }),
    withdraw: async () => await call(correctStatementRoute, value),
    restrict: async () => await call(restrictRecordRoute, { entity, restricted: true, reason }),
    lift: async () => await call(restrictRecordRoute, { entity, restricted: false, reason }),
    erase: async () => await call(answerReviewRoute, { fragments: [fragment, other.fragment], answer: 'erase', reason }),
    keep: async () => await call(answerReviewRoute, { fragments: [fragment], answer: 'keep', reason }),
    hold: async () => await call(placeHoldRoute, { entity, caseRef: 'AN-1', reason, days: 1 + (pick % 300) }),
    unhold: async () => {
      const [hold] = await rows<{ hold: string }>('select hold from records.holds where lifted_at is null order by hold limit 1')
      return hold === undefined ? undefined : await at.call(liftHoldRoute, { hold: hold.hold, reason }, { facts })
    },
  }
  return await acts[kind]()
}

/** A newer file: it says something else of some of its records, and two things of one. */
async function read(collection: string, pick: number): Promise<void> {
  const lines = [0, 1, 2, 3, pick % 4].map((id, place) => {
    const name = `${NAMES[(pick + id * (place + 1)) % 3] ?? ''} ${id}`
    return JSON.stringify({ id: `p${id}`, schema: 'Person', properties: { name: [name] } })
  })
  const { import: id } = await at.upload(collection, lines.join('\n'))
  await at.start(id)
  await at.work()
}

interface Kept {
  readonly fragment: string
  readonly entity: string
  readonly schema: string
  readonly collection: string
  readonly external_id: string
  readonly context: unknown
  readonly vals: readonly StoredValue[] | null
  readonly recorded_to: Date | null
  readonly supersedes: string | null
  readonly restricted: boolean
  readonly view: string
}

const sorted = (texts: readonly string[]) => texts.toSorted((a, b) => a.localeCompare(b))

/** What must be the same, read from the statements and from what is kept of them. */
async function bothSides(): Promise<readonly [kept: unknown, fromStatements: unknown]> {
  const all = await rows<Kept>(
    'select f.*, m.view from records.fragments f join records.markings m on m.org = f.org and m.marking = f.marking',
  )
  const current = all.filter((each) => each.recorded_to === null)
  const free = current.flatMap((each) => (each.restricted || each.vals === null ? [] : [{ ...each, values: each.vals }]))
  const sizes = Map.groupBy(current, ({ collection, view }) => `${collection} ${view}`)
  const totals = await rows<{ lines: number; accepted: number; warned: number; quarantined: number }>('select * from records.imports')
  return [
    {
      docs: sorted((await rows<Standing>('select fragment from records.search_docs')).map(({ fragment }) => fragment)),
      edges: sorted(
        (await rows<{ fragment: string; ordinal: number }>('select fragment, ordinal from records.edges')).map(
          (each) => `${each.fragment} ${each.ordinal}`,
        ),
      ),
      sizes: sorted(
        (
          await rows<{ collection: string; view: string; records: string }>(
            'select collection, view, records from records.collection_sizes where records <> 0',
          )
        ).map((each) => `${each.collection} ${each.view} ${each.records}`),
      ),
      lines: totals.map(({ lines }) => lines),
    },
    {
      docs: sorted(
        free
          .filter(({ schema, values, view }) => searchDocOf({ schema, vals: values }, view) !== undefined)
          .map(({ fragment }) => fragment),
      ),
      edges: sorted(free.flatMap((each) => edgesOf(each).map(({ ordinal }) => `${each.fragment} ${ordinal}`))),
      sizes: sorted([...sizes].map(([of, each]) => `${of} ${new Set(each.map(({ entity }) => entity)).size}`)),
      lines: totals.map(({ accepted, warned, quarantined }) => accepted + warned + quarantined),
    },
  ]
}

async function wrong(): Promise<readonly string[]> {
  const all = await rows<Kept>(
    'select f.*, m.view from records.fragments f join records.markings m on m.org = f.org and m.marking = f.marking',
  )
  const followed = Map.groupBy(
    all.filter(({ supersedes }) => supersedes !== null),
    ({ supersedes }) => supersedes ?? '',
  )
  const records = Map.groupBy(
    all.filter((each) => each.recorded_to === null),
    ({ entity, collection, view }) => `${entity} ${collection} ${view}`,
  )
  return [
    ...[...followed].filter(([, by]) => by.length > 1).map(([fragment]) => `${fragment} was followed twice`),
    ...all
      .filter((each) => each.recorded_to === null && followed.has(each.fragment))
      .map(({ fragment }) => `${fragment} stands beside its successor`),
    ...all
      .filter((each) => each.vals === null && (each.context !== null || each.external_id !== ''))
      .map(({ fragment }) => `${fragment} is erased in part`),
    ...[...records]
      .filter(([, by]) => new Set(by.map(({ restricted }) => restricted)).size > 1)
      .map(([of]) => `${of} is restricted in part`),
  ]
}

const step = fc.record<Step>({
  days: fc.integer({ min: 0, max: 3 }),
  pick: fc.integer({ min: 0, max: 999 }),
  acts: fc.array(fc.record({ kind: fc.constantFrom(...KINDS), byGhent: fc.integer({ min: 0, max: 4 }).map((n) => n === 0) }), {
    minLength: 2,
    maxLength: 4,
  }),
})

it.each([1, 2, 3])('holds in sequence %i', async (seed) => {
  const collections = [await at.collection({ category: 'suspect' }), await at.collection({ category: 'suspect', readers: [GHENT] })]
  for (const collection of collections) await read(collection, seed)
  const steps = fc.sample(fc.array(step, { minLength: 30, maxLength: 30 }), { seed, numRuns: 1 })[0] ?? []
  for (const [place, { days, pick, acts }] of steps.entries()) {
    at.store.advance(1 + days * 24 * 60)
    const there = (await standing()).filter(({ collection }) => pick % 3 === 0 || collections.includes(collection))
    const [one, other] = [there[pick % there.length], there[(pick * 7) % there.length]]
    if (one === undefined || other === undefined) continue
    const collection = collections.find((each) => each === one.collection) ?? collections[pick % 2] ?? ''
    const outcomes = await Promise.allSettled(
      acts.map(async (each, nth) => await perform({ ...each, one, other, collection, pick: pick + nth })),
    )
    const told = `step ${place}: ${acts.map(({ kind }) => kind).join(', ')}`
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason, told).toBeInstanceOf(AppError)
    const [kept, fromStatements] = await bothSides()
    expect(kept, told).toEqual(fromStatements)
    expect(await wrong(), told).toEqual([])
  }
})
