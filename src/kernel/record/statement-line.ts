/**
 * A statement as FollowTheMoney 4 and nomenklatura write it on a line of its own: one value of one property, with where and when it was seen.
 * The property `id` states that the entity exists at all. Source: nomenklatura, `statement/statement.py`.
 */
import type { Problem } from '#kernel/result/problem.ts'
import type { Json } from '#kernel/seal/canonical-json.ts'
import { ENTITY_ID_FORM, holdsSecret, isEntityId, isSecretName, type RecordEntity } from './entity.ts'
import { propertyOf, schemaOf } from './model.ts'

export interface StatementLine {
  readonly id?: string
  /** The entity as its source names it. */
  readonly entityId: string
  /** The entity it is merged into; the same when it is not. */
  readonly canonicalId?: string
  readonly schema: string
  readonly property: string
  readonly value: string
  readonly dataset?: string
  readonly lang?: string
  readonly originalValue?: string
  readonly firstSeen?: string
  readonly lastSeen?: string
  /** Members that are none of these, as they were. */
  readonly context: Readonly<Record<string, Json>>
}

type Members = { readonly [member: string]: Json }
type Reading =
  | { readonly kind: 'statement'; readonly statement: StatementLine; readonly problems: readonly Problem[] }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }

/** Members that are texts, and ours for them. */
const TEXTS = {
  id: 'id',
  entity_id: 'entityId',
  canonical_id: 'canonicalId',
  schema: 'schema',
  prop: 'property',
  value: 'value',
  dataset: 'dataset',
  lang: 'lang',
  original_value: 'originalValue',
  first_seen: 'firstSeen',
  last_seen: 'lastSeen',
} as const satisfies Readonly<Record<string, keyof StatementLine>>
const NAMES = Object.entries(TEXTS)

export function readStatement(members: Members, lineNumber: number): Reading {
  const refuse = (at: string, code: string, message: string): Reading => ({
    kind: 'refused',
    problems: [{ code: `record.${code}`, at: `line ${lineNumber}, ${at}`, message }],
  })
  if (holdsSecret(members) || (typeof members['prop'] === 'string' && isSecretName(members['prop'])))
    return refuse('prop', 'secret', 'A secret key has no place in a record; it was not kept.')
  const texts: Record<string, string> = {}
  const context: [string, Json][] = []
  for (const [name, value] of Object.entries(members)) {
    const ours = Object.hasOwn(TEXTS, name) ? TEXTS[name as keyof typeof TEXTS] : undefined
    // Null stands for a member that is not there; it is kept so that the line can be printed again.
    if (ours === undefined || value === null) context.push([name, value])
    else if (typeof value === 'string') texts[ours] = value
    else return refuse(name, 'statement.member', `The member ${name} is a text.`)
  }
  const entityId = texts['entityId'] ?? texts['canonicalId']
  const { schema, property, value } = texts
  if (entityId === undefined || !isEntityId(entityId)) return refuse('entity_id', 'id', `A statement names its entity: ${ENTITY_ID_FORM}.`)
  if (schema === undefined || schemaOf(schema) === undefined)
    return refuse('schema', schema === undefined ? 'schema.missing' : 'schema.unknown', 'A statement names a schema of the model.')
  if (property === undefined || value === undefined) return refuse('prop', 'statement.member', 'A statement has a property and a value.')
  const known = propertyOf(schema, property)
  if (property !== 'id' && known === undefined) return refuse('prop', 'property.unknown', `The schema ${schema} has no such property.`)
  if (known?.isStub === true)
    return refuse('prop', 'property.stub', 'The other end of a relation is written on the record that declares it.')
  return {
    kind: 'statement',
    statement: { ...texts, entityId, schema, property, value, context: Object.fromEntries(context) },
    problems: [],
  }
}

export function printStatementLine({ context, ...texts }: StatementLine): string {
  const named = NAMES.flatMap(([name, ours]) => (texts[ours] === undefined ? [] : [[name, texts[ours]] as const]))
  return JSON.stringify({ ...context, ...Object.fromEntries(named) })
}

/** The entity as far as one statement tells of it. */
export function entityOfStatement({ entityId, schema, property, value, dataset }: StatementLine): RecordEntity {
  return {
    id: entityId,
    schema,
    properties: property === 'id' ? {} : { [property]: [value] },
    ...(dataset === undefined ? {} : { datasets: [dataset] }),
    context: {},
  }
}
