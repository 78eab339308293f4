/** Judging: what can stand together, what is refused and why, that taking back restores exactly, and that clusters are those of the judgements in force. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Judgement, resolveJudgements, type Verdict } from '#kernel/record/judgements.ts'
import type { Comparison, Expansion, JudgementView } from '../contract.ts'
import { canonicals, clusterOf } from './clusters.ts'
import { compareRoute } from './compare.ts'
import { DESK, entityOf, type GraphStore, knows, OTHER, officerOf, owns, person, startGraphStore } from './graph.fixture.ts'
import { expandGraphRoute } from './graph-expand.ts'
import { judgeRoute, revokeJudgementRoute } from './judge.ts'
import { listJudgementsRoute } from './judgement-list.ts'

let store: GraphStore
beforeAll(async () => {
  store = await startGraphStore()
})
afterAll(async () => await store.stop())

interface Judged {
  readonly judgement: string
  readonly entity: string
}
type Refusal = { readonly code: string; readonly options: { readonly problems?: readonly { readonly at: string }[] } }

const judge = async (pair: readonly [string, string], verdict: Verdict = 'same', more: Record<string, unknown> = {}) =>
  await store.call<Judged>(judgeRoute, {
    left: entityOf(pair[0]),
    right: entityOf(pair[1]),
    verdict,
    reason: 'Same papers',
    key: uuidv7(),
    ...more,
  })
const refusal = async (work: Promise<unknown>): Promise<Refusal> =>
  await work.then(
    () => {
      throw new Error('It was taken.')
    },
    (error: Refusal) => error,
  )
const revoke = async (judgement: string, by = officerOf()) =>
  await store.call(revokeJudgementRoute, { judgement, reason: 'Not so after all' }, by)
const cluster = async (entity: string, by = officerOf()) => await store.as(by, async (tx) => await clusterOf(tx, by, entityOf(entity)))
const sorted = (...names: readonly string[]) => names.map(entityOf).sort()
let made = 0
/** Records of a name of their own, so that no test meets another's. */
async function people(...names: readonly string[]): Promise<string[]> {
  made += 1
  const fresh = names.map((name) => `${name}-${made}`)
  await store.state(fresh.map((name) => person(name)))
  return fresh
}

