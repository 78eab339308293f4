/**
 * What speaks for and against two names being one, as numbers: each feature is a count, a sum of edits or a statement (0 or 1), with the words it is about. Their
 * weighted sum is the log-odds of the comparison; the weights stand in name-weights.ts. Invariant: a feature depends on the two names alone, not on their order.
 */

import { GIVEN_NAMES } from './lexicon-person.ts'
import type { NameToken, PreparedName } from './name.ts'
import { assign } from './name-assignment.ts'
import { DIFFERENT, type PairKind, tokenCost } from './name-cost.ts'
import { type JoinedToken, joinRuns } from './name-join.ts'

/** In the order of the weights. The names are the codes of the steps. */
export const FEATURES = [
  'base',
  'match-first',
  'match-second',
  'match-third',
  'edit',
  'edits-beyond-one',
  'edits-beyond-two',
  'edit-share',
  'different',
  'different-more',
  'different-near',
  'initial',
  'initial-only',
  'nickname',
  'joined',
  'acronym',
  'scrambled',
  'letters-lost',
  'extra',
  'extra-second',
  'extra-more',
  'lone-word',
  'titled-name',
  'form-different',
  'form-missing',
  'place-extra',
  'place-different',
  'number-extra',
  'number-different',
  'common-extra',
  'common-different',
  'order',
  'order-of-given-names',
  'father-for-son',
  'sign-different',
  'short',
  'unmatched-share',
  'across-scripts',
] as const
export type Feature = (typeof FEATURES)[number]

/** The place of each feature in the list of weights. */
const PLACE_OF = Object.fromEntries(FEATURES.map((feature, at) => [feature, at])) as Readonly<Record<Feature, number>>

/** One thing that was found, with the words it is about. */
export interface Finding {
  readonly feature: Feature
  readonly value: number
  readonly left: string
  readonly right: string
}

type Words = readonly [NameToken | undefined, NameToken | undefined]

const SIZE = 32
// Written over in each call: nothing is kept between calls.
const costs = new Float64Array(SIZE * SIZE)
const kinds: PairKind[] = Array.from({ length: SIZE * SIZE }, () => 'different')
const columnOf = new Int32Array(SIZE)
const isTaken = new Uint8Array(SIZE)
const values = new Float64Array(FEATURES.length)
/** How much a pair of words out of step costs, so that of equal pairs the one in place is taken. */
const OUT_OF_PLACE = 0.001

/** The features of a pair, in the order of FEATURES; the array is written over by the next call. Findings are listed when asked for. */
export function measure(a: PreparedName, b: PreparedName, findings?: Finding[]): Float64Array {
  values.fill(0)
  const add = (feature: Feature, value: number, words?: Words): void => {
    if (value === 0) return
    values[PLACE_OF[feature]] = (values[PLACE_OF[feature]] ?? 0) + value
    findings?.push({ feature, value, left: words?.[0]?.text ?? '', right: words?.[1]?.text ?? '' })
  }
  add('base', 1)
  const { left, right } = joinRuns(a, b)
  const isFlipped = left.length > right.length
  const rows = isFlipped ? right : left
  const columns = isFlipped ? left : right
  if (rows.length === 0) return values
  fill(rows, columns)
  assign(costs, rows.length, { columns: columns.length, columnOf })
  isTaken.fill(0, 0, columns.length)

  let matched = 0
  let full = 0
  let letters = 0
  let lost = 0
  let edits = 0
  let different = 0
  let across = 0
  for (const [at, row] of rows.entries()) {
    const column = columns[columnOf[at] ?? 0]
    if (column === undefined) continue
    isTaken[columnOf[at] ?? 0] = 1
    const cost = costs[at * columns.length + (columnOf[at] ?? 0)] ?? DIFFERENT
    const kind = kinds[at * columns.length + (columnOf[at] ?? 0)] ?? 'different'
    const words: Words = isFlipped ? [column, row] : [row, column]
    const length = Math.max(row.codes.length, column.codes.length)
    if (kind === 'different' || kind === 'native-different') {
      lost += length
      const isNumber = row.tag === 'number' || column.tag === 'number' || row.tag === 'ordinal' || column.tag === 'ordinal'
      if (kind === 'native-different') add('sign-different', 1, words)
      else if (isNumber) add('number-different', 1, words)
      else {
        if (row.tag === 'place' && column.tag === 'place') add('place-different', 1, words)
        else if (row.tag === 'common-word' && column.tag === 'common-word') add('common-different', 1, words)
        add(different === 0 ? 'different' : 'different-more', 1, words)
        add('different-near', (DIFFERENT - Math.min(cost, DIFFERENT)) / 2, words)
        different += 1
      }
      continue
    }
    matched += 1
    letters += Math.min(row.codes.length, column.codes.length)
    if (kind === 'initial') add('initial', 1, words)
    else full += 1
    add(matched === 1 ? 'match-first' : matched === 2 ? 'match-second' : 'match-third', matched > 4 ? 0 : 1, words)
    if (kind === 'nickname') add('nickname', 1, words)
    else if (kind === 'scrambled' || kind === 'letters-lost') add(kind, 1, words)
    else if (kind === 'near' || kind === 'sounds-alike' || (kind === 'equal' && cost > 0.05)) {
      // Spelling in another script is guesswork: it counts half where many edits are held against a pair.
      const isAcross = row.script !== column.script
      edits += isAcross ? cost / 2 : cost
      if (isAcross) across += cost
      add('edit', cost, words)
      add('edit-share', cost / length, words)
    }
    if (row.tag === 'number' && column.tag === 'number' && row.value !== column.value) add('number-different', 1, words)
    const joinedAs = (row as JoinedToken).joinedAs ?? (column as JoinedToken).joinedAs
    if (joinedAs !== undefined) add(joinedAs, 1, words)
  }
  add('edits-beyond-one', Math.max(0, edits - 1))
  add('edits-beyond-two', Math.max(0, edits - 2))
  add('across-scripts', across)
  if (full === 0 && matched > 0) add('initial-only', 1)
  let extra = 0
  for (const [at, column] of columns.entries()) {
    if (isTaken[at] === 1 || isRepeated(columns, at)) continue
    const words: Words = isFlipped ? [column, undefined] : [undefined, column]
    if (column.tag === 'number' || column.tag === 'ordinal') {
      // The first of a series is often written without its number.
      if (column.value !== '1') add('number-extra', 1, words)
      continue
    }
    lost += column.codes.length
    if (column.tag === 'place') add('place-extra', 1, words)
    else if (column.tag === 'common-word') add('common-extra', 1, words)
    add(extra === 0 ? 'extra' : extra === 1 ? 'extra-second' : 'extra-more', weightOfExtra(column, matched), words)
    extra += 1
  }
  if (rows.length === 1 && extra > 0) {
    add('lone-word', 1)
    // "Minister Kovac": the title stands where the given name would.
    if ((isFlipped ? b : a).tokens.some(({ tag }) => tag === 'title')) add('titled-name', 1)
  }
  add('short', Math.max(0, 8 - letters) / 8)
  add('unmatched-share', lost / (lost + letters + 1))
  compareForms(a, b, add)
  compareOrder(rows, columns, { isKnown: a.isTurned && b.isTurned, isPerson: a.kind === 'person', add })
  const [one, other] = [a.generation, b.generation]
  if (one !== undefined && other !== undefined && one.value !== other.value) add('father-for-son', 1, [one, other])
  return values
}

