import { expect, it } from 'vitest'
import { etaAt, readEta, UNREADABLE } from './stated-eta.ts'

it.each([
  ['202703101400', '2027-03-10T14:00:00.000Z'],
  ['20270310', '2027-03-10T00:00:00.000Z'],
  ['20280229', '2028-02-29T00:00:00.000Z'],
  [' 20270310 ', '2027-03-10T00:00:00.000Z'],
  ['2027-03-10T14:00:00+01:00', '2027-03-10T13:00:00.000Z'],
  ['2027-03-10T14:00', '2027-03-10T14:00:00.000Z'],
])('reads %s', (text, instant) => expect(readEta(text)?.toISOString()).toBe(instant))

// Two digits for the year, a time of day alone, years that are slips, days and months that are none, and prose.
it.each(['270310', '1030', '00000101', '10300310', '90270310', '20270230', '20270229', '2027-02-30', '20271399', '2027', '', 'tomorrow'])(
  'does not guess at %s',
  (text) => expect(readEta(text)).toBeUndefined(),
)

it('tells what cannot be read from what is not said', () => {
  const places = [{ role: 'next-port', place: { value: 'BEANR' } }]
  expect(etaAt({ places, arrivesAt: { value: '270310' } }, 'BEANR')).toBe(UNREADABLE)
  expect(etaAt({ places, arrivesAt: { value: '270310' } }, 'NLRTM')).toBeUndefined()
  expect(etaAt({ places }, 'BEANR')).toBeUndefined()
})
