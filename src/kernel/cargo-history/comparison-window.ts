/**
 * What a shipment or a stay is compared with: what is known of the twelve calendar months before its own month, as its documents state it. Where those hold too
 * few, the month itself counts, too: a desk that begins need not wait for the next one. Invariant: the same documents give the same window, whenever they came;
 * documents of later months never move it, and those of its own month only while the record is thin. Months are written `2027-03`. Policy.
 */
import type { BinCounts } from './tally-bins.ts'
import { countIn } from './tally-bins.ts'

const MONTHS = 12

/** Counts by bin, word or company. */
export interface Tally {
  readonly before: BinCounts
  /** Of the month itself, the one that is looked at included. */
  readonly here: BinCounts
}

export const NO_TALLY: Tally = { before: {}, here: {} }

/** The first month that counts, and the first that does not. */
export function windowOf(month: string): { readonly from: string; readonly until: string } {
  return { from: monthAfter(month, -MONTHS), until: monthAfter(month, 1) }
}

/** `isThin`: the months before hold fewer than are needed, so the month itself is among what is compared with. */
export function isThin({ before }: Tally, needed: number): boolean {
  return countIn(before) < needed
}

export function comparedWith(tally: Tally, thin: boolean): BinCounts {
  if (!thin) return tally.before
  const both: Record<string, number> = { ...tally.before }
  for (const [bin, n] of Object.entries(tally.here)) both[bin] = (both[bin] ?? 0) + n
  return both
}

function monthAfter(month: string, months: number): string {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`
}