describe('a judgement', () => {
  it('makes two records one, and taken back gives exactly what was before', async () => {
    const [a = '', b = '', c = ''] = await people('a', 'b', 'c')
    const members = async () => await store.rows('select * from records.members order by entity')
    const before = await members()
    const first = await judge([a, b])
    expect(first.entity).toBe(sorted(a, b)[0])
    const between = await members()
    const second = await judge([b, c])
    expect(await cluster(a)).toEqual(sorted(a, b, c))
    await revoke(second.judgement)
    expect(await members()).toEqual(between)
    await revoke(first.judgement)
    expect(await members()).toEqual(before)
    expect(await cluster(a)).toEqual(sorted(a))
  })

  it('not-same blocks what would join its two sides, however far, and taken back lets it be', async () => {
    const [a = '', b = '', c = '', d = ''] = await people('a', 'b', 'c', 'd')
    const apart = await judge([a, d], 'not-same')
    await judge([a, b])
    await judge([c, d])
    const blocked = await refusal(judge([b, c]))
    expect(blocked).toMatchObject({ status: 409, code: 'records.blocked' })
    expect(blocked.options.problems?.map((each) => each.at)).toEqual([apart.judgement])
    expect(await cluster(b)).toEqual(sorted(a, b))
    await revoke(apart.judgement)
    await judge([b, c])
    expect(await cluster(d)).toEqual(sorted(a, b, c, d))
  })

  it('unsure keeps both apart, and stands for itself until it is taken back', async () => {
    const [a = '', b = '', c = ''] = await people('a', 'b', 'c')
    const unsure = await judge([a, b], 'unsure')
    expect(await cluster(a)).toEqual(sorted(a))
    expect(await refusal(judge([b, a]))).toMatchObject({
      code: 'records.judged-already',
      options: { problems: [{ at: unsure.judgement }] },
    })
    await judge([a, c])
    expect(await cluster(a)).toEqual(sorted(a, c))
    await revoke(unsure.judgement)
    await judge([a, b])
    expect(await cluster(b)).toEqual(sorted(a, b, c))
  })

  it('is refused on one record, on one pair twice, and within what is one already', async () => {
    const [a = '', b = '', c = ''] = await people('a', 'b', 'c')
    expect(await refusal(judge([a, a]))).toMatchObject({ code: 'records.same-record' })
    await judge([a, b])
    await judge([b, c])
    expect(await refusal(judge([b, a]))).toMatchObject({ code: 'records.judged-already' })
    for (const verdict of ['same', 'not-same', 'unsure'] as const)
      expect(await refusal(judge([a, c], verdict))).toMatchObject({ status: 409, code: 'records.same-record' })
  })

  it('answers a repeat of its key as it answered first, and judges once', async () => {
    const [a = '', b = ''] = await people('a', 'b')
    const key = uuidv7()
    const first = await judge([a, b], 'same', { key })
    expect(await judge([a, b], 'same', { key })).toEqual(first)
    expect(await store.rows(`select 1 from records.judgements where left_entity = '${sorted(a, b)[0]}'`)).toHaveLength(1)
  })

  it('rests only on statements that the officer sees of one of the two', async () => {
    const [a = '', b = '', c = ''] = await people('a', 'b', 'c')
    const fragmentOf = async (name: string) =>
      String((await store.rows(`select fragment from records.fragments where entity = '${entityOf(name)}'`))[0]?.['fragment'])
    const [own, foreign] = [`${await fragmentOf(a)}/0`, `${await fragmentOf(c)}/0`]
    await store.state([person(a, { desk: OTHER })])
    const hidden = String(
      (await store.rows(`select fragment from records.fragments where entity = '${entityOf(a)}' and audience = '{${OTHER}}'`))[0]?.[
        'fragment'
      ],
    )
    for (const statement of [foreign, `${hidden}/0`, own.replace('/0', '/9'), 'x', `${'9'.repeat(50)}/0`]) {
      const error = await refusal(judge([a, b], 'same', { evidence: [own, statement] }))
      expect(error).toMatchObject({ status: 422, code: 'records.evidence', options: { problems: [{ at: 'evidence.1' }] } })
    }
    await judge([a, b], 'same', { evidence: [own] })
  })

  it('of what is not visible answers like one of what does not exist', async () => {
    const [a = ''] = await people('a')
    await store.state([person(`hidden-${made}`, { desk: OTHER })])
    for (const other of [`hidden-${made}`, 'nobody'])
      expect(await refusal(judge([a, other]))).toMatchObject({ status: 404, code: 'not-found' })
  })

  it('is the judging desk’s, for its purpose: nobody else’s records are merged by it, and nobody else takes it back', async () => {
    made += 1
    const [a, b] = [`a-of-both-${made}`, `b-of-both-${made}`] as const
    await store.state([a, b].map((name) => person(name, { readers: [OTHER] })))
    const { judgement } = await judge([a, b])
    expect(await cluster(a)).toEqual(sorted(a, b))
    for (const other of [officerOf(OTHER), officerOf(DESK, 'border-control')]) {
      expect(await cluster(a, other)).toEqual(sorted(a))
      expect(await refusal(revoke(judgement, other))).toMatchObject({ status: 404 })
      expect((await store.call<{ items: unknown[] }>(listJudgementsRoute, {}, other)).items).toEqual([])
    }
    await store.call(
      judgeRoute,
      { left: entityOf(a), right: entityOf(b), verdict: 'not-same', reason: 'Seen both', key: uuidv7() },
      officerOf(OTHER),
    )
    expect(await cluster(a)).toEqual(sorted(a, b))
    await revoke(judgement)
    expect(await refusal(revoke(judgement))).toMatchObject({ status: 409, code: 'records.judgement-state' })
  })

  it('of two that contradict each other and come at once takes one', async () => {
    const [a = '', b = '', c = ''] = await people('a', 'b', 'c')
    await judge([a, b])
    const outcomes = await Promise.allSettled([judge([b, c]), judge([a, c], 'not-same'), judge([a, c])])
    expect(outcomes.filter((each) => each.status === 'fulfilled')).toHaveLength(1)
  })

  it('is named in the log with both records, and wakes the screens of its desk', async () => {
    const [a = '', b = ''] = await people('a', 'b')
    store.about.length = 0
    store.announced.length = 0
    const { judgement } = await judge([a, b])
    expect(store.about).toEqual([
      { kind: 'judgement', id: judgement },
      { kind: 'record', id: entityOf(a) },
      { kind: 'record', id: entityOf(b) },
    ])
    await revoke(judgement)
    expect(store.announced).toEqual([`records ${DESK}`, `records ${DESK}`])
  })
})

