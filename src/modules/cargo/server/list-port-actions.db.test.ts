/** Which port actions a list names when there are more than it shows, in a real store. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { procedures } from '#modules/procedures'
import { connect } from '#platform/store/connect.ts'
import type { Database } from '#platform/store/database.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import { migrations } from '../migrations.ts'
import { ANTWERP, AUTHORITY, GHENT, officerOf } from './intake.fixture.ts'
import { portActionRows, SHOWN } from './list-port-actions.ts'

const HOUR = 3_600_000
const BEGAN = Date.parse('2026-09-01T08:00:00Z')
const ENDED = SHOWN + 10
let fresh: FreshDatabase
let database: Database

/** Asked for in the order of their numbers, an hour apart. */
async function ask(from: number, to: number, part: { readonly isOpen: boolean; readonly desk?: string }): Promise<void> {
  const { isOpen, desk = ANTWERP } = part
  await database.asWorker('test', async (tx) => {
    for (let n = from; n < to; n++) {
      const at = new Date(BEGAN + n * HOUR)
      const action = `${desk} ${String(n).padStart(3, '0')}`
      await sql`insert into cargo.port_actions (authority, action, side, kind, container, until, legal_basis_text, contact, requested_by, partner, requested_at, audience)
        values (${AUTHORITY}, ${action}, 'asked', 'hold', 'MSCU6639870', ${at}, 'Act', 'Desk', ${desk}, 'terminal', ${at}, ${[desk]})`.execute(
        tx,
      )
      await sql`insert into procedures.cases (authority, case_id, definition, definition_version, subject, label, link, party, role, originator, state, revision, anchors, zone, calendar,
          opened_at, moved_at, is_open, own_turn, parties, audience)
        values (${AUTHORITY}, ${action}, 'PR-09', 'v', ${action}, '', '', 'terminal', 'authority', ${desk}, 'sent', 1, '{}', 'UTC', 'BE', ${at}, ${at}, ${isOpen}, false, '{}', ${[desk]})`.execute(
        tx,
      )
    }
  })
}

beforeAll(async () => {
  fresh = await freshDatabase()
  database = connect({ url: fresh.url })
  await migrate((database as ReturnType<typeof connect>).pool, [
    { slice: 'procedures', migrations: procedures.migrations },
    { slice: 'cargo', migrations },
  ])
  await ask(0, 2, { isOpen: true })
  await ask(2, 2 + ENDED, { isOpen: false })
  await ask(0, 1, { isOpen: true, desk: GHENT })
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

const listed = async (open: 'yes' | 'no' | 'all') => {
  const { rows, leftOut } = await database.asOfficer(
    officerOf(ANTWERP),
    async (tx) => await portActionRows(tx, { authority: AUTHORITY, open }),
  )
  return { numbers: rows.map(({ action }) => Number(action.split(' ')[1])), leftOut }
}

it('names an old hold that still stands, however many newer ones have ended', async () => {
  expect(await listed('yes')).toEqual({ numbers: [1, 0], leftOut: 0 })
})

it('has the open ones first, then the newest, and says how many it leaves out', async () => {
  const { numbers, leftOut } = await listed('all')
  expect(numbers.slice(0, 4)).toEqual([1, 0, ENDED + 1, ENDED])
  expect(numbers).toHaveLength(SHOWN)
  expect(leftOut).toBe(2 + ENDED - SHOWN)
  expect((await listed('no')).leftOut).toBe(ENDED - SHOWN)
})
