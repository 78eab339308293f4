import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EquipmentSighting, PortCall, SourcePointer, Stated } from '../model.ts'
import { changeByBox, changeBySchedule, type RouteWorld } from './reroute-legs.ts'
import { instantOf } from './stated-instant.ts'

const at: SourcePointer = { document: 'd', segment: 1, element: 1, component: 1, start: 0, end: 5 }
const stated = (value: string): Stated => ({ value, at })
const world: RouteWorld = {
  now: new Date('2026-11-24T10:00:00Z'),
  instantOf,
  isInUnion: (place) => /^(BE|DE|ES|NL)/.test(place),
}
const legs = [
  { role: 'loading' as const, place: 'ECGYE' },
  { role: 'transhipment' as const, place: 'ESALG', eta: '2026-12-04T06:00:00Z' },
  { role: 'discharge' as const, place: 'BEANR', eta: '2026-12-09T06:00:00Z' },
]
const direct = legs.filter(({ role }) => role !== 'transhipment')
const box = (places: Partial<Record<'loading' | 'discharge' | 'final-discharge', string>>, rest: Partial<EquipmentSighting> = {}) => ({
  sighting: {
    container: stated('MSCU6639870'),
    places: Object.entries(places).map(([role, place]) => ({ role: role as 'loading', place: stated(place) })),
    weights: [],
    seals: [],
    references: [],
    goods: [],
    hsCodes: [],
    remarks: [],
    ...rest,
  },
  voyage: undefined,
  calls: [] as PortCall[],
})
const call = (ordinal: number, place: string, arrival?: string): PortCall => ({
  ordinal,
  role: 'call',
  place: stated(place),
  times: arrival === undefined ? [] : [{ event: 'arrival', basis: 'estimated', at: stated(arrival) }],
  vesselImo: stated('9074729'),
})
const routeOf = (change: { readonly legs: readonly { readonly place: string }[] } | undefined) => change?.legs.map(({ place }) => place)

describe('a box', () => {
  it('loaded for another port of discharge leaves the port that came next, with the time as stated or carried over', () => {
    const change = changeByBox(direct, box({ loading: 'ECGYE', discharge: 'DEHAM' }), world)
    expect(change).toMatchObject({ rule: 'discharge', leaves: 'BEANR', comes: 'DEHAM', etaBasis: 'carried-over' })
    expect(change?.legs.at(-1)).toEqual({ role: 'discharge', place: 'DEHAM', eta: '2026-12-09T06:00:00Z' })
    const timed = { ...box({ loading: 'ECGYE', discharge: 'DEHAM' }), calls: [call(1, 'DEHAM', '202612100600')] }
    expect(changeByBox(direct, timed, world)).toMatchObject({ etaBasis: 'stated', legs: [{}, { eta: '2026-12-10T06:00:00.000Z' }] })
  })

  it('going on to the same final place keeps the later ports, and ends where its discharge is its final place', () => {
    expect(routeOf(changeByBox(legs, box({ loading: 'ECGYE', discharge: 'NLRTM' }), world))).toEqual(['ECGYE', 'NLRTM', 'BEANR'])
    const final = box({ loading: 'ECGYE', discharge: 'NLRTM', 'final-discharge': 'NLRTM' })
    expect(routeOf(changeByBox(legs, final, world))).toEqual(['ECGYE', 'NLRTM'])
    expect(routeOf(changeByBox(legs, box({ loading: 'ESALG', discharge: 'NLRTM' }), world))).toEqual(['ECGYE', 'ESALG', 'NLRTM'])
  })

  it('for a port that the itinerary names, a masked port or none is no change', () => {
    for (const discharge of ['ESALG', 'BEANR', 'XXXXX1', '*****', ''])
      expect(changeByBox(legs, box({ loading: 'ECGYE', discharge }), world)).toBeUndefined()
    expect(changeByBox(legs, box({ loading: 'BEANR', discharge: 'DEHAM' }), world)).toBeUndefined()
    expect(changeByBox(legs, box({ loading: 'ECGYE' }), world)).toBeUndefined()
  })

  it('reported as discharged elsewhere counts by where the report was made', () => {
    const reported = {
      ...box({}, { event: 'discharged' }),
      voyage: { places: [{ role: 'activity' as const, place: stated('DEHAM') }] },
    }
    expect(changeByBox(direct, reported, world)).toMatchObject({ leaves: 'BEANR', comes: 'DEHAM' })
  })
})

describe('a schedule', () => {
  it('with an earlier call in the Union gives another first entry', () => {
    const change = changeBySchedule(direct, [call(1, 'ECGYE'), call(2, 'NLRTM', '202612070600'), call(3, 'BEANR', '202612090600')], world)
    expect(change).toMatchObject({ rule: 'first-entry', comes: 'NLRTM' })
    expect(routeOf(change)).toEqual(['ECGYE', 'NLRTM', 'BEANR'])
    const afterwards = [call(1, 'ECGYE'), call(2, 'BEANR', '202612090600'), call(3, 'NLRTM', '202612110600')]
    expect(changeBySchedule(direct, afterwards, world)).toBeUndefined()
  })

  it('without a port that the ship was to call at names the port that comes instead', () => {
    const change = changeBySchedule(direct, [call(1, 'ECGYE'), call(2, 'MAPTM', '202612050600'), call(3, 'NLRTM', '202612100600')], world)
    expect(change).toMatchObject({ rule: 'omitted', leaves: 'BEANR', comes: 'MAPTM' })
    expect(routeOf(changeBySchedule(legs, [call(1, 'ECGYE'), call(2, 'BEANR', '202612080600')], world))).toEqual(['ECGYE', 'BEANR'])
  })

  it('that ends before the port, or is of a ship that does not load the box, says nothing of it', () => {
    expect(changeBySchedule(direct, [call(1, 'ECGYE'), call(2, 'MAPTM', '202611300600')], world)).toBeUndefined()
    expect(changeBySchedule(direct, [call(1, 'COCTG'), call(2, 'MAPTM', '202612100600')], world)).toBeUndefined()
    expect(changeBySchedule(direct, [call(1, 'NLRTM', 'garbage')], world)).toBeUndefined()
  })
})

it('proposes only itineraries that an alert can have, each without the port that the other lacks', () => {
  const place = fc.constantFrom('ECGYE', 'ESALG', 'BEANR', 'DEHAM', 'NLRTM', 'MAPTM', 'COCTG', '*****')
  const time = fc.option(fc.constantFrom('202611200600', '202612030600', '202612060600', '202612120600', 'never'), { nil: undefined })
  const some = fc.array(fc.tuple(place, time), { maxLength: 8 })
  fc.assert(
    fc.property(place, place, some, (loading, discharge, list) => {
      const calls = list.map(([port, arrival], index) => call(index + 1, port, arrival))
      for (const change of [changeByBox(legs, { ...box({ loading, discharge }), calls }, world), changeBySchedule(legs, calls, world)]) {
        if (change === undefined) continue
        const ports = routeOf(change) ?? []
        expect(ports.length).toBeGreaterThan(0)
        expect(new Set(ports).size).toBe(ports.length)
        expect(ports).not.toContain('*****')
        if (change.leaves !== undefined) expect(ports).not.toContain(change.leaves)
        if (change.comes !== undefined) expect(ports).toContain(change.comes)
        // Stated once, the change is made: the new itinerary asks for nothing by the same words.
        expect(
          change.rule === 'discharge' ? changeByBox(change.legs, { ...box({ loading, discharge }), calls }, world) : undefined,
        ).toBeUndefined()
      }
    }),
  )
})
