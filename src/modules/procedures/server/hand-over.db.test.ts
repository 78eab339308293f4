/** The hand-over of a shift: the sheet tells everything that stands, the notes stay, another officer of the desk receives them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { HandOver, Sheet } from '../contract.ts'
import { type CaseStore, DESK, officerOf, startCaseStore } from './cases.fixture.ts'
import { listHandOversRoute, makeHandOverRoute, receiveHandOverRoute, showSheetRoute } from './hand-over.ts'
import { ASKED_BINDING, ask, call, colleague, step, ZEEBRUGGE } from './queue.fixture.ts'

let store: CaseStore
beforeAll(async () => {
  store = await startCaseStore([ASKED_BINDING])
  await ask(store, { label: 'late' })
  store.advance(20)
  const waiting = await ask(store, { label: 'suspended' })
  await ask(store, { label: 'soon' })
  await ask(store, { label: 'secret', desk: ZEEBRUGGE })
  store.advance(29)
  await ask(store, { label: 'later' })
  store.advance(0.1)
  await step(store, waiting, { transition: 'ask' })
})
afterAll(async () => await store.stop())

const since = (hours: number) => new Date(store.services.clock.now().getTime() - hours * 3_600_000).toISOString()
const sheet = async (input: Readonly<Record<string, unknown>> = {}, facts: SessionFacts = officerOf(DESK)) =>
  (await call<Sheet>(store, showSheetRoute, { facts, input: { since: since(8), hours: 24, ...input } })).answer
const labels = (group: Sheet['open']) => group.items.map(({ label }) => label)

describe('the sheet', () => {
  it('tells apart what is overdue, due in the next hours, open, suspended and waiting', async () => {
    const seen = await sheet()
    expect(labels(seen.overdue)).toEqual(['late'])
    expect(labels(seen.due)).toEqual(['soon'])
    expect(labels(seen.open)).toEqual(['later'])
    expect(labels(seen.suspended)).toEqual(['suspended'])
    expect(labels(seen.waiting)).toEqual(['suspended'])
    expect(seen.counts).toEqual({ open: 3, overdue: 1, suspended: 1, waiting: 1, ceiling: 1000 })
  })

  it('moves what is due by how far it looks ahead', async () => {
    expect(labels((await sheet({ hours: 1 })).due)).toEqual([])
    expect(labels((await sheet({ hours: 72 })).due)).toEqual(['soon', 'later'])
  })

  it('tells what happened since the shift began, in order, and nothing of before or of another desk', async () => {
    const told = (await sheet()).happened.items.map(({ label, step: title, by }) => [label, title, by])
    expect(told).toEqual([
      ['later', 'Take in', 'Officer One'],
      ['suspended', 'Ask', 'Officer One'],
    ])
    expect((await sheet({}, officerOf(ZEEBRUGGE))).happened.items).toEqual([])
    expect((await sheet({ since: since(40) })).happened.items.some(({ label }) => label === 'secret')).toBe(false)
  })

  it.each([-1, 169])('refuses a shift that began %d hours ago', async (hours) => {
    await expect(sheet({ since: since(hours) })).rejects.toMatchObject({ status: 422, code: 'procedures.shift' })
  })
})

describe('a hand-over', () => {
  const make = async (notes: string, key: string, facts: SessionFacts = officerOf(DESK)) =>
    (await call<{ readonly handOver: string }>(store, makeHandOverRoute, { facts, input: { since: since(8), notes, key } })).answer.handOver
  const receive = async (handOver: string, facts: SessionFacts) => await call(store, receiveHandOverRoute, { facts, input: { handOver } })
  const all = async (facts: SessionFacts = officerOf(DESK)) =>
    (await call<{ readonly items: readonly HandOver[] }>(store, listHandOversRoute, { facts })).answer.items

  it('keeps the notes as they were written, once for one key, and is received by another officer once', async () => {
    const id = await make('The scanner at quay 9 is down.', 'key-of-one')
    expect(await make('Something else.', 'key-of-one')).toBe(id)
    await expect(receive(id, officerOf(DESK))).rejects.toMatchObject({ code: 'procedures.own-hand-over' })
    await receive(id, colleague())
    await receive(id, colleague())
    await expect(receive(id, { ...colleague(), officer: 'o9' })).rejects.toMatchObject({ code: 'procedures.conflict' })
    const [mine] = await all()
    expect(mine).toMatchObject({
      notes: 'The scanner at quay 9 is down.',
      from: 'Officer One',
      isOwn: true,
      received: { by: 'Officer Two' },
    })
    expect((await all(colleague()))[0]?.isOwn).toBe(false)
  })

  it('of another desk is neither listed nor received, and answers as none', async () => {
    const id = await make('Of Zeebrugge.', 'key-of-two', officerOf(ZEEBRUGGE))
    const refused = async (handOver: string) =>
      await receive(handOver, colleague()).then(
        () => 'received',
        (error: unknown) => `${String((error as { status: number }).status)} ${(error as Error).message}`,
      )
    expect(await refused(id)).toBe(await refused('01a00000-0000-7000-8000-000000000000'))
    expect((await all()).map(({ notes }) => notes)).not.toContain('Of Zeebrugge.')
  })
})
