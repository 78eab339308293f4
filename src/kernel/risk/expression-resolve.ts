/**
 * An expression with its codes turned into the numbers of one desk's columns: plain data, which a thread takes as it is. Names of sets and watch lists
 * are replaced by what they stand for on the day. A code that the desk never met is in no row and falls out.
 */
import type { CodeBook } from './column-codes.ts'
import { type BitPlace, type ColumnName, flagPlace, indicatorPlace, specOf, UNKNOWN_PARTY, type ValueColumn } from './column-layout.ts'
import { fit } from './column-row.ts'
import { type Expression, type Term, type Value, type Vocabulary, valuesOf, watchedValues } from './expression.ts'
import { thresholdOf } from './expression-row.ts'

export type Resolved =
  | { readonly kind: 'and'; readonly args: readonly Resolved[] }
  | { readonly kind: 'or'; readonly args: readonly Resolved[] }
  | { readonly kind: 'not'; readonly arg: Resolved }
  | ResolvedTerm
export type ResolvedTerm =
  /** Both ends included. */
  | { readonly kind: 'range'; readonly column: ValueColumn; readonly low: number; readonly high: number }
  | { readonly kind: 'member'; readonly column: ValueColumn; readonly values: readonly number[] }
  | { readonly kind: 'bit'; readonly place: BitPlace }
  | { readonly kind: 'missing'; readonly column: ValueColumn }

export interface Resolution {
  readonly vocabulary: Vocabulary
  readonly codes: CodeBook
}

export function resolveExpression(expression: Expression, resolution: Resolution): Resolved {
  if (expression.op === 'not') return { kind: 'not', arg: resolveExpression(expression.arg, resolution) }
  if (expression.op === 'and' || expression.op === 'or') {
    return { kind: expression.op, args: expression.args.map((arg) => resolveExpression(arg, resolution)) }
  }
  return resolveTerm(expression, resolution)
}

/** What has to be in a block before the expression can be evaluated over it. */
export function columnsOf(resolved: Resolved): readonly ColumnName[] {
  switch (resolved.kind) {
    case 'not':
      return columnsOf(resolved.arg)
    case 'and':
    case 'or':
      return [...new Set(resolved.args.flatMap(columnsOf))]
    case 'bit':
      return [resolved.place.column, resolved.place.unknown]
    default:
      return [resolved.column, 'missing']
  }
}

function resolveTerm(term: Term, { vocabulary, codes }: Resolution): Resolved {
  switch (term.op) {
    case 'flag':
      return bitTerm(flagPlace(term.bit), term.bit)
    case 'ind':
      return bitTerm(indicatorPlace(term.id), term.id)
    case 'missing':
      return { kind: 'missing', column: term.col }
    case 'in':
      return member(term.col, valuesOf(term.set, vocabulary), codes)
    case 'watch':
      return member(term.col, watchedValues(term, vocabulary), codes)
    case 'eq':
      return member(term.col, [term.value], codes)
    default: {
      const threshold = thresholdOf(term.col, term.value)
      const range = { kind: 'range', column: term.col } as const
      const atLeast: Resolved = { ...range, low: threshold, high: Number.POSITIVE_INFINITY }
      const atMost: Resolved = { ...range, low: Number.NEGATIVE_INFINITY, high: threshold }
      if (term.op === 'ge') return atLeast
      if (term.op === 'le') return atMost
      return { kind: 'not', arg: term.op === 'gt' ? atMost : atLeast }
    }
  }
}

function bitTerm(place: BitPlace | undefined, id: string): Resolved {
  if (place === undefined) throw new RangeError(`There is no place for ${id}; check the expression first.`)
  return { kind: 'bit', place }
}

function member(column: ValueColumn, values: readonly Value[], codes: CodeBook): Resolved {
  const numbers = new Set<number>()
  for (const value of values) {
    const fitted = fit(column, value)
    const number = fitted.ok ? numberOf(column, fitted.value, codes) : undefined
    if (number !== undefined) numbers.add(number)
  }
  return { kind: 'member', column, values: [...numbers] }
}

function numberOf(column: ValueColumn, value: Value, codes: CodeBook): number | undefined {
  const { dictionary, meaning } = specOf(column)
  if (typeof value === 'string') return dictionary === undefined ? Number(value) : codes.numberOf(dictionary, value)
  return meaning === 'party' && value <= UNKNOWN_PARTY ? undefined : value
}
