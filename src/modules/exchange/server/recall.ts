/** The originator's side of a recall, a marking, and the answers; and the holder's answer after a person looked (PR-23). */
import { sql } from 'kysely'
import { isAsStrict } from '#kernel/handling/handling.ts'
import { applyRemote, dueIfStarted, loadCases, openCase, transition } from '#modules/procedures'
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import { messageType, type ProcedureBinding } from '#platform/module/define-module.ts'
import { changeMarking, recallItem, settleRecall } from '../contract.ts'
import { pr23 } from '../procedures/pr-23-recall.ts'
import { tell } from './control-message.ts'
import { reviewDerived } from './derived.ts'
import { handlingOf, holdsPart, type ItemKey, isItem, openContent, storeContent } from './item-content.ts'
import { type HeldItem, itemRowOf, lockItem, ownDesk } from './item-rows.ts'
import { partsHeld, proveParts, termsOf } from './proofs.ts'
import { requireAsStrictAsSources } from './sources.ts'
import { keepStatement, marked, namedTo } from './statements.ts'
import type { ExchangeTables, HolderTable } from './tables.ts'
import { recallAnswerMessage } from './wire.ts'

export const recallItemRoute = handle(recallItem, async (input, context) => {
  const { facts } = context
  const row = await ownReleased(context, input.item)
  const key = ownDesk(context, input.item)
  const { field, attachment, reason, basis } = input
  const isWhole = field === undefined && attachment === undefined
  const part = field ?? attachment
  const content = part === undefined ? undefined : await openContent(context, row)
  // Whoever was never given the part is not told that there is one.
  const holders = (await holdersOf(context, key)).filter((holder) => content === undefined || holdsPart(holder.fields, content, part))
  const answerBy = answerTime(context, holders)
  const token = await context.services.statements.make({
    says: 'recall',
    item: input.item,
    origin: { org: facts.authority, unit: facts.desk },
    ...(field === undefined ? {} : { field }),
    ...(attachment === undefined ? {} : { attachment }),
    reason,
    basis,
    answerBy,
  })
  await keepStatement(context, { key, statement: await context.services.statements.read(token), token })
  for (const holder of holders) await askBack(context, { key, holder, token, isWhole })
  await reviewDerived(context, key)
  if (isWhole) await setState(context, key, 'recalled')
  context.about({ kind: 'item', id: row.item })
  return { holders: holders.length, answerBy }
})

/** By when all holders have to have answered: each by the calendar of its own desk, the statement names the last. */
function answerTime({ facts, services, clock }: CaseContext, holders: readonly Holder[]): string {
  const directory = services.directory()
  const desks = holders.length === 0 ? [facts.desk] : holders.map((holder) => holder.holder_desk)
  const ends = desks.map((desk) => {
    const unit = findUnit(directory, desk)?.unit
    return dueIfStarted(pr23, 'answer', {
      now: clock.now(),
      zone: unit?.zone ?? 'UTC',
      calendar: unit?.calendar ?? '',
      calendars: services.calendars,
    })
  })
  return ends.reduce((last, each) => (each > last ? each : last)).toISOString()
}

async function askBack(
  context: CaseContext,
  asked: { readonly key: ItemKey; readonly holder: Holder; readonly token: string; readonly isWhole: boolean },
): Promise<void> {
  const { facts, tx, services } = context
  const { key, holder, token, isWhole } = asked
  context.about({ kind: 'desk', id: holder.holder_desk })
  await tell(context, {
    key,
    to: { org: holder.holder_org, unit: holder.holder_desk },
    kind: 'recall',
    urgency: 'immediate',
    type: 'exchange.statement',
    data: { token },
  })
  if (!isWhole) return
  await tx
    .withTables<ExchangeTables>()
    .updateTable('exchange.holders')
    .set({ state: 'recall-sent' })
    .where(isItem(key))
    .where('holder_desk', '=', holder.holder_desk)
    .execute()
  const unit = findUnit(services.directory(), holder.holder_desk)?.unit
  await openCase(context, {
    definition: 'PR-23',
    authority: facts.authority,
    subject: key.item,
    label: 'Recall',
    link: `/items/${key.item}`,
    party: holder.holder_desk,
    role: 'originator',
    originator: facts.desk,
    zone: unit?.zone ?? 'UTC',
    calendar: unit?.calendar ?? '',
    anchors: {},
    audience: [facts.desk],
    opening: {
      transition: 'issue',
      facts: {},
      actor: { officer: facts.officer, officerName: facts.officerName, desk: facts.desk },
    },
  })
}

