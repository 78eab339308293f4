/**
 * Mappings of columns that a desk saved for its tables of declarations: the next table with the same headers is read by the one that was
 * saved last. Routes propose one, try it without keeping anything, save it, and read a document by it.
 */
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

const MOST_MAPPINGS = 500

/** For the background: every mapping of the desk, by the headers it is for. */
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
        .select(['headers', 'definition'])
        .where('authority', '=', authority)
        .where('desk', '=', desk)
        .orderBy('at')
        .limit(MOST_MAPPINGS)
        .execute(),
  )
  const byHeaders = new Map(rows.map(({ headers, definition }) => [headers, definition]))
  return (headers) => byHeaders.get(headersKey(headers))
}

export const listDeclarationMappingsRoute = handle(listDeclarationMappings, async (_input, { tx, facts }) => {
  const rows = await tx
    .withTables<IntakeTables>()
    .selectFrom('cargo.declaration_mappings')
    .select(['mapping', 'title', 'definition', 'at'])
    .where('authority', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .orderBy('at', 'desc')
    .limit(MOST_MAPPINGS)
    .execute()
  return { items: rows.map(({ mapping, title, definition, at }) => ({ mapping, title, definition, at: at.toISOString() })) }
})

export const proposeDeclarationMappingRoute = handle(proposeDeclarationMapping, async (input, context) => {
  const head = await headOf(context, input.document)
  const saved = await savedFor(context, head.headers)
  return {
    headers: [...head.headers],
    proposed: saved?.definition ?? proposeMapping(head),
    ...(saved === undefined ? {} : { saved: saved.title }),
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

async function savedFor({ tx, facts }: CaseContext, headers: readonly string[]) {
  return await tx
    .withTables<IntakeTables>()
    .selectFrom('cargo.declaration_mappings')
    .select(['title', 'definition'])
    .where('authority', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .where('headers', '=', headersKey(headers))
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Of one title there is one in a desk; saving it again changes it. */
async function save(
  { tx, facts, clock }: CaseContext,
  saved: { readonly title: string; readonly headers: string; readonly definition: DeclarationMapping },
): Promise<void> {
  const values = { headers: saved.headers, definition: JSON.stringify(saved.definition), at: clock.now() }
  await tx
    .withTables<IntakeTables>()
    .insertInto('cargo.declaration_mappings')
    .values({
      authority: facts.authority,
      desk: facts.desk,
      mapping: uuidv7(),
      title: saved.title,
      purpose: facts.purpose ?? '',
      audience: [facts.desk],
      ...values,
    })
    .onConflict((conflict) => conflict.columns(['authority', 'desk', 'title']).doUpdateSet(values))
    .execute()
}
