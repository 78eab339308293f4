/** Vessels and stowage plans in a real store: what a plan states comes back by column, whole, and to no other desk. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { boxBit, type StowageAnswer, type VesselRow, type VesselView } from '../contract/vessel.ts'
import { voyageTimes } from '../generator/demonstration.ts'
import { printBaplie } from '../generator/print-baplie.ts'
import { printInterchange } from '../generator/print-interchange.ts'
import { type GeneratedVoyage, generateVoyage } from '../generator/voyage.ts'
import { ANTWERP, GHENT, type IntakeStore, startIntakeStore } from './intake.fixture.ts'
import { listVesselsRoute, showVesselRoute } from './vessel-plans.ts'
import { columnsOf, showStowageRoute } from './vessel-stowage.ts'

const times = voyageTimes(new Date('2026-08-20T12:00:00Z'))
const voyage = generateVoyage({ seed: 11, containers: 240, times })
let store: IntakeStore
let document = ''

const planOf = (of: GeneratedVoyage, reference: string, directory: 'D13B' | 'D95B' = 'D13B') =>
  printInterchange({ sender: 'LINE', recipient: 'CUSTOMS', prepared: times.prepared, reference }, [printBaplie(of, directory, reference)])

beforeAll(async () => {
  store = await startIntakeStore()
  document = await store.bring(planOf(voyage, 'P1'))
})
afterAll(async () => await store.stop())

describe('a vessel', () => {
  it('is what its plans say, by IMO number, with every plan of it', async () => {
    const { items } = await store.call<{ items: VesselRow[] }>(listVesselsRoute, {})
    expect(items).toMatchObject([{ vessel: voyage.vessel.imo, name: voyage.vessel.name, imo: voyage.vessel.imo, plans: 1 }])
    store.advance(60)
    await store.bring(planOf({ ...voyage, number: 'GN777S' }, 'P2'))
    const view = await store.call<VesselView>(showVesselRoute, { vessel: voyage.vessel.imo })
    expect(view.plans.map(({ voyage: number }) => number)).toEqual(['GN777S', voyage.number])
    expect(view).toMatchObject({ leftOut: 0, plans: [{ type: 'BAPLIE', from: 'ECGYE', next: 'ESALG' }, { document }] })
  })

  it('stands under its name where the plan gives no IMO number', async () => {
    await store.bring(planOf({ ...voyage, vessel: { ...voyage.vessel, name: 'Nameless / Wind' } }, 'P3', 'D95B'))
    const { items } = await store.call<{ items: VesselRow[] }>(listVesselsRoute, { text: 'nameless' })
    expect(items).toMatchObject([{ vessel: 'NAMELESS / WIND', name: 'Nameless / Wind', plans: 1 }])
    expect(items[0]).not.toHaveProperty('imo')
  })

  it('comes by page, each once', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await store.call<{ items: VesselRow[]; next?: string }>(listVesselsRoute, {
        limit: 1,
        ...(cursor === undefined ? {} : { cursor }),
      })
      seen.push(...page.items.map(({ vessel }) => vessel))
      cursor = page.next
    } while (cursor !== undefined)
    expect(seen.toSorted()).toEqual([voyage.vessel.imo, 'NAMELESS / WIND'].toSorted())
    await expect(store.call(listVesselsRoute, { cursor: 'made-up' })).rejects.toMatchObject({ code: 'cargo.cursor' })
  })

  it('takes what looks like a pattern or a statement for text', async () => {
    for (const text of ['%', '_', "' or 1=1 --", '\\']) expect(await store.call(listVesselsRoute, { text })).toEqual({ items: [] })
  })
})

describe('a stowage plan', () => {
  it('comes whole: each box once, with its position, ports, marks and weight class', async () => {
    const answer = await store.call<StowageAnswer>(showStowageRoute, { document, message: 1 })
    expect(answer.leftOut).toBe(0)
    expect(answer.containers.toSorted()).toEqual(voyage.boxes.map(({ container }) => container).toSorted())
    const box = voyage.boxes[7]
    const at = answer.containers.indexOf(box?.container ?? '')
    expect(answer.positions[at]).toBe(Number(box?.stowage))
    expect(answer.places[answer.loading[at] ?? -1]).toBe(box?.loading)
    expect(answer.places[answer.discharge[at] ?? -1]).toBe(box?.discharge)
    expect(answer.isoTypes[answer.isoType[at] ?? -1]).toBe(box?.isoType)
    expect(answer.weights[at]).toBe(Math.ceil((box?.verifiedKg ?? 0) / 5000))
    expect(((answer.marks[at] ?? 0) & boxBit.full) !== 0).toBe(box?.isFull)
  })

  it('carries the marks of the boxes', async () => {
    const [first, second] = voyage.boxes
    await store.services.database.asWorker('test', async (tx) => {
      await sql`update cargo.equipment set flags = '{signal,alert}' where container = ${first?.container}`.execute(tx)
      await sql`update cargo.equipment set flags = '{bad-check-digit}' where container = ${second?.container}`.execute(tx)
    })
    const { containers, marks } = await store.call<StowageAnswer>(showStowageRoute, { document, message: 1 })
    const flags = boxBit.signal | boxBit.alert | boxBit.badCheckDigit | boxBit.notIso
    expect(marks.flatMap((each, at) => ((each & flags) === 0 ? [] : [[containers[at], each & flags]]))).toEqual(
      expect.arrayContaining([
        [first?.container, boxBit.signal | boxBit.alert],
        [second?.container, boxBit.badCheckDigit],
      ]),
    )
  })

  it('is not there for another desk, nor is its vessel', async () => {
    const desk = GHENT
    expect(await store.call(listVesselsRoute, {}, { desk })).toEqual({ items: [] })
    await expect(store.call(showVesselRoute, { vessel: voyage.vessel.imo }, { desk })).rejects.toMatchObject({ status: 404 })
    await expect(store.call(showStowageRoute, { document, message: 1 }, { desk })).rejects.toMatchObject({ status: 404 })
    await expect(store.call(showStowageRoute, { document, message: 9 }, { desk: ANTWERP })).rejects.toMatchObject({ status: 404 })
  })

  it('of 24,000 boxes fits into two megabytes', () => {
    const rows = Array.from({ length: 24_000 }, (_, n) => ({
      container: `MSCU${String(1_000_000 + n)}`,
      stowage: String(1_010_082 + n),
      loading: 'ECGYE',
      discharge: n % 2 === 0 ? 'BEANR' : 'NLRTM',
      iso_type: '45R1',
      fullness: 'full' as const,
      temperature: 13,
      weight: 27_480,
      flags: ['signal', 'alert'],
    }))
    expect(JSON.stringify(columnsOf(rows)).length).toBeLessThan(2_000_000)
  })

  it('loses no box whose position or weight says nothing', () => {
    const blank = { loading: null, discharge: null, iso_type: null, fullness: null, temperature: null, flags: [] }
    const columns = columnsOf([
      { ...blank, container: 'A', stowage: 'ON TOP', weight: -5 },
      { ...blank, container: 'B', stowage: null, weight: Number.POSITIVE_INFINITY },
      { ...blank, container: 'C', stowage: '0010082', weight: 5001 },
    ])
    expect(columns).toMatchObject({
      containers: ['A', 'B', 'C'],
      positions: [-1, -1, 10_082],
      loading: [-1, -1, -1],
      weights: [0, 0, 2],
      unreadable: [{ box: 0, stated: 'ON TOP' }],
    })
  })
})
