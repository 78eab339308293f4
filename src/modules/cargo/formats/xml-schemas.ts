/**
 * Which schema a message is held against. The schemas of the entry summary declaration ship with the product; those of ICS2 are read from a
 * folder that the operator names, in the tree in which the Commission hands them out.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { EnsMessage } from '#kernel/ens/rule.ts'
import type { XmlSchemaSet } from './xml-schema-check.ts'

const ENS_FOLDER = fileURLToPath(new URL('../reference/xsd/ens/', import.meta.url))
const ENS_PARTS = ['complex_types_ics-v11-2.xsd', 'simple_types-v11-2.xsd', 'tcl-v11-2.xsd', 'doc-v11-2.xsd']
const ENS_ENTRIES: Readonly<Record<EnsMessage, string>> = {
  CC315A: 'CC315A-v11-2.xsd',
  'CC315A-New': 'CC315A-v11-2-New.xsd',
  CC313A: 'CC313A-v11-2.xsd',
  'CC313A-New': 'CC313A-v11-2-New.xsd',
}

export const ICS2_MESSAGES = ['IE4S01', 'IE4S02', 'IE4N09', 'IE4Q07'] as const
export type Ics2Message = (typeof ICS2_MESSAGES)[number]
const ICS2_PARTS = ['ctypes.xsd', 'htypes.xsd', 'stypes.xsd']
/** Where the messages lie below the folder; the folder itself may also be this one. */
const ICS2_BELOW = 'BusinessObjects/ICS/Common/V2'

const read = new Map<string, XmlSchemaSet>()

export function ensSchema(message: EnsMessage): XmlSchemaSet {
  return load(`ens/${message}`, { folder: ENS_FOLDER, entry: ENS_ENTRIES[message], parts: ENS_PARTS })
}

/** Undefined when the folder does not hold the schema. */
export function ics2Schema(message: Ics2Message, folder: string): XmlSchemaSet | undefined {
  const entry = `${message}.xsd`
  const place = [`${folder}/${ICS2_BELOW}/`, `${folder}/`].find((each) => [entry, ...ICS2_PARTS].every((file) => existsSync(each + file)))
  return place === undefined ? undefined : load(`ics2/${message}`, { folder: place, entry, parts: ICS2_PARTS })
}

function load(name: string, { folder, entry, parts }: { folder: string; entry: string; parts: readonly string[] }): XmlSchemaSet {
  const key = folder + name
  const known = read.get(key)
  if (known !== undefined) return known
  const files = Object.fromEntries([entry, ...parts].map((file) => [file, new Uint8Array(readFileSync(folder + file))]))
  const schema = { name, entry, files }
  read.set(key, schema)
  return schema
}
