/**
 * From when until when a relation is said to hold, and the window of time a graph is looked at through. Days are the grain: a year begins with its first
 * day and ends with its last, a time of day counts as its day. Where the end lies before the beginning the source contradicts itself: the relation is then
 * taken to hold always, so that no window hides it.
 */
import { sql } from 'kysely'
import type { Window } from '#kernel/graph/edge-filter.ts'
import { AppError } from '#platform/http/app-error.ts'

const DAY = 86_400_000
const PARTIAL = /^\d{4}(-\d\d(-\d\d)?)?/

/** Milliseconds since 1970, both included; ∓Infinity where nothing is known. */
export interface Stretch {
  readonly from: number
  readonly to: number
}
const ALWAYS: Stretch = { from: -Infinity, to: Infinity }

/** Days as a query names them: YYYY-MM-DD. */
export interface DayWindow {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export function stretchOf(from: string, to: string): Stretch {
  const first = firstInstant(from)
  const last = lastInstant(to)
  return first > last ? ALWAYS : { from: first, to: last }
}

/** Undefined for a window without bounds. */
export function windowOf({ from, to }: DayWindow): Window | undefined {
  if (from === undefined && to === undefined) return undefined
  if (from !== undefined && to !== undefined && from > to)
    throw new AppError(400, 'input', 'The window ends before it begins.', {
      problems: [{ code: 'input.window', at: 'to', message: 'Lies before the beginning.' }],
    })
  return { from: from === undefined ? -Infinity : firstInstant(from), until: to === undefined ? Infinity : firstInstant(to) + DAY }
}

/** The same question asked of the store: rows of `records.edges` under the name `e`. Texts of dates sort as their days do. */
export function withinWindow({ from, to }: DayWindow) {
  windowOf({ from, to })
  const begins = sql`left(e.valid_from, 10) collate "C"`
  const ends = sql`left(e.valid_to, 10) collate "C"`
  const isContradictory = sql`(e.valid_from is not null and e.valid_to is not null and ${begins} > ${ends} and left(e.valid_from, length(${ends})) > ${ends})`
  const begun = to === undefined ? sql`true` : sql`(e.valid_from is null or ${begins} <= ${to})`
  const notOver = from === undefined ? sql`true` : sql`(e.valid_to is null or ${ends} >= left(${from}::text, length(${ends})))`
  return from === undefined && to === undefined ? sql<boolean>`true` : sql<boolean>`(${isContradictory} or (${begun} and ${notOver}))`
}

const known = new Map<string, readonly [number, number]>()
const MOST_KNOWN = 50_000

function firstInstant(text: string): number {
  return instantsOf(text)[0]
}

function lastInstant(text: string): number {
  return instantsOf(text)[1]
}

/** First and last instant of a year, month or day; dates repeat, so what was worked out is kept. */
function instantsOf(text: string): readonly [number, number] {
  const found = known.get(text)
  if (found !== undefined) return found
  const [date = ''] = PARTIAL.exec(text) ?? []
  const first = Date.parse(date === '' ? '' : `${date.padEnd(7, '-01').padEnd(10, '-01')}T00:00:00Z`)
  const last = lastOf(date)
  const answer = Number.isNaN(first) || Number.isNaN(last) ? ([-Infinity, Infinity] as const) : ([first, last] as const)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(text, answer)
  return answer
}

function lastOf(date: string): number {
  if (date.length !== 7) return Date.parse(`${date.padEnd(10, '-12-31')}T23:59:59.999Z`)
  const month = Number(date.slice(5))
  return month === 12
    ? Date.parse(`${date}-31T23:59:59.999Z`)
    : Date.parse(`${date.slice(0, 5)}${String(month + 1).padStart(2, '0')}-01T00:00:00Z`) - 1
}
