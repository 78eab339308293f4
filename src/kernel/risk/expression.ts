/**
 * A rule's condition as data: made by a form, never by code. Three-valued after S. C. Kleene ("Introduction to Metamathematics", 1952, § 64): a term over a value that is
 * not stated is unknown, `and` takes the least, `or` the greatest of no < unknown < yes, `not` turns around. Unknown never fires and is counted.
 * Invariant: at most 12 deep and 200 nodes; what a term may look at is in `column-layout.ts`, and nothing there speaks of a person.
 */
import type { FlagId, IndicatorId, ValueColumn } from './column-layout.ts'

export type Truth = 'yes' | 'no' | 'unknown'

/** A code as text, a number in the unit of its column, or the key of a legal person or container. */
export type Value = string | number
/** Values in place, or the name of a set that the desk keeps. */
export type SetRef = readonly Value[] | { readonly name: string }
export const COMPARISONS = ['eq', 'ge', 'gt', 'le', 'lt'] as const
export type Comparison = (typeof COMPARISONS)[number]

export type Expression =
  | { readonly op: 'and'; readonly args: readonly Expression[] }
  | { readonly op: 'or'; readonly args: readonly Expression[] }
  | { readonly op: 'not'; readonly arg: Expression }
  | Term
export type Term =
  | { readonly op: 'in'; readonly col: ValueColumn; readonly set: SetRef }
  | { readonly op: Comparison; readonly col: ValueColumn; readonly value: Value }
  | { readonly op: 'flag'; readonly bit: FlagId }
  | { readonly op: 'ind'; readonly id: IndicatorId }
  | { readonly op: 'watch'; readonly list: string; readonly col: ValueColumn }
  | { readonly op: 'missing'; readonly col: ValueColumn }

export const DEEPEST = 12
export const MOST_NODES = 200
export const MOST_VALUES = 10_000

/** One value to look out for. Every entry ends. Days since 1970-01-01, both included. */
export interface WatchEntry {
  readonly col: ValueColumn
  readonly value: Value
  readonly validFrom: number
  readonly validUntil: number
}

/** What the names in an expression stand for, at one desk on one day. */
export interface Vocabulary {
  readonly sets: ReadonlyMap<string, readonly Value[]>
  readonly lists: ReadonlyMap<string, readonly WatchEntry[]>
  /** The day on which watch entries have to be valid. */
  readonly day: number
}

export const NO_NAMES: Vocabulary = { sets: new Map(), lists: new Map(), day: 0 }

export function valuesOf(set: SetRef, { sets }: Vocabulary): readonly Value[] {
  return 'name' in set ? (sets.get(set.name) ?? []) : set
}

/** The values of a watch list for one column that are valid on the day. */
export function watchedValues(
  { list, col }: { readonly list: string; readonly col: ValueColumn },
  { lists, day }: Vocabulary,
): readonly Value[] {
  const entries = lists.get(list) ?? []
  return entries.flatMap((entry) => (entry.col === col && entry.validFrom <= day && day <= entry.validUntil ? [entry.value] : []))
}
