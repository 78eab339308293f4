/**
 * Records that another authority shared, taken into a collection of the own desk. Its word holds for as long as it stands: a recall or the last day takes out again what was taken in, another
 * marking marks it anew. Invariants: the originator of each statement is the originator of the piece of information, whatever a line says; its handling is never looser than that of the attachment;
 * nothing outlives the piece.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { joinHandling } from '#kernel/handling/handling.ts'
import { retentionDays } from '#kernel/record/retention.ts'
import { heldAttachment } from '#modules/exchange'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { takeShare } from '../contract.ts'
import { MOST_SHARE_BYTES, readShare, type Share, type SharedFragment } from './share-file.ts'
import type { RecordTables } from './tables.ts'
import { type MarkingBody, markingOf, type NewFragment, writeFragments } from './write-fragments.ts'

const DAY = 86_400_000
const PROBLEMS_SHOWN = 100
/** What keeping records, and comparing them with others, takes from the originator. */
export const TAKEN = ['store', 'derive', 'cross-match'] as const

export type ShareTerms = Pick<NonNullable<Awaited<ReturnType<typeof heldAttachment>>>, 'handling' | 'origin' | 'purpose' | 'eraseAt'>

export const takeShareRoute = handle(takeShare, async ({ item, sha256 }, context) => {
  const { facts } = context
  // Two officers of a desk who take the same at once take it once: the second waits here.
  const held = await heldAttachment(context, item, { sha256, most: MOST_SHARE_BYTES, capabilities: TAKEN })
  const share = held === undefined || held.side === 'own' ? undefined : readShare(held.bytes)
  if (held === undefined || share === undefined)
    throw new AppError(409, 'records.share-form', 'The attachment is not here yet, or holds no records of another authority.')
  if (held.withheld.length > 0)
    throw new AppError(
      409,
      'records.share-handling',
      `The handling withholds: ${held.withheld.join(', ')}. The originator can be asked for leave.`,
    )
  const taken = { org: facts.authority, desk: facts.desk, item, sha256 }
  const before = await takenBefore(context.tx, taken)
  const collection = before?.collection ?? uuidv7()
  context.about({ kind: 'item', id: item })
  if (before === undefined) await openCollection(context, { ...taken, collection, share, terms: held })
  // Its originator took it out meanwhile, and has sent it again.
  else if (before.isEmpty) await callShared(context.tx, { org: taken.org, collection }, share.board.title)
  if (before?.isEmpty ?? true) await writeShared(context.tx, { ...taken, collection, share, terms: held, now: context.clock.now() })
  const board = await keepBoard(context, collection, share)
  await context.services.announce(context.tx, 'records', [facts.desk])
  return {
    collection,
    board,
    records: new Set(share.fragments.map(({ entity }) => entity)).size,
    statements: share.fragments.reduce((sum, { values }) => sum + values.length, 0),
    problems: share.problems.length,
    problemRows: share.problems.slice(0, PROBLEMS_SHOWN),
  }
})

interface Taken {
  readonly org: string
  readonly desk: string
  readonly item: string
  readonly sha256: string
}

async function takenBefore(
  tx: Tx,
  { org, desk, item, sha256 }: Taken,
): Promise<{ readonly collection: string; readonly isEmpty: boolean } | undefined> {
  const { rows } = await sql<{ collection: string; isEmpty: boolean }>`select c.collection, not exists (select 1 from records.fragments f
      where f.org = c.org and f.collection = c.collection and f.recorded_to is null) as "isEmpty"
    from records.collections c where c.org = ${org} and c.desk = ${desk} and c.item = ${item} and c.sha256 = ${sha256}`.execute(tx)
  return rows[0]
}

interface Opened extends Taken {
  readonly collection: string
  readonly share: Share
  readonly terms: ShareTerms
}

async function openCollection(context: CaseContext, opened: Opened): Promise<void> {
  const { org, desk, item, sha256, collection, share, terms } = opened
  const [first] = share.fragments
  if (first === undefined) throw new AppError(409, 'records.share-form', 'No line of the attachment can be read.')
  const { marking } = await markingOf(context.tx, org, { body: bodyOf(first, terms), audience: [desk] })
  await context.tx
    .withTables<RecordTables>()
    .insertInto('records.collections')
    .values({
      org,
      desk,
      collection,
      title: share.board.title,
      kind: 'received',
      marking,
      readers: [],
      review_days: 180,
      retention_days: 3650,
      item,
      sha256,
      state: 'open',
      at: context.clock.now(),
      purpose: terms.purpose,
      audience: [desk],
    })
    .execute()
}

