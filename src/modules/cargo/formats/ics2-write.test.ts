import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collectMessages } from './collect-messages.ts'
import type { ControlNotice, Ics2Content, RiskAnalysisMessage, WatchMessage } from './ics2-content.ts'
import { readIcs2 } from './ics2-read.ts'
import { writeControlNotice, writeRiskAnalysisResult, writeWatchParameters } from './ics2-write.ts'
import { readXmlCargo } from './xml-reader.ts'
import { schemaThread } from './xml-schema-check.ts'
import { ics2Schema } from './xml-schemas.ts'
import { readXml } from './xml-tree.ts'

const SCHEMAS = fileURLToPath(new URL('../../../../../shared/data/cargo/ics2', import.meta.url))

const HEADER = { messageId: 'M-1', timestamp: '2026-11-24T12:00:00Z', sender: 'EC-GYE', recipient: 'BE-ANR' }
const OPENING = { header: HEADER, function: '9', reference: 'ALERT-1', issuedAt: '2026-11-24T12:00:00Z', memberState: 'BE' }
const RISK: RiskAnalysisMessage = {
  message: 'IE4S01',
  ...OPENING,
  analyst: { name: 'Targeting desk', communication: [{ type: 'EM', identifier: 'desk@example.org' }] },
  analyses: [
    {
      requestReference: 'R1',
      category: 'S',
      results: [
        {
          type: 'S',
          area: 'DRUGS',
          level: 'H',
          criterion: 'I5',
          code: '1',
          text: 'Seal differs: <S1> & <S2>',
          completedAt: '2026-11-24T11:00:00Z',
          pointers: ['/CC315A/SEAID529[1]', '/BAPLIE/SEL[3]'],
        },
        { type: 'S', pointers: [] },
      ],
    },
  ],
  recommendations: [
    {
      place: 'POD',
      subject: {
        document: { number: 'MAEU1', type: 'N705' },
        houses: [{ document: { number: 'H1', type: 'N714' }, containers: ['CSQU3054383'] }],
        containers: ['MSKU0000000'],
      },
      information: [{ type: 'SCN', code: 'X1', text: 'Scan the reefer unit.' }],
    },
  ],
  doNotLoad: { documents: [{ number: 'MAEU1', type: 'N705' }], containers: ['MSKU0000000'] },
}
const NOTICE: ControlNotice = {
  message: 'IE4N09',
  header: HEADER,
  mrn: '26BE00000000000001',
  notifiedAt: '2026-11-24T12:00:00Z',
  scheduledAt: '2026-11-25T08:00:00Z',
  office: 'BE101000',
  document: { number: 'MAEU1', type: 'N705' },
  controls: [{ place: 'Quay 1742', office: 'BE101000', subject: { houses: [], containers: ['CSQU3054383'] } }],
}
const WATCH: WatchMessage = {
  message: 'IE4Q07',
  ...OPENING,
  parameters: [
    {
      combination: 'W1',
      validFrom: '2026-11-24T00:00:00Z',
      validUntil: '2026-12-24T00:00:00Z',
      countries: ['EC', 'BE'],
      transport: { mode: '1', identifier: '9321483', identifierType: '10', conveyance: 'V12' },
      marks: ['BANANA BOX'],
      containers: ['CSQU3054383'],
      parties: [{ name: 'Frutas SA', identifier: 'EC123', role: 'CZ' }],
      masters: [{ number: 'MAEU1', type: 'N705' }],
      houses: [{ number: 'H1', type: 'N714' }],
    },
  ],
}
const WRITTEN: readonly (readonly [string, Ics2Content, string])[] = [
  ['IE4S01', RISK, writeRiskAnalysisResult(RISK)],
  ['IE4S02', { ...RISK, message: 'IE4S02' }, writeRiskAnalysisResult({ ...RISK, message: 'IE4S02' })],
  ['IE4N09', NOTICE, writeControlNotice(NOTICE)],
  ['IE4Q07', WATCH, writeWatchParameters(WATCH)],
]

