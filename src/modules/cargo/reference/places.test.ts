import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { hasSources, TABLES } from '../../../../tools/build-reference.ts'
import { findGoods, findPlace, placesByText } from './places.ts'

it('knows the ports of the first story, with coordinates that the list states', () => {
  expect(findPlace('BEANR')).toMatchObject({ name: 'Antwerpen', country: 'BE', isPort: true })
  for (const code of ['ECGYE', 'ESALG', 'BEANR', 'COBUN', 'PECLL', 'ITGOA', 'NLRTM', 'DEHAM'])
    expect(findPlace(code)?.latitude, code).toBeTypeOf('number')
  expect(findPlace('XXYYY')).toBeUndefined()
})

it('finds places by code and by name, ports first, whatever the accents', () => {
  expect(placesByText('beanr', 5)[0]).toMatchObject({ code: 'BEANR' })
  expect(placesByText('guayaq', 5)[0]).toMatchObject({ code: 'ECGYE' })
  expect(placesByText('malaga', 20).map((place) => place.code)).toContain('ESAGP')
  expect(placesByText('  ', 5)).toEqual([])
})

it('knows the Harmonized System by chapter, heading and subheading', () => {
  expect(findGoods('080390')).toMatch(/banana/i)
  expect(findGoods('08')).toBeDefined()
  expect(findGoods('998877')).toBeUndefined()
})

it.skipIf(!hasSources).each(Object.entries(TABLES))('%s is what its sources give', (name, build) => {
  expect(readFileSync(path.join(import.meta.dirname, 'data', name), 'utf8') === build()).toBe(true)
})
