/** The fold and the search for news agree on which call an alert is about. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isAboutCall, isAboutCallSql } from './alert-of-call.ts'
import { startTargetingStore, type TargetingStore } from './targeting.fixture.ts'

let store: TargetingStore
beforeAll(async () => {
  store = await startTargetingStore()
})
afterAll(async () => await store.stop())

const CALL = '2027-03-10T14:00:00Z'
const CASES = [
  ['one issued while the ship is at sea', '2027-03-01T00:00:00Z', null, true],
  ['one issued long before, for a box that was not loaded yet', '2027-01-24T14:00:00Z', null, true],
  ['one of an earlier journey', '2027-01-24T13:59:59Z', null, false],
  ['one that comes while the box is on the quay', '2027-03-24T14:00:00Z', null, true],
  ['one that comes when the box has left', '2027-03-24T14:00:01Z', null, false],
  ['one that states this arrival', '2026-12-01T00:00:00Z', '2027-03-10T14:00:00Z', true],
  ['one of a ship that is early', '2027-03-01T00:00:00Z', '2027-03-20T14:00:00Z', true],
  ['one of the next call', '2027-03-01T00:00:00Z', '2027-03-20T14:00:01Z', false],
  ['one of a ship that is late', '2027-02-01T00:00:00Z', '2027-02-08T14:00:00Z', true],
  ['one of the call before', '2027-02-01T00:00:00Z', '2027-02-08T13:59:59Z', false],
] as const

it.each(CASES)('%s', async (_what, issued, eta, expected) => {
  const times = { issued_at: new Date(issued), eta: eta === null ? null : new Date(eta) }
  expect(isAboutCall(times, { eta: new Date(CALL) })).toBe(expected)
  const { rows } = await store.services.database.asWorker(
    'test',
    async (tx) =>
      await sql<{ it: boolean }>`select ${isAboutCallSql('l', 'a')} as it
        from (values (${times.issued_at}::timestamptz, ${times.eta}::timestamptz)) as l(issued_at, eta), (values (${CALL}::timestamptz)) as a(eta)`.execute(
        tx,
      ),
  )
  expect(rows).toEqual([{ it: expected }])
})
