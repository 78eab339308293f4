/** Information as the own desk may see it: list, page, export. All three are drawn by the release function from the same content. */
import { type Selectable, sql } from 'kysely'
import { CAPABILITIES, mayDo } from '#kernel/handling/capability.ts'
import type { Channel } from '#kernel/handling/release.ts'
import { notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import { exportItem, type ItemRow, listItems, showItem } from '../contract.ts'
import { attestLater } from './attest.ts'
import { grantsFor } from './grants.ts'
import { handlingOf, type ItemContent, type ItemView, openContent, viewOf } from './item-content.ts'
import { type HeldItem, itemRowOf, ownDesk, ownItems } from './item-rows.ts'
import { permissionRowOf } from './permissions.ts'
import { waitingScreen } from './release-item.ts'
import type { ExchangeTables, HolderTable } from './tables.ts'

export const listItemsRoute = handle(listItems, async (input, context) => {
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'exchange.cursor' })
  let query = ownItems(context)
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('item', 'desc')
    .limit(input.limit + 1)
  if (input.side !== undefined) query = query.where('side', '=', input.side)
  if (input.state !== undefined) query = query.where('state', '=', input.state as HeldItem['state'])
  if (input.case !== undefined) query = query.where('case_ref', '=', input.case)
  if (mark !== null && mark !== undefined) {
    const [at, item] = [new Date(String(mark[0])), String(mark[1])]
    query = query.where((eb) => eb.or([eb('at', '<', at), eb.and([eb('at', '=', at), eb('item', '<', item)])]))
  }
  const rows = await query.execute()
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: await Promise.all(shown.map(async (row) => rowView(row, await titleOf(context, row)))),
    ...(rows.length > input.limit && last !== undefined ? { next: writeMark([last.at.toISOString(), last.item]) } : {}),
  }
})

/** The title is content: it is shown where some of the content is. */
export async function titleOf(context: CaseContext, row: HeldItem): Promise<string> {
  const seen = await lookAt(context, row, 'search')
  return seen?.content.title ?? ''
}

function rowView(row: HeldItem, title: string): ItemRow {
  return {
    item: row.item,
    title,
    kind: row.kind,
    side: row.side,
    origin: row.origin_desk,
    state: row.state,
    at: row.at.toISOString(),
    urgency: row.urgency,
    tlp: row.tlp,
    ...(row.case_ref === null ? {} : { case: row.case_ref }),
  }
}

interface Seen {
  readonly content: ItemContent
  readonly view: ItemView
}

/** The one way from a row to what this desk sees of it, whatever the channel. */
async function lookAt(context: CaseContext, row: HeldItem, channel: Channel): Promise<Seen | undefined> {
  const { facts } = context
  const content = await openContent(context, row)
  const view =
    content &&
    viewOf({
      content,
      item: { originatorDesk: row.origin_desk, audience: row.audience, recalled: row.state === 'recalled' },
      viewer: { desk: facts.desk, realm: facts.realm, purpose: facts.purpose },
      channel,
    })
  return content === undefined || view === undefined ? undefined : { content, view }
}

