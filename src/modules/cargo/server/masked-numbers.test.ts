/** Whoever looks at the bytes behind a value sees no number that opens a gate beside it. */
import { expect, it } from 'vitest'
import { maskNumbers } from './masked-numbers.ts'

it('puts stars in the place of a release number, whatever separates it, and of what repeats it', () => {
  expect(maskNumbers("BGM+129+PIN4711+9'RFF+BN:BK1'RFF+RE:PIN4711'NAD+CA'")).toBe("BGM+129+*******+9'RFF+BN:BK1'RFF+RE:*******'NAD+CA'")
  expect(maskNumbers("RFF+ATY:4711:8'RFF*RE|4711*X")).toBe("RFF+ATY:****:8'RFF*RE|*****X")
  expect(maskNumbers("RFF+RE:?'12?+4'EQD+CN+CSQU3054383'")).toBe("RFF+RE:*******'EQD+CN+CSQU3054383'")
  const long = `RFF+RE:${'9'.repeat(70)}'X`
  expect(maskNumbers(long)).toBe(`RFF+RE:${'*'.repeat(70)}'X`)
})

it('changes nothing else and no length', () => {
  for (const text of ["EQD+CN+CSQU3054383+45R1'RFF+BM:BL1'LOC+11+BEANR'", 'RFF', 'RFF+RE:', "RFF+RE:'", 'RE:1234', ''])
    expect(maskNumbers(text)).toBe(text)
  const mixed = "RFF+RE:12'NAD+CA+12'"
  expect(maskNumbers(mixed)).toBe("RFF+RE:**'NAD+CA+12'")
})
