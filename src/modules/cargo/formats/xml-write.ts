/**
 * Elements to XML text. Invariant: what comes out is well-formed; a sign that XML cannot carry is an error of the caller, never dropped.
 */

/** A name with its text or its elements. */
export type XmlNode = readonly [name: string, content: string | readonly XmlNode[]]

const NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/
/** XML 1.0, production 2, as what it does not allow; lone halves of pairs among it. */
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u

export function writeXml([name, content]: XmlNode, namespace: string): string {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>']
  write(lines, { node: [name, content], indent: '', attributes: ` xmlns="${escapeText(namespace)}"` })
  return `${lines.join('\n')}\n`
}

function write(lines: string[], { node, indent, attributes }: { node: XmlNode; indent: string; attributes: string }): void {
  const [name, content] = node
  if (!NAME.test(name)) throw new RangeError(`${JSON.stringify(name)} is no name of an element.`)
  if (typeof content === 'string') {
    lines.push(`${indent}<${name}${attributes}>${escapeText(content)}</${name}>`)
    return
  }
  lines.push(`${indent}<${name}${attributes}>`)
  for (const child of content) write(lines, { node: child, indent: `${indent}  `, attributes: '' })
  lines.push(`${indent}</${name}>`)
}

function escapeText(text: string): string {
  if (NOT_XML.test(text)) throw new RangeError('The text holds a sign that XML cannot carry.')
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\r', '&#13;')
}
