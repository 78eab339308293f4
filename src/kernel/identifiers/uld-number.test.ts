import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseUldNumber } from './uld-number.ts'

it.each(['AKE12345LH', 'ake 12345 lh', 'PMC-1234-5X', 'AKE1234DLH', 'RKN12345DLH', 'AAP123459W'])('reads %s', (text) => {
  expect(parseUldNumber(text)).toMatchObject({ ok: true, value: text.replace(/[ -]/g, '').toUpperCase() })
})

it.each(['', 'AKE123LH', 'AKE123456LH', 'AK112345', '1KE12345LH', 'AKE1234512', 'AKE12345', 'AKE12345LHAB', 'MSCU6639870', 'АКЕ12345LH'])(
  'refuses %s',
  (text) => {
    expect(parseUldNumber(text)).toMatchObject({ ok: false, problems: [{ code: 'uld-number.format', at: 'uld' }] })
  },
)

it('never throws, and reads again what it gave', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[A-Z]{3} ?[0-9]{4,5} ?[A-Z0-9]{2}$/)), (text) => {
      const read = parseUldNumber(text)
      if (read.ok) expect(parseUldNumber(read.value)).toEqual(read)
    }),
  )
})
