/** JSON and XML that are wrong on purpose: each ends with a typed reason and a place, within bounded memory, and nothing outside is opened. */
import { describe, expect, it } from 'vitest'
import { collectMessages } from '../../src/modules/cargo/formats/collect-messages.ts'
import { readJsonCargo } from '../../src/modules/cargo/formats/json-cargo.ts'
import { readXmlCargo } from '../../src/modules/cargo/formats/xml-reader.ts'

const LAUGHS = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">${Array.from({ length: 9 }, (_, index) => `<!ENTITY ${'bcdefghij'[index]} "${`&${'abcdefghi'[index]};`.repeat(10)}">`).join('')}]><CC315A>&j;</CC315A>`
const item = '<GOOITEGDS><IteNumGDS7>1</IteNumGDS7><PACGS2><KinOfPacGS23>AA</KinOfPacGS23></PACGS2></GOOITEGDS>'

describe('XML', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['of a billion laughs', LAUGHS, 'xml.document-type'],
    ['with an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><CC315A>&x;</CC315A>', 'xml.document-type'],
    ['with an external parameter entity', '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x">%x;]><CC315A/>', 'xml.document-type'],
    ['nested a million deep', '<a>'.repeat(1_000_000), 'xml.too-deep'],
    [
      'of a hundred thousand attributes',
      `<CC315A ${Array.from({ length: 100_000 }, (_, index) => `a${index}="1"`).join(' ')}/>`,
      'xml.too-many-attributes',
    ],
    ['of more elements than are read', `<CC315A>${'<a/>'.repeat(500_001)}</CC315A>`, 'xml.too-many-elements'],
    ['of more bytes than are read', Buffer.alloc(33 * 1024 * 1024, 0x20), 'xml.too-large'],
    ['of one endless text', `<CC315A><HEAHEA><RefNumHEA4>${'x'.repeat(3_000_000)}</RefNumHEA4></HEAHEA></CC315A>`, 'xml.text-too-long'],
    ['of bytes that are no UTF-8', Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]), 'charset.invalid-utf-8'],
    ['cut off in the middle', '<CC315A><HEAHEA><RefNu', 'xml.not-well-formed'],
    ['of noise', Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 128)), 'xml.not-well-formed'],
  ])('%s is refused with its byte', async (_, xml, code) => {
    const bytes = typeof xml === 'string' ? Buffer.from(xml) : xml
    const { summary } = await collectMessages(readXmlCargo(bytes))
    expect(summary.refused?.code).toBe(code)
    expect(summary.refused?.at).toMatch(/^byte \d+$/)
    expect(summary.outcomes).toEqual({ accepted: 0, warned: 0, quarantined: 1 })
  })

  it('of far more goods items than are allowed is read, with its findings counted', async () => {
    const { messages, summary } = await collectMessages(readXmlCargo(Buffer.from(`<CC315A>${item.repeat(20_000)}</CC315A>`)))
    expect(summary.outcomes.warned).toBe(1)
    expect(messages[0]?.warnings.map(({ code }) => code)).toContain('warnings.more')
  })

  it('of many containers and seals in many consignments states each once where it stands', async () => {
    const items = Array.from(
      { length: 2000 },
      (_, index) => `<GOOITEGDS><PRODOCDC2><DocTypDC21>N705</DocTypDC21><DocRefDC23>B${index}</DocRefDC23></PRODOCDC2></GOOITEGDS>`,
    )
    const seals = Array.from({ length: 2000 }, (_, index) => `<SEAID529><SeaIdSEAID530>S${index}</SeaIdSEAID530></SEAID529>`)
    const { messages } = await collectMessages(readXmlCargo(Buffer.from(`<CC315A>${items.join('')}${seals.join('')}</CC315A>`)))
    const consignments = messages[0]?.consignments ?? []
    expect(consignments).toHaveLength(2000)
    expect(consignments.flatMap(({ references }) => references.filter(({ code }) => code === 'SN'))).toHaveLength(2000)
  })
})

describe('JSON', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['nested a million deep in lists', '['.repeat(1_000_000), 'json.too-deep'],
    ['nested a million deep in objects', '{"events":['.repeat(1_000_000), 'json.too-deep'],
    ['of more bytes than are read', Buffer.alloc(65 * 1024 * 1024, 0x20), 'json.too-large'],
    ['of more values than one object may have', `{"a":[${'1,'.repeat(600_000)}1]}`, 'json.too-many-values'],
    ['of bytes that are no UTF-8', Buffer.from([0x5b, 0x22, 0xc3, 0x28, 0x22, 0x5d]), 'charset.invalid-utf-8'],
    ['cut off in the middle', '{"transportDocumentReference":"BL', 'json.not-readable'],
    ['of a comment', '{/* */}', 'json.not-readable'],
  ])('%s is refused with its byte', async (_, json, code) => {
    const bytes = typeof json === 'string' ? Buffer.from(json) : json
    const { summary } = await collectMessages(readJsonCargo(bytes))
    expect(summary.refused?.code).toBe(code)
    expect(summary.refused?.at).toMatch(/^byte \d+$/)
    expect(summary.outcomes.quarantined).toBe(1)
  })

  it('with names of the prototype, twice the same name and huge numbers is read and warned', async () => {
    const json = `{"transportDocumentReference":"A","transportDocumentReference":"B","__proto__":{"x":1},"constructor":1,"declaredValue":1e999,"transports":{},"big":${'9'.repeat(400)}}`
    const { messages } = await collectMessages(readJsonCargo(Buffer.from(json)))
    const codes = messages[0]?.warnings.map(({ code }) => code) ?? []
    expect(messages[0]?.consignments.map(({ document }) => document.value)).toEqual(['B'])
    expect(codes).toContain('json.duplicate-name')
    expect(codes.filter((code) => code === 'json.number-too-large')).toHaveLength(2)
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  })

  it('of a bill with tens of thousands of goods and boxes is read', async () => {
    const cargoItems = Array.from({ length: 30_000 }, (_, index) => ({
      equipmentReference: `B${index}`,
      outerPackaging: { numberOfPackages: 1 },
    }))
    const HSCodes = Array.from({ length: 30_000 }, (_, index) => `${100_000 + index}`)
    const bill = { transportDocumentReference: 'A', transports: {}, consignmentItems: [{ HSCodes, cargoItems }] }
    const { messages } = await collectMessages(readJsonCargo(Buffer.from(JSON.stringify(bill))))
    expect(messages[0]?.consignments[0]?.containers).toHaveLength(30_000)
    expect(messages[0]?.consignments[0]?.hsCodes).toHaveLength(30_000)
  })
})
