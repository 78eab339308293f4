/** Whoever has no part in a right reaches for it in vain, and neither the answer nor what is written of it tells whether there is one. */
import { expect, it } from 'vitest'
import { sessionOf as as, FORWARDER, HAULIER, key, SECOND, WRONG } from './alliance.fixture.ts'
import { ledgerInStore, NOT_FOUND, TRUCK } from './ledger.fixture.ts'
import { sendMessagesRoute } from './messages.ts'
import { showRightRoute } from './own-links.ts'
import { releaseRightRoute, reportMoveRoute, revokeByLineRoute } from './partner-acts.ts'
import { verifyChains } from './tend.ts'

const ledger = ledgerInStore()
const { discharge, release, transfer, order, notify, gate, chain } = ledger

/** Every way to reach for a right without a part in it. */
const STRANGE: readonly [string, () => Promise<unknown>][] = [
  ['looks', async () => await ledger.at.call(showRightRoute, as(WRONG, 'first-look'), ledger.right)],
  ['releases', async () => await ledger.at.call(releaseRightRoute, as(WRONG), { ...ledger.right, to: SECOND, key: key() })],
  ['releases to itself', async () => await ledger.at.call(releaseRightRoute, as(WRONG), { ...ledger.right, to: WRONG, key: key() })],
  ['transfers', async () => await transfer(WRONG, SECOND)],
  ['transfers to somebody without vetting', async () => await transfer(WRONG, 'nobody.desk')],
  ['orders', async () => await order(WRONG, WRONG)],
  ['announces a truck', async () => await notify(WRONG)],
  ['asks at the gate', async () => await gate(TRUCK, WRONG)],
  ['revokes', async () => await ledger.at.call(revokeByLineRoute, as(WRONG), { ...ledger.right, key: key() })],
  [
    'reports a gate-out',
    async () =>
      await ledger.at.call(reportMoveRoute, as(WRONG), {
        ...ledger.right,
        move: 'gated-out',
        at: ledger.at.now().toISOString(),
        key: key(),
      }),
  ],
  [
    'sends a message',
    async () =>
      await ledger.at.call(sendMessagesRoute, as(WRONG), {
        messages: [
          { ...ledger.right, kind: 'transferred', reference: `T-${ledger.right.container}`, to: HAULIER, at: '2026-11-26T08:00:00Z' },
        ],
      }),
  ],
]

it.each(STRANGE)('costs and writes the same to a stranger who %s, whether there is a container or not', async (_what, attempt) => {
  await discharge()
  await release()
  await ledger.at.work()
  const count = async (...tables: string[]) =>
    await ledger.at.rows(tables.map((table) => `select '${table}' as name, count(*) as n from ${table}`).join(' union all '))
  const worlds: unknown[] = []
  for (const container of [ledger.right.container, ledger.right.container.replace('MSCU', 'NONE')]) {
    ledger.right = { ...ledger.right, container }
    const kept = await count('alliance.events', 'alliance.chains', 'alliance.signals', 'alliance.links')
    const logged = ledger.at.recorded.length
    const answer = await attempt().catch(String)
    // Nothing of the chain is read or written before the answer: the same job is asked for, either way.
    expect(await count('alliance.events', 'alliance.chains', 'alliance.signals', 'alliance.links')).toEqual(kept)
    const asked = JSON.stringify(ledger.at.asked)
    expect(asked).toContain('alliance.note-reach')
    await ledger.at.work()
    const entries = ledger.at.recorded.slice(logged).map(({ event, outcome, by, facts }) => ({ event, outcome, by, facts }))
    expect(entries).toContainEqual(expect.objectContaining({ event: 'alliance.reach-noted', outcome: 'refused' }))
    // What is drawn for each box: the key of the act, and tokens under a salt of the box.
    worlds.push(JSON.stringify([answer, asked, entries]).replaceAll(container, 'BOX'))
  }
  expect(worlds[0]).toEqual(worlds[1])
  expect(await ledger.at.rows(`select 1 from alliance.chains where container = '${ledger.right.container}'`)).toEqual([])
})

it('chains what a stranger tried, and chains nothing that it was given a right to meanwhile', async () => {
  const { right: id } = await release()
  await expect(transfer(SECOND, HAULIER)).rejects.toMatchObject(NOT_FOUND)
  await expect(transfer(WRONG, SECOND)).rejects.toMatchObject(NOT_FOUND)
  await transfer(FORWARDER, SECOND)
  await ledger.at.work()
  const { history, verification } = await chain(id)
  expect(history.flatMap(({ by, refused }) => (refused === undefined ? [] : [`${by.desk} ${refused}`]))).toEqual([`${WRONG} not-holder`])
  expect(verification.intact).toBe(true)
  // Its entry in the log names the event, so that the nightly check finds the head of the chain there.
  await verifyChains({}, ledger.at.services)
  expect(ledger.at.recorded.at(-1)).toMatchObject({ event: 'alliance.chains-verified', outcome: 'done' })
})
