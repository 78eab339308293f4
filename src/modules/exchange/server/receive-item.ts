/** What a desk does with information that arrives: who may have sent it on is checked field by field, and what was recalled before stays away. */
import { sql } from 'kysely'
import { type Grant, mayDo } from '#kernel/handling/capability.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { IncomingMessage } from '#platform/link/message.ts'
import { messageType, type WorkContext } from '#platform/module/define-module.ts'
import { reviewDerived } from './derived.ts'
import { follow } from './follow.ts'
import { asGrant } from './grants.ts'
import { handlingOf, type ItemContent, type ItemKey, isItem, openContent, storeContent } from './item-content.ts'
import { type HeldItem, lockItem, rowOf } from './item-rows.ts'
import { readProofs, type Terms } from './proofs.ts'
import { keepStatement, marked, tombstone, withoutPart } from './statements.ts'
import type { ExchangeTables } from './tables.ts'
import { widened } from './widen-item.ts'
import { type ItemMessage, itemMessage } from './wire.ts'

export const itemReceived = messageType({
  type: 'exchange.item',
  schema: itemMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of message.to)
      if (work.services.authorities.includes(org)) await takeItem(work, message, { data, key: { org, desk: unit, item: data.item } })
  },
})

interface Taken {
  readonly data: ItemMessage
  readonly key: ItemKey
}

async function takeItem(work: WorkContext, message: IncomingMessage, taken: Taken): Promise<void> {
  const { data, key } = taken
  const { tx, services } = work
  const isDirect = message.from.org === data.origin.org
  if (isDirect && message.from.unit !== data.origin.unit)
    throw new AppError(403, 'exchange.withheld', 'Another desk of the originator sent it.')
  const terms: Terms = {
    item: data.item,
    origin: data.origin,
    purpose: message.purpose,
    eraseAt: message.retention.deleteBy,
    evaluation: data.evaluation,
    legalBasis: data.legalBasis,
  }
  // Whoever brings it: each part as its originator said, or none of it.
  const proofs = await readProofs(services.statements, terms, { ...data, tokens: data.parts })
  await lockItem(work, key)
  if (!isDirect) await requireLeave(work, message, taken)
  const row = await rowOf(work, key)
  if (row !== undefined && (row.side !== 'received' || row.origin_org !== data.origin.org || row.origin_desk !== data.origin.unit))
    // The sender hears no more than if nobody had that piece here.
    return await noteReceived(work, message, { key, outcome: 'refused', reason: 'the id belongs to a piece of another originator' })
  const brought: ItemContent = {
    title: data.title,
    fields: data.fields,
    attachments: data.attachments,
    evaluation: data.evaluation,
    legalBasis: data.legalBasis,
    personalData: message.personalData,
    proofs,
  }
  const isCorrection = row !== undefined && isDirect
  if (isCorrection && (await isOvertaken(work, message, row))) return
  // A copy from a holder never replaces what the originator itself sent; to one from a holder it may add.
  const taking = row === undefined || isDirect ? brought : await addedTo(work, row, brought)
  if (taking === undefined) return
  const content = await withStatements(work, taken, taking)
  const values = {
    kind: data.kind,
    state: 'held' as const,
    purpose: message.purpose,
    case_ref: message.case ?? null,
    answers: data.answers ?? null,
    urgency: message.urgency,
    tlp: handlingOf(content).tlp,
    content: await storeContent(work, key, content),
    message: message.id,
    at: message.receivedAt,
    erase_at: message.retention.deleteBy,
  }
  await tx
    .withTables<ExchangeTables>()
    .insertInto('exchange.items')
    .values({
      ...key,
      ...values,
      side: 'received',
      origin_org: data.origin.org,
      origin_desk: data.origin.unit,
      draft: null,
      derived_from: [],
      recipients: [],
      used_ref: null,
      written_by: null,
      key: null,
      audience: [key.desk],
    })
    .onConflict((conflict) => conflict.columns(['org', 'desk', 'item']).doUpdateSet(values))
    .execute()
  const gone = row === undefined ? [] : await dropOthers(work, key, content.attachments)
  for (const { sha256, size } of content.attachments)
    await tx
      .withTables<ExchangeTables>()
      .insertInto('exchange.attachments')
      .values({ ...key, sha256, size, received: 0, stored: false, audience: [key.desk] })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  // A correction of what was built upon: a person looks at what was derived, and what was taken out of it follows by itself.
  if (isCorrection) await reviewDerived(work, key, ['released', 'held'])
  if (await wasRecalled(work, key, data.origin.org)) await tombstone(work, key)
  else if (row !== undefined) {
    for (const attachment of gone) await follow(work, { ...key, change: 'gone', attachment })
    await follow(work, { ...key, change: 'marked' })
  }
  await noteReceived(work, message, { key, outcome: 'done', detail: { direct: isDirect } })
  await services.announce(tx, 'items', [key.desk])
}

