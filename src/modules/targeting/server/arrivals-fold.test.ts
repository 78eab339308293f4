import { expect, it } from 'vitest'
import type { ConsignmentStated, SightingRow } from '#modules/cargo'
import { foldArrivals } from './arrivals-fold.ts'

const VOYAGE = { voyageNumber: { value: 'GN101N' }, arrivesAt: { value: '202703101400' } }
const BOX = 'QGNU1000001'
const consignment = (gross: number, ...containers: string[]): ConsignmentStated => ({
  document: 'd',
  containers,
  bill: 'BL1',
  declaration: false,
  loading: 'ECGYE',
  discharge: 'BEANR',
  goods: null,
  hs: null,
  gross,
  bookings: [],
  seals: [],
  received_at: new Date('2027-03-01T00:00:00Z'),
  parties: null,
  places: null,
  voyage: VOYAGE,
})
const sighting = (weight: number): SightingRow => ({
  container: BOX,
  document: 'd',
  message_type: 'BAPLIE',
  discharge: 'BEANR',
  loading: 'ECGYE',
  final_place: null,
  iso_type: '22G1',
  fullness: 'full',
  weight,
  verified_weight: false,
  temperature: null,
  operator: null,
  booking: null,
  bill: null,
  seals: [],
  goods: null,
  transhipments: null,
  voyage: VOYAGE,
})

function weightOf(consignments: readonly ConsignmentStated[], sightings: readonly SightingRow[] = []): number | undefined {
  const held = { sightings, consignments, signals: [], evaluated: new Map(), alerts: [] }
  const { drafts } = foldArrivals(held, { containers: [BOX], ports: new Set(['BEANR']), numberOf: () => undefined })
  expect(drafts).toHaveLength(1)
  return drafts[0]?.facts.weight
}

it('takes the weight of a consignment for that of its box only where it lies in no other', () => {
  expect(weightOf([consignment(19_000, BOX)])).toBe(19_000)
  expect(weightOf([consignment(19_000, BOX, BOX)])).toBe(19_000)
  expect(weightOf([consignment(57_000, BOX, 'QGNU1000002', 'QGNU1000003')])).toBeUndefined()
  expect(weightOf([consignment(19_000, BOX), consignment(57_000, BOX, 'QGNU1000002')])).toBe(19_000)
})

it('takes what is stated of the box itself before what is stated of a consignment', () => {
  expect(weightOf([consignment(57_000, BOX, 'QGNU1000002')], [sighting(21_000)])).toBe(21_000)
})
