import { expect, it } from 'vitest'
import { asciiDigits } from './digits.ts'

it('reads each digit of Unicode, and nothing else', () => {
  expect(asciiDigits('A١٢٣ ۴۵۶ १२३ ๐๙ ７ 89')).toBe('A123 456 123 09 7 89')
  const runs: string[] = []
  let run = ''
  for (let code = 0; code <= 0x1_ffff; code++) {
    const sign = String.fromCodePoint(code)
    if (/^\p{Nd}$/u.test(sign)) run += asciiDigits(sign)
    else {
      if (run !== '') runs.push(run)
      run = ''
      if (!/^\p{Cs}$/u.test(sign)) expect(asciiDigits(sign)).toBe(sign)
    }
  }
  expect(runs.length).toBeGreaterThan(60)
  expect(runs.filter((digits) => !/^(?:0123456789)+$/.test(digits))).toEqual([])
})
