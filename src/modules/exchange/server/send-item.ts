/**
 * One message of one piece of information to one desk, and the line in the ledger of who holds it. What speaks of the whole and has no marking of
 * its own (title, case, categories) travels only with the whole; a reference travels only to a desk that has what it points to.
 */
import type { CaseContext } from '#platform/http/case-context.ts'
import type { Address, OutgoingMessage } from '#platform/link/message.ts'
import { handlingOf, type ItemContent, type ItemKey, type ItemView, isItem } from './item-content.ts'
import { rowOf } from './item-rows.ts'
import { PART_TITLE, proveParts, termsOf, tokensFor } from './proofs.ts'
import type { ExchangeTables } from './tables.ts'
import type { ItemMessage } from './wire.ts'

const DAY = 86_400_000

export interface SentItem {
  readonly key: ItemKey
  readonly content: ItemContent
  /** What the release function gave for this desk: nothing else travels. */
  readonly view: ItemView
  readonly to: Address
  readonly grants: readonly string[]
  /** The originator, when a holder passes it on. */
  readonly origin: Address | undefined
}

export async function sendItem(context: CaseContext, sent: SentItem): Promise<void> {
  const { facts, tx, services, clock } = context
  const { key, content, view, to, grants } = sent
  const row = await rowOf(context, key)
  if (row === undefined) throw new Error('An item is sent before it is stored.')
  const origin = sent.origin ?? { org: facts.authority, unit: facts.desk }
  const isCorrection = await isHolder(context, key, to.unit)
  const isWhole = view.withheld.length === 0
  const answered = row.answers === null ? undefined : await rowOf(context, { ...key, item: row.answers })
  const isAsker = answered?.origin_desk === to.unit
  const knowsRequest = isAsker || (answered !== undefined && (await isHolder(context, { ...key, item: answered.item }, to.unit)))
  const parts = { title: isWhole ? content.title : PART_TITLE, fields: view.fields, attachments: view.attachments }
  const terms = termsOf(row, content)
  const body: ItemMessage = {
    item: key.item,
    origin,
    kind: row.kind as ItemMessage['kind'],
    title: parts.title,
    fields: [...view.fields],
    attachments: [...view.attachments],
    parts: [...(sent.origin === undefined ? await proveParts(services.statements, terms, parts) : tokensFor(content.proofs ?? {}, parts))],
    evaluation: content.evaluation,
    legalBasis: content.legalBasis,
    ...(row.answers === null || !knowsRequest ? {} : { answers: row.answers }),
    grants: [...grants],
  }
  await services.submit(tx, {
    ...envelopeOf(context, { key, to, urgency: row.urgency as OutgoingMessage['urgency'] }),
    kind: isCorrection ? 'update' : (row.kind as OutgoingMessage['kind']),
    ...(row.case_ref === null || !isWhole ? {} : { case: row.case_ref }),
    ...(row.kind === 'response' && isAsker && answered.message !== null ? { inReplyTo: answered.message } : {}),
    handling: handlingOf(view),
    evaluation: content.evaluation,
    legalBasis: content.legalBasis,
    personalData: isWhole ? content.personalData : { ...content.personalData, categories: [] },
    retention: { reviewAt: midway(clock.now(), row.erase_at), deleteBy: terms.eraseAt },
    body: { type: 'exchange.item', data: body },
  })
  await tx
    .withTables<ExchangeTables>()
    .insertInto('exchange.holders')
    .values({
      ...key,
      holder_desk: to.unit,
      holder_org: to.org,
      via: sent.origin === undefined ? null : facts.authority,
      fields: [...view.sees],
      released_at: clock.now(),
      state: 'holds',
      reference: null,
      answered_at: null,
      audience: [key.desk],
    })
    .onConflict((conflict) =>
      conflict.columns(['org', 'desk', 'item', 'holder_desk']).doUpdateSet({ fields: [...view.sees], state: 'holds' }),
    )
    .execute()
}

async function isHolder(context: CaseContext, key: ItemKey, unit: string): Promise<boolean> {
  const held = await context.tx
    .withTables<ExchangeTables>()
    .selectFrom('exchange.holders')
    .select('holder_desk')
    .where(isItem(key))
    .where('holder_desk', '=', unit)
    .executeTakeFirst()
  return held !== undefined
}

/** Routing common to everything said about a piece of information: the thread is the piece. */
export function envelopeOf(
  context: Pick<CaseContext, 'facts' | 'clock'>,
  about: { readonly key: ItemKey; readonly to: Address; readonly urgency?: OutgoingMessage['urgency'] },
) {
  const { facts, clock } = context
  return {
    from: { org: facts.authority, unit: facts.desk },
    to: [about.to],
    urgency: about.urgency ?? ('routine' as const),
    context: about.key.item,
    expiresAt: new Date(clock.now().getTime() + 60 * DAY).toISOString(),
    purpose: facts.purpose ?? '',
  }
}

function midway(from: Date, until: Date): string {
  return new Date((from.getTime() + until.getTime()) / 2).toISOString()
}
