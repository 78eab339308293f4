import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { bytesOf, readInterchanges } from './control-reading.fixture.ts'
import { MessageCheck } from './group-check.ts'
import { faultText } from './group-fault.ts'
import { Scanner } from './scanner.ts'

const FOLDER = path.resolve(import.meta.dirname, '../../../../shared/data/cargo/edifact')

/** What each file departs from its table, beyond its envelope. Files of types without a table have nothing to depart from but element forms. */
const DEPARTURES: Readonly<Record<string, readonly string[]>> = {
  'indice-co+EDI.Net/test_indice.Edi.Tests_Samples_edifact.D01B.IFCSUM.EDI': [
    'GID (SG25/SG50/GID), element 2, component 2 is too long.',
    'GID (SG25/SG50/GID), element 2, component 2 is too long.',
  ],
  'indice-co+EDI.Net/test_indice.Edi.Tests_Samples_edifact.Issue174.edi': ['TDT, element 6 is too long.'],
  'indice-co+EDI.Net/test_indice.Edi.Tests_Samples_edifact.Issue188.edi': [
    'BGM is missing.',
    'NAD (SG11/NAD) is missing.',
    'BGM is missing.',
    'NAD (SG11/NAD) is missing.',
  ],
  // Written in the manner of older directories under the name of a newer one.
  'nezpik+Pistology-3DBaplie/sample_baplie.txt': [
    ...Array.from({ length: 5 }, () => ['EQD may not stand here.', 'MEA may not stand here.']).flat(),
    'CNT may not stand here.',
    'UNS is missing.',
  ],
  'smooks+smooks-edi-cartridge/edg_src_test_resources_invoic_invoic.txt': ['CUX, element 1 is repeated too often.'],
}

const files = existsSync(FOLDER)
  ? readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(edi|txt|gz)$/i.test(name))
  : []

function bytesOfFile(name: string): Uint8Array {
  const bytes = readFileSync(path.join(FOLDER, name))
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes
}

describe('check of a message', () => {
  it('tells structure and elements with the position in the message', () => {
    const { faults } = readInterchanges(
      bytesOf("UNB+UNOC:3+S+R+260901:0600+7'UNH+1+COREOR:D:95B:UN'BGM'TDT+20'NAD'EQD+CN'RFF+BN:1'XYZ'CNT+1:1'UNT+9+1'UNZ+1+7'"),
    )
    expect(faults).toEqual([
      { code: 'element.missing', position: 4, tag: 'NAD', path: 'SG2/NAD', element: 1 },
      { code: 'segment.unknown', position: 7, tag: 'XYZ', path: '' },
    ])
  })

  it('checks the elements of segments that have no place, and of types without a table', () => {
    const faults: string[] = []
    const check = new MessageCheck({ type: 'IFTERA', directory: 'D95B', report: (fault) => void faults.push(faultText(fault)) })
    expect(check.walk).toBeUndefined()
    expect(check.isCertain).toBe(false)
    const scanner = new Scanner({ segment: (segment) => void check.segment(segment) })
    scanner.push(bytesOf("UNH+1'LOC++NLRTM'"))
    scanner.finish()
    check.end()
    expect(faults).toEqual(['LOC, element 1 is missing.'])
  })
})

describe.skipIf(files.length === 0)('the files of data/cargo/edifact', () => {
  it('are all there', () => expect(files.length).toBeGreaterThanOrEqual(41))

  it.each(files)('%s departs from its table as known', (name) => {
    const read = readInterchanges(bytesOfFile(name))
    expect(read.refusal).toBeUndefined()
    expect(read.outcomes.length).toBeGreaterThan(0)
    expect(read.faults.map(faultText)).toEqual(DEPARTURES[name] ?? [])
  })

  it.each(files.filter((name) => !name.includes('huge')))('%s is read the same in chunks of 1, 7 and 65,536 bytes', (name) => {
    const bytes = bytesOfFile(name)
    const whole = readInterchanges(bytes)
    for (const chunk of [1, 7, 65_536]) expect(readInterchanges(bytes, { chunk })).toEqual(whole)
  })
})
