import { describe, expect, it } from 'vitest'
import { checkElements, segmentForm } from './group-elements.ts'
import { Scanner } from './scanner.ts'

/** Faults of one segment as `code element.component`. */
function check(text: string, syntax = '3'): string[] {
  const faults: string[] = []
  const scanner = new Scanner({
    segment: (segment) => {
      const form = segmentForm(segment.text(0))
      if (form !== undefined)
        checkElements(segment, form, syntax === '4', (code, element, component, occurrence = 1) => {
          faults.push(`${code} ${element}${component === undefined ? '' : `.${component}`}${occurrence === 1 ? '' : ` x${occurrence}`}`)
        })
    },
  })
  scanner.push(Uint8Array.from(`UNB+UNOC:${syntax}+S+R'${text}'`, (sign) => sign.charCodeAt(0)))
  scanner.finish()
  return faults
}

describe('elements', () => {
  it.each([
    "EQD+CN+MSCU1234566:6346:5+45G1:102:5++3+5'",
    "MEA+AAE+VGM+KGM:26000.5'",
    "MEA+AAE+VGM+KGM:26000,5'",
    "DTM+178'",
    "LOC+147+0010182::5'",
    "GID+1+12345678:CT'",
    "CNT+16:-3'",
    "RFF+BN:0123456789012345678901234567890123456789'",
    "FTX+AAA+++text'",
  ])('takes %s', (text) => {
    expect(check(text.slice(0, -1))).toEqual([])
  })

  it.each([
    ['LOC', ['element.missing 1']],
    ['LOC++NLRTM', ['element.missing 1']],
    ['LOC+9+NLRTM+++Q+extra', ['element.too-many 6']],
    ['LOC+9+NLRTM+++Q+++', []],
    ['LOC+9+NLRTM:139:6:Rotterdam:more', ['element.too-many 2.5']],
    ['LOC+9+NLRTM:139:6:Rotterdam::', []],
    ['LOC+1234+NLRTM', ['element.too-long 1']],
    [`LOC+9+${'N'.repeat(36)}`, ['element.too-long 2.1']],
    [`LOC+9+${'N'.repeat(35)}`, []],
    [`LOC+9+${'?+'.repeat(35)}`, []],
    [`LOC+9+${'?+'.repeat(36)}`, ['element.too-long 2.1']],
    ['DTM', ['element.missing 1']],
    ['DTM+:20260901', ['element.missing 1.1']],
    ['RFF', ['element.missing 1']],
    ['NAD+CN+:160:ZZZ', ['element.missing 2.1']],
    ['TMP+2+abc:CEL', ['element.not-numeric 2.1']],
    ['TMP+2+1.2.3:CEL', ['element.decimal 2.1']],
    ['TMP+2+.5:CEL', ['element.decimal 2.1']],
    ['TMP+2+5.:CEL', ['element.decimal 2.1']],
    ['TMP+2+-18.5:CEL', []],
    ['TMP+2+-123456789012345.:CEL', ['element.decimal 2.1']],
    ['TMP+2+-12345678901234.5:CEL', []],
    ['TMP+2+-1234567890123456:CEL', ['element.too-long 2.1']],
    ['GID+1+123456789:CT', ['element.too-long 2.1']],
    ['UNS+1', ['element.not-alphabetic 1']],
    ['UNS+D', []],
  ])('says of %s: %j', (text, faults) => {
    expect(check(text)).toEqual(faults)
  })

  it('reads repetitions in place in syntax 4, as elements of their own before', () => {
    expect(check('ATT+1+2+a*b*c*d*e', '4')).toEqual([])
    expect(check('ATT+1+2+a*b*c*d*e*f', '4')).toEqual(['element.repeated 3 x6'])
    expect(check(`COM+a:TE*${'b'.repeat(513)}:TE`, '4')).toEqual(['element.too-long 1.1 x2'])
    expect(check('COM+a:TE+b:TE+c:TE')).toEqual([])
    expect(check('COM+a:TE+b:TE+c:TE+d:TE')).toEqual(['element.too-many 4'])
  })

  it('knows nothing of segments that no table has', () => {
    expect(segmentForm('XYZ')).toBeUndefined()
    expect(segmentForm('__proto__')).toBeUndefined()
  })
})
