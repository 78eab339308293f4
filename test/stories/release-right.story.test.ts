/**
 * Measures 8 and 9: a box is released along its chain and an insider looks it up; a wrong haulier comes for it. The ledger refuses, the authority sees
 * why within the minute, the wrong haulier learns nothing, the right one collects, and an event altered in the store is found.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CallRefused, type Client } from '../../src/app/client.ts'
import {
  changePartner,
  invitePartner,
  listAllianceSignals,
  listRights,
  matchGate,
  orderTransport,
  type PartnerKind,
  preNotify,
  releaseRight,
  reportMove,
  setCustomsState,
  showChain,
  showRight,
  showStanding,
  transferRight,
} from '../../src/modules/alliance/contract.ts'
import { verifyChains } from '../../src/modules/alliance/server/tend.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'

const NODE = 'be-antwerp'
const TERMINAL = 'be.terminal.antwerp.operations'
const PARTNERS: Readonly<Record<string, PartnerKind>> = {
  line: 'line',
  forwarder: 'forwarder',
  agent: 'forwarder',
  haulier: 'haulier',
  rogue: 'haulier',
}
const deskOf = (account: string): string => (account === 'terminal' ? TERMINAL : `be.${account}.operations`)

const BOX = { container: 'MSCU6639870', voyage: '9839272 AURORA 123N', port: 'BEANR' }
const TRUCK = { vehicle: '1-ABC-123', driver: 'ALFA-4711' }

let coalition: TestCoalition
let antwerp: Client
let right = ''
let made = 0
const key = (): string => `key-of-the-story-${(made += 1)}`
const person = async (account: string): Promise<Client> => await coalition.client(account)
const refusal = async (asked: Promise<unknown>): Promise<Pick<CallRefused, 'status' | 'code' | 'body'>> =>
  await asked.then(
    () => expect.unreachable('It was not refused.'),
    (error: unknown) => {
      if (!(error instanceof CallRefused)) throw error
      return { status: error.status, code: error.code, body: error.body }
    },
  )

beforeAll(async () => {
  const accounts = Object.keys(PARTNERS)
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
          {
            id: deskOf(account),
            name: `Firm ${account}, operations`,
            services: [],
            places: [],
            purposes: ['port-security'],
            zone: 'Europe/Brussels',
            calendar: 'BE',
          },
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
})
afterAll(async () => await coalition.stop())

describe('partners', () => {
  it('come in when one officer invites and another confirms, and not before', async () => {
    const forwarder = await person('forwarder')
    expect(await refusal(forwarder.call(listRights, {}))).toMatchObject({ status: 403, code: 'alliance.not-vetted' })
    const lead = await person('antwerp-lead')
    for (const [account, kind] of [...Object.entries(PARTNERS), ['terminal', 'terminal'] as const]) {
      const desk = deskOf(account)
      const expiresAt = new Date(coalition.clock.now().getTime() + 365 * 86_400_000).toISOString()
      const file = {
        desk,
        kind,
        criteria: ['register-entry' as const, 'ownership-known' as const],
        basis: 'Arrangement of the port',
        evidence: 'Register, visit',
        expiresAt,
        key: key(),
      }
      const { version } = await antwerp.call(invitePartner, file)
      const confirmation = { desk, change: 'confirm' as const, reason: 'Looked through the file', version }
      expect(await refusal(antwerp.call(changePartner, confirmation))).toMatchObject({ code: 'alliance.second-officer' })
      expect(await lead.call(changePartner, confirmation)).toMatchObject({ state: 'active' })
    }
    expect(await forwarder.call(showStanding, {})).toMatchObject({ items: [{ state: 'active', kind: 'forwarder' }] })
    expect(await forwarder.call(listRights, {})).toEqual({ items: [] })
  })
})

describe('the chain', () => {
  it('goes from the line by the agent and the forwarder to the haulier, and no code exists', async () => {
    const now = coalition.clock.now().toISOString()
    await (await person('terminal')).call(reportMove, { ...BOX, move: 'discharged', line: deskOf('line'), at: now, key: key() })
    await antwerp.call(setCustomsState, { ...BOX, state: 'clear', key: key() })
    right = (await (await person('line')).call(releaseRight, { ...BOX, to: deskOf('agent'), key: key() })).right
    await (await person('agent')).call(transferRight, { ...BOX, to: deskOf('forwarder'), key: key() })
    await (await person('forwarder')).call(orderTransport, { ...BOX, haulier: deskOf('haulier'), key: key() })
    const seen = await (await person('haulier')).call(showRight, BOX)
    expect(seen).toMatchObject({ as: 'haulier', state: 'ordered', from: { desk: deskOf('forwarder') }, ready: true, open: ['pre-notify'] })
    expect(JSON.stringify(seen)).not.toMatch(/agent|Firm line|pin|code/i)
  })
})

describe('the theft', () => {
  it('begins with an insider who looks: there is nothing to see, and the authority has the signal', async () => {
    const before = coalition.clock.now().getTime()
    const rogue = await person('rogue')
    const outside = await refusal(rogue.call(showRight, BOX))
    const nothing = await refusal(rogue.call(showRight, { ...BOX, container: 'TGHU1234567' }))
    expect(outside).toEqual(nothing)
    const { items } = await coalition.eventually(
      async () => await antwerp.call(listAllianceSignals, { detector: 'L1' }),
      (listed) => listed.items.length > 0,
    )
    expect(items).toMatchObject([{ right, detector: 'L1', explanation: expect.stringContaining(deskOf('rogue')) }])
    const [signal] = items
    expect(Date.parse(signal?.raisedAt ?? '')).toBeGreaterThanOrEqual(before)
  })

  it('goes on with a wrong haulier: refused, told nothing of the forwarder, and explained to the authority', async () => {
    const rogue = await person('rogue')
    const plannedAt = new Date(coalition.clock.now().getTime() + 6 * 3_600_000).toISOString()
    const attempt = { ...TRUCK, plannedAt }
    const told = await refusal(rogue.call(preNotify, { ...BOX, ...attempt, key: key() }))
    const nothing = await refusal(rogue.call(preNotify, { ...BOX, container: 'TGHU1234567', ...attempt, key: key() }))
    expect(told).toEqual(nothing)
    expect(told.status).toBe(404)
    expect(JSON.stringify(told)).not.toMatch(/forwarder|agent|haulier/)
    expect(await rogue.call(listRights, {})).toEqual({ items: [] })
    const { items } = await coalition.eventually(
      async () => await antwerp.call(listAllianceSignals, { detector: 'L2' }),
      (listed) => listed.items.length > 0,
    )
    expect(items).toMatchObject([{ right, explanation: expect.stringContaining('no holder of the right ordered a transport from it') }])
    expect(items[0]?.innocentAlternatives).toContain('A subcontractor drives for the haulier that was ordered')
    expect(items[0]?.facts.every(({ event }) => typeof event === 'string')).toBe(true)
  })

  it('ends at the gate: the terminal says no to the wrong truck and yes to the right one', async () => {
    const terminal = await person('terminal')
    const plannedAt = new Date(coalition.clock.now().getTime() + 30 * 3_600_000).toISOString()
    await (await person('haulier')).call(preNotify, { ...BOX, ...TRUCK, plannedAt, key: key() })
    expect(await terminal.call(matchGate, { ...BOX, vehicle: '9-XYZ-999', driver: TRUCK.driver, key: key() })).toEqual({ yes: false })
    expect(await terminal.call(matchGate, { ...BOX, ...TRUCK, key: key() })).toMatchObject({
      yes: true,
      holder: { desk: deskOf('haulier') },
    })
    await terminal.call(reportMove, { ...BOX, move: 'gated-out', at: coalition.clock.now().toISOString(), key: key() })
    expect(await (await person('forwarder')).call(showRight, BOX)).toMatchObject({ state: 'collected' })
    // Whoever passed the right on long ago is told no more than that.
    expect(await (await person('agent')).call(showRight, BOX)).toMatchObject({ state: 'passed', to: { desk: deskOf('forwarder') } })
  })
})

describe('the record', () => {
  it('is whole for the desk of the port, and does not exist for another', async () => {
    const chain = await antwerp.call(showChain, { right })
    expect(chain).toMatchObject({ stage: 'gated-out', verification: { intact: true } })
    expect(chain.signals).toEqual(expect.arrayContaining(['L1', 'L2']))
    expect(chain.history.filter(({ refused }) => refused !== undefined).map(({ by, refused }) => `${by.desk} ${refused}`)).toEqual([
      `${deskOf('rogue')} not-ordered`,
      `${TERMINAL} wrong-vehicle-or-driver`,
    ])
    expect(await refusal((await person('zeebrugge')).call(showChain, { right }))).toMatchObject({ status: 404 })
    expect(await refusal((await person('rogue')).call(showChain, { right }))).toMatchObject({ status: 404 })
  })

  it('shows an event that somebody altered in the store, and takes nothing more', async () => {
    const node = coalition.node(NODE)
    await verifyChains({}, node.services)
    await node.services.database.asWorker('test', async (tx) => {
      await sql`update alliance.events set by_desk = ${deskOf('rogue')} where right_id = ${right} and body ->> 'kind' = 'transferred'`.execute(
        tx,
      )
    })
    const chain = await antwerp.call(showChain, { right })
    expect(chain.verification).toMatchObject({ intact: false, because: expect.stringContaining('altered') })
    expect(await refusal((await person('terminal')).call(matchGate, { ...BOX, ...TRUCK, key: key() }))).toMatchObject({
      code: 'alliance.chain-broken',
    })
  })
})