function fill(rows: readonly NameToken[], columns: readonly NameToken[]): void {
  for (let at = 0; at < rows.length; at++)
    for (let other = 0; other < columns.length; other++) {
      const row = rows[at]
      const column = columns[other]
      if (row === undefined || column === undefined) continue
      const { cost, kind } = tokenCost(row, column)
      const cell = at * columns.length + other
      costs[cell] = cost + OUT_OF_PLACE * Math.abs(at - other)
      kinds[cell] = kind
    }
}

/** The father's name in Slavic and neighbouring usage: left out as often as not. */
const PATRONYMIC = /(?:[oeauiy][vwf]|ob)(?:ich|ych|yc|ic|ici|icz|itch|itsch|itj|itx|itsj|its|itsh|ics|na|ne|ichi)$/
const OPTIONAL = 0.35

function weightOfExtra({ tag, latin, value }: NameToken, matched: number): number {
  // A name with a value is a word that may be a legal form, or a seat.
  return tag === 'initial' || (tag === 'name' && value !== '') || (matched > 1 && PATRONYMIC.test(latin)) ? OPTIONAL : 1
}

/** The same word stands in the name a second time. */
function isRepeated(words: readonly NameToken[], at: number): boolean {
  return words.some((word, other) => other !== at && word.latin === words[at]?.latin)
}

type Add = (feature: Feature, value: number, words?: Words) => void

function compareForms(a: PreparedName, b: PreparedName, add: Add): void {
  const [one] = a.forms
  const [other] = b.forms
  if (one === undefined && other === undefined) return
  if (one === undefined || other === undefined) {
    if (a.kind !== 'person') add('form-missing', 1, [one, other])
    return
  }
  const isSame = a.forms.some((form) =>
    b.forms.some(
      ({ value }) => value === form.value || (value.includes('=') && kindOf(value) !== '' && kindOf(value) === kindOf(form.value)),
    ),
  )
  if (!isSame) add('form-different', 1, [one, other])
}

function kindOf(form: string): string {
  return form.split('=')[1] ?? ''
}

interface Order {
  readonly isKnown: boolean
  readonly isPerson: boolean
  readonly add: Add
}

function compareOrder(rows: readonly NameToken[], columns: readonly NameToken[], { isKnown, isPerson, add }: Order): void {
  let hasFathersBoth = 0
  let crossed: Words | undefined
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]
    const column = columns[columnOf[at] ?? 0]
    if (row === undefined || column === undefined) continue
    if (row.isFathers && !column.isFathers && columns.some((word) => word.isFathers)) hasFathersBoth |= 1
    if (!row.isFathers && column.isFathers && rows.some((word) => word.isFathers)) hasFathersBoth |= 2
    if (at > 0 && (columnOf[at] ?? 0) < (columnOf[at - 1] ?? 0)) crossed = [row, column]
  }
  if (hasFathersBoth === 3) add('father-for-son', 1)
  if (crossed === undefined) return
  add('order', 1, crossed)
  // Turned names whose words are all given names: which is the family name is not known, and the order is all there is.
  if (
    isPerson &&
    !isKnown &&
    rows.length === 2 &&
    columns.length === 2 &&
    [...rows, ...columns].every(({ latin }) => GIVEN_NAMES.has(latin))
  )
    add('order-of-given-names', 1, crossed)
}
