/** What erasing leaves of a record: that there was something, and nothing that anybody said or wrote about it. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Route } from '#platform/http/route.ts'
import type { MarkingDraft } from '../contract.ts'
import { compareRoute } from './compare.ts'
import { correctStatementRoute } from './correct-statement.ts'
import { enterRecordRoute } from './enter-record.ts'
import { eraseJob } from './erase.ts'
import { showNeighbourCountsRoute } from './graph-counts.ts'
import { liftHoldRoute, placeHoldRoute } from './holds.ts'
import { DRAFT, type ImportStore, startImportStore } from './imports.fixture.ts'
import { showInventoryRoute } from './inventory.ts'
import { judgeRoute, revokeJudgementRoute } from './judge.ts'
import { listJudgementsRoute } from './judgement-list.ts'
import { restrictRecordRoute } from './restrict.ts'
import { answerReviewRoute } from './reviews.ts'
import { ANTWERP, AUTHORITY, deskOf, GHENT } from './search.fixture.ts'
import { showRecordRoute } from './show-record.ts'

const DAY = 24 * 60

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const call = async <T>(route: Route, input: Readonly<Record<string, unknown>>, facts = deskOf(ANTWERP)): Promise<T> =>
  await at.call<T>(route, input, { facts })
const erase = async () => await eraseJob.run({}, at.services)

async function enter(name: string, part: Partial<MarkingDraft> = {}): Promise<{ readonly entity: string; readonly fragment: string }> {
  const marking = { ...DRAFT, category: 'suspect', reviewDays: 100, retentionDays: 200, ...part }
  return await call(enterRecordRoute, { schema: 'Person', values: [{ prop: 'name', value: name }], marking, key: randomUUID() })
}

/** Every row about the record, as text. */
async function kept(entity: string): Promise<string> {
  return JSON.stringify(
    await at.store.rows(`select (select json_agg(f) from records.fragments f where entity = '${entity}') as fragments,
      (select json_agg(h) from records.holds h where entity = '${entity}') as holds,
      (select json_agg(j) from records.judgements j where '${entity}' in (left_entity, right_entity)) as judgements`),
  )
}

describe('words about what is erased', () => {
  it('go with it: why it was corrected, kept and withdrawn', async () => {
    const { entity, fragment } = await enter('Diederik Hiden')
    const reason = 'Diederik Hidden says his passport'
    const corrected = { fragment, ordinal: 0, prop: 'name', value: 'Diederik Hidden', reason, key: randomUUID() }
    const { fragment: second } = await call<{ fragment: string }>(correctStatementRoute, corrected)
    const answer = async (verdict: string, why: string) =>
      await call(answerReviewRoute, { fragments: [second], answer: verdict, reason: why, key: randomUUID() })
    await answer('keep', 'Hidden is on trial')
    await answer('erase', 'Hidden was acquitted')
    expect((await kept(entity)).match(/Hidden/g)?.length).toBeGreaterThanOrEqual(4)
    at.store.advance(201 * DAY)
    await erase()
    const left = await kept(entity)
    expect(left).toContain(second)
    expect(left).not.toMatch(/Hid/)
  })

  it('go with it: why a case held it, once nothing is left, and not before', async () => {
    const { entity } = await enter('Everard Held')
    const asked = { entity, caseRef: 'AN-26-7', reason: 'Held is on trial', days: 300, key: randomUUID() }
    const { hold } = await call<{ hold: string }>(placeHoldRoute, asked)
    at.store.advance(201 * DAY)
    await erase()
    expect(await kept(entity)).toContain('Held is on trial')
    await call(liftHoldRoute, { hold, reason: 'Held was acquitted' })
    await erase()
    const left = await kept(entity)
    expect(left).toContain(hold)
    expect(left).not.toMatch(/Held/)
  })

  it('go with it: why it was judged, and why that was taken back, also afterwards', async () => {
    const { entity } = await enter('Frans Judged')
    const { entity: other } = await enter('Frans Other')
    const asked = { left: entity, right: other, verdict: 'unsure', reason: 'Judged has the same car', key: randomUUID() }
    const { judgement } = await call<{ judgement: string }>(judgeRoute, asked)
    at.store.advance(201 * DAY)
    await erase()
    await call(revokeJudgementRoute, { judgement, reason: 'Judged sold his car' })
    await erase()
    const left = await kept(entity)
    expect(left).toContain(judgement)
    expect(left).not.toMatch(/Judged/)
  })

  it('go with it whatever other desks have on the record, and stay as long as their desk has something', async () => {
    const left = async (who: string | undefined) => {
      const { entity } = await enter('Gerrit Hidden', { readers: [GHENT] })
      const { entity: other } = await enter('Gerrit Other', { retentionDays: 1000 })
      const asked = { left: entity, right: other, verdict: 'unsure', reason: 'Hidden has the same car', key: randomUUID() }
      await call(judgeRoute, asked)
      const { hold } = await call<{ hold: string }>(placeHoldRoute, {
        entity,
        caseRef: 'A',
        reason: 'Hidden is on trial',
        days: 10,
        key: randomUUID(),
      })
      if (who !== undefined) {
        const values = [{ prop: 'notes', value: 'Something of its own' }]
        const marking = { ...DRAFT, category: 'suspect', reviewDays: 1000, retentionDays: 1000 }
        await call(enterRecordRoute, { schema: 'Person', entity, values, marking, key: randomUUID() }, deskOf(who))
      }
      at.store.advance(201 * DAY)
      await erase()
      const words = await at.store.rows(`select reason from records.judgements where left_entity = '${entity}' or right_entity = '${entity}'
        union all select reason from records.holds where hold = '${hold}'`)
      return words.map(({ reason }) => reason).sort((a, b) => String(a).localeCompare(String(b)))
    }
    expect(await left(undefined)).toEqual(['', ''])
    expect(await left(GHENT)).toEqual(['', ''])
    expect(await left(ANTWERP)).toEqual(['Hidden has the same car', 'Hidden is on trial'])
  })
})

