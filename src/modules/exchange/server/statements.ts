/**
 * Statements of originators, applied where the information is held: recall, marking, grant, denial. They bind by their signature, whoever brings
 * them, and are remembered even before the information arrives. A statement about somebody else's information changes nothing and is logged.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { canonicalJson } from '#kernel/seal/canonical-json.ts'
import { openCase } from '#modules/procedures'
import { AppError } from '#platform/http/app-error.ts'
import { findUnit } from '#platform/link/directory.ts'
import type { Statement } from '#platform/link/statement.ts'
import { messageType, type WorkContext } from '#platform/module/define-module.ts'
import type { ItemField } from '../contract.ts'
import { tell } from './control-message.ts'
import { reviewDerived } from './derived.ts'
import { follow } from './follow.ts'
import { eraseContent, handlingOf, holdsPart, type ItemContent, type ItemKey, isItem, openContent, storeContent } from './item-content.ts'
import { type HeldItem, lockItem, rowOf } from './item-rows.ts'
import { partsHeld, proofsAmong, stillTrue, termsOf, tokensFor } from './proofs.ts'
import type { ExchangeTables } from './tables.ts'
import { statementMessage } from './wire.ts'

export const statementReceived = messageType({
  type: 'exchange.statement',
  schema: statementMessage,
  receive: async (message, { token, parts }, work) => {
    // A statement that its originator did not sign throws here: the message is quarantined and changes nothing.
    const statement = await work.services.statements.read(token)
    // What is said of a part alone comes with the part.
    if (statement.says === 'part') throw new AppError(403, 'exchange.withheld', 'A word about a part comes with the part.')
    for (const { org, unit } of message.to)
      if (work.services.authorities.includes(org))
        await applyStatement(work, { key: { org, desk: unit, item: statement.item }, statement, token, parts })
  },
})

interface Said {
  readonly key: ItemKey
  readonly statement: Statement
  readonly token: string
  /** The originator's word for each part as it is handled from now on, with a marking. */
  readonly parts?: readonly string[]
}

