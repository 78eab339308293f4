/** The page of a record: what is stated, by whom and when; what was known on a day; and nothing of what is not for the reader, in the page or in an export of it. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSeededRandom } from '#kernel/stats/seeded-random.ts'
import type { RecordView } from '../contract.ts'
import { listCollectionsRoute } from './collections.ts'
import { correctStatementRoute } from './correct-statement.ts'
import { enterRecordRoute } from './enter-record.ts'
import { DRAFT, type ImportStore, startImportStore } from './imports.fixture.ts'
import { judgeRoute, revokeJudgementRoute } from './judge.ts'
import { recordRows } from './record-rows.ts'
import { ANTWERP, AUTHORITY, deskOf, GHENT } from './search.fixture.ts'
import { showRecordRoute } from './show-record.ts'
import { withdrawCollectionRoute } from './withdraw-collection.ts'

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const ghent = deskOf(GHENT)
type Value = { readonly prop: string; readonly value: string; readonly from?: string; readonly to?: string }
const enter = async (schema: string, values: readonly Value[], more: Readonly<Record<string, unknown>> = {}) =>
  await at.call<{ entity: string; fragment: string; problems: { code: string }[] }>(enterRecordRoute, {
    schema,
    values,
    marking: DRAFT,
    key: randomUUID(),
    ...more,
  })
const show = async (entity: string, more: Readonly<Record<string, unknown>> = {}, facts = deskOf(ANTWERP)) =>
  await at.call<RecordView>(showRecordRoute, { entity, ...more }, { facts })
const valuesOf = ({ statements }: RecordView) => statements.map(({ prop, value }) => `${prop}=${value}`)
const shared = { marking: { ...DRAFT, readers: [GHENT] } }

describe('a record written by hand', () => {
  it('shows each statement with its marking, its source and its time', async () => {
    const { entity, fragment, problems } = await enter('Person', [
      { prop: 'name', value: ' Jan  Peeters ' },
      { prop: 'birthDate', value: '1970-01-02' },
      { prop: 'idNumber', value: 'X1', from: '2010', to: '2020' },
    ])
    expect(problems).toEqual([])
    const page = await show(entity)
    expect(page).toMatchObject({
      entity,
      schema: 'Person',
      caption: 'Jan Peeters',
      statementsLeftOut: 0,
      restricted: false,
      hold: [],
      mayWrite: true,
    })
    expect(page.members).toMatchObject([{ entity, caption: 'Jan Peeters', merged: 1, collections: [{ title: `Written by ${ANTWERP}` }] }])
    expect(page.members[0]?.details).toContainEqual({ prop: 'birthDate', value: '1970-01-02' })
    expect(page.statements[2]).toMatchObject({
      statement: `${fragment}/2`,
      from: '2010',
      to: '2020',
      marking: {
        origin: { org: AUTHORITY, desk: ANTWERP },
        evaluation: { source: 'B', info: 2 },
        purpose: 'customs-control',
        category: 'thing',
      },
    })
    expect(valuesOf(await show(entity, { validAt: '2015-06-01' }))).toContain('idNumber=X1')
    expect(valuesOf(await show(entity, { validAt: '2021' }))).not.toContain('idNumber=X1')
  })

  it('is written once, however often its request comes', async () => {
    const key = randomUUID()
    const values = [{ prop: 'name', value: 'Once' }]
    const answers = await Promise.all([1, 2, 3].map(async () => await enter('Person', values, { key })))
    expect(new Set(answers.map(({ fragment }) => fragment)).size).toBe(1)
  })

  it('refuses what cannot be a value, and a reference to what the desk may not see like one to nothing', async () => {
    const secret = await at.call<{ entity: string }>(
      enterRecordRoute,
      { schema: 'Person', values: [{ prop: 'name', value: 'Hidden' }], marking: DRAFT, key: randomUUID() },
      { facts: ghent },
    )
    const refused = async (values: readonly Value[], schema = 'Person') => await enter(schema, values).catch((error: unknown) => error)
    const faults = await refused([
      { prop: 'birthDate', value: 'not a date at all' },
      { prop: 'nothing', value: 'x' },
    ])
    expect(faults).toMatchObject({ status: 422, code: 'records.values' })
    expect(await refused([{ prop: 'privateKey', value: 'x' }], 'CryptoWallet')).toMatchObject({ code: 'records.values' })
    const to = async (entity: string) => {
      const error = await refused([{ prop: 'owner', value: entity }], 'Ownership')
      return JSON.stringify((error as { options: unknown }).options)
    }
    expect(await to(secret.entity)).toBe(await to(`r${'0'.repeat(32)}`))
    expect(await refused([{ prop: 'name', value: 'x' }], 'Nobody')).toMatchObject({ code: 'records.schema' })
    await expect(enter('Person', [{ prop: 'name', value: 'x' }], { entity: secret.entity })).rejects.toMatchObject({ status: 404 })
  })
})

describe('a correction', () => {
  it('takes the place of the statement, and the day before still knows the old one', async () => {
    const { entity, fragment } = await enter('Person', [
      { prop: 'name', value: 'Old Name' },
      { prop: 'country', value: 'be' },
    ])
    const before = at.services.clock.now().toISOString()
    at.store.advance(60)
    const correction = { fragment, ordinal: 0, prop: 'name', value: 'New Name', reason: 'spelling', key: randomUUID() }
    const answer = await at.call<{ fragment: string }>(correctStatementRoute, correction)
    expect(await at.call(correctStatementRoute, correction)).toEqual(answer)
    expect(valuesOf(await show(entity))).toEqual(['name=New Name', 'country=be'])
    expect(valuesOf(await show(entity, { knownAt: before }))).toEqual(['name=Old Name', 'country=be'])
    const history = await show(entity, { history: 'yes' })
    expect(history.statements.find(({ value }) => value === 'Old Name')).toMatchObject({ ended: { reason: 'corrected', note: 'spelling' } })
    expect(history.statements.find(({ value }) => value === 'New Name')?.supersedes).toBe(fragment)
    const ended = { ...correction, key: randomUUID() }
    await expect(at.call(correctStatementRoute, ended)).rejects.toMatchObject({ code: 'records.ended' })
    at.store.advance(60)
    const withdrawal = { fragment: answer.fragment, ordinal: 1, prop: 'country', reason: 'not so', key: randomUUID() }
    await at.call(correctStatementRoute, withdrawal)
    expect(valuesOf(await show(entity))).toEqual(['name=New Name'])
  })

  it('is the desk’s own, and another desk’s statement stays', async () => {
    const { entity, fragment } = await enter('Person', [{ prop: 'name', value: 'Shared' }], shared)
    const asked = { fragment, ordinal: 0, prop: 'name', value: 'x', reason: 'why', key: randomUUID() }
    await expect(at.call(correctStatementRoute, asked, { facts: ghent })).rejects.toMatchObject({ code: 'records.not-own' })
    await expect(at.call(correctStatementRoute, { ...asked, fragment: randomUUID() })).rejects.toMatchObject({ status: 404 })
    await expect(at.call(correctStatementRoute, { ...asked, prop: 'alias' })).rejects.toMatchObject({ status: 404 })
    const added = { entity, schema: 'Person', values: [{ prop: 'alias', value: 'Other' }], marking: DRAFT, key: randomUUID() }
    await at.call(enterRecordRoute, added, { facts: ghent })
    expect(valuesOf(await show(entity))).toEqual(['name=Shared'])
    expect(valuesOf(await show(entity, {}, ghent))).toEqual(['name=Shared', 'alias=Other'])
  })

  it('is not undone by the line that it corrected, and a withdrawn line stays withdrawn', async () => {
    const collection = await at.collection()
    const line = (name: string) => JSON.stringify({ id: 'p', schema: 'Person', properties: { name: [name] } })
    await at.bring(collection, line('Wrong'))
    const [{ fragment, entity } = {}] = await at.store.rows(
      `select fragment, entity from records.fragments where collection = '${collection}'`,
    )
    const asked = { fragment, ordinal: 0, prop: 'name', value: 'Right', reason: 'why', key: randomUUID() }
    const { fragment: corrected } = await at.call<{ fragment: string }>(correctStatementRoute, asked)
    await at.bring(collection, line('Wrong'))
    expect(valuesOf(await show(String(entity)))).toEqual(['name=Right'])
    await at.call(correctStatementRoute, { fragment: corrected, ordinal: 0, prop: 'name', reason: 'not so', key: randomUUID() })
    const again = await at.bring(collection, line('Right'))
    expect(again.problemRows).toMatchObject([{ code: 'record.withdrawn', severity: 'warning' }])
    await expect(show(String(entity))).rejects.toMatchObject({ status: 404 })
    await at.bring(collection, line('Newer'))
    expect(valuesOf(await show(String(entity)))).toEqual(['name=Newer'])
  })
})

describe('what was known on a day', () => {
  const same = async (left: string, right: string, facts = deskOf(ANTWERP)) =>
    (
      await at.call<{ judgement: string }>(
        judgeRoute,
        { left, right, verdict: 'same', reason: 'Same papers', key: randomUUID() },
        { facts },
      )
    ).judgement
  const takeBack = async (judgement: string, facts = deskOf(ANTWERP)) =>
    await at.call(revokeJudgementRoute, { judgement, reason: 'Not so' }, { facts })
  const correct = async (fragment: string, value: string) =>
    (
      await at.call<{ fragment: string }>(correctStatementRoute, {
        fragment,
        ordinal: 0,
        prop: 'name',
        value,
        reason: 'Misspelt',
        key: randomUUID(),
      })
    ).fragment
  /** The instant, and time goes on. */
  const now = (): string => {
    at.store.advance(60)
    const instant = at.services.clock.now().toISOString()
    at.store.advance(60)
    return instant
  }
  const said = ({ entity, caption, members, statements }: RecordView) => ({
    entity,
    caption,
    members: members.map((each) => [each.entity, each.caption, each.details]),
    statements: statements.map((each) => `${each.statement} ${each.value}`),
  })

  it('is neither the other’s name nor what is said of the other, before the two were held to be one', async () => {
    const one = await enter('Person', [{ prop: 'name', value: 'Xander Before' }])
    const other = await enter('Person', [
      { prop: 'name', value: 'Yannick Other' },
      { prop: 'topics', value: 'crime' },
    ])
    const before = now()
    await correct(one.fragment, 'Xander After')
    const apart = said(await show(one.entity))
    const corrected = now()
    const judgement = await same(one.entity, other.entity)
    const together = said(await show(one.entity))
    const merged = now()
    await takeBack(judgement)
    expect(said(await show(one.entity, { knownAt: before }))).toMatchObject({
      entity: one.entity,
      caption: 'Xander Before',
      members: [[one.entity, 'Xander Before', []]],
    })
    expect(said(await show(one.entity, { knownAt: corrected }))).toEqual(apart)
    expect(together.members).toHaveLength(2)
    expect(said(await show(one.entity, { knownAt: merged }))).toEqual(together)
    expect(said(await show(other.entity, { knownAt: merged }))).toEqual(together)
    expect(said(await show(one.entity))).toEqual(apart)
  })

  it('is of the own desk’s judgements, and of records that the reader may read', async () => {
    const [left, right, own] = [
      await enter('Person', [{ prop: 'name', value: 'Both Read' }], shared),
      await enter('Person', [{ prop: 'name', value: 'Both Read Too' }], shared),
      await enter('Person', [{ prop: 'name', value: 'Own Alone' }]),
    ]
    await same(left.entity, own.entity)
    const theirs = await same(left.entity, right.entity, ghent)
    const then = now()
    await takeBack(theirs, ghent)
    const members = async (facts = deskOf(ANTWERP)) =>
      (await show(left.entity, { knownAt: then }, facts)).members.map(({ entity }) => entity).toSorted()
    expect(await members()).toEqual([left.entity, own.entity].toSorted())
    expect(await members(ghent)).toEqual([left.entity, right.entity].toSorted())
  })

  it('names a relation by its ends as they were called', async () => {
    const person = await enter('Person', [{ prop: 'name', value: 'Old Owner' }])
    const company = await enter('Company', [{ prop: 'name', value: 'Held NV' }])
    const relation = await enter('Ownership', [
      { prop: 'owner', value: person.entity },
      { prop: 'asset', value: company.entity },
    ])
    const then = now()
    await correct(person.fragment, 'New Owner')
    expect((await show(relation.entity)).caption).toBe('New Owner → Held NV')
    expect((await show(relation.entity, { knownAt: then })).caption).toBe('Old Owner → Held NV')
  })

  it('is what the page showed then, whatever was corrected, withdrawn, judged and taken back since', async () => {
    const random = createSeededRandom(20)
    const records = await Promise.all([1, 2, 3, 4, 5, 6].map(async (n) => await enter('Person', [{ prop: 'name', value: `Past ${n}` }])))
    const entities = records.map(({ entity }) => entity)
    const judgements: string[] = []
    const seen: { readonly entity: string; readonly at: string; readonly page: unknown }[] = []
    let most = 0
    for (let step = 0; step < 60; step++) {
      const [left, right] = [random.pick(entities), random.pick(entities)]
      const act = random.pick(['judge', 'judge', 'take back', 'correct'])
      if (act === 'judge')
        await same(left, right).then(
          (judgement) => judgements.push(judgement),
          () => 'one and the same already',
        )
      if (act === 'take back' && judgements.length > 0) {
        const judgement = random.pick(judgements)
        judgements.splice(judgements.indexOf(judgement), 1)
        await takeBack(judgement)
      }
      if (act === 'correct') {
        const [current] = await at.store.rows(`select fragment from records.fragments where entity = '${left}' and recorded_to is null`)
        await correct(String(current?.['fragment']), `Past ${step}`)
      }
      const instant = now()
      const shown = await show(right)
      most = Math.max(most, shown.members.length)
      seen.push({ entity: right, at: instant, page: said(shown) })
    }
    expect(most).toBeGreaterThan(3)
    for (const { entity, at: knownAt, page } of seen) expect(said(await show(entity, { knownAt }))).toEqual(page)
  })
})

