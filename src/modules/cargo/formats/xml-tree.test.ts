import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { XML_LIMITS } from './xml-limits.ts'
import { readXml, type XmlElement } from './xml-tree.ts'
import { writeXml } from './xml-write.ts'

function refusalOf(xml: string | Uint8Array): string {
  const read = readXml(typeof xml === 'string' ? Buffer.from(xml) : xml)
  return read.ok ? 'read' : `${read.problem.code} ${read.problem.at}`
}

function rootOf(xml: string | Uint8Array): XmlElement {
  const read = readXml(typeof xml === 'string' ? Buffer.from(xml) : xml)
  if (!read.ok) throw new Error(read.problem.text)
  return read.root
}

describe('an XML document', () => {
  it('gives each value with the bytes it stands in, without the blanks around it', () => {
    const xml = Buffer.from('\u{feff}<?xml version="1.0"?><é><b>  ü\u{1f600}x\n</b><b/><b>2</b></é>')
    const [first, second, third] = rootOf(xml).children as [XmlElement, XmlElement, XmlElement]
    expect(xml.subarray(first.start, first.end).toString()).toBe('ü\u{1f600}x')
    expect([second.start, second.text]).toEqual([second.end, ''])
    expect([xml.subarray(third.start, third.end).toString(), third.occurrence, third.ordinal]).toEqual(['2', 3, 4])
  })

  it('is read in Latin-1 when it says so, and refused in what is not read', () => {
    expect(rootOf(Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>\u{fc}ber</a>', 'latin1')).text).toBe('über')
    expect(refusalOf('<?xml version="1.0" encoding="UTF-32"?><a/>')).toBe('xml.charset-not-supported byte 0')
    expect(refusalOf(Buffer.from('\u{feff}<a/>', 'utf16le'))).toBe('xml.charset-not-supported byte 0')
  })

  it('names the first byte that is no UTF-8', () => {
    expect(refusalOf(Buffer.from([0x3c, 0x61, 0x3e, 0xc3, 0xa4, 0xff, 0x3c]))).toBe('charset.invalid-utf-8 byte 5')
    expect(refusalOf(Buffer.concat([Buffer.alloc(70_000, 0x20), Buffer.from([0xe2, 0x82, 0x20])]))).toBe('charset.invalid-utf-8 byte 70000')
  })

  it.each([
    ['with a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'xml.document-type'],
    ['with an external one', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 'xml.document-type'],
    ['with an entity that nobody defined', '<a>&x;</a>', 'xml.not-well-formed'],
    ['that is not closed', '<a><b></b>', 'xml.not-well-formed'],
    ['without an element', '', 'xml.not-well-formed'],
    ['with two roots', '<a/><b/>', 'xml.not-well-formed'],
    ['with a NUL', '<a>\0</a>', 'xml.not-well-formed'],
    ['that is too deep', '<a>'.repeat(1_000_000), 'xml.too-deep'],
    ['with too many attributes', `<a ${Array.from({ length: 65 }, (_, index) => `a${index}=""`).join(' ')}/>`, 'xml.too-many-attributes'],
    ['with a text that is too long', `<a>${'x'.repeat(XML_LIMITS.textLength + 1)}</a>`, 'xml.text-too-long'],
  ])('%s is refused with its byte', (_, xml, code) => {
    expect(refusalOf(xml)).toMatch(new RegExp(`^${code} byte \\d+$`))
  })

  it('beyond the limits of size and count is refused', () => {
    const limits = { ...XML_LIMITS, bytes: 20, elements: 3 }
    const codeOf = (xml: string) => {
      const read = readXml(Buffer.from(xml), limits)
      return read.ok ? 'read' : read.problem.code
    }
    expect(codeOf('<a><b/><c/></a>')).toBe('read')
    expect(codeOf('<a><b/><c/><d/></a>')).toBe('xml.too-many-elements')
    expect(codeOf(`<a>${'x'.repeat(20)}</a>`)).toBe('xml.too-large')
  })

  it('ends in a tree or a placed problem, whatever the bytes are', () => {
    const signs = fc.constantFrom('<', '>', '/', 'a', '&', ';', '"', '=', '!', '[', ']', '-', '?', 'DOCTYPE', 'CDATA', ' ', '\n', 'é')
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 60 }), (pieces) => {
        expect(refusalOf(pieces.join(''))).toMatch(/^(read|[a-z0-9.-]+ byte \d+)$/)
      }),
      { numRuns: 2000 },
    )
  })

  it('that was written is read back with the same texts', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((each) => !/[\p{Cc}\u{fffe}\u{ffff}]/u.test(each))
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (texts) => {
        const read = rootOf(writeXml(['a', texts.map((each) => ['b', each] as const)], 'urn:x&y'))
        expect(read.namespace).toBe('urn:x&y')
        expect(read.children.map((each) => each.text)).toEqual(texts)
      }),
    )
  })

  it('is not written with signs that XML cannot carry', () => {
    expect(() => writeXml(['a', '\u{1}'], 'urn:x')).toThrow('cannot carry')
    expect(() => writeXml(['a b', ''], 'urn:x')).toThrow('no name')
  })
})
