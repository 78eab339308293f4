import { describe, expect, it } from 'vitest'
import { civilDay, dayAfter, isDay, isMonth, isPort, monthAfter } from './days.ts'

describe('days and months', () => {
  it('go over the end of a month, of February in a leap year, and of a year', () => {
    expect(dayAfter('2027-03-31', 1)).toBe('2027-04-01')
    expect(dayAfter('2028-02-28', 1)).toBe('2028-02-29')
    expect(dayAfter('2027-01-01', -1)).toBe('2026-12-31')
    expect(monthAfter('2027-11', 3)).toBe('2028-02')
    expect(monthAfter('2027-01', -12)).toBe('2026-01')
  })

  it('are the day of the officer, not of Greenwich', () => {
    const now = Date.UTC(2027, 2, 9, 12)
    const own = new Date(now)
    expect(civilDay(now)).toBe(
      `${own.getFullYear()}-${String(own.getMonth() + 1).padStart(2, '0')}-${String(own.getDate()).padStart(2, '0')}`,
    )
  })

  it('are taken from an address only where they are ones', () => {
    expect(['2027-03-09', '2027-13-40', '9 March', undefined].map(isDay)).toEqual([true, false, false, false])
    expect(['2027-12', '2027-13', '2027'].map(isMonth)).toEqual([true, false, false])
    expect(['BEANR', 'beanr', 'BE1NR', "BEANR' or 1=1"].map(isPort)).toEqual([true, false, false, false])
  })
})
