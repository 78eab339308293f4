/**
 * A first mapping for a table that nobody has mapped yet: from the words of its headings in seven languages, and from the values of some rows where their form
 * is certain (container numbers, IMO numbers, IBAN, mail addresses, the order of dates). It is a proposal: a person looks at it before anything is read.
 * What is not understood is left out and is then shown as an unmapped column; an order of dates that stays open is left open and named.
 */
import type { Problem } from '#kernel/result/problem.ts'
import { type Column, isCompanyHeading, isPersonHeading, MAIN, understoodColumns } from './csv-columns.ts'
import { detectDateFormat } from './csv-date-format.ts'
import type { EntityMapping, Mapping, PropertyMapping, Row } from './csv-mapping.ts'
import { propertyOf, rangeOf } from './model.ts'

export interface SuggestedMapping {
  readonly mapping: Mapping
  /** What a person must decide: ambiguous dates, rows without a key. */
  readonly problems: readonly Problem[]
}

/** Schemata by the properties that only they have, most telling first. */
const SCHEMA_SIGNS: readonly (readonly [string, readonly string[]])[] = [
  ['Consignment', ['billOfLading', 'declarationNumber', 'goodsDescription', 'bookingNumber', 'hsCode']],
  ['Container', ['containerNumber', 'containerType', 'sealNumber']],
  ['Vessel', ['imoNumber', 'mmsi', 'callSign', 'flag', 'grossRegisteredTonnage']],
  [
    'Person',
    [
      'birthDate',
      'firstName',
      'lastName',
      'passportNumber',
      'gender',
      'birthPlace',
      'deathDate',
      'middleName',
      'fatherName',
      'socialSecurityNumber',
    ],
  ],
  [
    'Company',
    [
      'registrationNumber',
      'leiCode',
      'vatCode',
      'legalForm',
      'incorporationDate',
      'dissolutionDate',
      'isinCode',
      'dunsCode',
      'jurisdiction',
    ],
  ],
  ['BankAccount', ['iban']],
  ['Address', ['postalCode', 'street', 'city']],
]
/** What names a record best, first. */
const KEYS = [
  'id',
  'imoNumber',
  'containerNumber',
  'billOfLading',
  'declarationNumber',
  'leiCode',
  'registrationNumber',
  'vatCode',
  'taxNumber',
  'passportNumber',
  'idNumber',
  'socialSecurityNumber',
  'mmsi',
  'iban',
  'bookingNumber',
]
/** Records of other roles, and how the row relates them with its main record. */
const ROLE_SCHEMATA: Readonly<
  Record<string, { readonly schema: string; readonly edge?: { readonly schema: string; readonly role: string; readonly main: string } }>
> = {
  director: { schema: 'LegalEntity', edge: { schema: 'Directorship', role: 'director', main: 'organization' } },
  owner: { schema: 'LegalEntity', edge: { schema: 'Ownership', role: 'owner', main: 'asset' } },
  shipper: { schema: 'LegalEntity' },
  consignee: { schema: 'LegalEntity' },
  notifyParty: { schema: 'LegalEntity' },
  vessel: { schema: 'Vessel' },
  payer: { schema: 'LegalEntity' },
  beneficiary: { schema: 'LegalEntity' },
}

export function suggestMapping(headers: readonly string[], sampleRows: readonly Row[]): SuggestedMapping {
  const problems: Problem[] = []
  const columns = understoodColumns(headers, sampleRows)
  const roles = new Map<string, Column[]>()
  for (const column of columns) roles.set(column.role, [...(roles.get(column.role) ?? []), column])
  const isPayment = roles.has('payer') && roles.has('beneficiary')
  const main = isPayment ? 'Payment' : mainSchema(roles, headers)
  const entities: Record<string, EntityMapping> = {}
  for (const [role, own] of roles) {
    if (role === MAIN && isPayment) continue
    const schema = role === MAIN ? main : roleSchema(role, own)
    const entity = entityOf(schema, own, { sampleRows, problems })
    if (entity !== undefined) entities[role] = entity
  }
  relate(entities, { main, own: roles.get(MAIN) ?? [], isPayment, sampleRows, problems })
  if (Object.keys(entities).length === 0)
    problems.push({ code: 'record.mapping.no-key', at: 'headers', message: 'No column was understood that names a record.' })
  return { mapping: { entities }, problems }
}

function mainSchema(roles: ReadonlyMap<string, readonly Column[]>, headers: readonly string[]): string {
  const has = new Set((roles.get(MAIN) ?? []).map(({ property }) => property))
  if (roles.has('shipper') || roles.has('consignee')) return 'Consignment'
  const isCompany = headers.some((header) => isCompanyHeading(header)) || roles.has('director')
  const isPerson = headers.some((header) => isPersonHeading(header))
  const scored = SCHEMA_SIGNS.map(([schema, signs], order) => ({
    schema,
    order,
    score:
      signs.filter((sign) => has.has(sign)).length +
      (schema === 'Company' && isCompany ? 2 : 0) +
      (schema === 'Person' && isPerson ? 2 : 0),
  }))
  const best = scored
    .filter(({ score, schema }) => score > 0 && !(schema === 'Address' && has.has('name')))
    .sort((a, b) => b.score - a.score || a.order - b.order)[0]
  return best?.schema ?? (roles.has('vessel') && !has.has('name') ? 'Vessel' : 'LegalEntity')
}