describe('what is not for the reader', () => {
  it('is in no page, name, count or export, whether it exists or not', async () => {
    const answers = async (isThere: boolean): Promise<unknown> => {
      const collection = await at.collection({ readers: [GHENT] })
      const hidden = isThere ? (await enter('Company', [{ prop: 'name', value: 'Hidden NV' }])).entity : undefined
      const target = hidden ?? `r${'1'.repeat(32)}`
      await at.bring(
        collection,
        [
          JSON.stringify({ id: 'p', schema: 'Person', properties: { name: ['Seen'] } }),
          JSON.stringify({ id: 'o', schema: 'Ownership', properties: { owner: ['p'], asset: ['elsewhere'], role: ['x'] } }),
        ].join('\n'),
      )
      // The other end is a record that only the own desk reads, or none.
      const [own] = await at.store.rows(
        `select entity, fragment from records.fragments where collection = '${collection}' and schema = 'Ownership'`,
      )
      await at.store.rows(
        `update records.fragments set vals = jsonb_set(vals, '{1}', jsonb_build_array('asset', '${target}')) where fragment = '${String(own?.['fragment'])}' returning 1`,
      )
      const page = await show(String(own?.['entity']), {}, ghent)
      const rows = await at.services.database.asOfficer(ghent, async (tx) => [
        ...(await recordRows(tx, ghent, [String(own?.['entity']), target])).values(),
      ])
      const lists = await at.call<{ items: { collection: string; records: number }[] }>(listCollectionsRoute, {}, { facts: ghent })
      const exports = [
        await at.exported(collection, 'ftm', ghent),
        await at.exported(collection, 'statements', ghent),
        await at.exported(collection, 'csv', ghent),
      ]
      const seen = [page, rows, lists.items.find((each) => each.collection === collection), exports]
      // Ids and times differ from one world to the other by chance.
      return JSON.parse(
        JSON.stringify(seen).replace(/[0-9a-f]{8}-[0-9a-f-]{27}|r[0-9a-f]{32}|\d{4}-\d\d-\d\dT[\d:.]+Z/g, (id) =>
          id.startsWith('r') && id === target ? 'TARGET' : 'id',
        ),
      )
    }
    const [with_, without] = [await answers(true), await answers(false)]
    expect(with_).toEqual(without)
    expect(JSON.stringify(with_)).not.toMatch(/Hidden|TARGET|asset/)
  })

  it('is in no number of a statement, and its desk corrects by the numbers that it sees', async () => {
    const { entity: hidden } = await enter('Address', [{ prop: 'full', value: 'Quay 1' }])
    const values = [
      { prop: 'name', value: 'Jan Numbered' },
      { prop: 'birthDate', value: '1980-01-01' },
    ]
    const [first, ...rest] = values
    const without = await enter('Person', values, shared)
    const withHidden = await enter('Person', [first ?? { prop: '', value: '' }, { prop: 'addressEntity', value: hidden }, ...rest], shared)
    const numbers = async ({ entity, fragment }: { entity: string; fragment: string }) =>
      (await show(entity, {}, ghent)).statements.map(({ statement, prop }) => `${prop} ${statement.replace(fragment, '')}`)
    expect(await numbers(withHidden)).toEqual(await numbers(without))
    const own = (await show(withHidden.entity)).statements.find(({ prop }) => prop === 'birthDate')
    const [fragment, ordinal] = (own?.statement ?? '').split('/')
    const correction = { fragment, ordinal, prop: 'birthDate', value: '1981-01-01', reason: 'Misread', key: randomUUID() }
    await at.call(correctStatementRoute, correction)
    expect(valuesOf(await show(withHidden.entity)).toSorted()).toEqual([
      `addressEntity=${hidden}`,
      'birthDate=1981-01-01',
      'name=Jan Numbered',
    ])
    const [exported] = (await at.exported(String(own?.source.collection), 'statements')).filter((line) => line.includes('1981-01-01'))
    const shownAs = (await show(withHidden.entity)).statements.find(({ value }) => value === '1981-01-01')?.statement
    expect((JSON.parse(exported ?? '{}') as { id?: string }).id).toBe(shownAs)
  })

  it('is not found, with a purpose other than its own as well', async () => {
    const { entity } = await enter('Person', [{ prop: 'name', value: 'Own' }])
    for (const facts of [ghent, deskOf(ANTWERP, 'crime-prevention'), deskOf(ANTWERP, null)])
      await expect(show(entity, {}, facts)).rejects.toMatchObject({ status: 404, code: 'not-found' })
    await expect(show(`r${'2'.repeat(32)}`)).rejects.toMatchObject({ status: 404, code: 'not-found' })
  })
})