describe('the report on a file', () => {
  it('says nothing of its lines when the days of its collection are over, but which they were and how many', async () => {
    const collection = await at.collection({ category: 'suspect', reviewDays: 1, retentionDays: 1 })
    const lines = [
      { id: 'p', schema: 'Person', properties: { birthDate: ['1971-02-30'], innCode: ['500100732258'], 'Jan Peeters': ['x'] } },
      { id: 's', entity_id: 'q', schema: 'Person', prop: 'address', value: 'Kaai 1', valid_from: 'since Jan Peeters moved in' },
    ]
    const shown = await at.bring(collection, lines.map((each) => JSON.stringify(each)).join('\n'))
    const told = shown.problemRows.map(({ line, code, severity }) => ({ line, code, severity }))
    expect(told.map(({ code }) => code)).toContain('record.period')
    const report = async () => JSON.stringify(await at.store.rows(`select * from records.import_problems where import = '${shown.import}'`))
    for (const said of ['1971-02-30', '5001007322', 'Peeters']) expect(await report()).toContain(said)
    at.store.advance(2 * DAY)
    await erase()
    expect(await report()).not.toMatch(/1971|5001007322|Peeters/)
    const later = await at.show(shown.import)
    expect(later.problemRows).toEqual(told.map((each) => ({ ...each, at: '', text: '' })))
    expect([later.problems, later.totals]).toEqual([shown.problems, shown.totals])
  })
})

describe('a record of which all is erased', () => {
  it('is none to every route, as to its page', async () => {
    const { entity } = await enter('Hendrik Gone')
    const { entity: other } = await enter('Hendrik Left', { retentionDays: 1000 })
    at.store.advance(201 * DAY)
    await erase()
    const about = { reason: 'Looked at', key: randomUUID() }
    const asked: readonly (readonly [Route, Readonly<Record<string, unknown>>])[] = [
      [showRecordRoute, { entity, history: 'yes' }],
      [showInventoryRoute, { entity }],
      [listJudgementsRoute, { entity }],
      [showNeighbourCountsRoute, { entity }],
      [compareRoute, { left: other, right: entity }],
      [placeHoldRoute, { ...about, entity, caseRef: 'AN-26-8', days: 10 }],
      [restrictRecordRoute, { ...about, entity, restricted: true }],
    ]
    const codes = await Promise.all(
      asked.map(async ([route, input]) => await call(route, input).then(String, (error: unknown) => (error as { code: string }).code)),
    )
    expect(codes).toEqual(asked.map(() => 'not-found'))
  })

  it('is no part any more of what it was merged with', async () => {
    const { entity } = await enter('Ignaas Gone')
    const { entity: other } = await enter('Ignaas Left', { retentionDays: 1000 })
    await call(judgeRoute, { left: entity, right: other, verdict: 'same', reason: 'One passport', key: randomUUID() })
    at.store.advance(201 * DAY)
    await erase()
    const { members } = await call<{ members: readonly string[] }>(showInventoryRoute, { entity: other })
    expect(members).toEqual([other])
    const { hold } = await call<{ hold: string }>(placeHoldRoute, {
      entity: other,
      caseRef: 'AN-26-9',
      reason: 'Needed',
      days: 10,
      key: randomUUID(),
    })
    expect(await at.store.rows(`select entity from records.holds where hold = '${hold}'`)).toEqual([{ entity: other }])
  })

  it('of which very much is erased keeps its page for what is left, and counts none of it', async () => {
    const { entity, fragment } = await enter('Jozef Long', { retentionDays: 1000 })
    await at.store.rows(`insert into records.fragments (org, fragment, entity, schema, collection, external_id, vals, marking, recorded_from, recorded_to, end_reason, review_at, erase_at, purpose, audience)
      select org, gen_random_uuid(), entity, schema, collection, '', null, marking, recorded_from - interval '9 days', recorded_from, 'superseded', review_at, erase_at, purpose, audience
      from records.fragments, generate_series(1, 20000) as n where org = '${AUTHORITY}' and fragment = '${fragment}' returning 1`)
    expect(await call(showRecordRoute, { entity, history: 'yes' })).toMatchObject({ caption: 'Jozef Long' })
    expect(await call(showInventoryRoute, { entity })).toMatchObject({
      statements: [{ value: 'Jozef Long' }],
      statementsLeftOut: { total: 0, isAtLeast: false },
    })
  })
})
