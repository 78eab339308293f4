import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCargoFile } from './read-cargo-file.ts'
import { gather, inPieces, readText } from './reading.fixture.ts'

const FWB = `QD BRUXXLH
.BOGXXLH 121200
FWB/16
020-12345675BOGBRU/T10K1000.5MC2.5
FLT/LH772/12/LH100/13
RTG/FRALH/BRULH
SHP
NAM/FLORES DE LA SABANA
ADR/CALLE 1
LOC/BOGOTA
/CO/110111/TE/5711234
CNE
/FLOWER IMPORT NV
/QUAY 1
AGT//1234567/8901
/FORWARDING AGENT
/BOGOTA
RTD/1/P10/K1000.5/CQ/W1000/R2.5/T2500
/NG/CUT FLOWERS
/2/NH/060311
/3/NU/AKE12345LH
SPH/PER/EAP
`
const FHL = `FHL/4
MBI/020-12345675BOGBRU/T10K1000.5
HBS/HOUSE1/BOGBRU/4/K400.0/4/ROSES
/PER
TXT/FRESH CUT ROSES
HTS/060311
SHP
/GROWER ONE
CNE
/SHOP ONE
HBS/HOUSE2/BOGBRU/6/L1000/6/CARNATIONS
SHP
/GROWER TWO
`

describe('air waybills', () => {
  it('reads a waybill: route, flight, parties, goods, weight, handling', async () => {
    const { messages, warnings, summary } = await readText(FWB)
    expect(summary).toMatchObject({ format: 'air', messages: 1, consignments: 1, outcomes: { accepted: 1 } })
    expect(warnings.map(({ code }) => code)).toEqual(['air.outside-message'])
    expect(messages[0]).toMatchObject({
      type: 'FWB',
      directory: '16',
      voyage: { voyageNumber: { value: 'LH772' }, carrier: { value: 'LH' } },
      consignments: [
        {
          kind: 'air-waybill',
          document: { value: '020-12345675' },
          references: [{ code: 'AWB' }, { code: 'ULD', number: { value: 'AKE12345LH' } }],
          places: [
            { role: 'loading', place: { value: 'BOG' } },
            { role: 'discharge', place: { value: 'BRU' } },
            { role: 'transhipment', place: { value: 'FRA' } },
          ],
          parties: [
            { role: 'consignor', name: { value: 'FLORES DE LA SABANA' } },
            { role: 'consignee', name: { value: 'FLOWER IMPORT NV' } },
            { role: 'forwarder', name: { value: 'FORWARDING AGENT' } },
          ],
          goods: [{ value: 'CUT FLOWERS' }],
          hsCodes: [{ value: '060311' }],
          packages: { value: 10 },
          weights: [{ kind: 'consignment-gross', kilograms: { value: 1000.5 } }],
          handling: [{ value: 'PER' }, { value: 'EAP' }],
        },
      ],
    })
  })

  it('reads a house list: one consignment per house under its master, pounds as kilograms', async () => {
    const { messages } = await readText(FHL)
    expect(messages[0]?.consignments).toMatchObject([
      {
        kind: 'house-waybill',
        document: { value: 'HOUSE1' },
        references: [{ code: 'HWB' }, { code: 'MWB', number: { value: '020-12345675' } }],
        goods: [{ value: 'ROSES' }, { value: 'FRESH CUT ROSES' }],
        hsCodes: [{ value: '060311' }],
        parties: [{ name: { value: 'GROWER ONE' } }, { name: { value: 'SHOP ONE' } }],
        handling: [{ value: 'PER' }],
      },
      { document: { value: 'HOUSE2' }, packages: { value: 6 }, weights: [{ kilograms: { value: 453.59237 } }] },
    ])
    expect(messages[0]?.consignments[1]).not.toHaveProperty('handling')
  })

  it('points from every value to its bytes, with any line end', async () => {
    for (const text of [FWB, FHL, FWB.replaceAll('\n', '\r\n')]) {
      const { messages } = await readText(text)
      const stated = JSON.stringify(messages).matchAll(/"value":"([^"]*)","at":\{[^}]*"start":(\d+),"end":(\d+)\}/g)
      let count = 0
      for (const [, value, start, end] of stated) {
        count++
        expect(text.slice(Number(start), Number(end))).toBe(value)
      }
      expect(count).toBeGreaterThan(10)
    }
  })

  it('warns of a check digit, an odd version and an unreadable weight, and refuses none of them', async () => {
    const { messages } = await readText('FWB/30\n020-12345674BOGBRU/T1X\nSHP\n/A')
    expect(messages[0]).toMatchObject({ outcome: 'warned', consignments: [{ document: { value: '020-12345674' } }] })
    expect(messages[0]?.warnings.map(({ code, at }) => `${code} ${at}`)).toEqual([
      'air.version line 1',
      'awb-number.check-digit line 2, field 0',
      'air.quantity line 2, field 1',
    ])
  })

  it('reads past a byte order mark', async () => {
    expect((await readText(`\ufeff${FHL}`)).summary).toMatchObject({ messages: 1, consignments: 2, warnings: 0 })
  })

  it('quarantines a message without a waybill number', async () => {
    const { messages, summary } = await readText('FWB/16\nNOTHING\n')
    expect([messages[0]?.outcome, summary.outcomes.quarantined]).toEqual(['quarantined', 1])
  })

  it('tells the same whatever the chunks, also where a line is too long', async () => {
    const bytes = new TextEncoder().encode(`${FWB}/NG/${'X'.repeat(9000)}\n/NG/LAST\n${FHL}`)
    const whole = await gather(readCargoFile(inPieces(bytes)))
    expect(whole.filter(({ kind }) => kind === 'warning')).toHaveLength(2)
    for (const size of [1, 7, 1000]) expect(await gather(readCargoFile(inPieces(bytes, size)))).toEqual(whole)
  })

  it('gives every message one outcome, whatever the lines hold', async () => {
    const line = fc.oneof(
      fc.constantFrom(...FWB.split('\n'), ...FHL.split('\n')),
      fc.string({ maxLength: 40 }),
      fc.stringMatching(/^[A-Z]{3}(\/[A-Z0-9]{0,6}){0,5}$/),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 40 }), async (lines) => {
        const { messages, summary } = await readText(`FWB/16\n${lines.join('\n')}`)
        expect(summary.outcomes.accepted + summary.outcomes.warned + summary.outcomes.quarantined).toBe(messages.length)
        expect(summary.messages).toBe(messages.length)
      }),
      { numRuns: 300 },
    )
  })
})
