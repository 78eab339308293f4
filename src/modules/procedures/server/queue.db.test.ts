/** The work queue: what runs out next comes first, pages neither lose nor repeat, and nobody counts what he may not see. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseContext } from '#platform/http/case-context.ts'
import { listWork } from '../contract.ts'
import { ACTOR, AUTHORITY, type CaseStore, DESK, officerOf, requestOf, startCaseStore } from './cases.fixture.ts'
import { openCase } from './open-case.ts'
import { listWorkRoute } from './queue.ts'
import { transition } from './transition.ts'

const OTHER = 'be.customs.zeebrugge'
let store: CaseStore
/** Hours to the arrival, by label. */
const ARRIVALS = { far: 200, near: 40, nearest: 30, middle: 60, secret: 26, sent: 50 }

beforeAll(async () => {
  store = await startCaseStore()
  const start = store.services.clock.now().getTime()
  for (const [label, hours] of Object.entries(ARRIVALS)) {
    const desk = label === 'secret' ? OTHER : DESK
    await store.as(desk, async (work) => {
      const anchors = { eta: new Date(start + hours * 3_600_000).toISOString() }
      const row = await openCase(work, requestOf({ label, anchors, audience: [desk], party: desk }))
      if (label === 'sent')
        await transition(work, {
          authority: AUTHORITY,
          caseId: row.case_id,
          transition: 'send',
          actor: ACTOR,
          facts: { authorised: true },
          fields: { note: 'x' },
          version: 1,
          key: 'send',
        })
    })
  }
})
afterAll(async () => await store.stop())

async function list(input: Record<string, unknown> = {}, desk = DESK, authority = AUTHORITY) {
  const facts = officerOf(desk, authority)
  return await store.services.database.asOfficer(facts, async (tx) => {
    const context = { facts, tx, services: store.services, clock: store.services.clock } as CaseContext
    return listWork.ok.parse(await listWorkRoute.run(listWork.input.parse(input), context))
  })
}
const labels = async (input: Record<string, unknown> = {}) => (await list(input)).items.map(({ label }) => label)

describe('the queue', () => {
  it('is ordered by what runs out next, whichever clock that is', async () => {
    // Nearest, near: capped by the arrival; the others have the whole 24 hours, in order of opening.
    expect(await labels()).toEqual(['nearest', 'near', 'far', 'middle'])
    const [first] = (await list()).items
    expect(first?.due).toMatchObject({ clock: 'end', label: 'Arrival', kind: 'policy', basis: 'Policy 1', missed: false })
  })

  it('tells what waits for others apart', async () => {
    const page = await list({ show: 'waiting' })
    expect(page.items.map(({ label, waitsFor }) => [label, waitsFor])).toEqual([['sent', 'others']])
    expect(page.counts).toEqual({ open: 4, overdue: 0, suspended: 0, waiting: 1, ceiling: 1000 })
  })

  it('neither shows nor counts what is for another desk or another authority', async () => {
    expect((await list({}, OTHER)).items.map(({ label }) => label)).toEqual(['secret'])
    expect((await list({}, OTHER)).counts).toEqual({ open: 1, overdue: 0, suspended: 0, waiting: 0, ceiling: 1000 })
    expect(await list({}, DESK, 'es.customs')).toEqual({
      items: [],
      counts: { open: 0, overdue: 0, suspended: 0, waiting: 0, ceiling: 1000 },
    })
  })

  it('shows nothing to a session without a purpose', async () => {
    const facts = { ...officerOf(DESK), purpose: null }
    const rows = await store.services.database.asOfficer(facts, async (tx) => {
      const context = { facts, tx, services: store.services, clock: store.services.clock } as CaseContext
      return listWork.ok.parse(await listWorkRoute.run(listWork.input.parse({}), context))
    })
    expect(rows).toEqual({ items: [], counts: { open: 0, overdue: 0, suspended: 0, waiting: 0, ceiling: 1000 } })
  })

  it('gives every case once in pages of any size', async () => {
    const whole = await labels()
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), async (limit) => {
        const seen: string[] = []
        let cursor: string | undefined
        do {
          const page = await list({ limit, ...(cursor === undefined ? {} : { cursor }) })
          expect(page.items.length).toBeLessThanOrEqual(limit)
          seen.push(...page.items.map(({ label }) => label))
          cursor = page.next
        } while (cursor !== undefined)
        expect(seen).toEqual(whole)
      }),
      { numRuns: 8 },
    )
  })

  it.each([
    'x',
    '',
    Buffer.from('["2026-11-25 08:00:00+00"]').toString('base64url'),
    Buffer.from('["now()", "x"]').toString('base64url'),
    Buffer.from('["2026-99-99 08:00:00+00", "x"]').toString('base64url'),
    Buffer.from('["2026-11-25 08:00:00+99:99", "x"]').toString('base64url'),
    Buffer.from('["infinity", "\\u0000"]').toString('base64url'),
    Buffer.from('["infinity", {"a": 1}]').toString('base64url'),
  ])('refuses the page mark %j, which it did not give out', async (cursor) => {
    await expect(list({ cursor })).rejects.toMatchObject({ status: 400, code: 'procedures.cursor' })
  })

  it('takes any text as a page mark without failing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ maxLength: 60 }),
          fc.json().map((text) => Buffer.from(text).toString('base64url').slice(0, 400)),
        ),
        async (cursor) => {
          const code = await list({ cursor }).then(
            () => 'taken',
            (error: { code?: string }) => error.code,
          )
          expect(['taken', 'procedures.cursor']).toContain(code)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('says what is overdue, and no longer once it was answered late', async () => {
    store.advance(25)
    const late = await list({ show: 'overdue' })
    expect(late.items.map(({ label }) => label)).toEqual(['nearest', 'near', 'far', 'middle'])
    expect(late.items.every(({ due }) => due?.missed === true)).toBe(true)
    const { caseId } = late.items.find(({ label }) => label === 'middle') ?? { caseId: '' }
    await store.as(DESK, async (work) => {
      const answer = { authority: AUTHORITY, caseId, transition: 'send', actor: ACTOR, version: 1, key: 'late' }
      await transition(work, { ...answer, facts: { authorised: true }, fields: { note: 'x' } })
    })
    expect(await labels({ show: 'overdue' })).toEqual(['nearest', 'near', 'far'])
    const waiting = (await list({ show: 'waiting' })).items
    expect(waiting.map(({ label, due }) => [label, due?.clock])).toEqual([
      ['sent', 'end'],
      ['middle', 'end'],
    ])
    expect((await list()).counts).toEqual({ open: 3, overdue: 3, suspended: 0, waiting: 2, ceiling: 1000 })
  })
})
