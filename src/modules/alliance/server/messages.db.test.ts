/** Release messages of partner systems: any order, repeats, nonsense, and nothing told of others. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type AllianceStore,
  sessionOf as as,
  CUSTOMS,
  FORWARDER,
  HAULIER,
  key,
  LINE,
  RIGHT,
  SECOND,
  startAllianceStore,
  TERMINAL,
  WRONG,
} from './alliance.fixture.ts'
import { setCustomsStateRoute } from './customs-acts.ts'
import { sendMessagesRoute } from './messages.ts'

let at: AllianceStore
let box = 0
let right = { ...RIGHT, container: '' }
beforeAll(async () => {
  at = await startAllianceStore()
  for (const desk of [TERMINAL, LINE, FORWARDER, SECOND, HAULIER, WRONG]) await at.vet(desk)
})
afterAll(async () => await at.stop())
beforeEach(() => {
  box += 1
  right = { ...RIGHT, container: `TGHU${String(3_000_000 + box)}` }
})

interface Answer {
  readonly results: readonly {
    readonly position: number
    readonly outcome: string
    readonly because?: string
    readonly problems?: readonly { readonly at: string }[]
  }[]
  readonly accepted: number
  readonly duplicate: number
  readonly waiting: number
  readonly refused: number
}
const send = async (desk: string, ...messages: readonly unknown[]) => await at.call<Answer>(sendMessagesRoute, as(desk), { messages })
const message = (kind: string, reference: string, rest: Readonly<Record<string, unknown>> = {}) => ({
  ...right,
  kind,
  reference: `${reference}-${box}`,
  at: at.now().toISOString(),
  ...rest,
})
const after = (sender: string, reference: string) => ({ after: { sender, reference: `${reference}-${box}` } })
const plannedAt = '2026-12-01T06:00:00.000Z'

const whole = (): readonly (readonly [string, unknown])[] => [
  [TERMINAL, message('discharged', 'COARRI', { line: LINE })],
  [LINE, message('released', 'COREOR', { to: FORWARDER })],
  [FORWARDER, message('transferred', 'T', { to: SECOND, ...after(LINE, 'COREOR') })],
  [SECOND, message('transport-ordered', 'COPARN', { haulier: HAULIER, ...after(FORWARDER, 'T') })],
  [HAULIER, message('pre-notified', 'COPINO', { vehicle: '1-ABC-123', driver: 'D-1', plannedAt, ...after(SECOND, 'COPARN') })],
]
const chain = async () =>
  (
    await at.rows(`select stage, holder, haulier, discharged, events, signals from alliance.chains where container = '${right.container}'`)
  )[0]
const events = async () =>
  (
    await at.rows(
      `select e.body ->> 'kind' as kind from alliance.events e join alliance.chains c using (authority, right_id) where c.container = '${right.container}' order by seq`,
    )
  ).map((row) => row['kind'])

describe('any order', () => {
  it('leads to the same right: each message once, none left waiting', async () => {
    for (const order of [
      [0, 1, 2, 3, 4],
      [4, 3, 2, 1, 0],
      [2, 4, 0, 3, 1],
      [4, 1, 4, 3, 3, 2, 0, 1],
    ]) {
      box += 1
      right = { ...right, container: `TGHU${String(4_000_000 + box)}` }
      const all = whole()
      for (const index of order) {
        const [desk, each] = all[index] ?? ['', {}]
        await send(desk, each)
      }
      expect(await chain()).toMatchObject({ stage: 'pre-notified', holder: SECOND, haulier: HAULIER, discharged: true, events: 5 })
      expect((await events()).filter((kind) => kind === 'refused')).toEqual([])
      expect(
        await at.rows(
          `select 1 from alliance.messages where outcome = 'waiting' and right_id in (select right_id from alliance.chains where container = '${right.container}')`,
        ),
      ).toEqual([])
    }
  })

  it('counts every message of a batch once, with its place and what is wrong with it', async () => {
    const good = message('released', 'R', { to: FORWARDER })
    const answer = await send(
      LINE,
      good,
      good,
      { ...good, to: SECOND },
      { kind: 'released' },
      'nonsense',
      null,
      message('discharged', 'X'),
      { ...message('released', 'P', { to: FORWARDER }), port: 'NLRTM' },
      message('revoked', 'V', after(LINE, 'never')),
      { ...good, pin: '1234' },
    )
    expect(answer.results.map(({ outcome, because }) => because ?? outcome)).toEqual([
      'accepted',
      'duplicate',
      'reference-used',
      'form',
      'form',
      'form',
      'not-found',
      'port',
      'waiting',
      'form',
    ])
    expect(answer.results.map(({ position }) => position)).toEqual(answer.results.map((_, index) => index))
    expect(answer.accepted + answer.duplicate + answer.waiting + answer.refused).toBe(10)
    expect(answer.results[3]?.problems?.map(({ at: place }) => place)).toContain('container')
  })

  it('keeps no more messages waiting than an honest order has', async () => {
    const many = Array.from({ length: 60 }, (_, index) => message('revoked', `W${index}`, after(LINE, 'never')))
    const answer = await send(LINE, ...many)
    expect([answer.waiting, answer.refused]).toEqual([50, 10])
    expect(answer.results.at(-1)?.because).toBe('too-many-waiting')
  })
})

describe('what a message does not tell', () => {
  it('a haulier outside the chain reads the same, whether the message it names exists or not', async () => {
    await send(LINE, message('released', 'COREOR', { to: FORWARDER }))
    const notified = (reference: string, on: string) =>
      message('pre-notified', reference, { vehicle: 'V1', driver: 'D1', plannedAt, ...after(LINE, on) })
    const there = await send(WRONG, notified('A', 'COREOR'))
    const absent = await send(WRONG, notified('B', 'NONE'))
    expect(JSON.stringify(there).replaceAll('A-', 'B-')).toBe(JSON.stringify(absent))
    await at.work()
    expect(await chain()).toMatchObject({ signals: ['L2'] })
  })

  it('nor how many of its messages wait, nor by way of one of its own, nor by what the log has of it', async () => {
    await send(LINE, message('released', 'COREOR', { to: FORWARDER }))
    const worlds = []
    for (const on of ['COREOR', 'NONE']) {
      if (on === 'NONE') right = { ...right, container: right.container.replace('TGHU', 'NONE') }
      const logged = at.recorded.length
      const first = message('transferred', `${on} first`, { to: HAULIER, ...after(LINE, on) })
      const own = message('transferred', `${on} own`, { to: HAULIER, ...after(WRONG, `${on} first`) })
      const many = Array.from({ length: 60 }, (_, index) => message('transferred', `${on} ${index}`, { to: HAULIER, ...after(LINE, on) }))
      const { results } = await send(WRONG, first, own, ...many)
      await at.work()
      const entries = at.recorded.slice(logged).map(({ event, outcome, by }) => ({ event, outcome, by }))
      worlds.push([results.map(({ outcome, because }) => because ?? outcome), entries])
    }
    expect(worlds[0]).toEqual(worlds[1])
    expect(JSON.stringify(worlds)).toContain('too-many-waiting')
    expect(JSON.stringify(worlds)).toContain('alliance.reach-noted')
  })

  it('keeps of a foreign collection number that it exists and was read, and has no place for the number', async () => {
    await send(TERMINAL, message('discharged', 'D'))
    const answer = await send(TERMINAL, message('foreign-code', 'F', { system: 'Port system', event: 'read', readBy: WRONG }), {
      ...message('foreign-code', 'G', { system: 'Port system', event: 'exists' }),
      code: '482913',
    })
    expect(answer.results.map(({ outcome }) => outcome)).toEqual(['accepted', 'refused'])
    expect(
      JSON.stringify([await at.rows('select body from alliance.events'), await at.rows('select message from alliance.messages')]),
    ).not.toContain('482913')
  })

  it('keeps vehicle and driver as tokens while it waits', async () => {
    await send(HAULIER, message('pre-notified', 'Z', { vehicle: '7-QQQ-777', driver: 'ZULU-99', plannedAt, ...after(SECOND, 'none') }))
    expect(JSON.stringify(await at.rows('select * from alliance.messages'))).not.toMatch(/QQQ|ZULU/)
  })
})

it('a desk without vetting sends nothing', async () => {
  await at.force(`update alliance.standings set expires_at = '2026-01-01' where desk = '${SECOND}'`)
  await expect(send(SECOND, message('transferred', 'T', { to: FORWARDER }))).rejects.toMatchObject({ code: 'alliance.not-vetted' })
  await expect(at.call(sendMessagesRoute, as(CUSTOMS), { messages: [{}] })).rejects.toMatchObject({ status: 404 })
  await expect(at.call(setCustomsStateRoute, as(SECOND), { ...right, state: 'clear', key: key() })).rejects.toMatchObject({ status: 404 })
})
