/**
 * Makes the FollowTheMoney part of the record model and its English texts from the published JSON model (`@alephdata/followthemoney`, MIT, NOTICE).
 * `node tools/generate-record-model.ts` writes them; a test makes them again and compares.
 * Left out: `CryptoWallet.privateKey` (no secret key has a place in a record), descriptions, and stubs, which follow from `reverse`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const SOURCE = fileURLToPath(import.meta.resolve('@alephdata/followthemoney/dist/defaultModel.json'))
const TARGET = path.resolve(import.meta.dirname, '../src/kernel/record')
const WIDTH = 140

export interface PublishedProperty {
  readonly name: string
  readonly label: string
  readonly type: string
  readonly stub?: boolean
  readonly range?: string
  readonly reverse?: string
  readonly format?: string
  readonly matchable?: boolean
  readonly hidden?: boolean
  readonly deprecated?: boolean
  readonly maxLength: number
}

export interface PublishedSchema {
  readonly label: string
  readonly plural: string
  readonly extends: readonly string[]
  readonly schemata: readonly string[]
  readonly abstract?: boolean
  readonly matchable?: boolean
  readonly hidden?: boolean
  readonly generated?: boolean
  readonly deprecated?: boolean
  readonly caption?: readonly string[]
  readonly featured?: readonly string[]
  readonly required?: readonly string[]
  readonly edge?: {
    readonly source: string
    readonly target: string
    readonly directed: boolean
    readonly label: string
    readonly caption?: readonly string[]
  }
  readonly temporalExtent?: { readonly start: readonly string[]; readonly end: readonly string[] }
  readonly properties: Readonly<Record<string, PublishedProperty>>
}

export interface PublishedModel {
  readonly schemata: Readonly<Record<string, PublishedSchema>>
  readonly types: Readonly<
    Record<
      string,
      {
        readonly label: string
        readonly matchable?: boolean
        readonly maxLength: number
        readonly values?: Readonly<Record<string, string>>
      }
    >
  >
}

const LEFT_OUT = new Set(['CryptoWallet:privateKey'])

export function publishedModel(): PublishedModel {
  return JSON.parse(readFileSync(SOURCE, 'utf8')) as PublishedModel
}

export function buildModel(model: PublishedModel): string {
  const schemata = sorted(model.schemata).map(([name, schema]) => schemaText(name, schema, model))
  return [
    '/**',
    ' * FollowTheMoney 3.8.4 as data: 70 schemata with the properties that each declares itself. Made by `tools/generate-record-model.ts`; not edited by hand.',
    ' * Source: npm `@alephdata/followthemoney` 3.8.4, `dist/defaultModel.json` (MIT, Copyright Journalism Development Network, Inc.; NOTICE).',
    ' * Departs from it: `CryptoWallet.privateKey` is left out, since no secret key has a place in a record.',
    ' */',
    '/* oxlint-disable max-lines -- made from data, read by name */',
    "import type { SchemaDefs } from './schema.ts'",
    '',
    'export const FTM_SCHEMATA = {',
    ...schemata,
    '} as const satisfies SchemaDefs',
    '',
  ].join('\n')
}

export function buildCodes(model: PublishedModel): string {
  return [
    '/** Codes of FollowTheMoney 3.8.4 with their English names, as `code=name|…`. Made by `tools/generate-record-model.ts`; not edited by hand. */',
    ...['country', 'language', 'topic'].flatMap((type) => codeText(type, model)),
  ].join('\n')
}

export function buildLabels(model: PublishedModel): string {
  const lines = sorted(model.schemata).flatMap(([name, schema]) => [
    message(`record.schema.${name}`, schema.label),
    message(`record.schemata.${name}`, schema.plural),
    ...(schema.edge === undefined ? [] : [message(`record.edge.${name}`, schema.edge.label)]),
    ...sorted(schema.properties)
      .filter(([property]) => !LEFT_OUT.has(`${name}:${property}`))
      .map(([property, { label }]) => message(`record.property.${name}.${property}`, label)),
  ])
  const types = sorted(model.types).map(([type, { label }]) => message(`record.type.${type}`, label))
  const codes = ['topic', 'gender'].flatMap((type) =>
    sorted(model.types[type]?.values ?? {}).map(([code, label]) => message(`record.${type}.${code}`, label)),
  )
  return [
    '/** English names of the FollowTheMoney part of the record model, as texts of the catalogue. Made by `tools/generate-record-model.ts`; not edited by hand. */',
    '/* oxlint-disable max-lines -- made from data, read by name */',
    'export const ftmLabels = {',
    ...lines,
    ...types,
    ...codes,
    '} as const',
    '',
  ].join('\n')
}

