/** Many cases of PR-26 in the store of a node, as steps would have made them: assessed, a clock of 24 hours running. For figures of the queue and the sweep. */
import type pg from 'pg'
import { baseOf } from '../src/kernel/procedure/fold.ts'
import { readDefinitions, SHIPPED_FOLDER } from '../src/modules/procedures/server/read-definition.ts'

export const BENCH_DESK = 'be.customs.antwerp'
const PROCEDURE = 'PR-26'
const TABLES = ['cases', 'moves', 'clocks']
const MANY = 100_000

export interface CaseRows {
  /** Names the rows, so that a second set does not meet the first. */
  readonly name: string
  readonly count: number
  /** Hours since the first step: over this span, evenly. */
  readonly fromHours: number
  readonly toHours: number
  /** The sweep looks at them at once; otherwise never. */
  readonly isDue: boolean
  /** The reminder after half of the time has rung already: what is left to ring is the end. */
  readonly wasReminded?: boolean
}

export async function insertCases(client: pg.Client, rows: CaseRows): Promise<void> {
  const definition = readDefinitions(SHIPPED_FOLDER)
    .map((file) => file.definition)
    .find(({ id }) => id === PROCEDURE)
  if (definition === undefined) throw new Error(`${PROCEDURE} is not shipped.`)
  const party = {
    org: 'be.customs',
    desk: BENCH_DESK,
    country: 'BE',
    kind: 'customs',
    realm: 'customs',
    zone: 'Europe/Brussels',
    calendar: 'BE',
  }
  const base = JSON.stringify({ ...baseOf(definition, { reporter: [party] }), reached: [BENCH_DESK] })
  const { name, count, fromHours, toHours, isDue, wasReminded = false } = rows
  await client.query('set synchronous_commit to off')
  const indexes = await withoutIndexes(client, count)
  // One in ten is of another desk, three in ten wait for others, one in twenty is done.
  await client.query(
    `insert into procedures.cases (authority, case_id, definition, definition_version, subject, label, link, party, role, originator, state, revision, anchors, zone, calendar,
      opened_at, moved_at, is_open, own_turn, due_at, due_kind, is_suspended, base, parties, parent, closed_at, audience)
    select 'be.customs', $1::text || lpad(n::text, 9, '0'), $2, $3, $1::text || n, 'Substance ' || (n * 7919::bigint) % 1000003, '/cases/' || $1::text || lpad(n::text, 9, '0'),
      case when n % 10 = 0 then 'be.customs.zeebrugge' else $4::text end, 'reporter', $4::text, 'assessed', 1, '{}', 'Europe/Brussels', 'BE', at, at, n % 20 <> 7, n % 20 <> 7 and n % 10 > 2,
      case when n % 20 <> 7 then at + interval '24 hours' end, case when n % 20 <> 7 then 'policy' end, false, $5::jsonb, '{}', null, case when n % 20 = 7 then at end,
      case when n % 10 = 0 then '{be.customs.zeebrugge}'::text[] else array[$4::text] end
    from (select n, date_trunc('milliseconds', now() - make_interval(secs => 3600 * ($6::float8 + ($7::float8 - $6::float8) * ((n * 104729::bigint) % $8::int) / $8::float8))) as at from generate_series(1, $8::int) n) as r`,
    [name, PROCEDURE, definition.version, BENCH_DESK, base, fromHours, toHours, count],
  )
  await client.query(
    `insert into procedures.moves (authority, case_id, seq, transition, from_state, to_state, at, officer, officer_name, desk, fields, key, step, ord, role, audience)
    select authority, case_id, 1, 'assess', 'received', 'assessed', opened_at, 'bench', 'Bench', party, $2::jsonb, null, case_id || '.1', 1, 'reporter', audience
    from procedures.cases where case_id like $1::text || '%'`,
    [name, JSON.stringify({ substance: 'x', risk: 'adulterant', foundOn: '2026-11-20' })],
  )
  await client.query(
    `insert into procedures.clocks (authority, case_id, clock, next_at, fired, audience)
    select authority, case_id, 'relay', ${isDue ? `opened_at + interval '${wasReminded ? 24 : 12} hours'` : "'infinity'::timestamptz"}, '${wasReminded ? '{half}' : '{}'}', audience from procedures.cases where case_id like $1::text || '%' and is_open`,
    [name],
  )
  for (const definition of indexes) await client.query(definition)
  for (const table of TABLES) await client.query(`analyze procedures.${table}`)
}

/** Many rows come in faster without the indexes, which are made again after. */
async function withoutIndexes(client: pg.Client, count: number): Promise<readonly string[]> {
  if (count < MANY) return []
  await client.query("set maintenance_work_mem to '256MB'")
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i join pg_class c on c.oid = i.indrelid
      join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'procedures' and c.relname = any($1) and not i.indisunique`,
    [TABLES],
  )
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return rows.map(({ definition }) => definition)
}
