/** Cases in a real store: one step is one transaction, nobody overtakes anybody, and whoever is not in the audience meets nothing. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkDefinition } from '#kernel/procedure/check-definition.ts'
import type { CaseRow } from './case-row.ts'
import { loadCases } from './case-view.ts'
import { ACTOR, AUTHORITY, type CaseStore, DESK, GUARD, PROCEDURE, requestOf, START, startCaseStore } from './cases.fixture.ts'
import { openCase } from './open-case.ts'
import { applyRemote, type TransitionRequest, transition } from './transition.ts'
import { widenAudience } from './widen-audience.ts'

let store: CaseStore
beforeAll(async () => {
  store = await startCaseStore()
})
afterAll(async () => await store.stop())

const open = async (part: Parameters<typeof requestOf>[0] = {}): Promise<CaseRow> =>
  await store.as(DESK, async (work) => await openCase(work, requestOf(part)))

const step = (row: CaseRow, part: Partial<TransitionRequest> = {}): TransitionRequest => ({
  authority: AUTHORITY,
  caseId: row.case_id,
  transition: 'send',
  actor: ACTOR,
  facts: { authorised: true },
  fields: { note: 'by hand' },
  version: row.revision,
  key: randomUUID(),
  ...part,
})

const take = async (row: CaseRow, part: Partial<TransitionRequest> = {}, desk = DESK) =>
  await store.as(desk, async (work) => await transition(work, step(row, part)))

const stateOf = async ({ case_id }: CaseRow) =>
  (
    await store.rows(
      `select state, revision, (select count(*)::int from procedures.moves m where m.case_id = c.case_id) as moves from procedures.cases c where case_id = '${case_id}'`,
    )
  )[0]

it('uses a procedure that a node would accept', () => {
  expect(checkDefinition(PROCEDURE)).toEqual([])
})

describe('opening', () => {
  it('pins the wording, takes the opening step and starts the clocks', async () => {
    const row = await open({ anchors: { eta: '2026-11-26T08:00:00Z' } })
    expect(row).toMatchObject({ state: 'open', revision: 1, is_open: true, own_turn: true, definition_version: '2026-11-01' })
    const [view] = await store.as(DESK, async (work) => await loadCases(work, { ...row, authority: AUTHORITY, definition: 'T-01' }))
    expect(view?.clocks.map(({ id, safe, state }) => [id, safe, state])).toEqual([
      ['work', '2026-11-25T08:00:00.000Z', 'running'],
      // 24 hours before the ETA, which is earlier than 72 hours after the opening.
      ['end', '2026-11-25T08:00:00.000Z', 'running'],
    ])
    expect(view?.history.map(({ transition: id, by }) => [id, by])).toEqual([['open', 'Officer One']])
    expect(view?.open).toEqual(['pause', 'go-on'])
  })

  it('of the same subject again answers the case that is there', async () => {
    const first = await open({ subject: 'once' })
    const again = await open({ subject: 'once' })
    expect(again).toEqual(first)
    expect(await stateOf(first)).toMatchObject({ moves: 1 })
  })

  it('by many at once makes one case', async () => {
    const rows = await Promise.all(Array.from({ length: 6 }, async () => await open({ subject: 'crowd' })))
    expect(new Set(rows.map(({ case_id }) => case_id)).size).toBe(1)
    expect(await stateOf(rows[0] as CaseRow)).toMatchObject({ revision: 1, moves: 1 })
  })

  it('from the wrong state or by the wrong side leaves no case behind', async () => {
    await expect(open({ subject: 'never', role: 'partner' })).rejects.toMatchObject({ code: 'procedures.refused', status: 409 })
    await expect(
      open({ subject: 'never', opening: { transition: 'send', facts: { authorised: true }, actor: ACTOR } }),
    ).rejects.toMatchObject({ code: 'procedures.refused' })
    expect(await store.rows("select 1 from procedures.cases where subject = 'never'")).toEqual([])
  })
})

describe('a step', () => {
  it('moves the case, keeps who and when, and calls the slice', async () => {
    const row = await open()
    expect(await take(row)).toEqual({ state: 'sent', version: 2 })
    expect(store.calls.at(-1)).toMatchObject({
      name: 'tell',
      caseId: row.case_id,
      from: 'open',
      to: 'sent',
      actor: ACTOR,
      mirrored: false,
      fields: { note: 'by hand' },
    })
    expect(await stateOf(row)).toEqual({ state: 'sent', revision: 2, moves: 2 })
  })

  it('on an older version is a conflict and changes nothing', async () => {
    const row = await open()
    await take(row, { transition: 'pause', fields: {} })
    await expect(take(row)).rejects.toMatchObject({ status: 409, code: 'procedures.conflict' })
    await expect(take(row, { version: row.revision + 5 })).rejects.toMatchObject({ code: 'procedures.conflict' })
    expect(await stateOf(row)).toMatchObject({ state: 'open', revision: 2 })
  })

  it('of two persons at once happens once', async () => {
    const row = await open()
    const ends = await Promise.allSettled([take(row), take(row)])
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await stateOf(row)).toEqual({ state: 'sent', revision: 2, moves: 2 })
  })

  it('with the same key again answers the first result and repeats no effect', async () => {
    const row = await open()
    const key = randomUUID()
    const first = await take(row, { key })
    const told = store.calls.length
    expect(await take(row, { key })).toEqual(first)
    expect(await Promise.all([take(row, { key }), take(row, { key })])).toEqual([first, first])
    expect(store.calls.length).toBe(told)
  })

  it('is refused with the reason and the basis of the guard that failed, also when the fact is unknown', async () => {
    const row = await open()
    for (const facts of [{ authorised: false }, {}])
      await expect(take(row, { facts })).rejects.toMatchObject({
        status: 409,
        code: 'procedures.refused',
        detail: GUARD,
        options: { extra: { basis: 'Policy 1' } },
      })
    expect(await stateOf(row)).toMatchObject({ state: 'open', revision: 1 })
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['a missing field', {}, 'field.missing'],
    ['a text beyond its length', { note: 'x'.repeat(21) }, 'field.value'],
    ['a field of another step', { note: 'x', verdict: 'yes' }, 'field.unknown'],
    ['a number for a text', { note: 5 }, 'field.value'],
  ])('with %s is refused and names the field', async (_what, fields, code) => {
    const row = await open()
    await expect(take(row, { fields })).rejects.toMatchObject({
      status: 422,
      code: 'procedures.fields',
      options: { problems: [expect.objectContaining({ code })] },
    })
  })

  it('of the other side, of the system or of no procedure is refused', async () => {
    const row = await open()
    await take(row)
    for (const id of ['answer', 'lapse', 'escalate', 'toString'])
      await expect(take(row, { transition: id, version: 2, fields: {} })).rejects.toMatchObject({ code: 'procedures.refused' })
  })

  it('whose effect fails did not happen', async () => {
    const row = await open()
    store.failNext(new Error('the slice could not'))
    await expect(take(row)).rejects.toThrow('the slice could not')
    expect(await stateOf(row)).toEqual({ state: 'open', revision: 1, moves: 1 })
    expect(await take(row)).toEqual({ state: 'sent', version: 2 })
  })

  it('of an unseen case and of no case are one answer', async () => {
    const row = await open()
    const other = 'be.customs.zeebrugge'
    const unseen = await take(row, {}, other).catch((error: unknown) => error)
    const missing = await take({ ...row, case_id: 'no-such-case' }, {}, other).catch((error: unknown) => error)
    expect(unseen).toMatchObject({ status: 404, code: 'not-found' })
    expect(JSON.stringify(unseen)).toBe(JSON.stringify(missing))
    expect(await stateOf(row)).toMatchObject({ revision: 1 })
  })
})

describe('a step that another node reports', () => {
  const remote = (row: CaseRow, part: object = {}) => ({
    authority: AUTHORITY,
    definition: 'T-01',
    subject: row.subject,
    party: row.party,
    transition: 'answer',
    at: new Date('2026-11-24T11:00:00Z'),
    fields: { verdict: 'no', smuggled: 'x', note: 'not of this step' },
    ...part,
  })
  const report = async (row: CaseRow, part: object = {}) =>
    await store.inBackground(async (work) => await applyRemote(work, remote(row, part)))

  it('is stored as it happened there, with the fields of its form only', async () => {
    const row = await open()
    await take(row)
    expect(await report(row)).toEqual({ state: 'refused', version: 3 })
    expect(store.calls.at(-1)).toMatchObject({ mirrored: true, actor: null, fields: { verdict: 'no' } })
    const [move] = await store.rows(`select at, fields, officer from procedures.moves where case_id = '${row.case_id}' and seq = 3`)
    expect(move).toEqual({ at: new Date('2026-11-24T11:00:00Z'), fields: { verdict: 'no' }, officer: null })
  })

  it('that does not fit the state, or that no procedure has, is not applied', async () => {
    const row = await open()
    expect(await report(row)).toBeUndefined()
    expect(await report(row, { transition: 'no-such-step' })).toBeUndefined()
    expect(await report(row, { subject: 'unknown' })).toBeUndefined()
    await take(row)
    await report(row)
    expect(await report(row)).toBeUndefined()
    expect(await stateOf(row)).toMatchObject({ state: 'refused', revision: 3 })
  })
})

it('an audience is widened once, for the case and all that belongs to it', async () => {
  const backup = 'be.customs.gent'
  const row = await open()
  const key = { authority: AUTHORITY, caseId: row.case_id, desk: backup }
  await store.inBackground(async (work) => {
    await widenAudience(work, key)
    await widenAudience(work, key)
  })
  const [view] = await store.as(backup, async (work) => await loadCases(work, { ...row, definition: 'T-01' }))
  expect(view?.row.audience).toEqual([DESK, backup])
  expect([view?.clocks.length, view?.history.length]).toEqual([2, 1])
  expect(await store.as('be.customs.zeebrugge', async (work) => await loadCases(work, { ...row, definition: 'T-01' }))).toEqual([])
  // What comes later is for the widened audience too.
  await take(row, { version: row.revision })
  const [later] = await store.as(backup, async (work) => await loadCases(work, { ...row, definition: 'T-01' }))
  expect(later?.history.length).toBe(2)
})

it('any sequence of tries leaves a history without gap or fork', async () => {
  const tries = fc.array(
    fc.record({
      transition: fc.constantFrom('pause', 'go-on', 'send', 'answer', 'lapse', 'open'),
      version: fc.integer({ min: 0, max: 6 }),
      authorised: fc.boolean(),
      key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    }),
    { maxLength: 10 },
  )
  await fc.assert(
    fc.asyncProperty(tries, async (attempts) => {
      const row = await open()
      let moved = 0
      for (const { transition: id, version, authorised, key } of attempts) {
        const fields = id === 'send' ? { note: 'x' } : {}
        const done = await take(row, { transition: id, version, facts: { authorised }, fields, key }).catch(() => undefined)
        if (done !== undefined && done.version > row.revision + moved) moved += 1
      }
      const moves = await store.rows(`select seq, from_state, to_state from procedures.moves where case_id = '${row.case_id}' order by seq`)
      expect(moves.map(({ seq }) => seq)).toEqual(moves.map((_, index) => index + 1))
      for (const [index, move] of moves.entries()) if (index > 0) expect(move['from_state']).toBe(moves[index - 1]?.['to_state'])
      expect(await stateOf(row)).toEqual({ state: moves.at(-1)?.['to_state'], revision: moved + 1, moves: moved + 1 })
    }),
    { numRuns: 25 },
  )
})

it('keeps instants of the clock it was given', async () => {
  const row = await open()
  expect(row.opened_at).toEqual(START)
})
