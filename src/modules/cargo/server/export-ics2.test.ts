import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reasonCodes } from '../contract.ts'
import { readIcs2 } from '../formats/ics2-read.ts'
import { schemaThread } from '../formats/xml-schema-check.ts'
import { ics2Schema } from '../formats/xml-schemas.ts'
import { readXml } from '../formats/xml-tree.ts'
import { alertCsv } from './export-csv.ts'
import { type AlertFile, alertIcs2 } from './export-ics2.ts'

const SCHEMAS = fileURLToPath(new URL('../../../../../shared/data/cargo/ics2', import.meta.url))
const file: AlertFile = {
  alert: '01a219ef-8f3c-7c87-8103-fbc9f2cffa00',
  issuedAt: '2026-11-24T10:00:00.123Z',
  madeAt: '2026-11-24T10:05:00.000Z',
  originator: { desk: 'ec.pcu.guayaquil', name: 'Port Control Unit Guayaquil', authority: 'ec.pcu', country: 'EC' },
  recipient: { desk: 'it.customs.genoa', name: 'Customs Genoa', authority: 'it.customs', country: 'IT', role: 'involved', place: 'ITGOA' },
  content: {
    subject: { kind: 'container', number: 'MSCU6639870', asStated: false },
    bill: 'TESTBL0001',
    seals: ['SL1'],
    legs: [{ role: 'discharge', place: 'ITGOA', eta: '2026-12-09T06:00:00Z' }],
    reasons: ['seal-anomaly', 'description-anomaly'],
    narrative: '=HYPERLINK("x") seal looks "glued", & <cut>\r\nsecond line',
    requested: 'physical-control',
    evaluation: { source: 'B', info: 2 },
    handling: { H: ['H2'], tlp: 'AMBER', pap: 'AMBER', conditions: [] },
    sources: [
      {
        field: 'seals',
        documentName: 'list.edi',
        segment: 12,
        pointer: { document: 'd', segment: 12, element: 1, component: 1, start: 0, end: 3 },
      },
    ],
  },
}
const withRole = (role: 'responsible' | 'involved', content: Partial<AlertFile['content']> = {}): AlertFile => ({
  ...file,
  recipient: { ...file.recipient, role },
  content: { ...file.content, ...content },
})

const AWB = { kind: 'air-waybill', number: '02012345675', asStated: false } as const
const ULD = { kind: 'unit-load-device', number: 'AKE12345LH', asStated: false } as const
const RED: AlertFile['content']['handling'] = { H: ['H2', 'H3'], tlp: 'RED', pap: 'AMBER', conditions: ['no-cross-match'] }

/** As a desk gets it for which none of the members that can be marked is. */
const { bill: _bill, seals: _seals, narrative: _narrative, sources: _sources, ...withoutMarked } = file.content

