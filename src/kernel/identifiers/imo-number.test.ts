import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseImoNumber, suggestImoNumber } from './imo-number.ts'

it('accepts real ships and names the reason for each refusal', () => {
  expect(parseImoNumber('9454436')).toMatchObject({
    ok: true,
    value: '9454436',
  })
  expect(parseImoNumber('IMO 9074729').ok).toBe(true)
  expect(parseImoNumber('945443')).toMatchObject({
    problems: [{ code: 'imo-number.format' }],
  })
  expect(parseImoNumber('0000000')).toMatchObject({
    problems: [{ code: 'imo-number.none' }],
  })
  expect(parseImoNumber('9454437')).toMatchObject({
    problems: [{ code: 'imo-number.check-digit' }],
  })
  expect(suggestImoNumber('9454437')).toBe('9454436')
  expect(suggestImoNumber('abc')).toBeUndefined()
})

it('accepts exactly one check digit, and never throws', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[1-9][0-9]{5}$/), fc.string(), (six, noise) => {
      expect([...'0123456789'].filter((digit) => parseImoNumber(six + digit).ok)).toHaveLength(1)
      parseImoNumber(noise)
    }),
  )
})
