import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dayFrom, instantFrom } from './instant.ts'

it('reads every instant that a runtime writes', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2200-01-01T00:00:00Z'), noInvalidDate: true }), (date) => {
      expect(instantFrom(date.toISOString())).toBe(date.getTime())
    }),
  )
})

it('reads offsets, short forms and dates', () => {
  expect(instantFrom('2026-10-30T09:12:00+01:00')).toBe(Date.parse('2026-10-30T08:12:00Z'))
  expect(instantFrom('2026-10-30T09:12-03:30')).toBe(Date.parse('2026-10-30T12:42:00Z'))
  expect(instantFrom('2026-10-30')).toBe(Date.parse('2026-10-30T00:00:00Z'))
})

it.each(['2026-02-30', '2026-13-01', '2026-10-30T24:00:00Z', '2026-10-30T09:60Z', '2026-10-30T09:12:00', '30.10.2026', ''])(
  'takes %s for no instant',
  (text) => {
    expect(instantFrom(text)).toBeUndefined()
  },
)

it('knows leap days', () => {
  expect(dayFrom('2028-02-29')).toBeDefined()
  expect(dayFrom('2026-02-29')).toBeUndefined()
})
