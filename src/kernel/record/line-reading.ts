/**
 * Takes the members of a line apart by its schema: values of known properties are kept, all else goes to `context` or to quarantine with its place.
 * Invariant: secret keys are kept nowhere, however deep they lie; of them only the place remains.
 */
import type { Problem } from '#kernel/result/problem.ts'
import type { Json } from '#kernel/seal/canonical-json.ts'
import { holdsSecret, isSecretName, type Quarantined, quarantine, type RecordEntity, withheld } from './entity.ts'
import type { Schema } from './model.ts'

export const MAX_VALUES_OF_PROPERTY = 20_000

export type Members = { readonly [member: string]: Json }

export interface EntityRead {
  readonly kind: 'entity'
  readonly entity: RecordEntity
  readonly problems: readonly Problem[]
  readonly quarantined: readonly Quarantined[]
}

/** What reading of one line has gathered so far. */
export class LineReading {
  readonly problems: Problem[] = []
  readonly quarantined: Quarantined[] = []
  readonly schema: Schema
  readonly place: string

  constructor(schema: Schema, place: string) {
    this.schema = schema
    this.place = place
  }

  warn(at: string, code: string, message: string): void {
    this.problems.push({ code: `record.${code}`, at: this.place + at, message })
  }

  entity(entity: RecordEntity): EntityRead {
    return { kind: 'entity', entity, problems: this.problems, quarantined: this.quarantined }
  }

  properties(members: Members, path: string): Readonly<Record<string, readonly string[]>> {
    const properties: Record<string, readonly string[]> = {}
    for (const name of Object.keys(members)) {
      const given = members[name] as Json
      const at = `${path}.${name.length > 60 ? name.slice(0, 60) : name}`
      const list = Array.isArray(given) ? (given as readonly Json[]) : [given]
      const property = this.schema.properties.get(name)
      if (property === undefined || property.isStub) {
        this.setAside(name, at, list)
        continue
      }
      const values = this.values(list, at, name)
      if (values.length > 0) properties[name] = values
    }
    return properties
  }

  private setAside(name: string, at: string, list: readonly Json[]): void {
    if (isSecretName(name)) this.quarantined.push(withheld(this.place + at, name, list.length))
    else if (this.schema.properties.has(name))
      this.keepAside(
        { at, property: name, code: 'property.stub', message: 'The other end of a relation is written on the record that declares it.' },
        list,
      )
    else
      this.keepAside(
        { at, property: name, code: 'property.unknown', message: `The schema ${this.schema.name} has no such property.` },
        list,
      )
  }

  private values(list: readonly Json[], at: string, property: string): readonly string[] {
    if (list.length > MAX_VALUES_OF_PROPERTY) {
      const message = `A property has at most ${MAX_VALUES_OF_PROPERTY} values; here are ${list.length}.`
      this.keepAside({ at, property, code: 'property.too-many', message }, list.slice(MAX_VALUES_OF_PROPERTY))
    }
    const values = list.slice(0, MAX_VALUES_OF_PROPERTY)
    if (values.every((value) => typeof value === 'string') && (values.length < 2 || new Set(values).size === values.length)) return values
    const kept = new Set<string>()
    for (const [index, value] of values.entries()) {
      const where = `${at}[${index}]`
      if (value === null || typeof value === 'object') {
        const [code, message] =
          value === null
            ? ['value.none', 'There is no value.']
            : ['value.nested', 'A value is a text; an entity in another one is read only on a line of its own.']
        this.keepAside({ at: where, property, code, message }, [value])
        continue
      }
      if (typeof value !== 'string') this.warn(where, 'value.not-text', 'The value was no text and is now.')
      if (kept.has(String(value))) this.warn(where, 'value.repeated', 'The value stands here twice and is kept once.')
      kept.add(String(value))
    }
    return [...kept]
  }

  private keepAside(entry: Omit<Parameters<typeof quarantine>[0], 'value'>, values: readonly Json[]): void {
    const place = { ...entry, at: this.place + entry.at }
    if (values.some((value) => holdsSecret(value))) this.quarantined.push(withheld(place.at, entry.property, values.length))
    else if (values.length === 1) this.quarantined.push(quarantine({ ...place, value: textOf(values[0] ?? null) }))
    else this.quarantined.push({ ...quarantine({ ...place, value: textOf(values) }), count: values.length })
  }

  /** What is neither id, schema nor property. */
  rest(members: Members): { readonly context: Readonly<Record<string, Json>>; readonly datasets?: readonly string[] } {
    const context: [string, Json][] = []
    let datasets: readonly string[] | undefined
    for (const name of Object.keys(members)) {
      if (name === 'id' || name === 'schema' || name === 'properties') continue
      const value = members[name] as Json
      if (isSecretName(name) || (typeof value === 'object' && holdsSecret(value))) this.quarantined.push(withheld(this.place + name, name))
      else if (name !== 'datasets') context.push([name, value])
      else if (Array.isArray(value) && value.every((each) => typeof each === 'string')) datasets = value
      else
        this.quarantined.push(
          quarantine({
            at: `${this.place}datasets`,
            property: 'datasets',
            value: textOf(value),
            code: 'datasets',
            message: 'Data sets are a list of names.',
          }),
        )
    }
    return { context: Object.fromEntries(context), ...(datasets === undefined ? {} : { datasets }) }
  }
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
