/**
 * What is settled: arrivals that were controlled, or chosen and past, or so long past that the box has left. They keep the assessment that was before the officer: what
 * a document, a rule, an alert or a signal says later was not known then, and rules and scores would be measured by it, and learn from it, as if it had been.
 */
import { type RawBuilder, sql } from 'kysely'

/** Days after its arrival that a box may still stand on the quay, which nobody chose or controlled. Policy. */
export const ON_THE_QUAY = 14

/** Of a row of arrivals under this name, seen from a day. */
export function isSettled(arrival: string, today: string): RawBuilder<boolean> {
  const [outcome, stratum, day] = ['outcome', 'stratum', 'day'].map((column) => sql.ref(`${arrival}.${column}`))
  return sql<boolean>`(${outcome} is not null or ${stratum} is not null and ${day} < ${today}::date or ${day} < ${today}::date - ${ON_THE_QUAY}::int)`
}
