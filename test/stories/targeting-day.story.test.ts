/** A day at the targeting desk of a port: three ships, twelve thousand containers, forty mandatory hits, capacity for 120; outcomes, the table next morning, and what the sender learns. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { z } from 'zod'
import { listAlerts, listDocuments, uploadDocument } from '#modules/cargo/contract'
import { takeArrivals } from '#modules/targeting'
import {
  type ArrivalRow,
  closeSelection,
  decide,
  decideRule,
  enterWatch,
  listEffectiveness,
  listOutcomes,
  listPortDays,
  listQueue,
  listReviews,
  proposeSelection,
  recordOutcome,
  repeatDraw,
  saveRule,
  setCapacity,
  showArrival,
  showSelection,
  showSenderReport,
  submitRule,
} from '#modules/targeting/contract'
import type { Client } from '../../src/app/client.ts'
import { printBaplie } from '../../src/modules/cargo/generator/print-baplie.ts'
import { printCuscar } from '../../src/modules/cargo/generator/print-consignments.ts'
import { printInterchange } from '../../src/modules/cargo/generator/print-interchange.ts'
import { type GeneratedVoyage, generateVoyage } from '../../src/modules/cargo/generator/voyage.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { box, draftOf, issueAndWait } from './draft.ts'

type Decision = z.input<(typeof decide)['input']>['decisions'][number]
type Outcome = z.input<(typeof recordOutcome)['input']>['outcomes'][number]

const PORT = 'BEANR'
const DAY = '2027-03-10'
const SHIPS = 3
const EACH = 4000
const ALERTS = 20
const WATCHED = 20
const CAPACITY = 120

let coalition: TestCoalition
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'be-antwerp'], at: '2027-03-09T06:00:00Z' })
})
afterAll(async () => await coalition.stop())

/** A ship that calls at Antwerp next, with everything on board for Antwerp. */
function shipOf(at: number): GeneratedVoyage {
  const times = {
    prepared: '202703081200',
    gateIn: '202702200900',
    loaded: '202702221800',
    departs: '202702230300',
    transhipped: `20270310${String(8 + at * 3).padStart(2, '0')}00`,
    arrives: '202703101800',
  }
  const voyage = generateVoyage({ seed: 71 + at, containers: EACH, times })
  return {
    ...voyage,
    vessel: { name: `GENERATED SHIP ${at + 1}`, imo: `999901${at}`, callSign: `GEN0${at}` },
    number: `GN90${at}N`,
    nextPort: PORT,
    boxes: voyage.boxes.map((box) => ({
      ...box,
      isFull: true,
      transhipment: undefined,
      discharge: PORT,
      delivery: PORT,
      reportedDischarge: PORT,
    })),
  }
}

/** One document after the other, as they come in. */
async function takeIn(antwerp: Client, ships: readonly GeneratedVoyage[]): Promise<void> {
  for (const [at, ship] of ships.entries())
    for (const message of [printBaplie(ship, 'D15A', `P${at}`), printCuscar(ship, 'D03B', { reference: `M${at}` })]) {
      const reference = `${at}${message.reference}`
      const interchange = { sender: 'GENERATED', recipient: 'ANTWERP', prepared: ship.times.prepared, reference }
      const bytes = printInterchange(interchange, [message])
      const { document } = await antwerp.upload(uploadDocument, { name: `${message.type[0] ?? ''}-${at}.edi` }, bytes)
      await coalition.eventually(
        async () => (await antwerp.call(listDocuments, {})).items.find((item) => item.document === document)?.state,
        (state) => state === 'read',
      )
    }
  await takeArrivals(coalition.node('be-antwerp').services)
}

async function queueOf(client: Client, show: 'all' | 'mandatory' | 'undecided' | 'taken'): Promise<readonly ArrivalRow[]> {
  const rows: ArrivalRow[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await client.call(listQueue, { port: PORT, day: DAY, show, limit: 200, ...(cursor === undefined ? {} : { cursor }) })
    rows.push(...page.items)
    if (page.next === undefined || rows.length >= 2000) return rows
    cursor = page.next
  }
}

