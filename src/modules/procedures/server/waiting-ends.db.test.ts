/** The end of a clock whose step does not fit the case yet: it rings once, and its step is taken when the case has come to where it fits. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { WorkItem } from '../contract.ts'
import { type HeldCases, startHeldCases } from './held-cases.fixture.ts'
import { itemsOf } from './queue-items.ts'

const DAY = 24

let world: HeldCases
beforeAll(async () => {
  world = await startHeldCases('PR-20')
})
afterAll(async () => await world.store.stop())

const inDays = (days: number) => new Date(world.services.clock.now().getTime() + days * DAY * 3_600_000).toISOString()
const running = (clock: string) => ({ clocks: [{ id: clock, clock, startedAt: world.services.clock.now().getTime(), ledger: [] }] })

async function expiredNotices(): Promise<readonly unknown[]> {
  const { row } = await world.look('requester')
  const rows = await world.store.rows(
    `select clock from procedures.notices where case_id = '${row.case_id}' and topic = 'expired' order by notice`,
  )
  return rows.map(({ clock }) => clock)
}

async function pass(days: number): Promise<void> {
  for (let day = 0; day < days; day++) {
    world.store.advance(DAY)
    await world.sweep()
  }
}

it('waits while another measure holds what it would release, and is taken at once when that ends too', async () => {
  await world.hold(['requester'], { state: 'suspended', order: 9, ...running('suspendedTransaction') })
  await world.take('requester', 'provideData')
  await world.take('requester', 'freeze', { fields: { frozenUntil: inDays(30) } })
  await pass(25)
  expect((await world.look('requester')).row.state).toBe('frozen')
  expect(await expiredNotices()).toEqual(['suspendedTransaction'])
  await pass(10)
  expect(await world.steps('requester')).toEqual(['provideData', 'freeze', 'freezeLapses', 'transactionReleased'])
  expect((await world.look('requester')).row.state).toBe('freezeLapsed')
  expect(await expiredNotices()).toEqual(['suspendedTransaction', 'freezeEnds'])
})

it('is no omission of anybody meanwhile', async () => {
  await world.hold(['requester'], { state: 'frozen', order: 9, ...running('suspendedTransaction') })
  await pass(25)
  const { row } = await world.look('requester')
  const items = await world.store.inBackground(
    async ({ tx }) =>
      await itemsOf({ tx, services: world.services }, [{ ...row, is_suspended: false, mark_text: '' }], world.services.clock.now()),
  )
  expect(items.map(({ due }: WorkItem) => [due?.clock, due?.missed, due?.legallyMissed])).toEqual([['suspendedTransaction', false, false]])
})

it('lets the provider proceed after three working days although the FIU has not answered its question', async () => {
  await world.hold(['requester'], { state: 'receivedByFiu', order: 9 })
  await world.take('requester', 'reportSuspicion')
  await world.take('requester', 'requestInfo')
  await pass(10)
  expect(await world.steps('requester')).toEqual(['reportSuspicion', 'requestInfo', 'mayProceed'])
  await world.take('requester', 'provideInfo')
  await pass(10)
  expect(await world.steps('requester')).toEqual(['reportSuspicion', 'requestInfo', 'mayProceed', 'provideInfo'])
})

it('that was overtaken is taken anew with every party when the case comes back', async () => {
  await world.hold(['requester', 'vasp'], { state: 'dataReceived', order: 9, ...running('suspendedTransaction') })
  world.store.advance(15 * DAY - 1)
  await world.take('vasp', 'freeze', { fields: { frozenUntil: inDays(60) } })
  await pass(1)
  expect(await world.steps('requester')).toEqual(['transactionReleased'])
  await world.deliver('vasp', 'requester')
  await world.deliver('requester', 'vasp')
  const overtaken = ['freeze', 'transactionReleased (void)']
  expect([await world.steps('requester'), await world.steps('vasp')]).toEqual([overtaken, overtaken])
  await pass(1)
  expect(await world.steps('requester')).toEqual(overtaken)
  await world.take('vasp', 'provideData')
  await world.deliver('vasp', 'requester')
  await pass(1)
  await world.deliver('requester', 'vasp')
  const taken = [...overtaken, 'provideData', 'transactionReleased']
  expect([await world.steps('requester'), await world.steps('vasp')]).toEqual([taken, taken])
  expect(await expiredNotices()).toEqual(['suspendedTransaction'])
})