export const changeMarkingRoute = handle(changeMarking, async (input, context) => {
  const { facts } = context
  const row = await ownReleased(context, input.item)
  const key = ownDesk(context, input.item)
  const handlings = [input.handling, ...Object.values(input.fields)]
  const before = await openContent(context, row)
  const isTighter = before !== undefined && handlings.every((handling) => isAsStrict(handling, handlingOf(before)))
  if (!isTighter) await requireAsStrictAsSources(context, row.derived_from, handlings)
  const say = async (fields: typeof input.fields) =>
    await context.services.statements.make({
      says: 'marking',
      item: input.item,
      origin: { org: facts.authority, unit: facts.desk },
      handling: input.handling,
      fields,
    })
  const token = await say(input.fields)
  const statement = await context.services.statements.read(token)
  await keepStatement(context, { key, statement, token })
  const content = await openContent(context, row)
  const now = content === undefined || statement.says !== 'marking' ? undefined : marked(content, statement)
  if (now !== undefined) {
    const sealed = await storeContent(context, key, now)
    await context.tx
      .withTables<ExchangeTables>()
      .updateTable('exchange.items')
      .set({ content: sealed, tlp: input.handling.tlp })
      .where(isItem(key))
      .execute()
  }
  const holders = await holdersOf(context, key)
  for (const holder of holders) {
    const named = content === undefined ? input.fields : namedTo(holder.fields, input.fields, content)
    const isAll = Object.keys(named).length === Object.keys(input.fields).length
    await tell(context, {
      key,
      to: { org: holder.holder_org, unit: holder.holder_desk },
      kind: 'update',
      urgency: 'immediate',
      type: 'exchange.statement',
      data: {
        token: isAll ? token : await say(named),
        parts: now === undefined ? [] : await proveParts(context.services.statements, termsOf(row, now), partsHeld(holder.fields, now)),
      },
    })
  }
  context.about({ kind: 'item', id: row.item })
  return { holders: holders.length }
})

/** Answers of holders: only the holder itself can give its own. */
export const recallAnswered = messageType({
  type: 'exchange.recall-answer',
  schema: recallAnswerMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of message.to) {
      const updated = await work.tx
        .withTables<ExchangeTables>()
        .updateTable('exchange.holders')
        .set({ state: data.answer, reference: data.reference ?? null, answered_at: message.createdAt })
        .where('org', '=', org)
        .where('desk', '=', unit)
        .where('item', '=', data.item)
        .where('holder_desk', '=', message.from.unit)
        .where('state', '=', 'recall-sent')
        .returning('holder_desk')
        .execute()
      if (updated.length === 0) continue
      await applyRemote(work, {
        authority: org,
        definition: 'PR-23',
        subject: data.item,
        party: message.from.unit,
        transition: 'answer',
        at: new Date(message.createdAt),
        fields: { answer: data.answer, ...(data.reference === undefined ? {} : { reference: data.reference }) },
      })
      await work.services.announce(work.tx, 'items', [unit])
    }
  },
})

export const settleRecallRoute = handle(settleRecall, async (input, context) => {
  const { facts, tx, services } = context
  if (input.answer === 'partly-used' && (input.reference ?? '') === '')
    throw new AppError(422, 'exchange.reference', 'Name the proceedings in which it was used.')
  const cases = await loadCases({ tx, services }, { authority: facts.authority, definition: 'PR-23', subject: input.item })
  const own = cases.find(({ row }) => row.party === facts.desk && row.role === 'holder')
  if (own === undefined) throw new AppError(409, 'exchange.state', 'No recall waits for an answer of this desk.')
  context.about({ kind: 'item', id: input.item })
  const { state } = await transition(
    { tx, services },
    {
      authority: facts.authority,
      caseId: own.row.case_id,
      transition: 'answer',
      actor: { officer: facts.officer, officerName: facts.officerName, desk: facts.desk },
      facts: {},
      fields: { answer: input.answer, ...(input.reference === undefined ? {} : { reference: input.reference }) },
      version: own.row.revision,
      key: `settle ${input.item}`,
    },
  )
  return { state }
})

export const recallBinding: ProcedureBinding = {
  definition: pr23,
  effects: {
    /** The holder's own answer goes to the originator; one that came from there is only noted. */
    answerRecall: async (call, work) => {
      if (call.mirrored || call.role !== 'holder') return
      const { rows } = await sql<{ origin_org: string; origin_desk: string }>`
        select origin_org, origin_desk from exchange.items where org = ${call.authority} and desk = ${call.party} and item = ${call.subject}`.execute(
        work.tx,
      )
      const origin = rows[0]
      if (origin === undefined) return
      const { answer, reference } = call.fields
      await tell(work, {
        key: { org: call.authority, desk: call.party, item: call.subject },
        to: { org: origin.origin_org, unit: origin.origin_desk },
        kind: 'feedback',
        type: 'exchange.recall-answer',
        data: { item: call.subject, answer, ...(reference === undefined ? {} : { reference }) },
      })
    },
    remindRecall: async (call, work) =>
      await work.services.announce(work.tx, 'items', [call.role === 'holder' ? call.party : (call.actor?.desk ?? call.party)]),
  },
}

type Holder = Pick<HolderTable, 'holder_desk' | 'holder_org' | 'state' | 'fields'>

export async function holdersOf(context: CaseContext, key: ItemKey): Promise<readonly Holder[]> {
  return await context.tx
    .withTables<ExchangeTables>()
    .selectFrom('exchange.holders')
    .select(['holder_desk', 'holder_org', 'state', 'fields'])
    .where(isItem(key))
    .execute()
}

/** Something this very desk released; anything else is the common refusal, whether it exists or not. */
async function ownReleased(context: CaseContext, item: string): Promise<HeldItem> {
  await lockItem(context, ownDesk(context, item))
  const row = await itemRowOf(context, item)
  if (row === undefined || row.side !== 'own' || !['released', 'review'].includes(row.state))
    throw new AppError(409, 'exchange.state', 'This desk has released nothing of that id that could be changed.')
  return row
}

async function setState(context: CaseContext, key: ItemKey, state: 'recalled'): Promise<void> {
  await context.tx.withTables<ExchangeTables>().updateTable('exchange.items').set({ state }).where(isItem(key)).execute()
}