/** Keeps it once; a repeat on another way changes nothing. */
export async function keepStatement(work: WorkContext, { key, statement, token }: Said): Promise<boolean> {
  const digest = createHash('sha256').update(canonicalJson(statement)).digest('hex')
  const kept = await work.tx
    .withTables<ExchangeTables>()
    .insertInto('exchange.statements')
    .values({
      ...key,
      digest,
      origin_org: statement.origin.org,
      says: statement.says,
      body: JSON.stringify(statement),
      token,
      at: statement.at,
      audience: [key.desk],
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('digest')
    .executeTakeFirst()
  return kept !== undefined
}

async function applyStatement(work: WorkContext, said: Said): Promise<void> {
  const { key, statement } = said
  await lockItem(work, key)
  const isNew = await keepStatement(work, said)
  const held = await rowOf(work, key)
  const isTheirs = held === undefined || (held.side === 'received' && held.origin_org === statement.origin.org)
  // Whoever recalls what is not theirs hears what they would hear if nobody had it here.
  const row = isTheirs ? held : undefined
  if (!isNew) return await answerAgain(work, { key, row, said })
  await work.services.record(work.tx, {
    event: isTheirs ? 'exchange.statement-received' : 'exchange.statement-refused',
    outcome: isTheirs ? 'done' : 'refused',
    facts: null,
    by: 'message:exchange.statement',
    subjects: [
      { kind: 'item', id: key.item },
      { kind: 'desk', id: key.desk },
    ],
    detail: { says: statement.says },
    ...(isTheirs ? {} : { reason: 'the one who says it is not the originator' }),
  })
  if (!isTheirs && statement.says !== 'recall') return
  if (statement.says === 'grant' || statement.says === 'denial') await settlePermission(work, key, statement)
  else if (statement.says === 'marking') await applyMarking(work, { key, row, said })
  else await applyRecall(work, { key, row, said })
  await work.services.announce(work.tx, 'items', [key.desk])
}

async function settlePermission(
  work: WorkContext,
  key: ItemKey,
  statement: Extract<Statement, { says: 'grant' | 'denial' }>,
): Promise<void> {
  await work.tx
    .withTables<ExchangeTables>()
    .updateTable('exchange.permission_requests')
    .set({ state: statement.says === 'grant' ? 'granted' : 'denied', ...(statement.says === 'grant' ? { until: statement.until } : {}) })
    .where('org', '=', key.org)
    .where('desk', '=', key.desk)
    .where('request', '=', statement.request)
    .where('item', '=', key.item)
    .where('direction', '=', 'out')
    .execute()
}

interface Applied {
  readonly key: ItemKey
  readonly row: HeldItem | undefined
  readonly said: Said
}

type Marking = Extract<Statement, { says: 'marking' }>

/** What a marking says by name of parts that a line of the ledger holds: the others are not named to whoever was never given them. */
export function namedTo(held: readonly string[], fields: Marking['fields'], content: ItemContent): Marking['fields'] {
  return Object.fromEntries(Object.entries(fields).filter(([part]) => holdsPart(held, content, part)))
}

const keyOf = ({ org, desk, item }: ItemKey): ItemKey => ({ org, desk, item })

/** Content with the marking of its originator: signed by it, so it may loosen as well as tighten. `isNewer`: of parts whose handling the originator stated after it. */
export function marked(content: ItemContent, marking: Marking, isNewer: (part: string) => boolean = () => false): ItemContent {
  const handlingOfPart = (part: string, before: ItemField['handling']) =>
    isNewer(part) ? before : (marking.fields[part] ?? marking.handling)
  const now = {
    ...content,
    fields: content.fields.map((field) => ({ ...field, handling: handlingOfPart(field.id, field.handling) })),
    attachments: content.attachments.map((attachment) => ({
      ...attachment,
      handling: handlingOfPart(attachment.sha256, attachment.handling),
    })),
  }
  return content.proofs === undefined ? now : { ...now, proofs: stillTrue(content, now) }
}

/** Content without the field or attachment that a partial recall names. */
export function withoutPart(
  content: ItemContent,
  part: { readonly field?: string | undefined; readonly attachment?: string | undefined },
): ItemContent {
  const now = {
    ...content,
    fields: content.fields.filter((field) => field.id !== part.field),
    attachments: content.attachments.filter((attachment) => attachment.sha256 !== part.attachment),
  }
  return content.proofs === undefined ? now : { ...now, proofs: stillTrue(content, now) }
}

async function applyMarking(work: WorkContext, { key, row, said }: Applied): Promise<void> {
  if (said.statement.says !== 'marking') return
  // A holder may bring an older word after a newer one: the newest of the originator's markings counts, not the last to arrive.
  const { rows: newer } = await sql`select digest from exchange.statements where ${isItem(key)}
    and origin_org = ${said.statement.origin.org} and says = 'marking' and at > ${said.statement.at}::timestamptz limit 1`.execute(work.tx)
  const content = row === undefined || newer.length > 0 ? undefined : await openContent(work, row)
  if (row === undefined || content === undefined) return await forward(work, { key, row, said })
  const now = marked(content, said.statement)
  const fresh = await proofsAmong(work.services.statements, termsOf(row, now), { ...now, tokens: said.parts ?? [] })
  const proved = { ...now, proofs: { ...now.proofs, ...fresh } }
  await replaceContent(work, row, proved)
  await follow(work, { ...keyOf(row), change: 'marked' })
  await forward(work, { key, row, said, proved })
}

async function replaceContent(work: WorkContext, row: HeldItem, content: ItemContent): Promise<void> {
  const { org, desk, item } = row
  const sealed = await storeContent(work, { org, desk, item }, content)
  await work.tx
    .withTables<ExchangeTables>()
    .updateTable('exchange.items')
    .set({ content: sealed, tlp: handlingOf(content).tlp })
    .where('org', '=', org)
    .where('desk', '=', desk)
    .where('item', '=', item)
    .execute()
}

async function applyRecall(work: WorkContext, { key, row, said }: Applied): Promise<void> {
  const { statement } = said
  if (statement.says !== 'recall') return
  const origin = statement.origin
  const answer = async (data: { readonly answer: string; readonly reference?: string }): Promise<void> => {
    await tell(work, { key, to: origin, kind: 'feedback', type: 'exchange.recall-answer', data: { item: key.item, ...data } })
  }
  if (row === undefined) {
    await answer({ answer: 'not-held' })
    return
  }
  const isUsed = await reviewDerived(work, key)
  const isWhole = statement.field === undefined && statement.attachment === undefined
  // While the part is still there: who holds it is read from what it is called.
  await forward(work, { key, row, said })
  if (isWhole) await tombstone(work, key)
  else await removePart(work, row, statement)
  if (row.message !== null)
    await work.services.enqueue(work.tx, {
      name: 'exchange.attest',
      data: { messageId: row.message, org: key.org, unit: key.desk, kind: 'recalled' },
      key: `recalled:${row.message}:${key.desk}`,
    })
  if (row.used_ref !== null) await answer({ answer: 'partly-used', reference: row.used_ref })
  else if (!isUsed) await answer({ answer: 'recalled' })
  else await openReview(work, key, row)
}

/**
 * A recall that comes once more: the originator may not have known of this holder when its first answer came, and counts no answer of somebody it does not
 * know. What a person has to say is said by that person.
 */
async function answerAgain(work: WorkContext, { key, row, said }: Applied): Promise<void> {
  const { statement } = said
  if (statement.says !== 'recall' || statement.field !== undefined || statement.attachment !== undefined) return
  const isGone = row?.side === 'received' && row.state === 'recalled' && row.origin_org === statement.origin.org && row.used_ref === null
  const { rows: derived } = await sql`
    select item from exchange.items where org = ${key.org} and desk = ${key.desk} and derived_from @> array[${key.item}]::text[] limit 1`.execute(
    work.tx,
  )
  if (!(row === undefined || isGone) || derived.length > 0) return
  const data = { item: key.item, answer: row === undefined ? 'not-held' : 'recalled' }
  await tell(work, { key, to: statement.origin, kind: 'feedback', type: 'exchange.recall-answer', data })
}

/** Background work only. The fact stays, the content goes. */
export async function tombstone(work: WorkContext, key: ItemKey): Promise<void> {
  await eraseContent(work, key)
  await sql`update exchange.items set state = 'recalled' where ${isItem(key)}`.execute(work.tx)
  await follow(work, { ...key, change: 'gone' })
}

async function removePart(
  work: WorkContext,
  row: HeldItem,
  part: { readonly field?: string | undefined; readonly attachment?: string | undefined },
): Promise<void> {
  const content = await openContent(work, row)
  if (content === undefined) return
  await replaceContent(work, row, withoutPart(content, part))
  if (part.attachment === undefined) return
  for (const table of ['exchange.attachments', 'exchange.attachment_parts'])
    await sql`delete from ${sql.table(table)} where org = ${row.org} and desk = ${row.desk} and item = ${row.item} and sha256 = ${part.attachment}`.execute(
      work.tx,
    )
  await follow(work, { ...keyOf(row), change: 'gone', attachment: part.attachment })
}

/**
 * To everybody this desk passed it on to: they are bound by the originator's signature, not by ours. Whoever was never given a part is told nothing
 * that names it; the originator, who knows of every holder, tells that one what concerns it.
 */
async function forward(work: WorkContext, { key, row, said, proved }: Applied & { readonly proved?: ItemContent }): Promise<void> {
  if (row === undefined) return
  const holders = await work.tx.withTables<ExchangeTables>().selectFrom('exchange.holders').selectAll().where(isItem(key)).execute()
  const named = partsIn(said.statement)
  const content = named.length === 0 ? undefined : (proved ?? (await openContent(work, row)))
  for (const holder of holders) {
    if (content !== undefined && !named.every((part) => holdsPart(holder.fields, content, part))) continue
    await tell(work, {
      key,
      to: { org: holder.holder_org, unit: holder.holder_desk },
      kind: said.statement.says === 'recall' ? 'recall' : 'update',
      urgency: 'immediate',
      type: 'exchange.statement',
      data: {
        token: said.token,
        parts: proved === undefined ? [] : tokensFor(proved.proofs ?? {}, partsHeld(holder.fields, proved)),
      },
    })
    if (said.statement.says === 'recall')
      await work.tx
        .withTables<ExchangeTables>()
        .updateTable('exchange.holders')
        .set({ state: 'recall-sent' })
        .where(isItem(key))
        .where('holder_desk', '=', holder.holder_desk)
        .execute()
  }
}

function partsIn(statement: Statement): readonly string[] {
  if (statement.says === 'marking') return Object.keys(statement.fields)
  const part = statement.says === 'recall' ? (statement.field ?? statement.attachment) : undefined
  return part === undefined ? [] : [part]
}

/** A person looks at what was made from it, against the clock, and answers. */
async function openReview(work: WorkContext, key: ItemKey, row: HeldItem): Promise<void> {
  const unit = findUnit(work.services.directory(), key.desk)?.unit
  await openCase(work, {
    definition: 'PR-23',
    authority: key.org,
    subject: key.item,
    label: 'Recall',
    link: `/items/${key.item}`,
    party: key.desk,
    role: 'holder',
    originator: row.origin_desk,
    zone: unit?.zone ?? 'UTC',
    calendar: unit?.calendar ?? '',
    anchors: {},
    audience: [key.desk],
    opening: { transition: 'issue', facts: null, actor: null },
  })
}
