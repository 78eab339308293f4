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

it('puts stars in the place of what follows a word for such a number in a remark, in the languages of the ports', () => {
  for (const [remark, seen] of [
    ['PIN 481516', 'PIN ******'],
    ['pin?: ab12', 'pin?: ****'],
    ['PIN4711 VALID', 'PIN**** *****'],
    ['PICK UP NO. IS 48 15 16', 'PICK UP NO. IS ********'],
    ['Pickup-Referenz AB-481516', 'Pickup-******** AB-******'],
    ['AFHAALCODE: XKQZ', 'AFHAALCODE: ****'],
    ['Freistellungsnummer 4815162342', 'Freistellungsnummer **********'],
    ["CODE D?'ENLEVEMENT: 9981", "CODE D?'**********: ****"],
    ['code de l\u00c3\u00a8vement, enl\u00c3\u00a8vement 9981', 'code de l\u00c3\u00a8******, enl\u00c3\u00a8****** ****'],
    ['c\u00f3digo de retirada 77AB', 'c\u00f3digo de ******** ****'],
    ['CODICE RITIRO=ZX81', 'CODICE ******=****'],
    ['senha 0042', 'senha ****'],
  ] as const)
    expect(maskNumbers(`UNH+1'FTX+AAI+++${remark}'LOC+11+BEANR'`)).toBe(`UNH+1'FTX+AAI+++${seen}'LOC+11+BEANR'`)
  expect(maskNumbers('{"pickupCode":"4711","remark":"PIN, at gate 7: 8152","isoCode":"22G1"}')).toBe(
    '{"pickupCode":"****","remark":"PIN, at **** 7: ****","isoCode":"22G1"}',
  )
  expect(maskNumbers('<pin>4711</pin><unit>22G1</unit>')).toBe('<pin>****</pin><unit>22G1</unit>')
})

it('ends at the end of the text, and leaves the name of a box and words that only hold such a word', () => {
  expect(maskNumbers("FTX+AAI+++PIN'LOC+11+BEANR'")).toBe("FTX+AAI+++PIN'LOC+11+BEANR'")
  expect(maskNumbers("FTX+AAI+++PIN FOR CSQU3054383 4711'EQD+CN+CSQU3054383'")).toBe(
    "FTX+AAI+++PIN FOR CSQU3054383 ****'EQD+CN+CSQU3054383'",
  )
  for (const text of ["FTX+AAI+++SPINNING PINE CODEX 4711'", "FTX+AAA+++PLASTICODE 4711'"]) expect(maskNumbers(text)).toBe(text)
})

it('covers what repeats a number anywhere in its message, in that message alone', () => {
  const message = (remark: string, more = '') => `UNH+1+COREOR'BGM+129+R1'RFF+ACW:481516'${more}FTX+AAI+++${remark}'UNT+4+1'`
  const file = `UNB'${message('PIN 481516')}${message('CALL FIRST')}UNZ'`
  const look = (part: string) => {
    const from = file.indexOf(part)
    return maskNumbers(file, { from, to: from + part.length })
  }
  expect(look("RFF+ACW:481516'FTX+AAI+++PIN")).toBe("RFF+ACW:******'FTX+AAI+++PIN")
  const second = file.lastIndexOf('RFF+ACW')
  expect(maskNumbers(file, { from: second, to: second + 14 })).toBe('RFF+ACW:481516')
  // Far from it, beyond what is looked at, and in part of a stretch.
  const far = message('AB', `RFF+RE:XYZ99'${"EQD+CN'".repeat(5000)}`).replace('R1', 'XYZ99')
  expect(maskNumbers(far, { from: 18, to: 28 })).toBe(far.slice(18, 28).replace('XYZ99', '*****'))
  expect(maskNumbers(far, { from: far.indexOf('XYZ99') + 2, to: far.indexOf('XYZ99') + 7 })).toBe("***'R")
  // A word of the remark that is no number is covered in its place only.
  expect(maskNumbers("UNH'LOC+11+BEANR'FTX+AAI+++PIN 4711 AT BEANR'")).toBe("UNH'LOC+11+BEANR'FTX+AAI+++PIN **** AT *****'")
})

it('shows of every stretch what it shows of it in the whole message', () => {
  const text = "UNH+1'BGM+129+R77'RFF+RE:R77X'RFF+ACW:R77X'FTX+AAI+++code 4711 R77X or 48 15 99 pin ZZZZ'NAD+CA+4711:ZZZZ'UNT+1'"
  const whole = maskNumbers(text, { from: 0, to: text.length })
  for (let from = 0; from < text.length; from += 1)
    for (let to = from; to <= text.length; to += 1) expect(maskNumbers(text, { from, to })).toBe(whole.slice(from, to))
})

it('stays quick on a hostile text', () => {
  for (const text of [
    'PIN '.repeat(400_000),
    "RFF+RE:1'".repeat(100_000),
    'CODE 1 1 1 1'.repeat(100_000),
    `PIN ${'1 '.repeat(500_000)}`,
    'UNH'.repeat(400_000),
  ])
    expect(maskNumbers(text, { from: 100, to: 5000 })).toHaveLength(4900)
})