describe('the id that stands for merged records', () => {
  it('is the least of those that are current and visible, and never tells of another', async () => {
    const [a = '', b = '', c = ''] = ['a', 'b', 'c'].map((name) => `${name}-canon-${made}`)
    const [least = '', middle = ''] = [a, b, c].sort((x, y) => (entityOf(x) < entityOf(y) ? -1 : 1))
    const written = new Map<string, readonly string[]>()
    for (const name of [a, b, c]) written.set(name, await store.state([person(name)]))
    await judge([a, b])
    await judge([b, c])
    const by = officerOf()
    const stands = async () => await store.as(by, async (tx) => (await canonicals(tx, by, [a, b, c].map(entityOf))).get(entityOf(c)))
    expect(await stands()).toBe(entityOf(least))
    await store.end(written.get(least) ?? [])
    expect(await stands()).toBe(entityOf(middle))
    // For what was known on a day it is still one of them.
    expect(await cluster(middle)).toEqual(sorted(a, b, c))
  })
})

describe('a graph', () => {
  it('shows merged records as one, with the relations of all, and as before when the judgement is taken back', async () => {
    const [a = '', b = '', x = '', y = ''] = await people('a', 'b', 'x', 'y')
    await store.state([owns(a, x), owns(b, y), knows(x, y), knows(a, b)])
    const shown = async () => {
      const answer = await store.call<Expansion>(expandGraphRoute, { entities: [entityOf(a)], hops: 1 })
      return { nodes: answer.nodes.map((node) => node.entity).sort(), edges: answer.edges.map((edge) => edge.kind).sort() }
    }
    const before = await shown()
    const { judgement, entity } = await judge([a, b])
    expect(await shown()).toEqual({
      nodes: [entity, ...sorted(x, y)].sort(),
      edges: ['Ownership', 'Ownership', 'UnknownLink', 'UnknownLink'],
    })
    await revoke(judgement)
    expect(await shown()).toEqual(before)
  })
})

describe('a comparison', () => {
  it('puts both side by side with the reasons, and names the judgement that stands between them', async () => {
    const [left, right] = [`left-${(made += 1)}`, `right-${made}`]
    await store.state([
      person(left, { values: { name: 'Владимир Петров', birthDate: '1970-05-01', nationality: 'ru' } }),
      person(right, { values: { name: ['Vladimir Petrov', 'Wladimir Petrow'], birthDate: '1970-05-01' } }),
      person(right, { values: { name: 'Kept Secret' }, desk: OTHER }),
    ])
    const compare = async () => await store.call<Comparison>(compareRoute, { left: entityOf(left), right: entityOf(right) })
    const open = await compare()
    expect(open.properties.map(({ prop, shared, left: ours, right: theirs }) => [prop, shared, ours.length, theirs.length])).toEqual([
      ['name', false, 1, 2],
      ['birthDate', true, 1, 1],
      ['nationality', false, 1, 0],
    ])
    expect(open.match.score).toBeGreaterThan(open.match.threshold)
    expect(open.match.prior + open.match.steps.reduce((sum, step) => sum + step.logOdds, 0)).toBeCloseTo(open.match.logOdds, 9)
    expect(open.blockedBy).toBeUndefined()
    const { judgement } = await judge([left, right], 'not-same')
    expect((await compare()).blockedBy).toMatchObject({ judgement, verdict: 'not-same', leftCaption: expect.any(String) as string })
    await revoke(judgement)
    expect((await compare()).judgements).toMatchObject([{ judgement, revoked: { reason: 'Not so after all' } }])
    await judge([left, right])
    expect(await refusal(compare())).toMatchObject({ code: 'records.same-record' })
  })
})

