/** Mappings that a desk saved: the next file with the same headers is met with the one that was used last. */
import { type SqlBool, sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { listMappings } from '../contract.ts'
import type { RecordTables } from './tables.ts'

const MOST_SHOWN = 500

export interface SavedMapping {
  readonly mapping: string
  readonly definition: Readonly<Record<string, unknown>>
}

export const listMappingsRoute = handle(listMappings, async (_input, { tx, facts }) => {
  const rows = await tx
    .withTables<RecordTables>()
    .selectFrom('records.mappings')
    .selectAll()
    .where('org', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .orderBy('at', 'desc')
    .limit(MOST_SHOWN)
    .execute()
  return {
    items: rows.map(({ mapping, title, headers, definition, at }) => ({ mapping, title, headers, definition, at: at.toISOString() })),
  }
})

/** The one that this desk saved last for exactly these headers. */
export async function mappingFor({ tx, facts }: CaseContext, headers: readonly string[]): Promise<SavedMapping | undefined> {
  const row = await tx
    .withTables<RecordTables>()
    .selectFrom('records.mappings')
    .select(['mapping', 'definition'])
    .where('org', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .where(sql<SqlBool>`headers = ${[...headers]}::text[]`)
    .orderBy('at', 'desc')
    .executeTakeFirst()
  return row
}

/** Of one title there is one; saving it again changes it. */
export async function saveMapping(
  { tx, facts, clock }: CaseContext,
  saved: Omit<SavedMapping, 'mapping'> & { readonly title: string; readonly headers: readonly string[] },
): Promise<void> {
  const db = tx.withTables<RecordTables>()
  const values = { headers: [...saved.headers], definition: JSON.stringify(saved.definition), at: clock.now() }
  const changed = await db
    .updateTable('records.mappings')
    .set(values)
    .where('org', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .where('title', '=', saved.title)
    .returning('mapping')
    .execute()
  if (changed.length > 0) return
  const whose = { org: facts.authority, desk: facts.desk, purpose: facts.purpose ?? '', audience: [facts.desk] }
  await db
    .insertInto('records.mappings')
    .values({ ...whose, ...values, mapping: uuidv7(), title: saved.title })
    .execute()
}
