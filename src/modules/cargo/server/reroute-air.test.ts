import { describe, expect, it } from 'vitest'
import type { PlaceRole, SourcePointer, Stated } from '../model.ts'
import { airportPlaces, isSameAirport } from '../reference/airports.ts'
import { changeByWaybill } from './reroute-air.ts'

const at: SourcePointer = { document: 'd', segment: 1, element: 1, component: 1, start: 0, end: 3 }
const stated = (value: string): Stated => ({ value, at })
const world = { now: new Date('2026-11-24T10:00:00Z'), isInUnion: (place: string) => /^(BE|DE|ES|FR|NL)/.test(place) }
const legs = [
  { role: 'loading' as const, place: 'COBOG' },
  { role: 'transhipment' as const, place: 'USMIA', eta: '2026-11-25T06:00:00Z' },
  { role: 'discharge' as const, place: 'BEBRU', eta: '2026-11-26T06:00:00Z' },
]
const waybill = (from: string, to: string, ...stops: readonly string[]) =>
  [['loading', from], ['discharge', to], ...stops.map((stop) => ['transhipment', stop])].flatMap(([role, place = '']) =>
    place === '' ? [] : [{ role: role as PlaceRole, place: stated(place) }],
  )
const changeOf = (...places: Parameters<typeof waybill>) => changeByWaybill(legs, waybill(...places), world)
const routeOf = (change: ReturnType<typeof changeOf>) => change?.legs.map(({ role, place }) => `${role} ${place}`)

describe('an air waybill', () => {
  it('for another airport of destination is a change, with the time of the last leg carried over while it lies ahead', () => {
    const change = changeOf('BOG', 'AMS')
    expect(change).toMatchObject({ rule: 'discharge', leaves: 'BEBRU', comes: 'NLAMS', etaBasis: 'carried-over' })
    expect(routeOf(change)).toEqual(['loading COBOG', 'transhipment USMIA', 'discharge NLAMS'])
    expect(change?.facts).toEqual([
      { name: 'airport of destination', value: 'AMS', at },
      { name: 'airport of departure', value: 'BOG', at },
    ])
    const later = { ...world, now: new Date('2026-11-27T00:00:00Z') }
    expect(changeByWaybill(legs, waybill('BOG', 'AMS'), later)).toMatchObject({ etaBasis: 'unknown', legs: [{}, {}, { place: 'NLAMS' }] })
    expect(changeByWaybill(legs, waybill('BOG', 'AMS'), later)?.legs[2]).not.toHaveProperty('eta')
  })

  it('by way of another airport of the Union before the first that is named moves the first entry', () => {
    const change = changeOf('BOG', 'BRU', 'MIA', 'FRA')
    expect(change).toMatchObject({ rule: 'first-entry', comes: 'DEFRA', etaBasis: 'unknown' })
    expect(routeOf(change)).toEqual(['loading COBOG', 'transhipment USMIA', 'transhipment DEFRA', 'discharge BEBRU'])
    // Behind the first that is named, it moves nothing; nor does a stop elsewhere.
    const overMadrid = [legs[0]!, { ...legs[1]!, place: 'ESMAD' }, legs[2]!]
    expect(changeByWaybill(overMadrid, waybill('BOG', 'BRU', 'MAD', 'FRA'), world)).toBeUndefined()
    expect(changeByWaybill(overMadrid, waybill('BOG', 'BRU', 'FRA', 'MAD'), world)).toMatchObject({ comes: 'DEFRA' })
    expect(changeOf('BOG', 'BRU', 'PTY')).toBeUndefined()
  })

  it('that names what the itinerary names, an unknown code or nothing is no change', () => {
    for (const [to, ...stops] of [['BRU'], ['BRU', 'MIA'], ['bru'], ['BEBRU'], ['MIA'], ['QQQ'], [''], ['12'], ['BRU', 'QQQ']])
      expect(changeOf('BOG', to ?? '', ...stops), to).toBeUndefined()
    expect(changeByWaybill([], waybill('BOG', 'AMS'), world)).toBeUndefined()
    expect(changeByWaybill(legs.slice(0, 1), waybill('BOG', 'AMS'), world)).toBeUndefined()
  })

  it('is taken at its word where the code is one of UN/LOCODE', () => {
    expect(changeOf('BOG', 'NLAMS')).toMatchObject({ comes: 'NLAMS' })
  })

  it('with a code that several places have means the one of the Union, or none', () => {
    expect(airportPlaces('MST')).toEqual(['BRMST', 'NLMST'])
    expect(changeOf('BOG', 'MST')).toMatchObject({ comes: 'NLMST' })
    expect(changeByWaybill(legs, waybill('BOG', 'MST'), { ...world, isInUnion: () => false })).toBeUndefined()
  })
})

describe('airports', () => {
  it('are places of the list, by the code of the place or of its own column', () => {
    for (const [code, place] of [
      ['BOG', 'COBOG'],
      ['LGG', 'BELGG'],
      ['GYE', 'ECGYE'],
      ['CDG', 'FRCDG'],
      ['ams', 'NLAMS'],
    ])
      expect(airportPlaces(code ?? '')[0], code).toBe(place)
    expect(airportPlaces('BCN')).toEqual(['ESBCN', 'ESEPB'])
    expect(airportPlaces('QQQ')).toEqual([])
  })

  it('of a city are the same under the code of the city, in its country alone', () => {
    expect(isSameAirport('FRPAR', 'CDG')).toBe(true)
    expect(isSameAirport('GBLON', 'LHR')).toBe(true)
    expect(isSameAirport('FRPAR', 'LHR')).toBe(false)
    expect(isSameAirport('FRCDG', 'ORY')).toBe(false)
    expect(isSameAirport('ESMAD', 'BCN')).toBe(false)
  })
})
