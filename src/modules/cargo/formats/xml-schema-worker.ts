/**
 * The thread that checks a document against its schema. It has no other duty, shares nothing, and may be ended at any time.
 * Invariant: schemas come from the buffers of the request; nothing else is opened, no network, no file.
 */
import { parentPort } from 'node:worker_threads'
import {
  ParseOption,
  XmlBufferInputProvider,
  XmlDocument,
  XmlElement,
  XmlLibError,
  XsdValidator,
  xmlRegisterInputProvider,
} from 'libxml2-wasm'
import type { SchemaReply, SchemaRequest, SchemaViolation } from './xml-schema-check.ts'

const OPTIONS = ParseOption.XML_PARSE_NONET
const compiled = new Map<string, XsdValidator>()
const provider = new XmlBufferInputProvider({})
xmlRegisterInputProvider(provider)

parentPort?.on('message', (request: SchemaRequest) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread has no origin
  parentPort?.postMessage(answer(request) satisfies SchemaReply)
})

function answer({ id, schema, xml, path, limit }: SchemaRequest): SchemaReply {
  try {
    const validator = validatorOf(schema)
    const document = XmlDocument.fromBuffer(xml, { option: OPTIONS })
    try {
      return { id, ...violationsOf(document, { validator, path, limit }) }
    } finally {
      document.dispose()
    }
  } catch (error) {
    return { id, violations: [], more: 0, failure: error instanceof Error ? error.message.slice(0, 300) : 'unknown' }
  }
}

function validatorOf({ name, entry, files }: SchemaRequest['schema']): XsdValidator {
  const known = compiled.get(name)
  if (known !== undefined) return known
  for (const [file, bytes] of Object.entries(files)) provider.addBuffer(`${name}/${file}`, bytes)
  const document = XmlDocument.fromBuffer(files[entry] as Uint8Array, { url: `${name}/${entry}`, option: OPTIONS })
  try {
    const validator = XsdValidator.fromDoc(document)
    compiled.set(name, validator)
    return validator
  } finally {
    document.dispose()
    for (const file of Object.keys(files)) provider.removeBuffer(`${name}/${file}`)
  }
}

function violationsOf(
  document: XmlDocument,
  { validator, path, limit }: { validator: XsdValidator; path: readonly number[]; limit: number },
): Pick<SchemaReply, 'violations' | 'more'> {
  try {
    if (path.length === 0) validator.validate(document)
    else validator.validate(elementAt(document, path))
    return { violations: [], more: 0 }
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error
    const violations = error.details
      .slice(0, limit)
      .map(({ message, line, col }): SchemaViolation => ({ line, column: col, text: message.trim() }))
    return { violations, more: error.details.length - violations.length }
  }
}

/** The element that is reached by its place among the elements of each level. */
function elementAt(document: XmlDocument, path: readonly number[]): XmlElement {
  let element = document.root
  for (const index of path) {
    let seen = -1
    for (let node = element.firstChild; node !== null; node = node.next)
      if (node instanceof XmlElement && ++seen === index) {
        element = node
        break
      }
  }
  return element
}