/** Undefined where it adds nothing, or may not. */
async function addedTo(work: WorkContext, row: HeldItem, brought: ItemContent): Promise<ItemContent | undefined> {
  const { rows } =
    await sql`select from link.messages where org = ${row.org} and id = ${row.message} and direction = 'in' and from_unit <> ${row.origin_desk}`.execute(
      work.tx,
    )
  const held = rows.length === 0 ? undefined : await openContent(work, row)
  return held === undefined ? undefined : await widened(work, held, brought)
}

type Noted = Pick<Parameters<WorkContext['services']['record']>[1], 'outcome' | 'detail' | 'reason'> & { readonly key: ItemKey }

async function noteReceived({ tx, services }: WorkContext, message: IncomingMessage, { key, ...noted }: Noted): Promise<void> {
  await services.record(tx, {
    event: 'exchange.item-received',
    facts: null,
    by: 'message:exchange.item',
    subjects: [
      { kind: 'item', id: key.item },
      { kind: 'desk', id: key.desk },
      { kind: 'message', id: message.id },
    ],
    ...noted,
  })
}

/** A holder passed it on: each part must be free to pass, or granted to that holder for us by the originator's own signature. */
async function requireLeave(work: WorkContext, message: IncomingMessage, { data, key }: Taken): Promise<void> {
  const grants: Grant[] = []
  for (const token of data.grants) {
    const statement = await work.services.statements.read(token)
    if (statement.says !== 'grant' || statement.item !== data.item || statement.origin.org !== data.origin.org)
      throw new AppError(403, 'exchange.withheld', 'A grant speaks of something else.')
    grants.push(asGrant(statement))
    // What the sender shows as its leave is kept: it is the reason why this desk holds it at all.
    await keepStatement(work, { key, statement, token })
  }
  const act = { capability: 'disseminate' as const, holder: message.from.org, recipient: key.org, at: Date.parse(message.createdAt) }
  for (const part of [...data.fields, ...data.attachments])
    if (!mayDo(part.handling, act, grants)) throw new AppError(403, 'exchange.withheld', 'It was passed on without leave.')
}

/** Attachments that the newer version does not have, or that were recalled: their bytes go. Answers their digests. */
async function dropOthers({ tx }: WorkContext, key: ItemKey, attachments: ItemContent['attachments']): Promise<readonly string[]> {
  const kept = attachments.map(({ sha256 }) => sha256)
  const { rows } = await sql<{ sha256: string }>`delete from exchange.attachments
    where ${isItem(key)} and sha256 <> all(${kept}::text[]) returning sha256`.execute(tx)
  const gone = rows.map(({ sha256 }) => sha256)
  await sql`delete from exchange.attachment_parts where ${isItem(key)} and sha256 = any(${gone}::text[])`.execute(tx)
  return gone
}

/** Whether a newer version of the same originator is here: one that was lost on its way and sent again comes after it, and brings nothing back. */
async function isOvertaken({ tx }: WorkContext, message: IncomingMessage, row: HeldItem): Promise<boolean> {
  const { rows } = await sql`select from link.messages where org = ${row.org} and id = ${row.message} and direction = 'in'
    and from_unit = ${row.origin_desk} and created_at > ${message.createdAt}::timestamptz`.execute(tx)
  return rows.length > 0
}

async function wasRecalled(work: WorkContext, key: ItemKey, origin: string): Promise<boolean> {
  const recall = await statementsOf(work, key, origin)
  return recall.some(({ body }) => body.says === 'recall' && body.field === undefined && body.attachment === undefined)
}

/** Partial recalls that came before it, and markings that its originator made after it said how each part is handled. */
async function withStatements(work: WorkContext, { data, key }: Taken, content: ItemContent): Promise<ItemContent> {
  const earlier = await statementsOf(work, key, data.origin.org)
  const since = earlier.some(({ body }) => body.says === 'marking') ? await saidAt(work, content) : new Map<string, number>()
  return earlier.reduce((now, { body }) => {
    if (body.says === 'marking') return marked(now, body, (part) => (since.get(part) ?? 0) > Date.parse(body.at))
    return body.says === 'recall' ? withoutPart(now, body) : now
  }, content)
}

/** When the originator gave its word for each part. */
async function saidAt({ services }: WorkContext, { proofs = {} }: ItemContent): Promise<ReadonlyMap<string, number>> {
  const words = Object.entries(proofs).map(async ([part, token]) => [part, Date.parse((await services.statements.read(token)).at)] as const)
  return new Map(await Promise.all(words))
}

/** What this originator said of the piece, in the order it said it. Anybody else's words about it do not count. */
async function statementsOf(work: WorkContext, key: ItemKey, origin: string) {
  return await work.tx
    .withTables<ExchangeTables>()
    .selectFrom('exchange.statements')
    .select('body')
    .where(isItem(key))
    .where('origin_org', '=', origin)
    .orderBy('at')
    .execute()
}
