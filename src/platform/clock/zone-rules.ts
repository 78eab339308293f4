/**
 * Time zone offsets from the zone data of the runtime (IANA, through Intl), for the clocks of the kernel. Intl is slow to ask, so each stretch of about a
 * year is asked once per zone: probed day by day, each change of offset found by bisection, then kept.
 * Premise: no zone changes its offset twice within a day (none has since 1900). Invariant: the answer is the runtime's own for every instant.
 */
import type { ZoneRules } from '#kernel/procedure/civil-time.ts'

/** A stretch is a power of two of milliseconds (398 days), so that an instant tells its stretch without any calendar. */
const STRETCH = 2 ** 35
const PROBE = 86_400_000

interface Stretch {
  /** Offset in minutes from the beginning of the stretch. */
  readonly offset: number
  /** Instants from which another offset holds, ascending. */
  readonly changes: readonly { readonly at: number; readonly offset: number }[]
}

interface ZoneTable {
  readonly format: Intl.DateTimeFormat
  readonly stretches: Map<number, Stretch>
}

const tables = new Map<string, ZoneTable>()

export const zoneRules: ZoneRules = {
  offsetAt(instant, zone) {
    const table = tables.get(zone) ?? open(zone)
    const index = Math.floor(instant / STRETCH)
    let stretch = table.stretches.get(index)
    if (stretch === undefined) {
      stretch = probe(table.format, index * STRETCH)
      table.stretches.set(index, stretch)
    }
    const { changes } = stretch
    // A stretch has two changes, four at most: from the last one backwards is as good as any search.
    for (let each = changes.length - 1; each >= 0; each--) {
      const change = changes[each]
      if (change !== undefined && instant >= change.at) return change.offset
    }
    return stretch.offset
  },
}

/** Version of the zone data, to be stored beside instants that were derived with it: `2025b`. */
export function zoneDataVersion(): string {
  return process.versions['tz'] ?? 'unknown'
}

export function knownZone(zone: string): boolean {
  if (tables.has(zone)) return true
  try {
    open(zone)
    return true
  } catch {
    return false
  }
}

function open(zone: string): ZoneTable {
  const fields = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const
  const table: ZoneTable = {
    format: new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', calendar: 'gregory', era: 'short', ...fields }),
    stretches: new Map(),
  }
  tables.set(zone, table)
  return table
}

function probe(format: Intl.DateTimeFormat, from: number): Stretch {
  const changes: { at: number; offset: number }[] = []
  const first = ask(format, from)
  let known = { at: from, offset: first }
  for (let at = from; at < from + STRETCH; ) {
    at = Math.min(at + PROBE, from + STRETCH)
    const offset = ask(format, at)
    if (offset !== known.offset) {
      let [low, high] = [known.at, at]
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2)
        if (ask(format, middle) === known.offset) low = middle
        else high = middle
      }
      if (high < from + STRETCH) changes.push({ at: high, offset })
    }
    known = { at, offset }
  }
  return { offset: first, changes }
}

/** The offset in minutes that the runtime gives; it is whole seconds. */
function ask(format: Intl.DateTimeFormat, instant: number): number {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const part of format.formatToParts(instant)) parts[part.type] = part.value
  const year = Number(parts.year)
  const local = new Date(0)
  local.setUTCFullYear(parts.era === 'BC' ? 1 - year : year, Number(parts.month) - 1, Number(parts.day))
  local.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second))
  return (local.getTime() - Math.floor(instant / 1000) * 1000) / 60_000
}
