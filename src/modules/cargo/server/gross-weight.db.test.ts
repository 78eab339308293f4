/** The weight of a consignment that is stated by goods: in the table, and of rows from before it was the sum. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { grossMigration } from '../gross-migration.ts'
import { listConsignmentsRoute } from './consignments.ts'
import { type IntakeStore, startIntakeStore } from './intake.fixture.ts'

let store: IntakeStore
beforeAll(async () => {
  store = await startIntakeStore()
  const rows = ['24BE1,BL1,MSCU6639870,900,10', '24BE1,BL1,CSQU3054383,21500,500', '24BE2,BL3,MSCU6639870,,10']
  await store.bring(`declaration,bill_of_lading,container,gross_kg,packages\n${rows.join('\n')}\n`)
  const goods = ['GID+1+10:CT', 'MEA+AAE+G+KGM:900.1', 'GID+2+500:CT', 'MEA+AAE+G+KGM:21500.2']
  const message = ['UNH+1+IFTMIN:D:96A:UN', 'BGM+340+BL2+9', ...goods, 'EQD+CN+MSCU6639870+22G1+++5', 'UNT+8+1']
  await store.bring(`${['UNB+UNOC:3+LINE+CUSTOMS+260901:0800+L1', ...message, 'UNZ+1+L1'].join("'\n")}'\n`)
})
afterAll(async () => await store.stop())

const listed = async () => {
  const { items } = await store.call<{ items: { bill: string; gross?: number }[] }>(listConsignmentsRoute, {})
  return items.map(({ bill, gross }) => `${bill} ${gross}`)
}
const SUMS = ['BL1 22400', 'BL2 22400.3', 'BL3 undefined']

it('is that of its goods together', async () => {
  expect(await listed()).toEqual(SUMS)
})

it('is made again of what stands already, where its goods state it, and stays where the whole is stated', async () => {
  const whole = { kind: 'consignment-gross', kilograms: { value: 25000 } }
  await store.services.database.asWorker('test', async (tx) => {
    await sql`update cargo.consignments set gross = 900`.execute(tx)
    await sql`insert into cargo.consignments (authority, desk, document, ordinal, message, declaration, bill, gross, containers, received_at, statement, audience)
      select authority, desk, document, 99, message, declaration, 'BL9', 25000, containers, received_at,
        jsonb_set(statement, '{weights}', (statement -> 'weights') || ${JSON.stringify([whole])}::jsonb), audience
      from cargo.consignments where bill = 'BL1'`.execute(tx)
    for (const statement of grossMigration.statements) await sql.raw(statement).execute(tx)
  })
  // What states no weight was not made from goods: the figure put there by this test stays.
  expect(await listed()).toEqual([...SUMS.slice(0, 2), 'BL3 900', 'BL9 25000'])
})
