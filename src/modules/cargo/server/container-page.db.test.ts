/** The page of a container of which a desk holds more than the page shows: the newest stand there, the alert is prefilled from them, the rest is counted. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { z } from 'zod'
import { procedures } from '#modules/procedures'
import type { connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import type { showContainer } from '../contract.ts'
import { showContainerRoute } from './container-page.ts'
import { ANTWERP, AUTHORITY, GHENT, type IntakeStore, startIntakeStore } from './intake.fixture.ts'

const CONTAINER = 'MSCU6639870'
const SIGHTINGS = 203
const CONSIGNMENTS = 52
let store: IntakeStore

/** A report of loading for each voyage, a day apart. */
function reports(): string {
  const messages = Array.from({ length: SIGHTINGS }, (_, n) => {
    const day = new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10).replaceAll('-', '')
    const segments = [
      `UNH+${n + 1}+COARRI:D:95B:UN:ITG14`,
      'BGM+270+R1+9',
      `TDT+20+V${n}+1++GNA:172:20+++9074729:146:11:GENERATED ANDES`,
      'LOC+9+ECGYE:139:6',
      `EQD+CN+${CONTAINER}+22G1:102:5++3+5`,
      `DTM+203:${day}0600:203`,
      'CNT+16:1',
    ]
    return [...segments, `UNT+${segments.length + 1}+${n + 1}`].join("'\n")
  })
  return `${['UNB+UNOC:3+LINE+CUSTOMS+260901:0800+L1', ...messages, `UNZ+${SIGHTINGS}+L1`].join("'\n")}'\n`
}

beforeAll(async () => {
  store = await startIntakeStore()
  await migrate((store.services.database as ReturnType<typeof connect>).pool, [{ slice: 'procedures', migrations: procedures.migrations }])
  await store.bring(reports())
  for (let n = 0; n < CONSIGNMENTS; n++) {
    store.advance(1)
    await store.bring(`declaration,bill_of_lading,container\n24BE${n},BL${n},${CONTAINER}\n`)
  }
  await store.services.database.asWorker('test', async (tx) => {
    for (let n = 0; n < 21; n++)
      await tx
        .withTables<{ 'cargo.alerts': Record<string, unknown> }>()
        .insertInto('cargo.alerts')
        .values({
          authority: AUTHORITY,
          alert: `alert-${n}`,
          desk: ANTWERP,
          side: 'received',
          subject: CONTAINER,
          originator_desk: 'ec.pcu.guayaquil',
          originator_authority: 'ec.pcu',
          content: '{}',
          handling: '{}',
          reasons: [],
          issued_at: new Date(Date.UTC(2026, 7, 1, n)),
          audience: [ANTWERP],
        })
        .execute()
  })
})
afterAll(async () => await store.stop())

it('shows the newest of each in their order, prefills from them and says how many older ones it leaves out', async () => {
  const page = await store.call<z.infer<(typeof showContainer)['ok']>>(showContainerRoute, { container: CONTAINER })
  expect(page.leftOut).toEqual({ sightings: 3, consignments: 2, alerts: 1 })
  expect(page.sightings).toHaveLength(200)
  expect([page.sightings[0]?.at, page.sightings.at(-1)?.at]).toEqual(['2026-01-04T06:00:00.000Z', '2026-07-22T06:00:00.000Z'])
  expect([page.consignments[0]?.bill, page.consignments.length]).toEqual([`BL${CONSIGNMENTS - 1}`, 50])
  expect([page.alerts[0]?.alert, page.alerts.length]).toEqual(['alert-20', 20])
  expect(page.prefill).toMatchObject({ voyage: `V${SIGHTINGS - 1}`, bill: `BL${CONSIGNMENTS - 1}` })
  const elsewhere = await store.call<typeof page>(showContainerRoute, { container: CONTAINER }, { desk: GHENT })
  expect(elsewhere).toMatchObject({ sightings: [], alerts: [], leftOut: { sightings: 0, consignments: 0, alerts: 0 } })
})
