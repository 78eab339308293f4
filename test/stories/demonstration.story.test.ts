/** What a visitor of the demonstration finds at the port: a targeting desk at work, partners of the alliance, a report without a name. Seeded by the people themselves. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAllianceSignals, listChains, listIntegrityReports, listPartners, listRights } from '#modules/alliance/contract'
import { boxBit, listVessels, showStowage, showVessel, uploadDocument } from '#modules/cargo/contract'
import { takeArrivals } from '#modules/targeting'
import { listEffectiveness, listPortDays, listQueue, listRules, listWatches, showArrival } from '#modules/targeting/contract'
import type { Client } from '../../src/app/client.ts'
import { openClient } from '../../src/app/client.ts'
import { PORT_COMMUNITY, PORT_NODE } from '../../src/app/demo/port-community.ts'
import { seedPort } from '../../src/app/demo/seed-port.ts'
import { storyDocuments } from '../../src/app/demo/story-documents.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'

const TODAY = '2027-03-10'
const PORT = 'BEANR'
let coalition: TestCoalition
let antwerp: Client

beforeAll(async () => {
  coalition = await startCoalition({
    nodes: [PORT_NODE],
    at: `${TODAY}T07:00:00Z`,
    also: {
      orgs: PORT_COMMUNITY.orgs,
      nodes: { [PORT_NODE]: { orgs: PORT_COMMUNITY.orgs.map(({ id }) => id), officers: PORT_COMMUNITY.officers } },
    },
  })
  const node = coalition.node(PORT_NODE)
  const clients = new Map<string, Client>()
  for (const account of ['antwerp', 'antwerp-lead', 'terminal', 'line', 'forwarder', 'haulier', 'other-haulier'])
    clients.set(account, await coalition.client(account))
  const person = (account: string): Client => {
    const client = clients.get(account)
    if (client === undefined) throw new Error(`No ${account} here.`)
    return client
  }
  antwerp = person('antwerp')
  // The first story leaves declarations at the desk that do not say when anything arrives.
  for (const { holder, name, bytes } of storyDocuments(coalition.clock.now()).files)
    if (holder === 'antwerp') await antwerp.upload(uploadDocument, { name }, bytes)
  await coalition.eventually(
    async () => {
      await takeArrivals(node.services)
      return (await antwerp.call(listPortDays, { from: TODAY, to: TODAY })).notPlaced
    },
    (missed) => missed > 100,
  )
  await seedPort({
    person,
    anybody: openClient(node.url),
    now: coalition.clock.now,
    eventually: coalition.eventually,
    // The schedule of the node, without its minute.
    withinMinutes: async (look, holds) =>
      await coalition.eventually(async () => {
        await takeArrivals(node.services)
        return await look()
      }, holds),
  })
}, 600_000)
afterAll(async () => await coalition.stop())

describe('the targeting desk', () => {
  it('has ships that called, one today with a selection half decided, and ships to come', async () => {
    const { items, notPlaced } = await antwerp.call(listPortDays, { from: '2027-03-01', to: '2027-03-31' })
    expect(items.map(({ port, day, selection }) => `${port} ${day} ${selection?.state ?? 'none'}`)).toEqual([
      `${PORT} 2027-03-04 closed`,
      `${PORT} 2027-03-08 closed`,
      `${PORT} ${TODAY} open`,
      `${PORT} 2027-03-13 none`,
      `${PORT} 2027-03-24 none`,
    ])
    expect(notPlaced).toBe(0)
    const today = items.find(({ day }) => day === TODAY)
    expect(today).toMatchObject({ capacity: 16, vessels: [{ vessel: 'GENERATED SANGAY' }] })
    expect(today?.selection?.undecided).toBeGreaterThan(5)
    expect(today?.selection?.taken).toBeGreaterThan(0)
    expect(items.find(({ day }) => day === '2027-03-13')?.mandatory).toBeGreaterThanOrEqual(2)
  })

  it('shows why: rules of two officers, and signals with what they rest on', async () => {
    const rules = (await antwerp.call(listRules, {})).items
    expect(rules.map(({ title, running }) => `${title} ${running}`).toSorted()).toEqual([
      'Bananas from Guayaquil true',
      'Heavier than declared true',
    ])
    for (const { author, approver } of rules) expect(approver?.officer).not.toBe(author.officer)
    const { items } = await antwerp.call(listQueue, { port: PORT, day: TODAY, show: 'mandatory' })
    const heavy = items.find(({ why }) => why.rule?.title === 'Heavier than declared')
    const shown = await antwerp.call(showArrival, { arrival: heavy?.arrival ?? '' })
    expect(shown.signals.map(({ detector }) => detector)).toContain('cargo.weight-mismatch')
    expect(shown.arrival.why.signal).toBeDefined()
  })

  it('has a watch entry that ends by itself', async () => {
    expect((await antwerp.call(listWatches, {})).items).toMatchObject([{ state: 'running', validUntil: '2027-03-14', hits: 2 }])
  })

  it('shows what came of the last ships, with how little that is', async () => {
    const { rows, random } = await antwerp.call(listEffectiveness, { from: '2027-03', to: '2027-03' })
    const heavy = rows.find(({ title }) => title === 'Heavier than declared')
    expect(heavy?.found).toBe(2)
    expect(heavy?.precision).toMatchObject({ n: heavy?.inspected })
    expect((heavy?.precision?.high ?? 0) - (heavy?.precision?.low ?? 0)).toBeGreaterThan(0.2)
    // Too few to rank anything.
    for (const row of rows) expect(row.rank, row.title).toBeUndefined()
    expect(random === undefined || random.low <= random.value).toBe(true)
  })

  it('has the ship of today with its stowage, and flagged boxes on it', async () => {
    const { items } = await antwerp.call(listVessels, { text: 'GENERATED SANGAY' })
    const { plans } = await antwerp.call(showVessel, { vessel: items[0]?.vessel ?? '' })
    const stowage = await antwerp.call(showStowage, { document: plans[0]?.document ?? '', message: plans[0]?.message ?? 0 })
    expect(stowage.unreadable).toEqual([])
    expect(stowage.marks.filter((marks) => (marks & boxBit.signal) !== 0).length).toBeGreaterThan(5)
  })

  it('says nothing to the desk next door', async () => {
    const zeebrugge = await coalition.client('zeebrugge')
    expect(await zeebrugge.call(listPortDays, { from: '2027-03-01', to: '2027-03-31' })).toEqual({
      items: [],
      overdueOutcomes: 0,
      notPlaced: 0,
    })
  })
})

describe('the alliance', () => {
  it('has firms that two officers vetted until a day', async () => {
    const { items } = await antwerp.call(listPartners, {})
    expect(items.map(({ kind, state }) => `${kind} ${state}`).toSorted()).toEqual([
      'forwarder active',
      'haulier active',
      'haulier active',
      'line active',
      'terminal active',
    ])
    for (const { invitedBy, confirmedBy, expiresAt } of items) {
      expect(confirmedBy).not.toBe(invitedBy)
      expect(Date.parse(expiresAt)).toBeGreaterThan(coalition.clock.now().getTime())
    }
  })

  it('has a box collected, a release on its way, and one box that a haulier without an order wanted', async () => {
    const { items } = await antwerp.call(listChains, {})
    expect(items.map(({ stage, signals }) => `${stage} ${signals.join()}`).toSorted()).toEqual([
      'gated-out L2',
      'ordered L2',
      'pre-notified ',
    ])
    const [latest] = (await antwerp.call(listAllianceSignals, {})).items
    expect(latest?.explanation).toContain('be.other-haulier.operations')
    expect(await (await coalition.client('other-haulier')).call(listRights, {})).toEqual({ items: [] })
  })

  it('has a report for the integrity desk, and for nobody else', async () => {
    const integrity = await coalition.client('integrity', 'criminal-investigation')
    expect((await integrity.call(listIntegrityReports, {})).items).toMatchObject([{ kind: 'access-sold', state: 'submitted' }])
    await expect(antwerp.call(listIntegrityReports, {})).rejects.toThrow('404')
  })
})
