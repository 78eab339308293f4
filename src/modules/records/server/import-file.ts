/**
 * The bytes of a file that was brought in, under a key of their own. Rule: they are kept for as long as somebody may run the file, and no longer: until it is read in or refused, its collection is
 * withdrawn, or the time of its collection, counted from the upload, is over. Invariant: who finds no key finds no file, whatever lies on the disk or in a copy of it.
 */
import { type RawBuilder, sql } from 'kysely'
import type { ContentStore } from '#platform/content/content-store.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import type { FileBytes } from './import-lines.ts'
import type { RecordTables } from './tables.ts'

export type KeptFile = Awaited<ReturnType<ContentStore['erasable']['put']>>

export function bytesOf(content: ContentStore, kept: KeptFile): FileBytes {
  return { size: kept.size, slice: async (start, end) => await content.erasable.slice(kept, start, end) }
}

interface ImportKey {
  readonly org: string
  readonly import: string
}

/** Undefined once the key is destroyed. */
export async function fileOf(tx: Tx, content: ContentStore, { org, import: id }: ImportKey): Promise<FileBytes | undefined> {
  const row = await tx
    .withTables<RecordTables>()
    .selectFrom('records.imports as i')
    .innerJoin('records.import_keys as k', (join) => join.onRef('k.org', '=', 'i.org').onRef('k.import', '=', 'i.import'))
    .select(['i.sha256', 'i.size', 'i.file', 'k.key'])
    .where('i.org', '=', org)
    .where('i.import', '=', id)
    .executeTakeFirst()
  if (row === undefined || row.file === null) return undefined
  return bytesOf(content, { sha256: row.sha256, size: Number(row.size), name: row.file, key: row.key })
}

/** Of a row of imports: until when the file is kept; null once it is not. */
export const keptUntil = sql<Date | null>`(select imports.at + make_interval(days => c.retention_days) from records.collections c
  join records.import_keys k on k.org = c.org and k.import = imports.import where c.org = imports.org and c.collection = imports.collection)`

/** Those of these imports that nobody may run any more; `which` speaks of `i`, a row of imports. */
export async function destroyFiles(tx: Tx, { which, at }: { readonly which: RawBuilder<unknown>; readonly at: Date }): Promise<void> {
  await sql`delete from records.import_keys k using records.imports i join records.collections c on c.org = i.org and c.collection = i.collection
    where k.org = i.org and k.import = i.import and (${which})
      and (i.state in ('done', 'refused') or c.state <> 'open' or i.at + make_interval(days => c.retention_days) <= ${at})`.execute(tx)
}

const MANY = 500

/** Background work only: frees the disk of what has no key any more. Until then it lies there for nobody. */
export async function removeFiles({ database, content }: NodeServices, worker: string): Promise<void> {
  for (;;) {
    const { rows } = await database.asWorker(
      worker,
      async (tx) =>
        await sql<ImportKey & { readonly file: string }>`select i.org, i.import, i.file from records.imports i
          where i.file is not null and not exists (select 1 from records.import_keys k where k.org = i.org and k.import = i.import) limit ${MANY}`.execute(
          tx,
        ),
    )
    for (const { file } of rows) await content.erasable.remove(file)
    await database.asWorker(worker, async (tx) => {
      for (const { org, import: id } of rows)
        await sql`update records.imports set file = null where org = ${org} and import = ${id}::uuid`.execute(tx)
    })
    if (rows.length < MANY) return
  }
}
