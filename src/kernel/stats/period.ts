/**
 * Periods of statistics: whole calendar years, or whole quarters, in the zone of the authority. One kind for each procedure, and only periods that have
 * ended: who could read a quarter and its year, or the same quarter yesterday and today, could subtract them and have the small cell.
 */
import { dayOf, startOfDay, type ZoneRules } from '../procedure/civil-time.ts'

export type PeriodKind = 'year' | 'quarter'

export interface Period {
  readonly id: string
  readonly from: number
  readonly until: number
}

/** Undefined for what is no period of this kind. */
export function periodOf(id: string, kind: PeriodKind, at: { readonly zone: string; readonly rules: ZoneRules }): Period | undefined {
  const [, years = '', quarter] = /^(\d{4})(?:-Q([1-4]))?$/.exec(id) ?? []
  if (years === '' || (quarter === undefined) !== (kind === 'year')) return undefined
  const year = Number(years)
  const month = quarter === undefined ? 1 : Number(quarter) * 3 - 2
  const months = kind === 'year' ? 12 : 3
  const instantOf = (y: number, m: number) => startOfDay(dayOf({ year: y, month: m, day: 1 }), at.zone, at.rules)
  const ends = month + months
  return { id, from: instantOf(year, month), until: ends > 12 ? instantOf(year + 1, ends - 12) : instantOf(year, ends) }
}

/** The latest periods that have ended by an instant, the newest first. */
export function endedPeriods(
  kind: PeriodKind,
  at: { readonly zone: string; readonly rules: ZoneRules; readonly now: number; readonly year: number },
  count: number,
): readonly Period[] {
  const ids = Array.from({ length: count + 4 }, (_, back) => {
    if (kind === 'year') return String(at.year - back)
    const quarters = at.year * 4 + 3 - back
    return `${Math.floor(quarters / 4)}-Q${(quarters % 4) + 1}`
  })
  return ids
    .flatMap((id) => periodOf(id, kind, at) ?? [])
    .filter(({ until }) => until <= at.now)
    .slice(0, count)
}