it('goes from three ships to what the sender learns', { timeout: 600_000 }, async () => {
  const [guayaquil, antwerp, lead] = [
    await coalition.client('guayaquil'),
    await coalition.client('antwerp'),
    await coalition.client('antwerp-lead'),
  ]
  const ships = Array.from({ length: SHIPS }, (_, at) => shipOf(at))
  const often = Map.groupBy(
    ships.flatMap(({ boxes }) => boxes),
    ({ container }) => container,
  )
  const once = [...often].flatMap(([container, boxes]) => (boxes.length === 1 ? [container] : []))
  const [alerted, watched] = [once.slice(0, ALERTS), once.slice(ALERTS, ALERTS + WATCHED)]

  // Guayaquil sends its alerts while the ships are at sea.
  for (const container of alerted)
    await issueAndWait(
      coalition,
      draftOf(coalition, {
        subject: box(container),
        bill: `B${container}`,
        legs: [
          { role: 'loading', place: 'ECGYE' },
          { role: 'discharge', place: PORT, eta: `${DAY}T12:00:00Z` },
        ],
      }),
      { from: guayaquil, seenBy: [] },
    )
  await coalition.eventually(
    async () => (await antwerp.call(listAlerts, { limit: 200 })).items.length,
    (seen) => seen === ALERTS,
  )
  await takeIn(antwerp, ships)
  const days = await antwerp.call(listPortDays, { from: DAY, to: DAY })
  expect(days.items).toMatchObject([{ port: PORT, day: DAY, arrivals: SHIPS * EACH }])
  expect(days.items[0]?.vessels.map(({ vessel, arrivals }) => [vessel, arrivals])).toEqual(ships.map(({ vessel }) => [vessel.name, EACH]))
  // The desk next door holds none of it and learns nothing of it.
  const zeebrugge = await coalition.client('zeebrugge')
  expect(await zeebrugge.call(listPortDays, { from: DAY, to: DAY })).toEqual({ items: [], overdueOutcomes: 0, notPlaced: 0 })

  // A rule of two officers, and what the desk waits for.
  const sample = await queueOf(antwerp, 'all')
  const fires = sample.find(({ hs, loading }) => hs?.startsWith('0803') === true && loading === 'ECGYE')
  const silent = sample.find(({ hs }) => hs?.startsWith('1801') === true)
  const { rule, version } = await antwerp.call(saveRule, {
    key: randomUUID(),
    body: {
      title: 'Bananas from Guayaquil',
      why: 'Findings of last season',
      expression: {
        op: 'and',
        args: [
          { op: 'in', col: 'hs4', values: ['0803'] },
          { op: 'in', col: 'pol', values: ['ECGYE'] },
        ],
      },
      weight: 120,
      legalBasis: { act: 'Regulation (EU) 952/2013', article: '46' },
      validFrom: '2027-03-09',
      validUntil: '2027-08-31',
      reviewOn: '2027-06-01',
      tests: [
        { arrival: fires?.arrival ?? '', expected: 'fires' },
        { arrival: silent?.arrival ?? '', expected: 'does-not-fire' },
      ],
    },
  })
  await antwerp.call(submitRule, { rule, version })
  await expect(antwerp.call(decideRule, { rule, version, decision: 'release' })).rejects.toThrow('targeting.four-eyes')
  await lead.call(decideRule, { rule, version, decision: 'release' })
  await antwerp.call(enterWatch, {
    title: 'Boxes named in a case',
    why: 'Named in a request',
    terms: watched.map((value) => ({ kind: 'container' as const, value })),
    validFrom: '2027-03-09',
    validUntil: '2027-04-09',
    legalBasis: { act: 'Regulation (EU) 952/2013', article: '46' },
    case: 'C-2027-31',
    key: randomUUID(),
  })
  const mandatory = await coalition.eventually(
    async () => await queueOf(antwerp, 'mandatory'),
    (rows) => rows.length === ALERTS + WATCHED,
  )
  expect(new Set(mandatory.map(({ container }) => container))).toEqual(new Set([...alerted, ...watched]))

  // Capacity, proposal, and the same draw by the data-protection officer.
  await lead.call(setCapacity, { port: PORT, day: DAY, capacity: CAPACITY })
  const { selection } = await antwerp.call(proposeSelection, { port: PORT, day: DAY, key: randomUUID() })
  const proposed = await antwerp.call(showSelection, { selection })
  expect(proposed.strata.map(({ stratum, selected }) => [stratum, selected])).toEqual([
    ['mandatory', 40],
    ['top', 68],
    ['random', 6],
    ['novelty', 6],
  ])
  const dpo = await coalition.client('antwerp-dpo')
  expect(await dpo.call(repeatDraw, { selection })).toMatchObject({ same: true, digestMatches: true, candidates: SHIPS * EACH })

  // A named officer decides each: ten are left with a reason, the rest is taken.
  const open = await queueOf(antwerp, 'undecided')
  expect(open).toHaveLength(CAPACITY)
  const leavable = open.filter(({ selected }) => selected?.stratum === 'top').slice(0, 10)
  await antwerp.call(decide, {
    selection,
    key: randomUUID(),
    decisions: open.map(
      ({ arrival }): Decision =>
        leavable.some((each) => each.arrival === arrival)
          ? { arrival, decision: 'leave', reason: 'known-good-operator' }
          : { arrival, decision: 'take' },
    ),
  })
  const closed = await antwerp.call(closeSelection, { selection })
  expect(closed.outcomesDue).toBe(CAPACITY - 10)

  // Next morning: outcomes, two of them still owed.
  coalition.clock.advance(48)
  const morning = await coalition.client('antwerp')
  const owed = (await morning.call(listOutcomes, { limit: 200 })).items
  expect(owed).toHaveLength(CAPACITY - 10)
  const found = new Set(alerted.slice(0, 5))
  const told = owed.filter(({ container }) => !watched.slice(0, 2).includes(container))
  await morning.call(recordOutcome, {
    key: randomUUID(),
    outcomes: told.map(({ arrival, container, stratum }, at): Outcome => {
      if (found.has(container))
        return { arrival, kind: 'found', means: 'opened', found: [{ kind: 'cocaine', kilograms: 40, place: 'door-end' }] }
      return stratum === 'novelty' && at % 2 === 0
        ? { arrival, kind: 'not-checked', reason: 'no-staff' }
        : { arrival, kind: 'nothing', means: 'scanned' }
    }),
  })
  const table = await morning.call(listEffectiveness, { from: '2027-03', to: '2027-03' })
  const row = (kind: string) => table.rows.find((each) => each.kind === kind)
  const bananas = ships
    .flatMap(({ boxes }) => boxes)
    .filter(({ goods, loading }) => goods.hs.startsWith('0803') && loading === 'ECGYE').length
  expect(row('rule')).toMatchObject({ ref: rule, version, hits: bananas, title: 'Bananas from Guayaquil' })
  expect(row('alert')).toMatchObject({ hits: ALERTS, selected: ALERTS, inspected: ALERTS, found: 5 })
  expect(row('watch')).toMatchObject({ hits: WATCHED, inspected: WATCHED - 2 })
  expect(row('random')).toMatchObject({ selected: 6 })
  expect(row('alert')?.precision).toMatchObject({ value: 0.25, n: ALERTS })
  expect(row('alert')).not.toHaveProperty('rank')
  for (const each of table.rows) expect(each.precision === undefined || each.precision.low <= each.precision.value).toBe(true)
  expect((await morning.call(listReviews, {})).items).toEqual([])
  const shown = await morning.call(showArrival, { arrival: open.find(({ why }) => why.rule !== undefined)?.arrival ?? '' })
  expect(shown.decisions[0]).toMatchObject({ name: 'Targeting officer Antwerp' })

  // What the sender learns, and what Antwerp still owes.
  const report = await morning.call(showSenderReport, { month: '2027-03' })
  expect(report.rows).toMatchObject([
    {
      authority: 'ec.pcu',
      port: PORT,
      alerts: ALERTS,
      arrived: ALERTS,
      taken: ALERTS,
      controlled: ALERTS,
      found: 5,
      kilograms: 200,
      nothing: 15,
      owed: 0,
    },
  ])
  coalition.clock.advance(7 * 24)
  const later = await coalition.client('antwerp')
  expect(await later.call(listOutcomes, { state: 'overdue' })).toMatchObject({ due: 2, overdue: 2 })
})
