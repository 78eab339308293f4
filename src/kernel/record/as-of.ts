/**
 * Reading a record in both times: what was known on a day (recorded time) of what held on a day (valid time).
 * Known at an instant is a fragment recorded then or before and not ended then: a correction takes the place of what it corrects from the moment it is recorded,
 * and not before. What was recalled or erased is known at no instant any more, whatever instant is asked for: taking back reaches into the past, correcting does not.
 * A value holds on a day unless its time, as exact as it is stated, ends before or begins after it: a year holds for each of its days.
 * Invariant: reading never depends on the order in which fragments are given.
 */
import type { EndReason, Fragment, StatedValue } from './statement.ts'

export interface AsOf {
  /** Instant, ISO 8601 in UTC as fragments carry it; absent = now. */
  readonly knownAt?: string
  /** FtM date (YYYY, YYYY-MM, YYYY-MM-DD …); absent = whenever. */
  readonly validOn?: string
}

/** A value with the fragment that states it. */
export interface ReadValue {
  readonly fragment: Fragment
  /** Place in the fragment. */
  readonly index: number
  readonly value: StatedValue
}

/** After these nobody reads the fragment any more, not even as of a day before. */
const TAKEN_BACK: ReadonlySet<EndReason> = new Set(['recalled', 'erased'])

export function isTakenBack(fragment: Fragment): boolean {
  return fragment.ended !== undefined && TAKEN_BACK.has(fragment.ended.reason)
}

/** Fragments known at the instant; without one, those in force. */
export function knownFragments(fragments: Iterable<Fragment>, knownAt?: string): readonly Fragment[] {
  return [...fragments].filter((fragment) => isKnown(fragment, knownAt)).sort(byRecord)
}

/** Values known and valid, by property, in the order in which they were recorded. */
export function readAsOf(fragments: Iterable<Fragment>, { knownAt, validOn }: AsOf = {}): ReadonlyMap<string, readonly ReadValue[]> {
  const read = new Map<string, ReadValue[]>()
  for (const fragment of knownFragments(fragments, knownAt))
    for (const [index, value] of fragment.values.entries()) {
      if (validOn !== undefined && !isValid(value, validOn)) continue
      const known = read.get(value.prop)
      if (known === undefined) read.set(value.prop, [{ fragment, index, value }])
      else known.push({ fragment, index, value })
    }
  return read
}

/** The record as a set of values, each once. */
export function propertiesAsOf(fragments: Iterable<Fragment>, asOf: AsOf = {}): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    [...readAsOf(fragments, asOf)].map(([prop, values]) => [prop, [...new Set(values.map(({ value }) => value.value))]]),
  )
}

/** Whether any day that the value may hold on is a day that is asked for. */
export function isValid({ from, to }: Pick<StatedValue, 'from' | 'to'>, validOn: string): boolean {
  return (from === undefined || firstDay(from) <= lastDay(validOn)) && (to === undefined || lastDay(to) >= firstDay(validOn))
}

/** A correction and what it took the place of, newest first, as far as the fragments given tell. Circles, which no store has, end. */
export function correctionsOf(fragment: Fragment, fragments: Iterable<Fragment>): readonly Fragment[] {
  const byId = new Map([...fragments].map((each) => [each.id, each] as const))
  const line = new Set<Fragment>()
  for (
    let at: Fragment | undefined = fragment;
    at !== undefined && !line.has(at);
    at = at.supersedes === undefined ? undefined : byId.get(at.supersedes)
  )
    line.add(at)
  return [...line]
}

function isKnown(fragment: Fragment, knownAt: string | undefined): boolean {
  if (isTakenBack(fragment)) return false
  if (knownAt === undefined) return fragment.recordedTo === undefined
  const at = instantKey(knownAt)
  return instantKey(fragment.recordedFrom) <= at && (fragment.recordedTo === undefined || at < instantKey(fragment.recordedTo))
}

function byRecord(a: Fragment, b: Fragment): number {
  const [first, second] = [instantKey(a.recordedFrom), instantKey(b.recordedFrom)]
  if (first !== second) return first < second ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** Instants in UTC compare as texts once their fractions have one length. A day alone stands for its beginning. */
function instantKey(instant: string): string {
  const [, whole = instant, fraction = ''] = /^(.{19})(?:\.([0-9]+))?Z?$/.exec(instant) ?? []
  return `${whole.length === 10 ? `${whole}T00:00:00` : whole}.${fraction.padEnd(9, '0')}`
}

/** Days compare as texts; months end at the latest on the 31st, which is late enough for any month. */
function firstDay(date: string): string {
  const day = date.slice(0, 10)
  return day.length === 4 ? `${day}-01-01` : day.length === 7 ? `${day}-01` : day
}

function lastDay(date: string): string {
  const day = date.slice(0, 10)
  return day.length === 4 ? `${day}-12-31` : day.length === 7 ? `${day}-31` : day
}