function contentOf(xml: string): ReturnType<typeof readIcs2> {
  const read = readXml(Buffer.from(xml))
  if (!read.ok) throw new Error(read.problem.text)
  return readIcs2(read.root)
}

describe('an ICS2 message', () => {
  it.each(WRITTEN)('%s is read back as it was written', (_, content, xml) => {
    expect(contentOf(xml)).toEqual({ content, unread: [] })
  })

  it.skipIf(!existsSync(SCHEMAS)).each(WRITTEN)('%s is valid against its schema', async (_, content, xml) => {
    const schema = ics2Schema(content.message, SCHEMAS)
    if (schema === undefined) throw new Error('The schema is missing.')
    expect(await schemaThread.check(schema, Buffer.from(xml))).toEqual({ checked: true, violations: [], more: 0 })
  })

  it('carries a long text and many pointers on in further results, and loses none', () => {
    const result = RISK.analyses[0]?.results[0]
    if (result === undefined) throw new Error('There is a result.')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 2000 }), fc.integer({ min: 0, max: 40 }), (said, count) => {
        const text = said.trim()
        fc.pre(text !== '' && !/[\r\n]/.test(text))
        const pointers = Array.from({ length: count }, (_, index) => `/p[${index}]`)
        const xml = writeRiskAnalysisResult({
          ...RISK,
          analyses: [{ requestReference: 'R', category: 'S', results: [{ ...result, text, pointers }] }],
        })
        const read = contentOf(xml)?.content
        const results = read?.message === 'IE4S01' ? (read.analyses[0]?.results ?? []) : []
        expect(results.flatMap((each) => each.pointers)).toEqual(pointers)
        expect(results.every((each) => each.pointers.length <= 9 && [...(each.text ?? '')].length <= 512 && each.criterion === 'I5')).toBe(
          true,
        )
        expect(
          results
            .map((each) => each.text ?? '')
            .join('')
            .replaceAll(' ', ''),
        ).toBe(text.replaceAll(' ', ''))
      }),
      { numRuns: 200 },
    )
  })

  it.each<[string, () => string]>([
    ['a recipient of a form that is not allowed', () => writeRiskAnalysisResult({ ...RISK, header: { ...HEADER, recipient: 'a b' } })],
    ['no analyst where one is required', () => writeRiskAnalysisResult((({ analyst: _analyst, ...rest }) => rest)(RISK))],
    ['an instant without zone', () => writeControlNotice({ ...NOTICE, notifiedAt: '2026-11-24T12:00:00' })],
    ['watch parameters without any', () => writeWatchParameters({ ...WATCH, parameters: [] })],
    ['a control sign', () => writeControlNotice({ ...NOTICE, mrn: '26BE0000000000000\u{1}' })],
  ])('is not written with %s', (_, write) => {
    expect(write).toThrow(RangeError)
  })

  it('states what is to be controlled as consignments, and watch parameters as none', async () => {
    const { messages } = await collectMessages(readXmlCargo(Buffer.from(WRITTEN[0]?.[2] ?? '')))
    expect(messages[0]).toMatchObject({
      type: 'IE4S01',
      outcome: 'warned',
      warnings: [{ code: 'container-number.check-digit' }, { code: 'container-number.check-digit' }, { code: 'xml.schema-not-checked' }],
    })
    expect(
      messages[0]?.consignments.map(
        ({ document, containers }) => `${document.value}: ${containers.map(({ number }) => number.value).join()}`,
      ),
    ).toEqual(['MAEU1: MSKU0000000', 'H1: CSQU3054383', 'MAEU1: MSKU0000000'])
    const watch = await collectMessages(readXmlCargo(Buffer.from(WRITTEN[3]?.[2] ?? '')))
    expect(watch.messages[0]?.consignments).toEqual([])
  })

  it('names what it does not read', () => {
    const xml = (WRITTEN[3]?.[2] ?? '').replace('<combinationID>', '<somethingNew>1</somethingNew><combinationID>')
    expect(contentOf(xml)?.unread).toEqual(['somethingNew'])
  })
})
