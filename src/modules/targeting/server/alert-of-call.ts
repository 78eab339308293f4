/**
 * Whether an alert is about a call. An alert names a container for one journey; the same box comes again with another ship, and neither that call nor an earlier one is
 * what its sender warned of. The days are policy of ours, wide rather than narrow: an alert too many makes one look too many, one too few may miss what it was sent for.
 * Said twice, for the fold and for the search for news, which must agree: what the search finds and the fold leaves out would be found again each minute.
 */
import { type RawBuilder, sql } from 'kysely'
import { ON_THE_QUAY } from './settled.ts'

/** Days of the call's arrival, counted from the arrival that the alert states: a ship comes early by days, and late, or without a box that goes with the next, by weeks. */
const FROM_ETA = { before: 10, after: 30 } as const
/** Days after its issue in which the box has come, where the alert states no arrival: loading and the longest passages. Until it comes again there and back takes longer. */
const LONGEST_JOURNEY = 45
const DAY_MS = 86_400_000

export interface AlertTimes {
  readonly issued_at: Date
  readonly eta: Date | null
}

/** Issued before the call or while the box may still stand on the quay, and not so long before that it is of an earlier journey. */
export function isAboutCall({ issued_at: issuedAt, eta }: AlertTimes, call: { readonly eta: Date }): boolean {
  const at = call.eta.getTime()
  const [first, last] =
    eta === null
      ? [-Infinity, issuedAt.getTime() + LONGEST_JOURNEY * DAY_MS]
      : [eta.getTime() - FROM_ETA.before * DAY_MS, eta.getTime() + FROM_ETA.after * DAY_MS]
  return at >= issuedAt.getTime() - ON_THE_QUAY * DAY_MS && at >= first && at <= last
}

/** The same of a row `alert` of the alerts of a desk and a row `call` of its arrivals. */
export function isAboutCallSql(alert: string, call: string): RawBuilder<boolean> {
  const [issued, stated, at] = [sql.ref(`${alert}.issued_at`), sql.ref(`${alert}.eta`), sql.ref(`${call}.eta`)]
  const days = (n: number): RawBuilder<unknown> => sql`${n * 24} * interval '1 hour'`
  return sql<boolean>`(${at} >= ${issued} - ${days(ON_THE_QUAY)}
    and case when ${stated} is null then ${at} <= ${issued} + ${days(LONGEST_JOURNEY)}
      else ${at} >= ${stated} - ${days(FROM_ETA.before)} and ${at} <= ${stated} + ${days(FROM_ETA.after)} end)`
}
