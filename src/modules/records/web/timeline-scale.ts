/** Dates of records on a line: a year is a year long, a month a month; ticks fall on round days, months, years or decades. */

const DAY = 86_400_000
const PARTIAL = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/

export interface Stretch {
  /** Milliseconds since 1970; the end is past the last. */
  readonly from: number
  readonly to: number
}

/** Undefined for what is no date. */
export function stretchOf(from: string, to?: string): Stretch | undefined {
  const begin = bounds(from)
  const end = to === undefined ? begin : bounds(to)
  if (begin === undefined || end === undefined) return undefined
  // A source that contradicts itself is shown at the day it names first.
  return end.to <= begin.from ? begin : { from: begin.from, to: end.to }
}

function bounds(text: string): Stretch | undefined {
  const [, year, month, day] = PARTIAL.exec(text) ?? []
  if (year === undefined) return undefined
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)]
  const from = at(y, m, d)
  const to = day !== undefined ? from + DAY : month !== undefined ? at(y, m + 1, 1) : at(y + 1, 0, 1)
  return Number.isFinite(from) && Number.isFinite(to) ? { from, to } : undefined
}

/** Also for the years before 100, which `Date.UTC` takes for those of the last century. */
function at(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day)
}

export function wholeOf(stretches: readonly Stretch[]): Stretch | undefined {
  let [from, to] = [Infinity, -Infinity]
  for (const stretch of stretches) {
    from = Math.min(from, stretch.from)
    to = Math.max(to, stretch.to)
  }
  return from < to ? { from, to } : undefined
}

/** Nearer (above 1) or farther, around the middle, never out of the whole. */
export function zoomed(shown: Stretch, whole: Stretch, factor: number): Stretch {
  const long = Math.min(whole.to - whole.from, Math.max(DAY, (shown.to - shown.from) / factor))
  const middle = (shown.from + shown.to) / 2
  return within({ from: middle - long / 2, to: middle + long / 2 }, whole)
}

/** Later by a share of what is shown; earlier when negative. */
export function slid(shown: Stretch, whole: Stretch, share: number): Stretch {
  const step = (shown.to - shown.from) * share
  return within({ from: shown.from + step, to: shown.to + step }, whole)
}

function within({ from, to }: Stretch, whole: Stretch): Stretch {
  const over = Math.max(0, whole.from - from) - Math.max(0, to - whole.to)
  return { from: from + over, to: to + over }
}

export interface Tick {
  readonly at: number
  readonly text: string
}

const MOST_TICKS = 9
/** Months between ticks, from finest to coarsest. */
const MONTHS = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12_000]
const DAYS = [1, 2, 7, 14]

export function ticksOf({ from, to }: Stretch): readonly Tick[] {
  const days = DAYS.find((each) => (to - from) / DAY / each <= MOST_TICKS)
  if (days !== undefined) {
    const ticks: Tick[] = []
    for (let day = Math.ceil(from / DAY / days) * days * DAY; day < to; day += days * DAY) ticks.push({ at: day, text: dayText(day) })
    return ticks
  }
  const [first, last] = [new Date(from), new Date(to)]
  const span = (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth() + 1
  const step = MONTHS.find((each) => span / each <= MOST_TICKS) ?? 12_000
  const begin = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / step) * step
  const ticks: Tick[] = []
  for (let month = begin; month <= begin + span + step; month += step) {
    const instant = at(Math.floor(month / 12), month % 12, 1)
    if (instant >= from && instant < to) ticks.push({ at: instant, text: dayText(instant).slice(0, step % 12 === 0 ? 4 : 7) })
  }
  return ticks
}

export function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
