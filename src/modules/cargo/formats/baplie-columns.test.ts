import { describe, expect, it } from 'vitest'
import { voyageTimes } from '../generator/demonstration.ts'
import { BAPLIE_DIRECTORIES, printBaplie } from '../generator/print-baplie.ts'
import { printInterchange } from '../generator/print-interchange.ts'
import { generateVoyage } from '../generator/voyage.ts'
import { BAD_CHECK_DIGIT, EMPTY, FULL, packCode, readBaplieColumns, unpackCode, VERIFIED_WEIGHT } from './baplie-columns.ts'
import { printContainerKey } from './container-bytes.ts'
import { readBytes } from './reading.fixture.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const times = voyageTimes(new Date('2026-09-01T12:00:00Z'))

describe('BAPLIE as columns', () => {
  it.each(BAPLIE_DIRECTORIES)('%s: says what the sightings say', async (directory) => {
    const voyage = generateVoyage({ seed: 5, containers: 5000, times, faults: { 'wrong-digit': 7 } })
    const bytes = printInterchange({ sender: 'A', recipient: 'B', prepared: times.prepared, reference: '1' }, [
      printBaplie(voyage, directory, '1'),
    ])
    const { messages } = await readBytes(bytes)
    const columns = readBaplieColumns([bytes.subarray(0, 1000), bytes.subarray(1000)])
    const sightings = messages[0]?.equipment ?? []
    expect(columns.count).toBe(sightings.length)
    const flags = (row: number): number => columns.flags[row] ?? 0
    sightings.forEach((sighting, row) => {
      const placeOf = (role: string): string => sighting.places.find((place) => place.role === role)?.place.value ?? ''
      const weight = sighting.weights[0]
      expect({
        container: printContainerKey(columns.key[row] ?? -1).slice(0, 10),
        loading: unpackCode(columns.loading[row] ?? 0),
        discharge: unpackCode(columns.discharge[row] ?? 0),
        isoType: unpackCode(columns.isoType[row] ?? 0),
        position: columns.position[row],
        weight: columns.weight[row],
        isVerified: (flags(row) & VERIFIED_WEIGHT) !== 0,
        fullness: (flags(row) & FULL) !== 0 ? 'full' : (flags(row) & EMPTY) !== 0 ? 'empty' : undefined,
      }).toEqual({
        container: sighting.container.value.slice(0, 10),
        loading: placeOf('loading'),
        discharge: placeOf('discharge'),
        isoType: sighting.isoType?.value,
        position: Number(sighting.stowage?.value ?? 0),
        weight: weight?.kilograms.value,
        isVerified: weight?.kind === 'verified-gross',
        fullness: sighting.fullness,
      })
    })
    expect(columns.flags.filter((flag) => (flag & BAD_CHECK_DIGIT) !== 0)).toHaveLength(messages[0]?.badCheckDigit ?? -1)
  })

  it('keeps numbers outside ISO 6346 aside, and reads only BAPLIE', () => {
    const columns = readBaplieColumns([
      encode(
        "UNH+1+COPRAR:D:00B:UN'EQD+CN+CSQU3054383'UNT+3+1'UNH+2+BAPLIE:D:13B:UN'LOC+147+0010182'EQD+CN+TBN 1'MEA+AAE+G+TNE:2,5'LOC+147+x'EQD+CN'UNT+7+2'",
      ),
    ])
    expect(columns).toMatchObject({ count: 1, others: ['TBN 1'] })
    expect([columns.key[0], columns.position[0], columns.weight[0]]).toEqual([-1, 10182, 2500])
  })

  it('follows equipment that comes before its location', () => {
    const columns = readBaplieColumns([
      encode("UNH+1+BAPLIE:D:15A:UN'EQD+CN+CSQU3054383'LOC+147+0200404'LOC+9+ECGYE'EQD+CN+MSKU9876543'LOC+147+0400204'UNT+7+1'"),
    ])
    expect([...columns.position]).toEqual([200404, 400204])
    expect([...columns.loading].map(unpackCode)).toEqual(['ECGYE', ''])
  })

  it('stops where the scanner refuses', () => {
    expect(readBaplieColumns([encode('nothing')])).toMatchObject({ count: 0, refusal: { code: 'edifact.not-edifact' } })
  })

  it('packs codes of up to five signs', () => {
    for (const code of ['ECGYE', '45R1', '0', 'ZZZZZ', '']) expect(unpackCode(packCode(encode(code), 0, code.length))).toBe(code)
    expect(unpackCode(packCode(encode('**PKG'), 0, 5))).toBe('**PKG')
    expect(packCode(encode('TOOLONG'), 0, 7)).toBe(0)
  })
})
