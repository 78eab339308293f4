/** How much a desk holds about one container, for lists that end before all of it is shown. */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { DeskScope } from './dossiers.ts'

export interface ContainerScope extends DeskScope {
  readonly container: string
}

export async function countSightings(tx: Tx, { authority, desk, container }: ContainerScope): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from cargo.equipment where authority = ${authority} and desk = ${desk} and container = ${container}`.execute(
    tx,
  )
  return rows[0]?.n ?? 0
}

export async function countConsignments(tx: Tx, { authority, desk, container }: ContainerScope): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from cargo.consignment_keys where authority = ${authority} and desk = ${desk} and kind = 'container' and key = ${container}`.execute(
    tx,
  )
  return rows[0]?.n ?? 0
}
