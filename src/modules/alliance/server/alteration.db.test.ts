/** Nothing altered in the stored ledger stays unfound, whoever did it, and nothing is chained to what was altered. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chainEvent } from '#kernel/release-right/event.ts'
import type { ChainView, LinkView } from '../contract.ts'
import {
  type AllianceStore,
  CUSTOMS,
  FORWARDER,
  HAULIER,
  key,
  LINE,
  RIGHT,
  SECOND,
  sessionOf,
  startAllianceStore,
  TERMINAL,
  WRONG,
} from './alliance.fixture.ts'
import { showChainRoute } from './chains.ts'
import { setCustomsStateRoute } from './customs-acts.ts'
import { showRightRoute } from './own-links.ts'
import {
  matchGateRoute,
  orderTransportRoute,
  preNotifyRoute,
  releaseRightRoute,
  reportMoveRoute,
  transferRightRoute,
} from './partner-acts.ts'
import { sha256 } from './right-name.ts'
import { destroySalts, verifyChains } from './tend.ts'

let at: AllianceStore
let box = 0
/** A box of its own for each test. */
let right: { container: string; voyage: string; port: string } = RIGHT

beforeAll(async () => {
  at = await startAllianceStore()
  for (const desk of [TERMINAL, LINE, FORWARDER, SECOND, HAULIER, WRONG]) await at.vet(desk)
})
afterAll(async () => await at.stop())
beforeEach(() => {
  box += 1
  right = { ...RIGHT, container: `MSCU${String(1_000_000 + box)}` }
})

const as = sessionOf
const discharge = async () =>
  await at.call(reportMoveRoute, as(TERMINAL), { ...right, move: 'discharged', line: LINE, at: at.now().toISOString(), key: key() })
const clear = async () => await at.call(setCustomsStateRoute, as(CUSTOMS), { ...right, state: 'clear', key: key() })
const release = async (to = FORWARDER) => await at.call<{ right: string }>(releaseRightRoute, as(LINE), { ...right, to, key: key() })
const transfer = async (from: string, to: string) => await at.call(transferRightRoute, as(from), { ...right, to, key: key() })
const order = async (from: string, haulier = HAULIER) => await at.call(orderTransportRoute, as(from), { ...right, haulier, key: key() })
const TRUCK = { vehicle: '1-ABC-123', driver: 'ALFA-4711' }
const notify = async (by = HAULIER, truck = TRUCK) =>
  await at.call(preNotifyRoute, as(by), {
    ...right,
    ...truck,
    plannedAt: new Date(at.now().getTime() + 48 * 3_600_000).toISOString(),
    key: key(),
  })
const gate = async (truck = TRUCK, by = TERMINAL) => await at.call(matchGateRoute, as(by), { ...right, ...truck, key: key() })
const see = async (desk: string, officer?: string) => await at.call<LinkView>(showRightRoute, as(desk, officer), right)
const chain = async (id: string, desk = CUSTOMS) => await at.call<ChainView>(showChainRoute, as(desk), { right: id })
const NOT_FOUND = { status: 404, code: 'not-found' }

describe('alteration', () => {
  it('of any stored event, and the loss of the last, is found by whoever looks and by the nightly check', async () => {
    await discharge()
    const { right: id } = await release()
    await transfer(FORWARDER, SECOND)
    expect((await chain(id)).verification.intact).toBe(true)
    await at.force(`update alliance.events set by_desk = '${WRONG}' where right_id = '${id}' and seq = 2`)
    expect((await chain(id)).verification).toMatchObject({ intact: false, broken: expect.any(String) })
    await verifyChains({}, at.services)
    expect(at.recorded.findLast(({ event }) => event === 'alliance.chains-verified')).toMatchObject({
      outcome: 'failed',
      detail: { broken: 1 },
    })
    await at.force(`update alliance.events set by_desk = '${LINE}' where right_id = '${id}' and seq = 2`)
    expect((await chain(id)).verification.intact).toBe(true)
    await at.force(
      `delete from alliance.events where right_id = '${id}' and seq = (select max(seq) from alliance.events where right_id = '${id}')`,
    )
    expect((await chain(id)).verification.intact).toBe(false)
    // Nothing is chained to it any more, so that the loss stays to be seen; who has no part still learns nothing.
    await expect(transfer(FORWARDER, SECOND)).rejects.toMatchObject({ status: 503, code: 'alliance.chain-broken' })
    await expect(see(FORWARDER)).rejects.toMatchObject({ code: 'alliance.chain-broken' })
    await expect(notify(WRONG)).rejects.toMatchObject(NOT_FOUND)
    await expect(see(WRONG)).rejects.toMatchObject(NOT_FOUND)
    expect(await gate().catch((error: unknown) => error)).toMatchObject({ code: 'alliance.chain-broken' })
    await expect(clear()).rejects.toMatchObject({ code: 'alliance.chain-broken' })
    expect((await chain(id)).verification.intact).toBe(false)
    await at.force(`delete from alliance.chains where right_id = '${id}'; delete from alliance.events where right_id = '${id}'`)
  })

  it('of a whole chain with its head is found by the log, which has every hash', async () => {
    const { right: id } = await release()
    const count = async () => {
      await verifyChains({}, at.services)
      return at.recorded.findLast(({ event }) => event === 'alliance.chains-verified')?.detail?.['broken']
    }
    expect(await count()).toBe(0)
    const forged = chainEvent(
      { previous: id, at: at.now().toISOString(), by: { desk: LINE, role: 'line' }, body: { kind: 'released', to: WRONG } },
      sha256,
    )
    await at.force(`update alliance.events set hash = '${forged.hash}', at = '${forged.at}', body = '${JSON.stringify(forged.body)}' where right_id = '${id}';
      update alliance.chains set head = '${forged.hash}' where right_id = '${id}'`)
    expect((await chain(id)).verification.intact).toBe(true)
    await at.force(
      `update alliance.chains set head = '${forged.hash}', events = 1 where right_id = '${id}'; delete from alliance.events where right_id = '${id}' and seq > 1`,
    )
    expect(await count()).toBe(1)
    await at.force(`delete from alliance.chains where right_id = '${id}'; delete from alliance.events where right_id = '${id}'`)
  })

  it('destroys salts when their time is over, and the ledger stands', async () => {
    await release()
    await order(FORWARDER)
    await notify()
    expect(await at.rows("select 1 from alliance.salts where scope like 'voyage %'")).not.toEqual([])
    at.advance(121 * 24 * 60)
    await destroySalts({}, at.services)
    expect(await at.rows("select 1 from alliance.salts where scope like 'voyage %'")).toEqual([])
    at.advance(-121 * 24 * 60)
  })
})