/** Also for marking anew: then the fragments before have ended. */
export async function writeShared(tx: Tx, shared: Opened & { readonly now: Date }): Promise<void> {
  const { org, desk, collection, share, terms, now } = shared
  const fragments: NewFragment[] = []
  for (const each of share.fragments) {
    const eraseAt = new Date(Math.min(Date.parse(each.eraseAt), terms.eraseAt.getTime()))
    if (eraseAt <= now) continue
    const { reviewDays } = retentionDays(each.category, { reviewDays: 180, retentionDays: 3650 })
    fragments.push({
      fragment: uuidv7(),
      entity: each.entity,
      schema: each.schema,
      collection,
      externalId: each.entity,
      line: each.line,
      values: each.values.map(({ prop, value, from, to, lang }) => [prop, value, null, from ?? null, to ?? null, lang ?? null] as const),
      marking: await markingOf(tx, org, { body: bodyOf(each, terms), audience: [desk] }),
      recordedFrom: now,
      reviewAt: new Date(Math.min(now.getTime() + reviewDays * DAY, eraseAt.getTime())),
      eraseAt,
    })
  }
  await writeFragments(tx, org, fragments)
}

function bodyOf(each: SharedFragment, { handling, origin, purpose }: ShareTerms): MarkingBody {
  return {
    origin: { org: origin.org, desk: origin.unit },
    evaluation: each.evaluation,
    handling: joinHandling(each.handling, handling),
    purpose,
    legalBasis: each.legalBasis,
    category: each.category,
  }
}

/** The board as it was drawn, the own desk's from now on; the same one however often it is taken. */
async function keepBoard({ tx, facts, clock }: CaseContext, collection: string, { board }: Share): Promise<string> {
  const id = boardIdOf(collection)
  await tx
    .withTables<RecordTables>()
    .insertInto('records.boards')
    .values({
      org: facts.authority,
      desk: facts.desk,
      board: id,
      revision: 1,
      title: board.title,
      case_ref: null,
      layout: JSON.stringify(board.layout),
      entities: [...new Set(board.layout.nodes.map(({ entity }) => entity))],
      readers: [],

      officer: facts.officer,
      officer_name: facts.officerName,
      at: clock.now(),
      purpose: facts.purpose ?? '',
      audience: [facts.desk],
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return id
}

/** What the originator calls them. The board follows as long as the desk has not given it a name of its own. */
export async function callShared(
  tx: Tx,
  { org, collection }: { readonly org: string; readonly collection: string },
  title: string,
): Promise<void> {
  await sql`update records.boards b set title = ${title}, revision = b.revision + 1 from records.collections c
    where c.org = ${org} and c.collection = ${collection}::uuid and c.title <> ${title} and b.org = c.org and b.board = ${boardIdOf(collection)}::uuid and b.title = c.title`.execute(
    tx,
  )
  await sql`update records.collections set title = ${title} where org = ${org} and collection = ${collection}::uuid`.execute(tx)
}

/** What the originator drew it to be looked at through. Places of records that are gone are shown to nobody. */
export async function openView(tx: Tx, { org, collection }: { readonly org: string; readonly collection: string }): Promise<void> {
  await sql`update records.boards set layout = (layout - 'from' - 'to') || '{"layers": []}', revision = revision + 1
    where org = ${org} and board = ${boardIdOf(collection)}::uuid and (layout ?| '{from,to}' or layout -> 'layers' <> '[]')`.execute(tx)
}

/** Whether the board came with records of another authority: what is on it is theirs, however often the desk has kept it since. */
export async function isTakenIn(tx: Tx, { authority, desk }: Pick<SessionFacts, 'authority' | 'desk'>, board: string): Promise<boolean> {
  const received = await tx
    .withTables<RecordTables>()
    .selectFrom('records.collections')
    .select('collection')
    .where('org', '=', authority)
    .where('desk', '=', desk)
    .where('kind', '=', 'received')
    .execute()
  return received.some(({ collection }) => boardIdOf(collection) === board)
}

/** A UUID of version 8: the hash of the collection it came with. */
function boardIdOf(collection: string): string {
  const hex = createHash('sha256').update(`board ${collection}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
