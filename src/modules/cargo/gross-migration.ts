/**
 * Gross weights of consignments that stand already: of several goods only the first one's was kept. Made again from the statement beside it, as `grossOf` makes it of
 * what comes in: the whole as stated, or its goods together.
 */
import type { Migration } from '#platform/store/database.ts'
import { WORKER_ROLE } from '#platform/store/row-security.ts'

const stated = (kind: string) =>
  `(select each.weight #>> '{kilograms,value}' from jsonb_array_elements(c.statement -> 'weights') with ordinality as each(weight, place)
      where each.weight ->> 'kind' = '${kind}' order by each.place limit 1)::double precision`

export const grossMigration: Migration = {
  id: '0011-gross',
  statements: [
    `set local role ${WORKER_ROLE}`,
    `update cargo.consignments c set gross = coalesce(${stated('consignment-gross')}, ${stated('gross')}, (
      select sum((each.weight #>> '{kilograms,value}')::double precision order by each.place)
      from jsonb_array_elements(c.statement -> 'weights') with ordinality as each(weight, place) where each.weight ->> 'kind' = 'goods-gross'))
      where c.statement @> '{"weights": [{"kind": "goods-gross"}]}'`,
    'reset role',
  ],
}
