/** Nothing altered in the stored ledger stays unfound, whoever did it, and nothing is chained to what was altered. */
import { describe, expect, it } from 'vitest'
import { chainEvent } from '#kernel/release-right/event.ts'
import { FORWARDER, LINE, SECOND, WRONG } from './alliance.fixture.ts'
import { ledgerInStore, NOT_FOUND } from './ledger.fixture.ts'
import { sha256 } from './right-name.ts'
import { destroySalts, verifyChains } from './tend.ts'

const ledger = ledgerInStore()
const { discharge, clear, release, transfer, order, notify, gate, see, chain } = ledger

describe('alteration', () => {
  it('of any stored event, and the loss of the last, is found by whoever looks and by the nightly check', async () => {
    await discharge()
    const { right: id } = await release()
    await transfer(FORWARDER, SECOND)
    expect((await chain(id)).verification.intact).toBe(true)
    await ledger.at.force(`update alliance.events set by_desk = '${WRONG}' where right_id = '${id}' and seq = 2`)
    expect((await chain(id)).verification).toMatchObject({ intact: false, broken: expect.any(String) })
    await verifyChains({}, ledger.at.services)
    expect(ledger.at.recorded.findLast(({ event }) => event === 'alliance.chains-verified')).toMatchObject({
      outcome: 'failed',
      detail: { broken: 1 },
    })
    await ledger.at.force(`update alliance.events set by_desk = '${LINE}' where right_id = '${id}' and seq = 2`)
    expect((await chain(id)).verification.intact).toBe(true)
    await ledger.at.force(
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
    await ledger.at.force(`delete from alliance.chains where right_id = '${id}'; delete from alliance.events where right_id = '${id}'`)
  })

  it('of a whole chain with its head is found by the log, which has every hash', async () => {
    const { right: id } = await release()
    const count = async () => {
      await verifyChains({}, ledger.at.services)
      return ledger.at.recorded.findLast(({ event }) => event === 'alliance.chains-verified')?.detail?.['broken']
    }
    expect(await count()).toBe(0)
    const forged = chainEvent(
      { previous: id, at: ledger.at.now().toISOString(), by: { desk: LINE, role: 'line' }, body: { kind: 'released', to: WRONG } },
      sha256,
    )
    await ledger.at.force(`update alliance.events set hash = '${forged.hash}', at = '${forged.at}', body = '${JSON.stringify(forged.body)}' where right_id = '${id}';
      update alliance.chains set head = '${forged.hash}' where right_id = '${id}'`)
    expect((await chain(id)).verification.intact).toBe(true)
    await ledger.at.force(
      `update alliance.chains set head = '${forged.hash}', events = 1 where right_id = '${id}'; delete from alliance.events where right_id = '${id}' and seq > 1`,
    )
    expect(await count()).toBe(1)
    await ledger.at.force(`delete from alliance.chains where right_id = '${id}'; delete from alliance.events where right_id = '${id}'`)
  })

  it('destroys salts when their time is over, and the ledger stands', async () => {
    await release()
    await order(FORWARDER)
    await notify()
    expect(await ledger.at.rows("select 1 from alliance.salts where scope like 'voyage %'")).not.toEqual([])
    ledger.at.advance(121 * 24 * 60)
    await destroySalts({}, ledger.at.services)
    expect(await ledger.at.rows("select 1 from alliance.salts where scope like 'voyage %'")).toEqual([])
    ledger.at.advance(-121 * 24 * 60)
  })
})