describe('the list of judgements', () => {
  it('gives each once in pages of any size, of one record with all that it is merged with', async () => {
    const [a = '', b = '', c = ''] = await people('a', 'b', 'c')
    const ids = [await judge([a, b]), await judge([b, c], 'not-same')].map((each) => each.judgement).reverse()
    const page = async (input: Record<string, unknown>) =>
      await store.call<{ items: JudgementView[]; next?: string }>(listJudgementsRoute, { entity: entityOf(a), ...input })
    expect((await page({})).items.map((each) => each.judgement)).toEqual(ids)
    const first = await page({ limit: 1 })
    expect((await page({ limit: 1, cursor: first.next })).items.map((each) => each.judgement)).toEqual(ids.slice(1))
    await revoke(ids[1] ?? '')
    expect((await page({ revoked: 'no' })).items).toEqual([])
    await expect(page({ cursor: 'x' })).rejects.toMatchObject({ code: 'records.cursor' })
    await expect(store.call(listJudgementsRoute, { entity: entityOf('nobody') })).rejects.toMatchObject({ status: 404 })
  })
})

describe('kept clusters', () => {
  const NAMES = Array.from({ length: 8 }, (_, n) => `kept-${n}`)
  beforeAll(async () => {
    await store.state(NAMES.map((name) => person(name)))
  })
  beforeEach(async () => {
    await store.services.database.asWorker('test', async (tx) => {
      await sql`delete from records.judgements`.execute(tx)
      await sql`delete from records.members`.execute(tx)
    })
  })

  it('after any sequence of judgements and revocations are those of the judgements in force, from scratch', async () => {
    const step = fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({
          pair: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 2, maxLength: 2 }),
          verdict: fc.constantFrom('same' as const, 'same' as const, 'not-same' as const, 'unsure' as const),
        }),
      },
      { weight: 1, arbitrary: fc.record({ back: fc.nat(30) }) },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 18 }), async (steps) => {
        const taken: string[] = []
        for (const each of steps) {
          if ('back' in each) {
            const judgement = taken[each.back % Math.max(1, taken.length)]
            if (judgement !== undefined) await revoke(judgement).catch(() => undefined)
            continue
          }
          const [left = '', right = ''] = each.pair
          const answer = await judge([left, right], each.verdict).catch((error: Refusal) => {
            expect(['records.blocked', 'records.same-record', 'records.judged-already']).toContain(error.code)
          })
          if (answer !== undefined) taken.push(answer.judgement)
        }
        const rows = await store.rows(
          'select judgement as id, left_entity as left, right_entity as right, verdict from records.judgements where revoked_at is null',
        )
        const scratch = resolveJudgements(rows as unknown as Judgement[])
        expect(scratch.blocked).toEqual([])
        const sizes = Map.groupBy(scratch.clusters, ([, name]) => name)
        const expected = new Map([...scratch.clusters].filter(([, name]) => (sizes.get(name)?.length ?? 0) > 1))
        const kept = await store.rows('select entity, cluster from records.members')
        expect(new Map(kept.map((row) => [row['entity'], row['cluster']]))).toEqual(expected)
        for (const { judgement } of (await store.rows('select judgement from records.judgements where revoked_at is null')) as {
          judgement: string
        }[])
          await revoke(judgement)
        expect(await store.rows('select 1 from records.members')).toEqual([])
      }),
      { numRuns: 10 },
    )
  })
})
