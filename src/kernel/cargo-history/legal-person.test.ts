import { describe, expect, it } from 'vitest'
import { legalPersonKey } from './legal-person.ts'

const key = (name: string, identifier?: string) => legalPersonKey({ name, identifier })

describe('a legal person', () => {
  it.each([
    'GENERATED FRUTAS DEL LITORAL SA',
    'Frutas del Litoral S.A.',
    'CACAO DE LA CUENCA CIA LTDA',
    'NOORDZEE FOODS B.V.',
    'FRUIT IMPORT NV',
    'SEAFOOD TRADING GMBH',
    'EXPORTADORA NUEVA RUTA SAS',
    'ALPHA LIMITED',
    'OOO VOSTOK',
    'BETA LLC',
  ])('is told by its form: %s', (name) => {
    expect(key(name)).toBeDefined()
  })
  it('has one key however it is written', () => {
    expect(key('Noordzee Foods B.V.')).toBe(key('NOORDZEE  FOODS BV'))
    expect(key('Müller & Söhne GmbH')).toBe(key('MULLER AND SOHNE GMBH'))
    expect(key('Noordzee Foods BV')).not.toBe(key('Noordzee Foods NV'))
  })
  it('is told by an identifier of a company', () => {
    expect(key('PUERTO CLARO', 'BE0123456789')).toBe('id be0123456789')
  })
})

it.each([
  'MARIA PEREZ',
  'JOAO DE SA',
  'Ana da Silva',
  'LI NA',
  'PEDRO',
  'SA',
  '',
  'TO ORDER',
  'JUAN PEREZ EXPORTS',
  'Karl Huber e.K.',
  'Chidi Ike',
  'Kenzaburo Oe',
  'Sebastian Saa',
  'X'.repeat(5000),
])('leaves alone what may be a person: %s', (name) => {
  expect(key(name)).toBeUndefined()
})

it('has a key that fits an index, whatever a name is made of', () => {
  expect(key(`${'ﷺ'.repeat(150)} SA`)?.length ?? 0).toBeLessThanOrEqual(170)
  expect(key(`SA ${'ﷺ'.repeat(9)} LIMITED`)?.length ?? 0).toBeLessThanOrEqual(170)
})

it('takes no mark without a digit for an identifier', () => {
  expect(key('PUERTO CLARO', 'UNKNOWN')).toBeUndefined()
})
