/**
 * Brings every value of a record to the form of its type. In = accepted + warned + quarantined: each value counts once.
 * A value that comes to the same form as another one of its property is warned of and kept once.
 */
import type { Problem } from '#kernel/result/problem.ts'
import { clean } from './clean.ts'
import { type Quarantined, quarantine, type RecordEntity } from './entity.ts'
import { propertyOf } from './model.ts'
import { onlyCountry } from './only-country.ts'
import type { PhoneParser } from './value-contact.ts'
import { formatOf } from './value-identifier.ts'

export interface CleanEntityOptions {
  readonly parsePhone?: PhoneParser
  /** Stands before every place: `line 12, `. */
  readonly place?: string
}

export interface CleanEntity {
  readonly entity: RecordEntity
  readonly problems: readonly Problem[]
  readonly quarantined: readonly Quarantined[]
  readonly counts: { readonly accepted: number; readonly warned: number; readonly quarantined: number }
}

export function cleanEntity(entity: RecordEntity, { parsePhone, place = '' }: CleanEntityOptions = {}): CleanEntity {
  const cleaning: Cleaning = { entity, place, parsePhone, problems: [], quarantined: [], warned: 0, accepted: 0 }
  const properties: Record<string, readonly string[]> = {}
  for (const name of Object.keys(entity.properties)) {
    const kept = cleanProperty(name, entity.properties[name] ?? [], cleaning)
    if (kept.length > 0) properties[name] = kept
  }
  const { problems, quarantined, accepted, warned } = cleaning
  return { entity: { ...entity, properties }, problems, quarantined, counts: { accepted, warned, quarantined: quarantined.length } }
}

interface Cleaning {
  readonly entity: RecordEntity
  readonly place: string
  readonly parsePhone: PhoneParser | undefined
  readonly problems: Problem[]
  readonly quarantined: Quarantined[]
  accepted: number
  warned: number
}

function cleanProperty(name: string, values: readonly string[], cleaning: Cleaning): readonly string[] {
  const { entity, parsePhone } = cleaning
  const property = propertyOf(entity.schema, name)
  if (property === undefined || property.isStub) {
    const message = `The schema ${entity.schema} has no such property.`
    for (const [index, value] of values.entries())
      cleaning.quarantined.push(
        quarantine({ at: placeOf(cleaning, name, index), property: name, value, code: 'property.unknown', message }),
      )
    return []
  }
  const country = property.type === 'phone' && parsePhone !== undefined ? onlyCountry(entity.schema, entity.properties) : undefined
  const options = { format: formatOf(property), parsePhone, country }
  const kept: string[] = []
  // Most properties have one value.
  const seen = values.length > 1 ? new Set<string>() : undefined
  for (let index = 0; index < values.length; index++) {
    const given = values[index] as string
    const { value, problems } = clean(property.type, given, options)
    if (value === undefined) {
      // The last problem is the one for which the value cannot stay; the others are of its signs.
      const problem = problems.at(-1) ?? { code: 'record.empty', message: 'There is no value.' }
      const at = placeOf(cleaning, name, index)
      const aside = quarantine({ at, property: name, value: given, code: '', message: '' })
      cleaning.quarantined.push({ ...aside, problem: { ...problem, at } })
      continue
    }
    for (const problem of problems) cleaning.problems.push({ ...problem, at: placeOf(cleaning, name, index) })
    const isRepeated = seen?.has(value) === true
    if (isRepeated)
      cleaning.problems.push({
        code: 'record.value.repeated',
        at: placeOf(cleaning, name, index),
        message: 'Brought to one form the value stands here twice; it is kept once.',
      })
    else kept.push(value)
    seen?.add(value)
    if (isRepeated || problems.length > 0) cleaning.warned += 1
    else cleaning.accepted += 1
  }
  return kept
}

function placeOf({ place }: Cleaning, property: string, index: number): string {
  return `${place}properties.${property.slice(0, 60)}[${index}]`
}
