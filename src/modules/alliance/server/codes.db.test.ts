/** Codes in messages: two officers, one meaning at a time, an end that holds at once; and channels by which machines act as a partner. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noteDelivery } from '../../cargo/server/deliveries.ts'
import type { FileLine, MessageFile, PartyCode } from '../contract.ts'
import {
  type AllianceStore,
  sessionOf as as,
  CUSTOMS,
  FORWARDER,
  key,
  LINE,
  SECOND,
  startAllianceStore,
  TERMINAL,
  ZEEBRUGGE,
} from './alliance.fixture.ts'
import { changeCodeRoute, enterCodeRoute, listCodesRoute } from './codes.ts'
import { coreor, interchange } from './edifact.fixture.ts'
import { listMessageFilesRoute, showMessageFileRoute, uploadMessageFileRoute } from './message-files.ts'
import { takeDeliveriesJob } from './take-deliveries.ts'

let at: AllianceStore
let boxes = 0
beforeAll(async () => {
  at = await startAllianceStore()
  for (const desk of [TERMINAL, LINE, FORWARDER, SECOND]) await at.vet(desk)
})
afterAll(async () => await at.stop())

const inDays = (days: number): string => new Date(at.now().getTime() + days * 86_400_000).toISOString()
const draft = (rest: Readonly<Record<string, unknown>> = {}) => ({
  list: '160:87',
  value: 'FWD1',
  desk: FORWARDER,
  from: inDays(0),
  until: inDays(100),
  key: key(),
  ...rest,
})
const enter = async (rest: Readonly<Record<string, unknown>> = {}, officer = 'first') =>
  (await at.call<{ code: string }>(enterCodeRoute, as(CUSTOMS, officer), draft(rest))).code
const change = async (code: string, what: 'confirm' | 'end', officer = 'second') =>
  await at.call<{ state: string }>(changeCodeRoute, as(CUSTOMS, officer), { code, change: what, reason: 'Looked up.' })
const list = async (asked: Readonly<Record<string, unknown>> = {}, session = as(CUSTOMS, 'second')) =>
  await at.call<{ items: readonly PartyCode[]; next?: string; candidates: readonly unknown[]; unknown: readonly unknown[] }>(
    listCodesRoute,
    session,
    asked,
  )

/** Brings a release to the code, and says what became of it. */
async function release(to: string): Promise<string> {
  boxes += 1
  const box = { container: `CSQU${String(6_000_000 + boxes)}`, voyage: '1N', port: 'BEANR' }
  const [type, segments] = coreor(box, { number: `R${boxes}`, to })
  const bytes = interchange([type, segments.filter((segment) => !segment.startsWith('NAD+CA'))])
  const { file } = await at.upload<{ file: string }>(uploadMessageFileRoute, as(LINE), { name: 'r.edi', bytes })
  await at.work()
  const { items } = await at.call<{ items: readonly FileLine[] }>(showMessageFileRoute, as(LINE), { file })
  return items[0]?.because ?? items[0]?.outcome ?? ''
}

