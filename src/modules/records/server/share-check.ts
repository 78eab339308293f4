/**
 * Which values of a shared record are of the model, in the form of their type: asked by the desk that passes it on and by the one that takes it, so that what is refused is
 * counted where it leaves. Invariant: each value is kept or refused; one that is kept otherwise than it stood is told.
 */
import { clean } from '#kernel/record/clean.ts'
import { isSecretName } from '#kernel/record/entity.ts'
import { ENTITY_ID } from '#kernel/record/identity.ts'
import { propertyOf } from '#kernel/record/model.ts'
import { formatOf } from '#kernel/record/value-identifier.ts'
import { parsePhone } from './phone.ts'

export interface SharedValue {
  readonly prop: string
  readonly value: string
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly lang?: string | undefined
}

export interface ShareProblem {
  readonly at: string
  readonly text: string
}

export interface CheckedShare {
  readonly values: readonly SharedValue[]
  readonly refused: readonly ShareProblem[]
  readonly told: readonly ShareProblem[]
}

/** Of one record. */
export const MOST_SHARED_VALUES = 20_000

export function checkedShare(schema: string, values: readonly SharedValue[]): CheckedShare {
  const kept: SharedValue[] = []
  const refused: ShareProblem[] = []
  const told: ShareProblem[] = []
  for (const [index, given] of values.entries()) {
    const checked =
      index < MOST_SHARED_VALUES ? checkedValue(schema, given) : refusal('', `A record has at most ${MOST_SHARED_VALUES} values.`)
    const place = ({ at, text }: ShareProblem) => ({ at: `values.${index}${at}`, text })
    if ('text' in checked) refused.push(place(checked))
    else {
      kept.push(checked.value)
      told.push(...checked.told.map(place))
    }
  }
  return { values: kept, refused, told }
}

type Checked = { readonly value: SharedValue; readonly told: readonly ShareProblem[] } | ShareProblem

function checkedValue(schema: string, given: SharedValue): Checked {
  const { prop } = given
  const property = propertyOf(schema, prop)
  if (isSecretName(prop)) return refusal('.prop', 'A secret key has no place in a record; it was not kept.')
  if (property === undefined || property.isStub) return refusal('.prop', `The schema ${schema} has no such property that can be written.`)
  if (property.type === 'entity' && !ENTITY_ID.test(given.value)) return refusal('.value', 'There is no such record.')
  const told: ShareProblem[] = []
  const form = (at: string, type: Parameters<typeof clean>[0], text: string): string | undefined => {
    const { value, problems } = clean(type, text, { format: at === '.value' ? formatOf(property) : undefined, parsePhone })
    // What stays as it stood was told to the desk that stated it.
    if (value !== text) told.push({ at, text: problems.at(-1)?.message ?? 'The value was brought to the form of its type.' })
    return value
  }
  const [value, from, to, lang] = [
    form('.value', property.type, given.value),
    given.from === undefined ? undefined : form('.from', 'date', given.from),
    given.to === undefined ? undefined : form('.to', 'date', given.to),
    given.lang === undefined ? undefined : form('.lang', 'string', given.lang),
  ]
  // A value without its time would say something else.
  if (value === undefined || (given.from !== undefined && from === undefined) || (given.to !== undefined && to === undefined))
    return told.at(-1) ?? refusal('', 'There is no value.')
  const times = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
  return { value: { prop, value, ...times, ...(lang === undefined ? {} : { lang }) }, told }
}

function refusal(at: string, text: string): ShareProblem {
  return { at, text }
}
