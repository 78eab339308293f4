/**
 * Measures 8 and 9 by the messages that systems write: a line's machine delivers a release that states a number, an insider has read it, and a wrong
 * haulier announces a truck for the box. The ledger refuses, the authority sees why, nobody is shown the number, and the right truck collects.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../../src/app/client.ts'
import {
  changeCode,
  changePartner,
  enterCode,
  invitePartner,
  listAllianceSignals,
  listChains,
  listMessageFiles,
  matchGate,
  type PartnerKind,
  preNotify,
  setCustomsState,
  showChain,
  showMessageFile,
  uploadMessageFile,
} from '../../src/modules/alliance/contract.ts'
import { coarri, codeco, coparn, copino, coreor, interchange } from '../../src/modules/alliance/server/edifact.fixture.ts'
import { takeDeliveriesJob } from '../../src/modules/alliance/server/take-deliveries.ts'
import { openChannel } from '../../src/modules/cargo/contract.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'

const NODE = 'be-antwerp'
const TERMINAL = 'be.terminal.antwerp.operations'
const PARTNERS: Readonly<Record<string, PartnerKind>> = { line: 'line', forwarder: 'forwarder', haulier: 'haulier', rogue: 'haulier' }
const deskOf = (account: string): string => (account === 'terminal' ? TERMINAL : `be.${account}.operations`)
const DAY_MS = 86_400_000

const BOX = { container: 'CSQU3054383', voyage: '123N', imo: '9839272', ship: 'AURORA', port: 'BEANR' }
const NAME = { container: BOX.container, voyage: '9839272 123N', port: 'BEANR' }
/** The number by which another system would give the box away. */
const PIN = '482913'

let coalition: TestCoalition
let antwerp: Client
let lead: Client
let made = 0
const key = (): string => `key-of-the-story-${(made += 1)}`
const person = async (account: string): Promise<Client> => await coalition.client(account)
const inDays = (days: number): string => new Date(coalition.clock.now().getTime() + days * DAY_MS).toISOString()
const stamp = (): string => coalition.clock.now().toISOString().replaceAll(/[-:T]/g, '').slice(0, 12)

/** What a partner's file came to, line by line. */
async function bring(account: string, bytes: Uint8Array): Promise<readonly string[]> {
  const client = await person(account)
  const { file } = await client.upload(uploadMessageFile, { name: 'messages.edi' }, bytes)
  const { items } = await coalition.eventually(
    async () => await client.call(showMessageFile, { file }),
    (shown) => shown.file.state === 'read',
  )
  return items.map(({ outcome, because }) => because ?? outcome)
}

beforeAll(async () => {
  const accounts = Object.keys(PARTNERS)
  const place = { zone: 'Europe/Brussels', calendar: 'BE' }
  coalition = await startCoalition({
    nodes: [NODE],
    also: {
      orgs: accounts.map((account) => ({
        id: `be.${account}`,
        name: `Firm ${account}`,
        kind: 'service-provider' as const,
        realm: 'partner' as const,
        country: 'BE',
        thirdCountry: false,
        units: [
          { id: deskOf(account), name: `Firm ${account}, operations`, services: [], places: [], purposes: ['port-security'], ...place },
        ],
      })),
      nodes: {
        [NODE]: {
          orgs: accounts.map((account) => `be.${account}`),
          officers: accounts.map((account) => ({
            account,
            name: `Clerk of ${account}`,
            roles: ['partner'] as const,
            desk: deskOf(account),
          })),
        },
      },
    },
  })
  antwerp = await person('antwerp')
  lead = await person('antwerp-lead')
  for (const [account, kind] of [...Object.entries(PARTNERS), ['terminal', 'terminal'] as const]) {
    const file = { desk: deskOf(account), kind, criteria: ['register-entry' as const], basis: 'Arrangement', evidence: 'Register' }
    const { version } = await antwerp.call(invitePartner, { ...file, expiresAt: inDays(365), key: key() })
    await lead.call(changePartner, { desk: deskOf(account), change: 'confirm', reason: 'Looked through the file', version })
  }
})
afterAll(async () => await coalition.stop())

const name = async (list: string, value: string, account: string): Promise<void> => {
  const named = { list, value, desk: deskOf(account), from: inDays(0), until: inDays(200), key: key() }
  const { code } = await antwerp.call(enterCode, named)
  await lead.call(changeCode, { code, change: 'confirm', reason: 'Looked up in the register' })
}

