import fc from 'fast-check'
import { expect, it } from 'vitest'
import { containerCheckDigit, looksLikeContainerNumber, parseContainerNumber, suggestContainerNumber } from './container-number.ts'

it('accepts numbers of real boxes and refuses a wrong digit with the right one in the message', () => {
  expect(parseContainerNumber('CSQU3054383')).toMatchObject({
    ok: true,
    value: 'CSQU3054383',
    problems: [],
  })
  expect(parseContainerNumber('MSCU6639870').ok).toBe(true)
  expect(parseContainerNumber('MSCU6639871')).toMatchObject({
    ok: false,
    problems: [{ code: 'container-number.check-digit' }],
  })
  expect(parseContainerNumber('MSCU6639871').problems[0]?.message).toContain('it is 0')
  expect(suggestContainerNumber('MSCU 663987-1')).toBe('MSCU6639870')
})

it('reads what paint and paper do to a number, and names a wrong shape', () => {
  expect(parseContainerNumber(' csqu 305438-3 ')).toMatchObject({
    ok: true,
    value: 'CSQU3054383',
  })
  for (const text of ['', 'CSQU305438', 'CSQX3054383', '1SQU3054383', 'CSQU30543833', 'ÇSQU3054383'])
    expect(parseContainerNumber(text)).toMatchObject({
      ok: false,
      problems: [{ code: 'container-number.format' }],
    })
  expect(suggestContainerNumber('not a number')).toBeUndefined()
})

it('warns of the remainder ten', () => {
  expect(parseContainerNumber('ABCU0000070')).toMatchObject({
    ok: true,
    problems: [{ code: 'container-number.ambiguous-digit' }],
  })
})

const firstTen = fc.stringMatching(/^[A-Z]{3}[UJZ][0-9]{6}$/)

it('accepts exactly one digit, which is the one it suggests', () => {
  fc.assert(
    fc.property(firstTen, (ten) => {
      const accepted = [...'0123456789'].filter((digit) => parseContainerNumber(ten + digit).ok)
      expect(accepted).toEqual([String(containerCheckDigit(ten))])
      for (const digit of '0123456789') expect(suggestContainerNumber(ten + digit)).toBe(ten + accepted[0])
    }),
  )
})

it('agrees with the weights written out from the standard', () => {
  const values: Record<string, number> = {}
  let next = 10
  for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
    if (next % 11 === 0) next += 1
    values[letter] = next
    next += 1
  }
  fc.assert(
    fc.property(firstTen, (ten) => {
      const sum = [...ten].reduce((total, sign, index) => total + (values[sign] ?? Number(sign)) * 2 ** index, 0)
      expect(containerCheckDigit(ten)).toBe((sum % 11) % 10)
    }),
  )
})

it('never throws on noise', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (noise) => {
      if (parseContainerNumber(noise).ok) expect(looksLikeContainerNumber(noise)).toBe(true)
    }),
  )
})