describe('a collection', () => {
  it('is withdrawn as a whole by its desk, unless a case holds something in it', async () => {
    const collection = await at.collection({ readers: [GHENT] })
    const lines = Array.from({ length: 30 }, (_, index) =>
      JSON.stringify({ id: `p${index}`, schema: 'Person', properties: { name: [`P ${index}`] } }),
    )
    await at.bring(collection, lines.join('\n'))
    const asked = { collection, reason: 'wrong file', key: randomUUID() }
    await expect(at.call(withdrawCollectionRoute, asked, { facts: ghent })).rejects.toMatchObject({ code: 'records.not-own' })
    const [{ entity } = {}] = await at.store.rows(`select entity from records.fragments where collection = '${collection}' limit 1`)
    await at.store.rows(
      `insert into records.holds (org, desk, hold, entity, case_ref, reason, officer, at, until, purpose, audience) values ('${AUTHORITY}', '${ANTWERP}', gen_random_uuid(), '${String(entity)}', 'c', 'r', 'o', now(), '2100-01-01', 'customs-control', '{${ANTWERP}}') returning 1`,
    )
    await expect(at.call(withdrawCollectionRoute, asked)).rejects.toMatchObject({ code: 'records.held' })
    await at.store.rows(`update records.holds set lifted_at = now() where entity = '${String(entity)}' returning 1`)
    expect(await at.call(withdrawCollectionRoute, asked)).toEqual({ fragments: 30 })
    expect(await at.call(withdrawCollectionRoute, asked)).toEqual({ fragments: 30 })
    expect(await at.exported(collection, 'ftm')).toEqual([])
    const lists = await at.call<{ items: { collection: string; records: number }[] }>(listCollectionsRoute, {})
    expect(lists.items.find((each) => each.collection === collection)?.records).toBe(0)
    await expect(at.upload(collection, lines.join('\n'))).rejects.toMatchObject({ code: 'records.import-state' })
  })
})
