/**
 * Documents of DCSA against their schemas. An error is a warning with the place in the document; nothing is refused for it.
 * Invariant: work is bounded: large documents are told to be unchecked, and only small ones are asked for all their errors.
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { IntakeProblem } from '../model.ts'
import type { JsonNode } from './json-reader.ts'

const SCHEMAS = new URL('dcsa-schemas.json.gz', import.meta.url)
/** Beyond it a document is not checked; beyond the second, checking ends at the first error. */
const MOST_BYTES = 4 * 1024 * 1024
const ALL_ERRORS_BYTES = 256 * 1024
const ERRORS_TOLD = 200

interface Schemas {
  readonly kinds: Readonly<Record<string, string>>
  readonly $defs: Readonly<Record<string, object>>
}

let compilers: { readonly kinds: Schemas['kinds']; readonly all: Ajv; readonly first: Ajv } | undefined
const compiled = new Map<string, ValidateFunction>()

/** `json` is the text of the node; `pointer` where it stands in the document. */
export function checkDcsa(kind: string, node: JsonNode, { json, pointer }: { json: string; pointer: string }): IntakeProblem[] {
  const size = node.end - node.start
  if (size > MOST_BYTES)
    return [{ code: 'json.schema-not-checked', at: `byte ${node.start}`, text: `The schema is not checked beyond ${MOST_BYTES} bytes.` }]
  const validate = validatorOf(kind, size <= ALL_ERRORS_BYTES)
  if (validate(JSON.parse(json))) return []
  const errors = (validate.errors ?? []).filter((error) => error.keyword !== 'if')
  const told = errors.slice(0, ERRORS_TOLD).map((error) => warningOf(error, node, pointer))
  if (errors.length > told.length)
    told.push({ code: 'json.schema-more', at: 'message', text: `${errors.length - told.length} more errors are not listed.` })
  return told
}

function validatorOf(kind: string, wantsAll: boolean): ValidateFunction {
  const key = `${kind} ${wantsAll}`
  const known = compiled.get(key)
  if (known !== undefined) return known
  compilers ??= load()
  const name = compilers.kinds[kind]
  if (name === undefined) throw new Error(`There is no schema of ${kind}.`)
  const validate = (wantsAll ? compilers.all : compilers.first).compile({ $ref: `dcsa#/$defs/${name}` })
  compiled.set(key, validate)
  return validate
}

function load(): NonNullable<typeof compilers> {
  const { kinds, $defs } = JSON.parse(gunzipSync(readFileSync(SCHEMAS)).toString('utf8')) as Schemas
  const make = (allErrors: boolean) => {
    const ajv = new Ajv({ allErrors, strict: false, validateSchema: false, logger: false, inlineRefs: false })
    // The package is written for both module systems, its types for one.
    ;(addFormats as unknown as (target: Ajv, options: object) => void)(ajv, { mode: 'fast' })
    ajv.addSchema({ $id: 'dcsa', $defs })
    return ajv
  }
  return { kinds, all: make(true), first: make(false) }
}

function warningOf({ instancePath, keyword, message, params }: ErrorObject, node: JsonNode, pointer: string): IntakeProblem {
  const place = nodeAt(node, instancePath)
  const detail =
    keyword === 'enum' ? '' : keyword === 'additionalProperties' ? ` (${String(params['additionalProperty']).slice(0, 60)})` : ''
  const at = shown(`byte ${place.start}, ${`${pointer}${instancePath}`.slice(0, 200) || '/'}`)
  return { code: 'json.schema', at, text: shown(`The value ${message ?? 'does not fit the schema'}${detail}.`.slice(0, 300)) }
}

/** Names come from the document: a NUL or half of a pair in one must not reach a store that knows neither. */
function shown(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\u{fffd}')
}

/** The node that a JSON pointer names, or the last one on its way. */
function nodeAt(node: JsonNode, pointer: string): JsonNode {
  let place = node
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    const next = place.kind === 'object' ? place.members.get(name) : place.kind === 'array' ? place.items[Number(name)] : undefined
    if (next === undefined) return place
    place = next
  }
  return place
}
