/** A clock whose end moved rings anew for the new end, and nothing rings twice for one. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { firedMigrations } from '../fired-migration.ts'
import { caseRow } from './case-row.ts'
import { ACTOR, AUTHORITY, type CaseStore, DESK, PROCEDURE, requestOf, startCaseStore } from './cases.fixture.ts'
import { openCase } from './open-case.ts'
import { sweepClocks } from './sweep.ts'
import { transition } from './transition.ts'

/** Four days, which end in law on the next working day, and what may move them. */
const MOVABLE: ProcedureDef = {
  ...PROCEDURE,
  id: 'T-02',
  transitions: [
    ...PROCEDURE.transitions,
    {
      id: 'extend',
      title: 'Extend',
      from: ['open', 'late'],
      to: 'open',
      by: ['desk'],
      form: [{ field: 'days', required: true }],
      effects: [{ kind: 'extend-clock', clock: 'work', by: 'days' }],
    },
  ],
  fields: [...PROCEDURE.fields, { id: 'days', title: 'Days', type: 'number', audience: ['desk'] }],
  clocks: PROCEDURE.clocks.map((clock) =>
    clock.id === 'work'
      ? {
          ...clock,
          budget: { n: 4, unit: 'calendarDay' },
          kind: 'law',
          regime: 'EU-1182-71',
          basis: { act: 'Regulation', art: 'Art 1', mark: 'V' },
          extend: { max: 30, unit: 'calendarDay' },
          ladder: [{ rung: 'day', hoursBefore: 24, call: 'remind' }],
          onExpiry: 'escalate',
        }
      : { ...clock, budget: { n: 9000, unit: 'hour' } },
  ),
}
const REMINDED: ProcedureDef = {
  ...MOVABLE,
  id: 'T-06',
  transitions: MOVABLE.transitions.filter(({ id }) => id !== 'escalate'),
  clocks: MOVABLE.clocks.map((clock) => (clock.id === 'work' ? { ...clock, onExpiry: 'remind' } : clock)),
}

let store: CaseStore
beforeAll(async () => {
  const tell = async () => undefined
  store = await startCaseStore([MOVABLE, REMINDED].map((definition) => ({ definition, effects: { tell } })))
})
afterAll(async () => await store.stop())

async function openAs(definition: string) {
  const { case_id: caseId } = await store.as(DESK, async (work) => await openCase(work, requestOf({ definition })))
  const key = { authority: AUTHORITY, caseId }
  const row = async () => await store.inBackground(async ({ tx }) => await caseRow(tx, key))
  const rows = async (what: string) => await store.rows(`select ${what} where case_id = '${caseId}'`)
  return {
    caseId,
    row,
    take: async (step: string, fields: Record<string, unknown> = {}) => {
      const { revision: version } = await row()
      await store.as(DESK, async (work) => {
        await transition(work, { ...key, transition: step, actor: ACTOR, facts: {}, fields, version, key: `${step}${version}` })
      })
    },
    notices: async () => (await rows('topic, due_at from procedures.notices')).map(({ topic, due_at: due }) => [topic, dayOf(due)]),
    steps: async () => (await rows('transition from procedures.moves')).map(({ transition: id }) => id),
  }
}
const dayOf = (due: unknown) => (due as Date).toISOString().slice(0, 10)

/** Looked at every six hours. */
async function pass(days: number): Promise<void> {
  for (let hours = 0; hours < days * 24; hours += 6) {
    store.advance(6)
    await sweepClocks(store.services)
  }
}

it('rings its rung and its end once more when it was extended after its safe end, within that of the law', async () => {
  // Tuesday: the four days end on Saturday, in law on Monday.
  const { take, notices } = await openAs('T-06')
  await pass(5)
  expect(await notices()).toEqual([
    ['clock', '2026-11-28'],
    ['expired', '2026-11-28'],
  ])
  await take('extend', { days: 30 })
  await pass(40)
  expect((await notices()).slice(2)).toEqual([
    ['clock', '2026-12-28'],
    ['expired', '2026-12-28'],
  ])
})

it('takes the step of its end at the new end, and one that comes after the end moves nothing', async () => {
  const { take, steps, notices } = await openAs('T-02')
  await pass(3)
  await take('extend', { days: 3 })
  await pass(20)
  expect(await steps()).toEqual(['open', 'extend', 'escalate'])
  const rung = await notices()
  await take('extend', { days: 3 })
  await pass(20)
  expect(await steps()).toEqual(['open', 'extend', 'escalate', 'extend'])
  expect(await notices()).toEqual(rung)
})

it('rings its rung anew when it ran on after a suspension', async () => {
  const { take, notices } = await openAs('T-06')
  await pass(4)
  expect((await notices()).map(([topic]) => topic)).toEqual(['clock'])
  await take('pause')
  await pass(10)
  await take('go-on')
  await pass(10)
  expect((await notices()).map(([topic]) => topic)).toEqual(['clock', 'clock', 'expired'])
})

it('that rang before ends were kept does not ring again', async () => {
  const { caseId, notices } = await openAs('T-06')
  await pass(5)
  const rung = await notices()
  const one = sql`where case_id = ${caseId} and clock = 'work'`
  await store.inBackground(async ({ tx }) => {
    await sql`update procedures.clocks set fired = '{day,expired}', next_at = ${store.services.clock.now()} ${one}`.execute(tx)
    for (const statement of firedMigrations.flatMap(({ statements }) => statements)) await sql.raw(statement).execute(tx)
    const { rows } = await sql<{ fired: string[] }>`select fired from procedures.clocks ${one}`.execute(tx)
    expect(rows[0]?.fired).toEqual([expect.stringMatching(/^day<20.*Z$/), expect.stringMatching(/^expired<20.*Z$/)])
    // As if the store had been brought up to date on this day.
    await sql`update procedures.clocks set fired = ${['day', 'expired'].map((each) => `${each}<${store.services.clock.now().toISOString()}`)}::text[] ${one}`.execute(
      tx,
    )
  })
  await pass(5)
  expect(await notices()).toEqual(rung)
})
