/** Which cases of PR-01 belong to a row `a` of alerts: the desk that issued it has one for each recipient, a desk that received it has its own. */
import { sql } from 'kysely'

/** Joins `a` with `c`, a row of cases. */
export const CASE_OF_ALERT = sql.raw(`c.authority = a.authority and c.definition = 'PR-01' and c.subject = a.alert
  and case a.side when 'issued' then c.role = 'originator' and c.originator = a.desk else c.party = a.desk end`)

/** Of several rows of one alert that a viewer may see, its own; a desk that stands in for others has none. */
export const isBestRow = (desk: string) => sql<boolean>`not exists (select from cargo.alerts other
  where other.authority = a.authority and other.alert = a.alert and a.desk <> ${desk} and (other.desk = ${desk} or other.desk < a.desk))`
