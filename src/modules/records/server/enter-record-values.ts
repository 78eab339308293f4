/**
 * Values as an officer types them: brought to the form of their type, doubtful ones kept with a warning, impossible ones refused with their place. A reference names
 * a record that the desk may read; one that it may not read is refused like one that does not exist.
 */

import { clean } from '#kernel/record/clean.ts'
import { isSecretName } from '#kernel/record/entity.ts'
import { ENTITY_ID } from '#kernel/record/identity.ts'
import { propertyOf } from '#kernel/record/model.ts'
import { onlyCountry } from '#kernel/record/only-country.ts'
import { formatOf } from '#kernel/record/value-identifier.ts'
import type { Problem } from '#kernel/result/problem.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { ProblemRow } from '../contract.ts'
import { parsePhone } from './phone.ts'
import { visibleAmong } from './record-rows-captions.ts'
import { propertiesOf } from './search-doc.ts'
import type { StoredValue } from './tables.ts'

export interface TypedValue {
  readonly prop: string
  readonly value: string
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface CheckedValues {
  readonly values: readonly StoredValue[]
  /** Warnings; they quote nothing of what was typed. */
  readonly problems: readonly ProblemRow[]
}

export async function checkedValues({ tx, facts }: CaseContext, schema: string, typed: readonly TypedValue[]): Promise<CheckedValues> {
  const faults: Problem[] = []
  const problems: ProblemRow[] = []
  const values: StoredValue[] = []
  const references = new Map<string, string>()
  const seen = new Set<string>()
  const country = onlyCountry(schema, propertiesOf(typed.map(({ prop, value }) => [prop, value])))
  for (const [index, { prop, value: given, from, to }] of typed.entries()) {
    const at = `values[${index}]`
    const property = propertyOf(schema, prop)
    if (property === undefined || property.isStub || isSecretName(prop)) {
      faults.push({
        code: 'record.property.unknown',
        at: `${at}.prop`,
        message: `The schema ${schema} has no such property that can be written.`,
      })
      continue
    }
    const isReference = property.type === 'entity'
    if (isReference && !ENTITY_ID.test(given))
      faults.push({ code: 'record.reference', at: `${at}.value`, message: 'There is no such record.' })
    if (from !== undefined && to !== undefined && to.slice(0, from.length) < from.slice(0, to.length))
      faults.push({ code: 'record.period', at: `${at}.to`, message: 'The time ends before it begins.' })
    const cleaned = clean(property.type, given, { format: formatOf(property), parsePhone, country })
    if (cleaned.value === undefined) {
      faults.push({ code: 'record.empty', message: 'There is no value.', ...cleaned.problems.at(-1), at: `${at}.value` })
      continue
    }
    for (const { code, message } of cleaned.problems)
      problems.push({ line: index + 1, at: `${at}.value`, code, severity: 'warning', text: message })
    const key = JSON.stringify([prop, cleaned.value, from, to])
    if (seen.has(key)) {
      problems.push({
        line: index + 1,
        at,
        code: 'record.value.repeated',
        severity: 'warning',
        text: 'The value stands here twice and is kept once.',
      })
      continue
    }
    seen.add(key)
    if (isReference) references.set(cleaned.value, `${at}.value`)
    values.push(stored(prop, cleaned.value, { from, to }))
  }
  const visible = await visibleAmong(tx, facts.authority, { entities: [...references.keys()] })
  for (const [entity, at] of references)
    if (ENTITY_ID.test(entity) && !visible.has(entity)) faults.push({ code: 'record.reference', at, message: 'There is no such record.' })
  if (faults.length > 0) throw new AppError(422, 'records.values', 'A value cannot be taken.', { problems: faults.slice(0, 50) })
  return { values, problems }
}

function stored(
  prop: string,
  value: string,
  { from = null, to = null }: { readonly from: string | null | undefined; readonly to: string | null | undefined },
): StoredValue {
  if (to !== null) return [prop, value, null, from, to]
  return from === null ? [prop, value] : [prop, value, null, from]
}
