import { describe, expect, it } from 'vitest'
import { firstImpossible, openTwice } from './journey.ts'
import { landmassOf } from './landmass.ts'

const PLACES = {
  ECGYE: [-2.283, -79.917],
  PAMIT: [9.367, -79.883],
  BEANR: [51.217, 4.4],
  NLRTM: [51.917, 4.5],
} as const
const stop = (code: keyof typeof PLACES, at: string, voyage?: string) => ({
  at: Date.parse(at),
  place: { code, latitude: PLACES[code][0], longitude: PLACES[code][1] },
  ...(voyage === undefined ? {} : { voyage }),
})

describe('how fast a box can be', () => {
  it('counts 25 knots across the ocean: nine days are enough from Guayaquil to Rotterdam, eight and a half are not', () => {
    expect(firstImpossible([stop('ECGYE', '2026-01-01T00:00:00Z'), stop('NLRTM', '2026-01-09T12:00:00Z')])?.kilometres).toBeGreaterThan(
      9500,
    )
    expect(firstImpossible([stop('ECGYE', '2026-01-01T00:00:00Z'), stop('NLRTM', '2026-01-11T00:00:00Z')])).toBeUndefined()
  })
  it('counts 80 km/h and six hours on one mass of land', () => {
    expect(firstImpossible([stop('BEANR', '2026-01-01T00:00:00Z'), stop('NLRTM', '2026-01-01T06:30:00Z')])).toBeDefined()
    expect(firstImpossible([stop('BEANR', '2026-01-01T00:00:00Z'), stop('NLRTM', '2026-01-01T07:15:00Z')])).toBeUndefined()
  })
  it('lets a box stay where it is, and finds the same whatever the order', () => {
    expect(firstImpossible([stop('BEANR', '2026-01-01T00:00:00Z'), stop('BEANR', '2026-01-01T00:00:00Z')])).toBeUndefined()
    const stops = [stop('NLRTM', '2026-01-02T00:00:00Z'), stop('PAMIT', '2026-01-01T00:00:00Z'), stop('BEANR', '2026-03-01T00:00:00Z')]
    expect(firstImpossible(stops)).toEqual(firstImpossible([...stops].reverse()))
  })
})

describe('two journeys at once', () => {
  const passage = { voyage: 'V1', from: Date.parse('2026-01-01T00:00:00Z'), until: Date.parse('2026-01-15T00:00:00Z') }
  it('is a stop on land while the ship is at sea', () => {
    expect(openTwice([passage], [stop('PAMIT', '2026-01-07T00:00:00Z', 'V2')])).toBeDefined()
  })
  it('is not the end of the same passage, nor what lies within the handling around it', () => {
    expect(openTwice([passage], [stop('ECGYE', '2026-01-01T05:00:00Z', 'V2'), stop('BEANR', '2026-01-14T23:00:00Z', 'V1')])).toBeUndefined()
  })
})

it('joins what a lorry can reach and parts what the sea divides', () => {
  expect(landmassOf('ECGYE')).toBe(landmassOf('BRSSZ'))
  expect(landmassOf('BEANR')).toBe(landmassOf('ZADUR'))
  expect(landmassOf('GBFXT')).toBe(landmassOf('NLRTM'))
  expect(landmassOf('DOCAU')).toBe(landmassOf('HTPAP'))
  expect(new Set(['ECGYE', 'BEANR', 'DOCAU', 'AUSYD', 'JPYOK'].map(landmassOf)).size).toBe(5)
})
