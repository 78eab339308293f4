/** Rungs that fired are kept with the end they fired for. Of those that fired before, only that they did until now is known (`fired-rungs.ts`). */
import type { Migration } from '#platform/store/database.ts'

export const firedMigrations: readonly Migration[] = [
  {
    id: '0007-fired-for-an-end',
    statements: [
      `update procedures.clocks set fired = array(select rung || '<' || to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        from unnest(fired) with ordinality as f(rung, place) order by place) where cardinality(fired) > 0`,
    ],
  },
]
