/** Hit rates by reason code: found among controlled. Alerts that were not controlled stay out of the denominator, and the answer says so. */
import { sql } from 'kysely'
import { wilsonInterval } from '#kernel/stats/wilson.ts'
import { handle } from '#platform/http/route.ts'
import { hitRates, type ReasonCode, reasonCodes } from '../contract.ts'

const SMALL_CELL = 5

export const hitRatesRoute = handle(hitRates, async (_input, context) => {
  const { rows } = await sql<{ reason: string; positive: number; negative: number; not_controlled: number }>`
    select reason, count(*) filter (where kind = 'positive')::int as positive, count(*) filter (where kind = 'negative')::int as negative,
      count(*) filter (where kind = 'notControlled')::int as not_controlled
    from cargo.outcomes, unnest(reasons) as reason where authority = ${context.facts.authority} group by reason`.execute(context.tx)
  const byReason = new Map(rows.map((row) => [row.reason, row]))
  return {
    denominator: 'Controlled alerts with an outcome; alerts not controlled are left out and counted beside.',
    smallCell: SMALL_CELL,
    rows: (Object.keys(reasonCodes) as ReasonCode[]).map((reason) => {
      const row = byReason.get(reason)
      const controlled = (row?.positive ?? 0) + (row?.negative ?? 0)
      const base = { reason, meaning: reasonCodes[reason] }
      if (controlled < SMALL_CELL)
        return { ...base, suppressed: (row?.positive ?? 0) + (row?.negative ?? 0) + (row?.not_controlled ?? 0) > 0 }
      const { low, high } = wilsonInterval(row?.positive ?? 0, controlled)
      return {
        ...base,
        controlled,
        positive: row?.positive ?? 0,
        notControlled: row?.not_controlled ?? 0,
        rate: (row?.positive ?? 0) / controlled,
        low,
        high,
        suppressed: false,
      }
    }),
  }
})
