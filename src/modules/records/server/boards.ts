/**
 * Case boards: what an officer drew. A board is one desk's; desks of the same authority may be let in to read. It keeps ids and places, and whoever opens it
 * gets the places of records that are for that reader: of the others neither a place nor a count. What is merged is one node to whoever opens it, never on the board itself.
 */
import { type RawBuilder, type Selectable, sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import { once } from '#platform/http/answer-once.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import { type BoardLayout, boardLayout, listBoards, saveBoard, showBoard } from '../contract.ts'
import { keptLayout, readableLayout } from './boards-layout.ts'
import { layersOf } from './graph-layers.ts'
import { openGraph } from './graph-scope.ts'
import { windowOf } from './graph-time.ts'
import { isUnrestricted } from './record-rows-captions.ts'
import type { BoardTable, RecordTables } from './tables.ts'

export type BoardRow = Omit<Selectable<BoardTable>, 'entities'>

export const saveBoardRoute = handle(saveBoard, async (input, context) => {
  const answer = await once(context, { route: saveBoard.id, key: input.key }, async () => await saved(context, input))
  context.about({ kind: 'board', id: answer.board })
  return answer
})

interface Drawn {
  readonly board?: string | undefined
  readonly revision: number
  readonly title: string
  readonly caseRef?: string | undefined
  readonly readers: readonly string[]
  readonly layout: BoardLayout
}

async function saved(context: CaseContext, drawn: Drawn): Promise<{ board: string; revision: number }> {
  const { tx, facts, clock } = context
  // What a board is looked at through has to be open to whoever opens it.
  layersOf(drawn.layout.layers.join(','))
  windowOf(drawn.layout)
  const readers = readersOf(context, drawn.readers)
  const before = drawn.board === undefined ? undefined : await boardOf(context, drawn.board)
  if (before !== undefined && before.desk !== facts.desk)
    throw new AppError(403, 'records.not-own', 'Only the desk whose board it is may keep it anew.')
  if (before !== undefined && before.revision !== drawn.revision) throw stale()
  const layout = await keptLayout(await openGraph(context), drawn.layout, before && boardLayout.parse(before.layout))
  const row = {
    title: drawn.title,
    case_ref: drawn.caseRef ?? null,
    layout: JSON.stringify(layout),
    entities: layout.nodes.map((node) => node.entity),
    readers,
    officer: facts.officer,
    officer_name: facts.officerName,
    at: clock.now(),
    purpose: facts.purpose ?? '',
    audience: [facts.desk, ...readers],
  }
  const boards = tx.withTables<RecordTables>()
  if (drawn.board === undefined) {
    const board = uuidv7()
    await boards
      .insertInto('records.boards')
      .values({ org: facts.authority, desk: facts.desk, board, revision: 1, ...row })
      .execute()
    return { board, revision: 1 }
  }
  const kept = await boards
    .updateTable('records.boards')
    .set({ ...row, revision: drawn.revision + 1 })
    .where('org', '=', facts.authority)
    .where('board', '=', drawn.board)
    .where('revision', '=', drawn.revision)
    .returning('revision')
    .executeTakeFirst()
  if (kept === undefined) throw stale()
  return { board: drawn.board, revision: kept.revision }
}

function stale(): AppError {
  return new AppError(409, 'records.board-stale', 'The board was kept anew by somebody else since.')
}

/** Desks of the own authority on this node, the own one apart. */
function readersOf({ facts, services }: CaseContext, asked: readonly string[]): string[] {
  if (asked.length === 0) return []
  const own = services.directory().orgs.find((org) => org.id === facts.authority)?.units ?? []
  const strangers = asked.filter((reader) => !own.some((unit) => unit.id === reader))
  if (strangers.length > 0 || !services.authorities.includes(facts.authority))
    throw new AppError(422, 'records.readers', 'A reader is no desk of the own authority on this node.', {
      problems: strangers.map((reader) => ({ code: 'records.readers', at: `readers.${asked.indexOf(reader)}`, message: 'No such desk.' })),
    })
  return [...new Set(asked)].filter((reader) => reader !== facts.desk).sort()
}

interface ListedBoard extends BoardRow {
  readonly nodes: number
  readonly at_text: string
}

/**
 * As many as opening a board `b` shows: merged records are one, and are there as long as something is seen of any of them. What is seen is looked up once for all of
 * its records: asked of each by itself, the store may read all that it holds of everybody for every one of them.
 */
function shownNodes({ desk, purpose }: SessionFacts): RawBuilder<number> {
  const merged = sql`left join records.members m on m.org = b.org and m.desk = ${desk} and m.purpose = ${purpose} and m.entity = e.entity
    left join records.members o on o.org = m.org and o.desk = m.desk and o.purpose = m.purpose and o.cluster = m.cluster`
  const named = sql`array(select coalesce(o.entity, e.entity) from unnest(b.entities) as e(entity) ${merged})`
  const seen = sql`select distinct f.entity from records.fragments f
    where f.org = b.org and f.entity = any(${named}) and f.recorded_to is null and ${isUnrestricted}`
  return sql<number>`(select count(distinct coalesce(m.cluster, e.entity))::int from unnest(b.entities) as e(entity) ${merged}
    join (${seen}) s on s.entity = coalesce(o.entity, e.entity))`
}

export const listBoardsRoute = handle(listBoards, async (input, { tx, facts }) => {
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'records.cursor' })
  const after = mark === undefined ? sql`true` : sql`(b.at, b.board::text) < (${String(mark[0])}::timestamptz, ${String(mark[1])})`
  const { rows } =
    await sql<ListedBoard>`select b.org, b.desk, b.board, b.revision, b.title, b.case_ref, b.readers, b.officer, b.officer_name, b.at, b.at::text as at_text,
      ${shownNodes(facts)} as nodes
    from records.boards b where b.org = ${facts.authority} and ${after} order by b.at desc, b.board::text desc limit ${input.limit + 1}`.execute(
      tx,
    )
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => ({ ...summaryOf(row), nodes: row.nodes })),
    ...(rows.length > input.limit && last !== undefined ? { next: writeMark([last.at_text, last.board]) } : {}),
  }
})

export const showBoardRoute = handle(showBoard, async ({ board }, context) => {
  const row = await boardOf(context, board)
  context.about({ kind: 'board', id: board })
  const layout = await readableLayout(await openGraph(context), boardLayout.parse(row.layout))
  return { ...summaryOf(row), nodes: layout.nodes.length, layout, mayWrite: row.desk === context.facts.desk }
})

/** Not visible answers like not existing. */
export async function boardOf({ tx, facts }: CaseContext, board: string): Promise<Selectable<BoardTable>> {
  const row = await tx
    .withTables<RecordTables>()
    .selectFrom('records.boards')
    .selectAll()
    .where('org', '=', facts.authority)
    .where('board', '=', board)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

function summaryOf(row: Omit<BoardRow, 'layout'>) {
  return {
    board: row.board,
    title: row.title,
    ...(row.case_ref === null ? {} : { caseRef: row.case_ref }),
    desk: row.desk,
    readers: row.readers,
    revision: row.revision,
    at: row.at.toISOString(),
    by: row.officer_name,
  }
}