export const showItemRoute = handle(showItem, async ({ item }, context) => {
  const { facts, tx, clock } = context
  const row = await itemRowOf(context, item)
  if (row === undefined) throw notFound()
  context.demand('exchange.read', { kind: 'item', id: item, attributes: { authority: row.org } })
  context.about({ kind: 'item', id: item })
  const key = ownDesk(context, item)
  const seen = await lookAt(context, row, 'screen')
  if (row.side === 'received') await noteReading(context, item)
  const db = tx.withTables<ExchangeTables>()
  const ofItem = <
    Table extends
      | 'exchange.holders'
      | 'exchange.statements'
      | 'exchange.feedback'
      | 'exchange.permission_requests'
      | 'exchange.attachments',
  >(
    table: Table,
  ) =>
    db
      .selectFrom(table as 'exchange.holders')
      .selectAll()
      .where('org', '=', key.org)
      .where('desk', '=', key.desk)
      .where('item', '=', item)
  const holders = await ofItem('exchange.holders').orderBy('released_at').execute()
  const statements = await db
    .selectFrom('exchange.statements')
    .selectAll()
    .where('org', '=', key.org)
    .where('desk', '=', key.desk)
    .where('item', '=', item)
    .orderBy('at')
    .execute()
  const feedback = await db
    .selectFrom('exchange.feedback')
    .selectAll()
    .where('org', '=', key.org)
    .where('desk', '=', key.desk)
    .where('item', '=', item)
    .orderBy('at')
    .execute()
  const asked = await db
    .selectFrom('exchange.permission_requests')
    .selectAll()
    .where('org', '=', key.org)
    .where('desk', '=', key.desk)
    .where('item', '=', item)
    .orderBy('at')
    .execute()
  const stored = await db
    .selectFrom('exchange.attachments')
    .select(['sha256', 'stored'])
    .where('org', '=', key.org)
    .where('desk', '=', key.desk)
    .where('item', '=', item)
    .execute()
  const here = new Set(stored.filter((each) => each.stored).map((each) => each.sha256))
  const { grants } = await grantsFor(context, key, row.origin_org)
  const handling = handlingOf(seen?.view ?? { fields: [], attachments: [] })
  const may = (capability: (typeof CAPABILITIES)[number]) =>
    row.side === 'own' ||
    mayDo(handling, { capability, holder: facts.authority, at: clock.now().getTime() }, grants) ||
    grants.some((grant) => grant.capability === capability && clock.now().getTime() < grant.until)
  const screen = seen === undefined ? undefined : await waitingScreen(context, row, seen.content)
  return {
    row: rowView(row, seen?.content.title ?? ''),
    fields: [...(seen?.view.fields ?? [])],
    attachments: (seen?.view.attachments ?? []).map((attachment) => ({ ...attachment, here: here.has(attachment.sha256) })),
    handling: { ...handling, H: [...handling.H], conditions: [...handling.conditions] },
    evaluation: seen?.content.evaluation ?? { source: 'X', info: 4 },
    legalBasis: seen?.content.legalBasis ?? { act: '', art: '' },
    obligations: [...(seen?.view.obligations ?? [])],
    capabilities: seen === undefined ? [] : CAPABILITIES.filter(may),
    ...(row.answers === null ? {} : { answers: row.answers }),
    thread: await threadOf(context, row),
    derivedFrom: row.derived_from,
    holders: holders.map(holderViewOf),
    permissions: asked.map((each) => ({ ...permissionRowOf(each), ...(row.state === 'recalled' ? { recalled: true } : {}) })),
    statements: statements.map(({ body, at }) => ({
      says: body.says,
      at: at.toISOString(),
      ...(body.says === 'recall' ? { reason: body.reason, answerBy: body.answerBy } : {}),
      ...(body.says === 'recall' && (body.field ?? body.attachment) !== undefined ? { about: body.field ?? body.attachment } : {}),
    })),
    feedback: feedback.map((each) => ({ by: each.by_desk, kind: each.kind, note: each.note, at: each.at.toISOString() })),
    ...(screen === undefined ? {} : { screen }),
  }
})

/** Whoever opens a piece opens what was said of it: recalls and markings too have been seen by the desk now. */
async function noteReading(context: CaseContext, item: string): Promise<void> {
  const { facts, tx } = context
  const { rows } = await sql<{
    id: string
  }>`select m.id from link.messages m where m.org = ${facts.authority} and m.direction = 'in' and m.context = ${item}
    and ${facts.desk} = any(m.to_units) and m.kind in ('push', 'request', 'response', 'update', 'recall')
    and not exists (select from link.evidence e where e.org = m.org and e.id = m.id and e.unit = ${facts.desk} and e.kind = 'retrieval' and e.positive)`.execute(
    tx,
  )
  for (const { id } of rows) await attestLater(context, id, 'retrieval')
}

export function holderViewOf(row: Selectable<HolderTable>) {
  return {
    desk: row.holder_desk,
    authority: row.holder_org,
    ...(row.via === null ? {} : { via: row.via }),
    fields: row.fields,
    releasedAt: row.released_at.toISOString(),
    state: row.state,
    ...(row.reference === null ? {} : { reference: row.reference }),
    ...(row.answered_at === null ? {} : { answeredAt: row.answered_at.toISOString() }),
  }
}

/** What belongs together: the same case, or question and answer. Only what this desk holds. */
async function threadOf(context: CaseContext, row: HeldItem) {
  const rows = await ownItems(context)
    .selectAll()
    .where('item', '<>', row.item)
    .where((eb) =>
      eb.or([
        eb('answers', '=', row.item),
        ...(row.answers === null ? [] : [eb('item', '=', row.answers)]),
        ...(row.case_ref === null ? [] : [eb('case_ref', '=', row.case_ref)]),
      ]),
    )
    .orderBy('at')
    .limit(100)
    .execute()
  return await Promise.all(
    rows.map(async (each) => ({ item: each.item, title: await titleOf(context, each), kind: each.kind, at: each.at.toISOString() })),
  )
}

export const exportItemRoute = handle(exportItem, async ({ item }, context) => {
  const row = await itemRowOf(context, item)
  const seen = row === undefined ? undefined : await lookAt(context, row, 'export')
  if (row === undefined || seen === undefined) throw notFound()
  context.about({ kind: 'item', id: item })
  const { view, content } = seen
  const { title, evaluation, legalBasis } = content
  const file = {
    item,
    origin: row.origin_desk,
    title,
    fields: view.fields,
    attachments: view.attachments,
    evaluation,
    legalBasis,
    handling: handlingOf(view),
    obligations: view.obligations,
  }
  return { fileName: `information-${item}.json`, mediaType: 'application/json', text: JSON.stringify(file, null, 2) }
})
