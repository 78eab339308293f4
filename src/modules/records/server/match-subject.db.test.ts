/** A subject against the store, and the duplicates of a record: the best come first, with reasons that add up; nothing hidden moves a score or a count. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MatchWire, RecordRow } from '../contract.ts'
import { listDuplicatesRoute } from './duplicates.ts'
import { matchSubjectRoute } from './match-subject.ts'
import { ANTWERP, AUTHORITY, CONTROL, deskOf, GHENT, type RecordStore, startRecordStore } from './search.fixture.ts'

interface Answer {
  readonly items: readonly (RecordRow & { readonly match: MatchWire })[]
  readonly examined: number
  readonly blocksDropped: number
}
let store: RecordStore
let ids: readonly string[]

beforeAll(async () => {
  store = await startRecordStore()
  ids = await store.write([
    {
      values: [
        ['name', 'Юлия Кравченко'],
        ['birthDate', '1984-03-07'],
        ['nationality', 'ua'],
      ],
    },
    {
      values: [
        ['name', 'Yuliya Kravchenko'],
        ['birthDate', '1984-03-07'],
      ],
    },
    {
      values: [
        ['name', 'Yulia Kravtsova'],
        ['birthDate', '1971-01-30'],
      ],
    },
    {
      desk: GHENT,
      values: [
        ['name', 'Yulia Kravchenko'],
        ['birthDate', '1984-03-07'],
      ],
    },
    {
      schema: 'Vessel',
      values: [
        ['name', 'Kravchenko'],
        ['imoNumber', '9811000'],
      ],
    },
  ])
})
afterAll(async () => await store.stop())

const subject = { schema: 'Person', properties: { name: ['Yulia Kravchenko'], birthDate: ['1984-03-07'] } }
const match = async (input: Record<string, unknown>, facts = deskOf(ANTWERP)) => await store.call<Answer>(matchSubjectRoute, input, facts)
const duplicates = async (entity: string | undefined, facts = deskOf(ANTWERP)) =>
  await store.call<{ items: Answer['items']; judgedAlready: number }>(listDuplicatesRoute, { entity }, facts)

describe('a subject', () => {
  it('is found across scripts, with reasons that add up to the log-odds', async () => {
    const { items } = await match(subject)
    expect(new Set(items.slice(0, 2).map(({ entity }) => ids.indexOf(entity)))).toEqual(new Set([0, 1]))
    for (const { match: each } of items) {
      expect(each.steps.reduce((sum, { logOdds }) => sum + logOdds, each.prior)).toBeCloseTo(each.logOdds, 9)
      expect(items[0]?.match.score).toBeGreaterThanOrEqual(each.score)
    }
    expect(items[0]?.match.score).toBeGreaterThan(items[0]?.match.threshold ?? 1)
  })

  it('is compared with nothing that the desk may not read, and no answer tells of it', async () => {
    const before = await match(subject)
    expect(before.items.map(({ entity }) => ids.indexOf(entity))).not.toContain(3)
    const [hidden] = await store.write([
      {
        desk: GHENT,
        values: [
          ['name', 'Yulia Kravchenko'],
          ['birthDate', '1984-03-07'],
        ],
      },
    ])
    expect(await match(subject)).toEqual(before)
    expect(new Set((await match(subject, deskOf(GHENT))).items.map(({ entity }) => ids.indexOf(entity)))).toEqual(new Set([-1, 3]))
    await store.end(hidden ?? '')
  })

  it('is found by a number under any name', async () => {
    const answer = await match({ schema: 'Vessel', properties: { name: ['Renamed'], imoNumber: ['IMO 9811000'] } })
    expect(answer.items.map(({ entity }) => ids.indexOf(entity))).toEqual([4])
  })

  it('with a property that the schema has not, or with nothing to compare, is refused', async () => {
    await expect(match({ schema: 'Person', properties: { imoNumber: ['9811000'] } })).rejects.toThrow('records.values')
    await expect(match({ schema: 'Person', properties: { name: ['', '‮'] } })).rejects.toThrow('records.values')
    await expect(match({ schema: 'Ownership', properties: {} })).rejects.toThrow('records.schema')
    await expect(match({ schema: 'Nothing', properties: {} })).rejects.toThrow('records.schema')
  })
})

describe('duplicates', () => {
  it('are those that match, without the record itself, and not for a desk that does not see it', async () => {
    const { items, judgedAlready } = await duplicates(ids[0])
    expect(items[0]?.entity).toBe(ids[1])
    expect(items.map(({ entity }) => ids.indexOf(entity))).not.toContain(0)
    expect(judgedAlready).toBe(0)
    await expect(duplicates(ids[0], deskOf(GHENT))).rejects.toThrow('not-found')
  })

  it('that the desk has judged are counted, and listed no more', async () => {
    const [left, right] = [ids[0] ?? '', ids[1] ?? ''].sort()
    await store.rows(`insert into records.judgements (org, desk, judgement, left_entity, right_entity, verdict, reason, officer, officer_name, at, purpose, audience)
      values ('${AUTHORITY}', '${ANTWERP}', '${randomUUID()}', '${left}', '${right}', 'not-same', 'sisters', 'o', 'O', now(), '${CONTROL}', '{${ANTWERP}}') returning 1`)
    const { items, judgedAlready } = await duplicates(ids[0])
    expect(items.map(({ entity }) => ids.indexOf(entity))).not.toContain(1)
    expect(judgedAlready).toBe(1)
  })
})

describe('values of a subject', () => {
  it('meet those of the store in whatever form they are asked for', async () => {
    const [office] = await store.write([
      {
        schema: 'Company',
        values: [
          ['name', 'Zoutkaai Freight NV'],
          ['phone', '+3225551212'],
          ['jurisdiction', 'be'],
        ],
      },
    ])
    const asked = { schema: 'Company', properties: { phone: ['02 555 12 12'], jurisdiction: ['Belgium'] } }
    const { items } = await match(asked)
    expect(items.map(({ entity }) => entity)).toEqual([office])
    expect(items[0]?.match.steps.map(({ property }) => property)).toEqual(expect.arrayContaining(['phone']))
    expect((await match({ ...asked, properties: { phone: ['02 555 12 12'], jurisdiction: ['nl'] } })).items).toEqual([])
  })
})