function schemaText(name: string, schema: PublishedSchema, model: PublishedModel): string {
  const properties = sorted(schema.properties).filter(([property, { stub }]) => stub !== true && !LEFT_OUT.has(`${name}:${property}`))
  const { edge, temporalExtent: extent } = schema
  const members: readonly (string | false | undefined)[] = [
    `extends: ${list(schema.extends)}`,
    schema.abstract && 'isAbstract: true',
    schema.matchable && 'isMatchable: true',
    schema.hidden && 'isHidden: true',
    schema.generated && 'isGenerated: true',
    schema.deprecated && 'isDeprecated: true',
    schema.caption !== undefined && schema.caption.length > 0 && `caption: ${list(schema.caption)}`,
    schema.featured !== undefined && schema.featured.length > 0 && long('featured', schema.featured),
    schema.required !== undefined && schema.required.length > 0 && `required: ${list(schema.required)}`,
    edge &&
      `edge: { source: ${quote(edge.source)}, target: ${quote(edge.target)}, isDirected: ${edge.directed}${
        edge.caption !== undefined && edge.caption.length > 0 ? `, caption: ${list(edge.caption)}` : ''
      } }`,
    extent && `extent: { start: ${list(extent.start)}, end: ${list(extent.end)} }`,
  ]
  return [
    `  ${name}: {`,
    ...members.filter((member) => typeof member === 'string').map((member) => `    ${member},`),
    ...(properties.length === 0
      ? ['    properties: {},']
      : ['    properties: {', ...properties.map(([property, def]) => `      ${key(property)}: ${propertyText(def, model)},`), '    },']),
    '  },',
  ].join('\n')
}

function propertyText(def: PublishedProperty, model: PublishedModel): string {
  const type = model.types[def.type]
  const ofType = { isMatchable: type?.matchable === true, maxLength: type?.maxLength ?? 1024 }
  const isMatchable = def.matchable === true
  const members: readonly (string | false | undefined)[] = [
    `type: ${quote(def.type)}`,
    def.range !== undefined && `range: ${quote(def.range)}`,
    def.reverse !== undefined && `reverse: ${quote(def.reverse)}`,
    def.format !== undefined && `format: ${quote(def.format)}`,
    isMatchable !== ofType.isMatchable && `isMatchable: ${isMatchable}`,
    def.hidden && 'isHidden: true',
    def.deprecated && 'isDeprecated: true',
    def.maxLength !== ofType.maxLength && `maxLength: ${def.maxLength}`,
  ]
  return `{ ${members.filter((member) => typeof member === 'string').join(', ')} }`
}

/** Codes of a type as one text, so that they cost no line each: `ad=Andorra|ae=…`. */
function codeText(type: string, model: PublishedModel): readonly string[] {
  const pairs = sorted(model.types[type]?.values ?? {}).map(([code, label]) => `${code}=${label}`)
  return [`export const FTM_${type.toUpperCase()}_CODES =`, `  ${quote(pairs.join('|'))}`, '']
}

function long(name: string, values: readonly string[]): string {
  const line = `${name}: ${list(values)}`
  return line.length + 5 <= WIDTH ? line : `${name}: [\n${values.map((value) => `      ${quote(value)},`).join('\n')}\n    ]`
}

function message(name: string, text: string): string {
  const line = `  ${quote(name)}: ${quote(text)},`
  return line.length <= WIDTH ? line : `  ${quote(name)}:\n    ${quote(text)},`
}

function list(values: readonly string[]): string {
  return `[${values.map((value) => quote(value)).join(', ')}]`
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name)
}

function quote(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\')
  return escaped.includes("'") && !escaped.includes('"') ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))
}

export const MODEL_FILES: Readonly<Record<string, (model: PublishedModel) => string>> = {
  'ftm-model.ts': buildModel,
  'ftm-codes.ts': buildCodes,
  'ftm-labels.en.ts': buildLabels,
}

if (process.argv[1] === import.meta.filename)
  for (const [name, build] of Object.entries(MODEL_FILES)) writeFileSync(path.join(TARGET, name), build(publishedModel()))
