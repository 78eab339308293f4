/**
 * Whether there is a record for the session: one rule for its page and for every route that names one. There is one as long as something of it is on its page, with its history at least; that there
 * was something whose values are erased is told to nobody. Not visible is answered like not existing.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { isRecorded } from './record-rows-captions.ts'

/** Condition on rows `f` of fragments: the session sees them as statements of their record. */
export const isShown = isRecorded({ history: true })

export async function isVisible(tx: Tx, org: string, entity: string): Promise<boolean> {
  return await isAny(tx, org, { entity, which: isShown })
}

/** Something of it is stated now, restricted or not: it can be added to. */
export async function isStated(tx: Tx, org: string, entity: string): Promise<boolean> {
  return await isAny(tx, org, { entity, which: isRecorded({}) })
}

interface Any {
  readonly entity: string
  readonly which: RawBuilder<boolean>
}

async function isAny(tx: Tx, org: string, { entity, which }: Any): Promise<boolean> {
  const { rows } = await sql`select 1 from records.fragments f where f.org = ${org} and f.entity = ${entity} and ${which} limit 1`.execute(
    tx,
  )
  return rows.length > 0
}
