/**
 * What a board stands on, written out for another authority: the statements of the own desk about the records on it and about the relations between them. What other
 * desks stated is theirs to share; informants never leave by a board. Nothing is sent here: the attachment goes out by a piece of information, with its release, guard, evidence and recall.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { joinAll, OPEN } from '#kernel/handling/handling.ts'
import { takeIn } from '#modules/exchange'
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { boardLayout, prepareShare } from '../contract.ts'
import { type BoardRow, boardOf } from './boards.ts'
import { readableLayout } from './boards-layout.ts'
import { clustersOf } from './clusters.ts'
import { openGraph } from './graph-scope.ts'
import { portionsOf, type Sized } from './read-fragments-portions.ts'
import { type ReadableFragment, readableFragments } from './read-fragments-readable.ts'
import { sizedOf } from './read-fragments-room.ts'
import { MOST_SHARE_BYTES, MOST_SHARED, printShare, readShare, type SharedFragment } from './share-file.ts'
import { lockNotes, noteShared } from './share-notes.ts'
import { type SortedOut, Sorting, sharedValue } from './share-sort.ts'
import { isTakenIn } from './take-share.ts'

/** Between records merged into one, side by side on the board of the recipient, who judges for itself. */
const APART = 24

export const prepareShareRoute = handle(prepareShare, async ({ board }, context) => {
  const { tx, facts } = context
  const row = await ownBoard(context, board)
  const layout = await readableLayout(await openGraph(context), boardLayout.parse(row.layout))
  const clusters = await clustersOf(
    tx,
    facts,
    layout.nodes.map(({ entity }) => entity),
  )
  const entities = [...new Set([...clusters.values()].flat())]
  const sorted = await sortedOut(context, entities)
  const fragments = sorted.shared.map(sharedOf)
  if (fragments.length === 0) throw new AppError(409, 'records.share-empty', 'Nothing of this board may be passed on.')
  const given = new Set(fragments.map(({ entity }) => entity))
  const nodes = layout.nodes.flatMap((node) =>
    (clusters.get(node.entity) ?? [node.entity])
      .filter((entity) => given.has(entity))
      .map((entity, index) => ({ ...node, entity, x: node.x + index * APART, parts: undefined })),
  )
  // Notes are free text about whatever the drawer saw: they stay.
  const bytes = Buffer.from(printShare({ title: row.title, layout: { ...layout, nodes, notes: [], hidden: [] } }, fragments))
  if (bytes.length > MOST_SHARE_BYTES || fragments.length > MOST_SHARED) throw tooLarge()
  // What a recipient could not read does not leave as if it could.
  if (readShare(bytes)?.fragments.length !== fragments.length)
    throw new AppError(409, 'records.share-form', 'The board has something that its recipient could not read.')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await lockNotes(tx, { org: facts.authority, desk: facts.desk, sha256 })
  await takeIn(context, once(bytes))
  await noteShared(context, [...given], sha256)
  context.about({ kind: 'board', id: board })
  return {
    attachment: { sha256, name: 'records.jsonl', size: bytes.length },
    handling: joinAll([OPEN, ...fragments.map(({ handling }) => handling)]),
    records: given.size,
    statements: fragments.reduce((sum, { values }) => sum + values.length, 0),
    leftOut: [...sorted.leftOut].map(([because, count]) => ({ because, count })),
    personalData: sorted.shared.some(({ body }) => body.category !== 'thing'),
  }
})

/** Title, places and window of a board are words of its desk: those of another desk, or of another authority's board that was taken in, are not passed on. */
async function ownBoard(context: CaseContext, board: string): Promise<Pick<BoardRow, 'title' | 'layout'>> {
  const { tx, facts } = context
  const row = await boardOf(context, board)
  if (row.desk !== facts.desk || (await isTakenIn(tx, facts, board)))
    throw new AppError(403, 'records.not-own', 'Only a board that the own desk has drawn can be passed on.')
  return row
}

const tooLarge = () => new AppError(409, 'records.share-size', 'The board is too large for one piece of information.')

async function sortedOut(context: CaseContext, entities: readonly string[]): Promise<SortedOut> {
  const { tx, facts } = context
  const sorting = new Sorting({ facts, entities })
  for await (const { fragments } of portionsOf(tx, facts.authority, await fragmentsBehind(context, entities))) {
    sorting.add(await readableFragments(tx, facts, fragments))
    if (sorting.signs > MOST_SHARE_BYTES) throw tooLarge()
  }
  return sorting.sorted()
}

/** Of the records themselves, and of relations with both ends among them. */
async function fragmentsBehind({ tx, facts }: CaseContext, entities: readonly string[]): Promise<readonly Sized[]> {
  const { rows } = await sql<{ entity: string }>`select distinct entity from records.edges
    where org = ${facts.authority} and entity is not null and src = any(${[...entities]}::text[]) and dst = any(${[...entities]}::text[])`.execute(
    tx,
  )
  const behind = [...new Set([...entities, ...rows.map(({ entity }) => entity)])]
  const found = await sizedOf(tx, facts.authority, { entities: behind, mostRead: MOST_SHARED })
  if (found.length > MOST_SHARED) throw tooLarge()
  return found
}

function sharedOf({ entity, schema, values, body, eraseAt }: ReadableFragment): SharedFragment {
  return {
    entity,
    schema,
    values: values.map(sharedValue),
    evaluation: body.evaluation,
    handling: { ...body.handling, H: [...body.handling.H], conditions: [...body.handling.conditions] },
    legalBasis: body.legalBasis,
    category: body.category,
    eraseAt: eraseAt.toISOString(),
  }
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
