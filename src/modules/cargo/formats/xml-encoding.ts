/** The character set of an XML document, from its mark or its declaration (XML 1.0, appendix F). UTF-8 and its parts, and Latin-1, are read. */
import { type DecodedText, decodeLatin1, decodeUtf8 } from './xml-text.ts'

/** Declarations are short; what follows them is content. */
const DECLARATION_BYTES = 200
const DECLARATION = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/

export function decodeXml(bytes: Uint8Array): DecodedText {
  if ((bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0xff && bytes[1] === 0xfe)) return refuse('UTF-16')
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const head = Buffer.from(bytes.subarray(hasMark ? 3 : 0, DECLARATION_BYTES)).toString('latin1')
  const stated = DECLARATION.exec(head)?.[1]?.toLowerCase()
  if (hasMark || stated === undefined || stated === 'utf-8' || stated === 'utf8' || stated === 'us-ascii') return decodeUtf8(bytes)
  if (stated === 'iso-8859-1') return decodeLatin1(bytes)
  return refuse(stated)
}

function refuse(name: string): DecodedText {
  const problem = {
    code: 'xml.charset-not-supported',
    at: 'byte 0',
    text: `The character set ${JSON.stringify(name)} is not read; send UTF-8.`,
  }
  return { ok: false, problem }
}