describe('a code', () => {
  it('means somebody once another officer has confirmed it, until it is ended', async () => {
    const code = await enter({ value: 'ONE' })
    expect(await release('ONE:160:87')).toBe('code')
    await expect(change(code, 'confirm', 'first')).rejects.toMatchObject({ code: 'alliance.second-officer' })
    expect((await list({}, as(CUSTOMS, 'first'))).items[0]).toMatchObject({ code, state: 'entered', open: ['end'] })
    expect((await list()).items[0]).toMatchObject({ code, state: 'entered', open: ['confirm', 'end'], enteredBy: expect.any(String) })
    expect(await change(code, 'confirm')).toMatchObject({ state: 'in-force' })
    expect(await release('one:160:87')).toBe('accepted')
    // The table itself refuses one officer for both.
    await expect(at.force(`update alliance.codes set confirmed_by = entered_by where code = '${code}'`)).rejects.toThrow(/check/)
    await change(code, 'end', 'first')
    expect(await release('ONE:160:87')).toBe('code')
    await expect(change(code, 'end')).rejects.toMatchObject({ code: 'alliance.partner-state' })
  })

  it('means one partner at a time, and somebody else once its day is over', async () => {
    const first = await enter({ value: 'TWO', until: inDays(10) })
    await change(first, 'confirm')
    const second = await enter({ value: 'TWO', desk: SECOND })
    await expect(change(second, 'confirm')).rejects.toMatchObject({ code: 'alliance.code-taken' })
    at.advance(11 * 24 * 60)
    expect((await list({ value: 'two' })).items.map(({ state }) => state).toSorted()).toEqual(['ended', 'entered'])
    expect(await release('TWO:160:87')).toBe('code')
    expect(await change(second, 'confirm')).toMatchObject({ state: 'in-force' })
    expect(await release('TWO:160:87')).toBe('accepted')
    expect((await at.rows(`select holder from alliance.chains order by changed_at desc limit 1`))[0]).toEqual({ holder: SECOND })
  })

  it('without a list means nobody where two lists give the value to two', async () => {
    for (const [where, desk] of [
      ['160:87', FORWARDER],
      ['160:20', SECOND],
    ] as const) {
      expect(await release('BOTH')).toBe(where === '160:87' ? 'code' : 'accepted')
      await change(await enter({ value: 'BOTH', list: where, desk }), 'confirm')
    }
    expect(await release('BOTH')).toBe('code')
    expect(await release('BOTH:160:20')).toBe('accepted')
  })

  it('is entered for a partner with a file here, within its time, once for a key', async () => {
    await expect(enter({ desk: 'be.nowhere.desk' })).rejects.toMatchObject({ code: 'alliance.partner-unknown' })
    await expect(enter({ until: inDays(-1) })).rejects.toMatchObject({ code: 'alliance.code-time' })
    await expect(enter({ until: inDays(365 * 4) })).rejects.toMatchObject({ code: 'alliance.code-time' })
    await expect(enter({ list: "172'20" })).rejects.toThrow()
    const same = { value: 'ONCE', key: key() }
    expect(await enter(same)).toBe(await enter(same))
    const ahead = await enter({ value: 'AHEAD', from: inDays(5) })
    expect(await change(ahead, 'confirm')).toMatchObject({ state: 'ahead' })
    expect(await release('AHEAD:160:87')).toBe('code')
  })

  it('that a message named and nobody means is seen by the desk that could enter it, until it has', async () => {
    for (const _ of [1, 2]) expect(await release('MISSING:160:87')).toBe('code')
    const missing = { list: '160:87', value: 'MISSING', sender: { desk: LINE }, times: 2 }
    expect((await list()).unknown[0]).toMatchObject(missing)
    expect((await list({}, as(ZEEBRUGGE))).unknown).toEqual([])
    await enter({ value: 'MISSING' })
    expect(JSON.stringify((await list()).unknown)).not.toContain('MISSING')
  })

  it('is nothing to another desk, and no partner reads the table', async () => {
    const code = await enter({ value: 'OURS' })
    expect((await list({}, as(ZEEBRUGGE))).items).toEqual([])
    const end = { code, change: 'end', reason: 'a guess' }
    await expect(at.call(changeCodeRoute, as(ZEEBRUGGE), end)).rejects.toMatchObject({ status: 404 })
    await expect(list({}, as(LINE))).rejects.toMatchObject({ status: 404 })
    const [first, second] = [await list({ limit: 2 }), await list({ limit: 200 })]
    const rest = await list({ limit: 200, cursor: first.next })
    expect([...first.items, ...rest.items]).toEqual(second.items)
  })
})

describe('a channel', () => {
  const CHANNEL = '01a00000-0000-7000-8000-00000000cafe'
  const deliver = async (box: string, channel = CHANNEL, port = 'BEANR'): Promise<void> => {
    const [type, segments] = coreor({ container: box, voyage: '2N', port }, { number: box, to: 'CHAN:160:87' })
    const document = at.store(interchange([type, segments.filter((segment) => !segment.startsWith('NAD+CA'))]))
    const { authority } = as(CUSTOMS)
    await at.services.database.asWorker('test', async (tx) => {
      await noteDelivery(tx, { authority, desk: CUSTOMS, channel, document, name: `${box}.edi`, size: 1, at: at.now() })
    })
    at.advance(1)
  }
  const take = async () => {
    await takeDeliveriesJob.run({}, at.services)
    await at.work()
  }
  const files = async () => {
    const { items } = await at.call<{ items: readonly MessageFile[] }>(listMessageFilesRoute, as(LINE), { limit: 200 })
    return items.filter(({ way }) => way === 'machine').map(({ name, counts }) => `${name} ${counts.accepted}`)
  }

  it('acts as the partner from the moment a second officer has confirmed it to its end, in the ledger of that desk alone', async () => {
    await change(await enter({ value: 'CHAN' }), 'confirm')
    const code = await enter({ list: 'channel', value: CHANNEL, desk: LINE })
    await deliver('MSCU0000001')
    await take()
    expect(await files()).toEqual([])
    await change(code, 'confirm')
    await deliver('MSCU0000002')
    await deliver('MSCU0000003', '01a00000-0000-7000-8000-00000000beef')
    await deliver('MSCU0000004', CHANNEL, 'BEZEE')
    await take()
    await take()
    // What came before it was confirmed, or by another channel, is nobody's; another desk's ledger is not open to it.
    expect(await files()).toEqual(['MSCU0000004.edi 0', 'MSCU0000002.edi 1'])
    await change(code, 'end')
    at.advance(1)
    await deliver('MSCU0000005')
    await take()
    expect(await files()).toHaveLength(2)
  })
})
