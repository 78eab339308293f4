/**
 * Row-level security, the second lock: written in one place so that no table is protected in its own way.
 * Invariants: the policy holds no subquery (a sharded cluster refuses them); an unset session shows no rows; background work passes
 * under a role of its own, never by switching the lock off.
 */

export type OfficerAccess =
  | 'none'
  | 'insert'
  | 'select'
  | 'select-insert'
  | 'select-insert-update'
  | 'select-insert-delete'
  | 'select-insert-update-delete'

export interface Protection {
  /** Schema-qualified; the table has a column `audience text[]`. */
  readonly table: string
  readonly officer: OfficerAccess
  /** True when rows are shown only to a session with a purpose; `of-row` when only to one with the purpose in the row's column `purpose`. */
  readonly purpose: boolean | 'of-row'
  /** False for large tables that are always read by another index first. */
  readonly index?: boolean
}

export const OFFICER_ROLE = 'breakwater_officer'
export const WORKER_ROLE = 'breakwater_worker'

const AUDIENCE = "audience && string_to_array(current_setting('app.desks', true), ',')"
const PURPOSE = "coalesce(current_setting('app.purpose', true), '') <> ''"
const PURPOSE_OF_ROW = `${PURPOSE} and purpose = current_setting('app.purpose', true)`

/** Statements that protect one table; safe to run again. */
export function protect(protection: Protection): readonly string[] {
  const { table, officer, purpose, index = true } = protection
  const name = table.replace('.', '_')
  const stated = purpose === false ? 'true' : purpose === 'of-row' ? PURPOSE_OF_ROW : PURPOSE
  const visible = `${AUDIENCE} and ${stated}`
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `drop policy if exists ${name}_worker on ${table}`,
    `create policy ${name}_worker on ${table} to ${WORKER_ROLE} using (true) with check (true)`,
    `grant select, insert, update, delete on ${table} to ${WORKER_ROLE}`,
    `revoke all on ${table} from ${OFFICER_ROLE}`,
    `drop policy if exists ${name}_officer_read on ${table}`,
    `drop policy if exists ${name}_officer_insert on ${table}`,
    `drop policy if exists ${name}_officer_update on ${table}`,
    `drop policy if exists ${name}_officer_delete on ${table}`,
    ...(officer.startsWith('select')
      ? [
          `grant select on ${table} to ${OFFICER_ROLE}`,
          `create policy ${name}_officer_read on ${table} for select to ${OFFICER_ROLE} using (${visible})`,
        ]
      : []),
    ...(officer.includes('insert')
      ? [
          `grant insert on ${table} to ${OFFICER_ROLE}`,
          `create policy ${name}_officer_insert on ${table} for insert to ${OFFICER_ROLE} with check (${stated})`,
        ]
      : []),
    ...(officer.includes('update')
      ? [
          `grant update on ${table} to ${OFFICER_ROLE}`,
          `create policy ${name}_officer_update on ${table} for update to ${OFFICER_ROLE} using (${visible}) with check (${stated})`,
        ]
      : []),
    ...(officer.endsWith('delete')
      ? [
          `grant delete on ${table} to ${OFFICER_ROLE}`,
          `create policy ${name}_officer_delete on ${table} for delete to ${OFFICER_ROLE} using (${visible})`,
        ]
      : []),
    ...(index ? [`create index if not exists ${name}_audience on ${table} using gin (audience)`] : []),
  ]
}

/** Lets both roles name objects of a schema. */
export function openSchema(schema: string): readonly string[] {
  return [`create schema if not exists ${schema}`, `grant usage on schema ${schema} to ${OFFICER_ROLE}, ${WORKER_ROLE}`]
}
