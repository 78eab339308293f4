/**
 * What an attribute of a score may be. Every attribute says of what it speaks; nothing speaks of a natural person. An attribute that speaks of a party takes
 * only values that say which kind of party it is, so the key of a natural person cannot come in by a column of mixed parties: it counts as no value.
 * Checked before anything is learned and kept in what was learned; a name that no signal may look at is refused in any spelling. Nationality and origin are
 * those of goods and places only. Source: the list of `kernel/signal`; natural persons' keys: policy.
 */
import type { Problem } from '../result/problem.ts'
import { assertNoPersonalFeature } from '../signal/signal.ts'

export const SUBJECTS = ['consignment', 'goods', 'route', 'equipment', 'facility', 'legal-person'] as const

export interface Attribute {
  /** Letters and digits: `hs6`, `departure`. */
  readonly id: string
  readonly kind: 'category' | 'number'
  readonly speaksOf: (typeof SUBJECTS)[number]
}

/** A party of the consignment, always with its kind. */
export type PartyValue = { readonly kind: 'legal-person'; readonly key: string } | { readonly kind: 'natural-person' }

export type RiskValue = string | number | PartyValue | undefined
export type RiskRow = Readonly<Record<string, RiskValue>>

/** Control characters stand between the values of a pair. */
export const PAIR_SEPARATOR = '\u001F'
const LONGEST_VALUE = 200
const MOST_ATTRIBUTES = 40
const ID = /^[a-z][A-Za-z0-9]{0,39}$/
const PERSON = /person|passport|driver|crew|captain|seafarer|signator|first-?name|given-?name|family-?name|phone|e-?mail/i
const AGE = /^age$|Age$/

export function checkAttributes(attributes: readonly Attribute[]): readonly Problem[] {
  const seen = new Set<string>()
  const problems = attributes.flatMap(({ id, kind, speaksOf }): readonly Problem[] => {
    const fault = (code: string, message: string): Problem[] => [{ code: `risk-attribute.${code}`, at: id, message }]
    if (!ID.test(id)) return fault('id', 'The id of an attribute is letters and digits and begins with a small letter.')
    if (seen.has(id)) return fault('twice', 'Two attributes have this id.')
    seen.add(id)
    if (kind !== 'category' && kind !== 'number') return fault('kind', 'An attribute is a category or a number.')
    if (!SUBJECTS.includes(speaksOf))
      return fault('subject', 'An attribute speaks of goods, a route, equipment, a facility, a consignment or a legal person.')
    if (kind === 'number' && speaksOf === 'legal-person') return fault('kind', 'A party is told apart by its key, not by a number.')
    return isPersonal(id) ? fault('person', 'No score may look at this.') : []
  })
  if (attributes.length <= MOST_ATTRIBUTES) return problems
  return [...problems, { code: 'risk-attribute.too-many', at: '', message: `A score looks at ${MOST_ATTRIBUTES} attributes at most.` }]
}

function isPersonal(id: string): boolean {
  try {
    assertNoPersonalFeature({ id: 'score', inputs: [id] })
  } catch {
    return true
  }
  return PERSON.test(id) || AGE.test(id)
}

/** Nothing is learned from attributes that were not found fair. */
export function assertFair(attributes: readonly Attribute[]): void {
  const [problem] = checkAttributes(attributes)
  if (problem !== undefined) throw new RangeError(`Attribute ${problem.at}: ${problem.message}`)
}

/** The value that may be looked at; undefined where there is none or it is of a natural person; a problem where it has not the shape of its attribute. */
export function valueOf(attribute: Attribute, row: RiskRow): string | number | undefined | Problem {
  const value = Object.hasOwn(row, attribute.id) ? row[attribute.id] : undefined
  if (value === undefined || value === '') return undefined
  const fault = (code: string, message: string): Problem => ({ code: `risk-value.${code}`, at: attribute.id, message })
  if (attribute.kind === 'number')
    return typeof value === 'number' && Number.isFinite(value) ? value : fault('number', 'The value is no finite number.')
  let text: string
  if (attribute.speaksOf === 'legal-person') {
    if (typeof value !== 'object' || value === null) return fault('party', 'A party without its kind is not looked at.')
    if (value.kind !== 'legal-person') return value.kind === 'natural-person' ? undefined : fault('party', 'The party is of no known kind.')
    text = value.key
  } else if (typeof value === 'string') text = value
  else return fault('text', 'The value of a category is a text.')
  if (typeof text !== 'string' || text.length > LONGEST_VALUE) return fault('length', `A value has ${LONGEST_VALUE} characters at most.`)
  return /\p{Cc}/u.test(text) ? fault('control-character', 'A value holds no control characters.') : text === '' ? undefined : text
}

export function isProblem(value: ReturnType<typeof valueOf>): value is Problem {
  return typeof value === 'object'
}