function roleSchema(role: string, columns: readonly Column[]): string {
  const schema = ROLE_SCHEMATA[role]?.schema ?? 'LegalEntity'
  return schema === 'LegalEntity' &&
    columns.some(
      ({ property }) =>
        propertyOf('Person', property) !== undefined &&
        propertyOf('LegalEntity', property) === undefined &&
        propertyOf('Company', property) === undefined,
    )
    ? 'Person'
    : schema
}

interface Sampled {
  readonly sampleRows: readonly Row[]
  readonly problems: Problem[]
}

function entityOf(schema: string, columns: readonly Column[], sampled: Sampled): EntityMapping | undefined {
  const properties = propertiesFor(schema, columns, sampled)
  const keyed = KEYS.map((key) => columns.find(({ property }) => property === key)).find((column) => column !== undefined)
  const named = columns.filter(({ property }) =>
    ['name', 'firstName', 'lastName', 'birthDate', 'street', 'postalCode', 'city'].includes(property),
  )
  const keys = keyed === undefined ? named.map(({ header }) => header) : [keyed.header]
  return keys.length === 0 ? undefined : { schema, keys, properties }
}

function propertiesFor(
  schema: string,
  columns: readonly Column[],
  { sampleRows, problems }: Sampled,
): Readonly<Record<string, PropertyMapping>> {
  const properties: Record<string, PropertyMapping> = {}
  for (const { header, property: meant } of columns) {
    const property = substitute(schema, meant)
    if (property === undefined) continue
    const before = properties[property]
    if (before !== undefined) {
      properties[property] = { ...before, columns: [...(before.columns ?? []), header] }
      continue
    }
    const order = propertyOf(schema, property)?.type === 'date' ? detectDateFormat(sampleRows.map((row) => row[header] ?? '')) : undefined
    if (order?.kind === 'ambiguous')
      problems.push({
        code: 'record.mapping.date-order',
        at: `column ${header}`,
        message: `Dates here can be read as ${order.formats.join(' or ')}; say which.`,
      })
    properties[property] = { column: header, ...(order?.kind === 'format' ? { format: order.format } : {}) }
  }
  const parts = [properties['firstName']?.column, properties['lastName']?.column].filter((column) => column !== undefined)
  if (schema === 'Person' && properties['name'] === undefined && parts.length > 0) properties['name'] = { columns: parts, join: ' ' }
  return properties
}

/** The property of this schema for what the heading means. */
function substitute(schema: string, property: string): string | undefined {
  const known = (name: string): boolean => propertyOf(schema, name)?.isStub === false
  if (known(property)) return property
  const other: Readonly<Record<string, string>> = {
    jurisdiction: 'country',
    nationality: 'country',
    flag: 'country',
    description: 'summary',
    website: 'sourceUrl',
    sector: 'keywords',
    city: 'address',
    taxNumber: 'idNumber',
    vatCode: 'registrationNumber',
  }
  const second = other[property]
  return second !== undefined && known(second) ? second : undefined
}

interface Related extends Sampled {
  readonly main: string
  readonly own: readonly Column[]
  readonly isPayment: boolean
}

/** Adds what relates the records of the row: a property of the main record, or a relation of its own. */
function relate(entities: Record<string, EntityMapping>, { main, own, isPayment, ...sampled }: Related): void {
  const roles = Object.keys(entities).filter((role) => role !== MAIN)
  if (isPayment) {
    if (entities['payer'] === undefined || entities['beneficiary'] === undefined) return
    const ends = { payer: { entity: 'payer' }, beneficiary: { entity: 'beneficiary' } }
    const id = own.find(({ property }) => property === 'id')
    const told = own.filter(({ property }) => ['id', 'date', 'amount'].includes(property)).map(({ header }) => header)
    const keys = id === undefined ? told : [id.header]
    entities['payment'] = {
      schema: 'Payment',
      ...(keys.length === 0 ? {} : { keys }),
      properties: { ...propertiesFor('Payment', own, sampled), ...ends },
    }
    return
  }
  const center = entities[MAIN]
  if (center === undefined) return
  const direct: Record<string, PropertyMapping> = {}
  for (const role of roles) {
    const edge = ROLE_SCHEMATA[role]?.edge
    if (edge === undefined && rangeOf(main, role) !== undefined) direct[role] = { entity: role }
    if (edge === undefined || rangeOf(edge.schema, edge.main) === undefined || !fits(main, edge)) continue
    const about = own.filter(({ property }) => ['percentage', 'role', 'startDate', 'endDate'].includes(property))
    entities[edge.schema.toLowerCase()] = {
      schema: edge.schema,
      properties: { ...propertiesFor(edge.schema, about, sampled), [edge.role]: { entity: role }, [edge.main]: { entity: MAIN } },
    }
  }
  entities[MAIN] = { ...center, properties: { ...center.properties, ...direct } }
}

function fits(main: string, edge: { readonly schema: string; readonly main: string }): boolean {
  const range = rangeOf(edge.schema, edge.main)
  return (
    range !== undefined &&
    (main === range || propertyOf(main, edge.schema === 'Ownership' ? 'ownershipAsset' : 'directorshipOrganization') !== undefined)
  )
}
