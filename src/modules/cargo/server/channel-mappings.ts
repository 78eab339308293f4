/**
 * Mappings of columns that a desk saved for its tables of declarations: the next table with the same headers is read by the one that was
 * saved last. Routes propose one, try it without keeping anything, save it, and read a document by it.
 */
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import {
  type DeclarationMapping,
  listDeclarationMappings,
  proposeDeclarationMapping,
  readWithMapping,
  tryDeclarationMapping,
} from '../contract/declaration-mappings.ts'
import { headersKey, mappingProblems, proposeMapping, type TableHead } from '../formats/declaration-mapping.ts'
import { readTableHead } from '../formats/read-cargo-file.ts'
import type { IntakeTables } from './channel-tables.ts'
import { tryMapping } from './channel-try-mapping.ts'
import type { Reading } from './read-batches.ts'

const MOST_LISTED = 500

/** For the background: what each kind of table of the desk is read by, found by its headers. */
export async function mappingsOf({
  services,
  authority,
  desk,
}: Omit<Reading, 'receivedAt'>): Promise<(headers: readonly string[]) => DeclarationMapping | undefined> {
  const rows = await services.database.asWorker(
    'cargo.read-document',
    async (tx) =>
      await tx
        .withTables<IntakeTables>()
        .selectFrom('cargo.declaration_mappings')
        .distinctOn('headers')
        .select(['headers', 'definition'])
        .where('authority', '=', authority)
        .where('desk', '=', desk)
        .orderBy('headers')
        .orderBy('at', 'desc')
        .orderBy('version', 'desc')
        .orderBy('mapping', 'desc')
        .execute(),
  )
  const byHeaders = new Map(rows.map(({ headers, definition }) => [headers, definition]))
  return (headers) => byHeaders.get(headersKey(headers))
}

export const listDeclarationMappingsRoute = handle(listDeclarationMappings, async (_input, { tx, facts }) => {
  const rows = await tx
    .withTables<IntakeTables>()
    .selectFrom('cargo.declaration_mappings')
    .select(['mapping', 'version', 'title', 'headers', 'definition', 'at', 'saved_by'])
    .where('authority', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .orderBy('at', 'desc')
    .orderBy('version', 'desc')
    .orderBy('mapping', 'desc')
    .limit(MOST_LISTED)
    .execute()
  const seen = new Set<string>()
  return {
    items: rows.map(({ mapping, version, title, headers, definition, at, saved_by }) => {
      // The first met is the newest, by which the next such table is read.
      const isUsed = !seen.has(headers)
      seen.add(headers)
      return {
        mapping,
        version,
        title,
        headers: JSON.parse(headers) as string[],
        definition,
        at: at.toISOString(),
        savedBy: saved_by,
        isUsed,
      }
    }),
  }
})

export const proposeDeclarationMappingRoute = handle(proposeDeclarationMapping, async (input, context) => {
  const head = await headOf(context, input.document)
  const saved = await savedFor(context, headersKey(head.headers))
  return {
    headers: [...head.headers],
    proposed: saved?.definition ?? proposeMapping(head),
    ...(saved === undefined ? {} : { saved: { title: saved.title, version: saved.version } }),
  }
})

export const tryDeclarationMappingRoute = handle(tryDeclarationMapping, async (input, context) => {
  const head = await headOf(context, input.document)
  checkMapping(input.mapping, head)
  return await tryMapping(context.services.content.get(input.document), input)
})

export const readWithMappingRoute = handle(readWithMapping, async (input, context) => {
  const { tx, facts, services } = context
  const { authority, desk } = facts
  const head = await headOf(context, input.document)
  checkMapping(input.mapping, head)
  if (input.saveAs !== undefined) await save(context, { title: input.saveAs, headers: headersKey(head.headers), definition: input.mapping })
  const changed = await tx
    .withTables<IntakeTables>()
    .updateTable('cargo.documents')
    .set({ state: 'waiting', mapping: JSON.stringify(input.mapping), refused: null, bytes_read: 0 })
    .where('authority', '=', authority)
    .where('desk', '=', desk)
    .where('document', '=', input.document)
    // While it is being read the columns cannot change under the reader.
    .where('state', 'in', ['read', 'refused', 'waiting'])
    .returning('document')
    .execute()
  if (changed.length === 0) throw new AppError(409, 'cargo.document-state', 'The document is being read; wait until it is done.')
  await services.enqueue(tx, {
    name: 'cargo.read-document',
    data: { authority, document: input.document, desk },
    key: `read:${authority}:${input.document}:${desk}`,
  })
  return { document: input.document }
})

/** Header row of a document of the own desk; 404 for another's, 422 for what is no table. */
async function headOf(context: CaseContext, document: string): Promise<TableHead> {
  const { authority, desk } = context.facts
  const row = await context.tx
    .withTables<IntakeTables>()
    .selectFrom('cargo.documents')
    .select('document')
    .where('authority', '=', authority)
    .where('desk', '=', desk)
    .where('document', '=', document)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  context.about({ kind: 'document', id: document })
  const head = await readTableHead(context.services.content.get(document))
  if (head === undefined) throw new AppError(422, 'cargo.no-table', 'The document is no table with a header row.')
  return head
}

function checkMapping(mapping: DeclarationMapping, head: TableHead): void {
  const problems = mappingProblems(mapping, head.headers)
  if (problems.length === 0) return
  throw new AppError(422, 'cargo.mapping', 'The mapping does not fit the table.', {
    problems: problems.map(({ at, text }) => ({ code: 'cargo.mapping', at, message: text })),
  })
}

/** The one that a table with these headers is read by. */
async function savedFor({ tx, facts }: CaseContext, headers: string) {
  return await tx
    .withTables<IntakeTables>()
    .selectFrom('cargo.declaration_mappings')
    .select(['mapping', 'title', 'version', 'definition'])
    .where('authority', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .where('headers', '=', headers)
    .orderBy('at', 'desc')
    .orderBy('version', 'desc')
    .orderBy('mapping', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Of one title there is one in a desk; saving another under it makes its next version, and saving the same again makes none. */
async function save(
  context: CaseContext,
  saved: { readonly title: string; readonly headers: string; readonly definition: DeclarationMapping },
): Promise<void> {
  const { tx, facts, clock } = context
  const { authority, desk } = facts
  const { title, headers } = saved
  const definition = JSON.stringify(saved.definition)
  // Two officers who save under one title at once make two versions, one after the other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${JSON.stringify(['cargo.mapping', authority, desk])}, 0))`.execute(tx)
  const db = tx.withTables<IntakeTables>()
  const latest = await db
    .selectFrom('cargo.declaration_mappings')
    .select(['mapping', 'version', sql<boolean>`headers = ${headers} and definition = ${definition}::jsonb`.as('is_same')])
    .where('authority', '=', authority)
    .where('desk', '=', desk)
    .where('title', '=', title)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  const used = await savedFor(context, headers)
  if (latest?.is_same === true && used?.mapping === latest.mapping && used.version === latest.version) return
  await db
    .insertInto('cargo.declaration_mappings')
    .values({
      authority,
      desk,
      mapping: latest?.mapping ?? uuidv7(),
      version: (latest?.version ?? 0) + 1,
      title,
      headers,
      definition,
      purpose: facts.purpose ?? '',
      at: clock.now(),
      saved_by: facts.officerName,
      audience: [desk],
    })
    .execute()
}
