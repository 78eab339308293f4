/** Which voyage a message means, however its sender writes the ship. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSameVoyage, voyageName } from './voyage.ts'

const whole = { number: '123N', imo: '9839272', ship: 'Aurora' }

describe('a voyage', () => {
  it('is named by the number of the ship, else by its name, and always by its own number', () => {
    expect(voyageName(whole)).toBe('9839272 123N')
    expect(voyageName({ number: '123n', ship: 'MSC  Aurora' })).toBe('MSC AURORA 123N')
    expect(voyageName({ number: '123N' })).toBe('123N')
    expect(voyageName({ imo: '9839272', ship: 'AURORA' })).toBeUndefined()
    expect(voyageName({ number: '123N', ship: 'A'.repeat(80) })).toBe('123N')
    expect(voyageName({ number: '9'.repeat(41) })).toBeUndefined()
  })

  it('is the same however much of the ship is said, and another as soon as something contradicts', () => {
    for (const name of ['9839272 AURORA 123N', '9839272 123N', 'AURORA 123N', '123N']) {
      for (const stated of [whole, { number: '123N' }, { number: '123n', imo: 'IMO9839272' }, { number: '123N', ship: 'Aurora' }])
        expect(isSameVoyage(name, stated), `${name} ${JSON.stringify(stated)}`).toBe(true)
      expect(isSameVoyage(name, { ...whole, number: '124N' })).toBe(false)
    }
    expect(isSameVoyage('9839272 123N', { ...whole, imo: '9074729' })).toBe(false)
    expect(isSameVoyage('AURORA 123N', { number: '123N', ship: 'BOREALIS' })).toBe(false)
    expect(isSameVoyage('9839272 123N', { imo: '9839272' })).toBe(false)
  })

  it('that was named from a statement is meant by that statement, whatever was written', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (number, imo, ship) => {
        const name = voyageName({ number, imo, ship })
        if (name === undefined) return
        expect(isSameVoyage(name, { number, imo, ship })).toBe(true)
        expect(name).toMatch(/^[A-Z0-9 ./:_-]{1,40}$/)
      }),
    )
  })
})
