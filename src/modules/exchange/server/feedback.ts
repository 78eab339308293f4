/** Feedback to the originator, what holders say of theirs, and subscriptions to a case. */
import { uuidv7 } from 'uuidv7'
import { mayDo } from '#kernel/handling/capability.ts'
import { AppError } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import { seenBy } from '#platform/link/directory-view.ts'
import { messageType } from '#platform/module/define-module.ts'
import { giveFeedback, subscribe } from '../contract.ts'
import { attestLater } from './attest.ts'
import { tell } from './control-message.ts'
import { grantsFor } from './grants.ts'
import { handlingOf } from './item-content.ts'
import { lockItem, ownDesk } from './item-rows.ts'
import { tellLate } from './late-holder.ts'
import { heldOf } from './permissions.ts'
import type { ExchangeTables } from './tables.ts'
import { feedbackMessage, subscriptionMessage } from './wire.ts'

export const giveFeedbackRoute = handle(giveFeedback, async ({ item, kind, note }, context) => {
  const { facts, tx, clock } = context
  const { row, content } = await heldOf(context, item)
  const key = ownDesk(context, item)
  const { grants } = await grantsFor(context, key, row.origin_org)
  const needed = kind === 'used-in-proceedings' ? ('use-in-proceedings' as const) : kind === 'used' ? ('act-on' as const) : undefined
  if (
    needed !== undefined &&
    !mayDo(handlingOf(content), { capability: needed, holder: facts.authority, at: clock.now().getTime() }, grants)
  )
    throw new AppError(422, 'exchange.withheld', 'The handling does not allow this use: ask the originator for permission.')
  if (kind === 'used-in-proceedings') {
    if (note.trim() === '') throw new AppError(422, 'exchange.reference', 'Name the proceedings in which it is used.')
    await tx
      .withTables<ExchangeTables>()
      .updateTable('exchange.items')
      .set({ used_ref: note.slice(0, 200) })
      .where('org', '=', key.org)
      .where('desk', '=', key.desk)
      .where('item', '=', item)
      .execute()
  }
  if (needed !== undefined && row.message !== null) await attestLater(context, row.message, 'actioned')
  await tell(context, {
    key,
    to: { org: row.origin_org, unit: row.origin_desk },
    kind: 'feedback',
    type: 'exchange.feedback',
    data: { kind, item, feedback: uuidv7(), note },
  })
  context.about({ kind: 'item', id: item })
  return { told: row.origin_desk }
})

export const feedbackReceived = messageType({
  type: 'exchange.feedback',
  schema: feedbackMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of message.to) {
      const db = work.tx.withTables<ExchangeTables>()
      const key = { org, desk: unit, item: data.item }
      const holds = await db
        .selectFrom('exchange.holders')
        .select('holder_desk')
        .where('org', '=', org)
        .where('desk', '=', unit)
        .where('item', '=', data.item)
        .where('holder_desk', '=', message.from.unit)
        .executeTakeFirst()
      // Only who holds it has something to say of it.
      if (holds === undefined) continue
      if (data.kind === 'passed-on') {
        await lockItem(work, key)
        const added = await db
          .insertInto('exchange.holders')
          .values({
            ...key,
            holder_desk: data.to.unit,
            holder_org: data.to.org,
            via: message.from.org,
            fields: data.fields,
            released_at: data.at,
            state: 'holds',
            reference: null,
            answered_at: null,
            audience: [unit],
          })
          .onConflict((conflict) => conflict.doNothing())
          .returning('holder_desk')
          .executeTakeFirst()
        if (added !== undefined) await tellLate(work, { key, to: data.to, fields: data.fields })
      } else
        await db
          .insertInto('exchange.feedback')
          .values({
            ...key,
            feedback: data.feedback,
            by_desk: message.from.unit,
            kind: data.kind,
            note: data.note,
            at: message.createdAt,
            audience: [unit],
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      await work.services.announce(work.tx, 'items', [unit])
    }
  },
})

export const subscribeRoute = handle(subscribe, async (input, context) => {
  const { facts, tx, services, clock } = context
  const found = findUnit(seenBy(services.directory(), facts.authority), input.desk)
  if (found === undefined || found.unit.id === facts.desk) throw new AppError(422, 'exchange.recipient', 'No other desk of that name.')
  // The same desk and case again is the same subscription.
  const db = tx.withTables<ExchangeTables>()
  const there = await db
    .selectFrom('exchange.subscriptions')
    .select('subscription')
    .where('org', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .where('direction', '=', 'out')
    .where('peer_desk', '=', input.desk)
    .where('case_ref', '=', input.case)
    .executeTakeFirst()
  const subscription = there?.subscription ?? uuidv7()
  await db
    .insertInto('exchange.subscriptions')
    .values({
      org: facts.authority,
      desk: facts.desk,
      subscription,
      direction: 'out',
      peer_desk: input.desk,
      case_ref: input.case,
      ended: input.end,
      at: clock.now(),
      audience: [facts.desk],
    })
    .onConflict((conflict) => conflict.columns(['org', 'desk', 'subscription']).doUpdateSet({ ended: input.end }))
    .execute()
  await tell(context, {
    key: { org: facts.authority, desk: facts.desk, item: subscription },
    to: { org: found.org.id, unit: found.unit.id },
    kind: input.end ? 'unsubscribe' : 'subscribe',
    urgency: 'routine',
    type: 'exchange.subscription',
    data: { subscription, case: input.case, end: input.end },
  })
  context.about({ kind: 'desk', id: input.desk })
  return { subscription }
})

/** It gives nobody anything: the desk is offered as a recipient the next time something of the case is released. */
export const subscriptionReceived = messageType({
  type: 'exchange.subscription',
  schema: subscriptionMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of message.to)
      await work.tx
        .withTables<ExchangeTables>()
        .insertInto('exchange.subscriptions')
        .values({
          org,
          desk: unit,
          subscription: data.subscription,
          direction: 'in',
          peer_desk: message.from.unit,
          case_ref: data.case,
          ended: data.end,
          at: message.receivedAt,
          audience: [unit],
        })
        .onConflict((conflict) =>
          conflict
            .columns(['org', 'desk', 'subscription'])
            .doUpdateSet({ ended: data.end })
            .where('exchange.subscriptions.peer_desk', '=', message.from.unit),
        )
        .execute()
  },
})