describe('an alert as an ICS2 result', () => {
  it.skipIf(!existsSync(SCHEMAS))('is valid against the schema for either role, whatever is said and asked for', async () => {
    const cases = (['responsible', 'involved'] as const).flatMap((role): AlertFile[] => [
      withRole(role),
      withRole(role, { reasons: Object.keys(reasonCodes).slice(0, 6) as AlertFile['content']['reasons'] }),
      withRole(role, { requested: 'do-not-load-advice', narrative: `${'long words '.repeat(180)}end` }),
      { ...withRole(role), content: withoutMarked },
      withRole(role, { subject: AWB, fieldHandling: { narrative: RED, subject: RED } }),
      { ...withRole(role), content: { ...withoutMarked, subject: AWB, requested: 'do-not-load-advice' as const } },
      withRole(role, { subject: ULD }),
      withRole(role, { narrative: '', seals: [], sources: [], handling: { ...file.content.handling, H: ['H3'], conditions: ['Ask us'] } }),
    ])
    for (const each of cases) {
      const schema = ics2Schema(each.recipient.role === 'responsible' ? 'IE4S02' : 'IE4S01', SCHEMAS)
      if (schema === undefined) throw new Error('The schema is missing.')
      expect(await schemaThread.check(schema, Buffer.from(alertIcs2(each)))).toEqual({ checked: true, violations: [], more: 0 })
    }
  })

  it('says what the alert says: reasons with their documents, the box, the bill, what is asked for, and how it is handled', () => {
    const read = readXml(Buffer.from(alertIcs2(file)))
    if (!read.ok) throw new Error(read.problem.text)
    expect(readIcs2(read.root)).toMatchObject({
      unread: [],
      content: {
        message: 'IE4S01',
        memberState: 'IT',
        analyses: [{ results: [{ criterion: 'seal', pointers: ['/list.edi/segment[12]/seals'] }, { criterion: 'description' }] }],
        recommendations: [
          {
            place: 'GOA',
            subject: { document: { number: 'TESTBL0001' }, containers: ['MSCU6639870'] },
            information: [
              { type: 'PHY' },
              { type: 'TXT' },
              { type: 'SEA', text: 'SL1' },
              { type: 'HND', text: 'TLP:AMBER; PAP:AMBER; H2; B2' },
            ],
          },
        ],
      },
    })
  })

  it('names an air waybill as the document and the bill beside it as that of a house, a unit load device as equipment, and the handling of a member', () => {
    const subjectOf = (content: Partial<AlertFile['content']>) => {
      const read = readXml(Buffer.from(alertIcs2(withRole('involved', content))))
      if (!read.ok) throw new Error(read.problem.text)
      const said = readIcs2(read.root)?.content
      if (said?.message !== 'IE4S01') throw new Error('It is another message.')
      return said.recommendations[0]
    }
    expect(subjectOf({ subject: AWB })?.subject).toMatchObject({
      document: { number: '02012345675', type: 'N740' },
      houses: [{ document: { number: 'TESTBL0001', type: 'N703' } }],
      containers: [],
    })
    expect(subjectOf({ subject: ULD })?.subject).toMatchObject({
      document: { number: 'TESTBL0001', type: 'N705' },
      containers: ['AKE12345LH'],
    })
    expect(subjectOf({ fieldHandling: { narrative: RED } })?.information).toContainEqual({
      type: 'HND',
      text: 'narrative: TLP:RED; PAP:AMBER; H2; H3; no-cross-match',
    })
  })

  it('loses no word of a long narrative', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 2000 }), (narrative) => {
        const read = readXml(Buffer.from(alertIcs2(withRole('involved', { narrative }))))
        if (!read.ok) throw new Error(read.problem.text)
        const content = readIcs2(read.root)?.content
        if (content?.message !== 'IE4S01') throw new Error('It is another message.')
        const said = content.recommendations[0]?.information.filter(({ type }) => type === 'TXT').map(({ text }) => text)
        expect(said?.join('').replaceAll(/\s/g, '')).toBe(narrative.replaceAll(/\s/g, ''))
      }),
    )
  })

  it('is refused by name where a name does not fit into the form', () => {
    const long = { ...file, originator: { ...file.originator, authority: 'an.authority.with.a.long.name' } }
    expect(() => alertIcs2(long)).toThrow(/messageSender/)
  })
})

it('is a table that no spreadsheet runs, one line for each seal, leg and reason', () => {
  const csv = alertCsv(file)
  expect(csv).toContain(`narrative,"'=HYPERLINK(""x"") seal looks ""glued"", & <cut>\r\nsecond line"\r\n`)
  expect(csv.match(/^reason,/gm)).toHaveLength(2)
  expect(csv).toContain('container,MSCU6639870\r\nas_stated,no\r\n')
  expect(alertCsv(withRole('involved', { subject: { ...AWB, asStated: true } }))).toContain('air_waybill,020-12345675\r\nas_stated,yes\r\n')
  expect(csv).not.toContain('booking')
  expect(alertCsv({ ...file, content: withoutMarked })).not.toMatch(/bill|seal,|narrative|source/)
})