describe('the release', () => {
  it('comes from the machine of the line, by a channel that two officers have said is its own', async () => {
    await name('172:20', 'LIN', 'line')
    await name('160:87', 'FWD1', 'forwarder')
    await name('160:87', 'HAUL', 'haulier')
    const { channel, token } = await lead.call(openChannel, { title: 'Release orders of the line', days: 90 })
    await name('channel', channel, 'line')
    expect(await bring('terminal', interchange(coarri(BOX, stamp())))).toEqual(['accepted'])
    await antwerp.call(setCustomsState, { ...NAME, state: 'clear', key: key() })
    const release = interchange(
      coreor(BOX, { number: 'R1', to: 'FWD1:160:87', more: [`RFF+RE:${PIN}`, `FTX+AAI+++PIN ${PIN}`] }),
      coreor(BOX, { number: 'R2', to: 'NOBODY:160:87' }),
    )
    const url = `${coalition.node(NODE).url}/api/cargo/deliveries?name=release.edi`
    const headers = { authorization: `Bearer ${token}`, 'x-breakwater': '1' }
    expect((await fetch(url, { method: 'POST', headers, body: Buffer.from(release) })).status).toBe(202)
    await takeDeliveriesJob.run({}, coalition.node(NODE).services)
    const line = await person('line')
    const { items } = await coalition.eventually(
      async () => await line.call(listMessageFiles, {}),
      ({ items: files }) => files[0]?.state === 'read',
    )
    expect(items).toMatchObject([{ way: 'machine', counts: { accepted: 1, quarantined: 1 } }])
    const shown = await line.call(showMessageFile, { file: items[0]?.file ?? '', outcome: 'quarantined' })
    // The second names somebody by a code that the table does not have, and that is all it says.
    expect(shown.items).toMatchObject([
      { message: 2, because: 'code', container: BOX.container, place: expect.stringMatching(/^segment \d+/) },
    ])
    expect(await bring('forwarder', interchange(coparn(BOX, { number: 'O1', haulier: 'HAUL:160:87', after: 'R1' })))).toEqual(['accepted'])
  })
})

describe('the theft', () => {
  it('fails on the ledger: whoever has the number has no right, and hears the same as of a box that is not there', async () => {
    const other = { ...BOX, container: 'TGHU7654321' }
    const attempt = await bring('rogue', interchange(copino(BOX, { number: 'P1', vehicle: '9XYZ999', planned: stamp() })))
    expect(attempt).toEqual(await bring('rogue', interchange(copino(other, { number: 'P1', vehicle: '9XYZ999', planned: stamp() }))))
    expect(attempt).toEqual(['not-found'])
    const { items } = await coalition.eventually(
      async () => await antwerp.call(listAllianceSignals, { detector: 'L2' }),
      (listed) => listed.items.length > 0,
    )
    expect(items).toMatchObject([{ explanation: expect.stringContaining('no holder of the right ordered a transport from it') }])
    expect(items[0]?.explanation).toContain(deskOf('rogue'))
  })

  it('and the right truck collects, once its haulier has named the driver that no message names', async () => {
    expect(await bring('haulier', interchange(copino(BOX, { number: 'P1', vehicle: '1ABC123', planned: stamp() })))).toEqual(['accepted'])
    const terminal = await person('terminal')
    const truck = { vehicle: '1-ABC-123', driver: 'ALFA-4711' }
    expect(await terminal.call(matchGate, { ...NAME, ...truck, key: key() })).toEqual({ yes: false })
    await (await person('haulier')).call(preNotify, { ...NAME, ...truck, plannedAt: inDays(1), key: key() })
    expect(await terminal.call(matchGate, { ...NAME, ...truck, key: key() })).toMatchObject({ yes: true })
    expect(await bring('terminal', interchange(codeco({ container: BOX.container, port: 'BEANR' }, { at: stamp() })))).toEqual(['accepted'])
    const { items } = await antwerp.call(listChains, {})
    expect(items).toMatchObject([{ container: BOX.container, stage: 'gated-out' }])
    expect(await antwerp.call(showChain, { right: items[0]?.right ?? '' })).toMatchObject({ verification: { intact: true } })
  })

  it('leaves the number nowhere in the ledger nor in the log', async () => {
    expect(await tablesWith(BOX.container)).toEqual(expect.arrayContaining(['alliance.chains', 'alliance.messages', 'alliance.file_lines']))
    expect(await tablesWith(PIN)).toEqual([])
  })
})

/** Tables in which a text stands anywhere. */
async function tablesWith(text: string): Promise<readonly string[]> {
  return await coalition.node(NODE).services.database.asWorker('test', async (tx) => {
    const { rows } = await sql<{ name: string }>`select schemaname || '.' || tablename as name from pg_tables
      where schemaname in ('alliance', 'audit', 'platform', 'cargo') and has_table_privilege(schemaname || '.' || tablename, 'select')`.execute(
      tx,
    )
    const found: string[] = []
    for (const { name: table } of rows) {
      const { rows: hits } = await sql<{
        one: number
      }>`select 1 as one from ${sql.table(table)} t where t::text like ${`%${text}%`} limit 1`.execute(tx)
      if (hits.length > 0) found.push(table)
    }
    return found
  })
}
