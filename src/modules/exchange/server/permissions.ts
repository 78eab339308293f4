/** Asking the originator for what the handling withholds, its answer, and passing on what was left or granted. */

import type { Selectable } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { CAPABILITIES, type Capability, mayDo } from '#kernel/handling/capability.ts'
import { decideTransfer } from '#kernel/handling/transfer.ts'
import { requireSealing } from '#platform/audit/audit-log.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import { orgOf } from '#platform/link/directory-store.ts'
import { seenBy } from '#platform/link/directory-view.ts'
import { messageType } from '#platform/module/define-module.ts'
import { answerPermission, askPermission, type PermissionRow, passOn } from '../contract.ts'
import { tell } from './control-message.ts'
import { grantsFor } from './grants.ts'
import { handlingOf, type ItemContent, openContent, viewOf } from './item-content.ts'
import { type HeldItem, itemRowOf, lockItem, ownDesk } from './item-rows.ts'
import { provable } from './proofs.ts'
import { sendItem } from './send-item.ts'
import { requireLeaveOfSources } from './sources.ts'
import { keepStatement } from './statements.ts'
import type { ExchangeTables, PermissionRequestTable } from './tables.ts'
import { permissionMessage } from './wire.ts'

const DAY = 86_400_000

/** Something of another originator that this desk holds now. */
export async function heldOf(context: CaseContext, item: string): Promise<{ readonly row: HeldItem; readonly content: ItemContent }> {
  const row = await itemRowOf(context, item)
  if (row === undefined || row.side !== 'received') throw notFound()
  const content = await openContent(context, row)
  if (content === undefined) throw notFound()
  return { row, content }
}

export const askPermissionRoute = handle(askPermission, async (input, context) => {
  const { facts, tx, clock } = context
  const db = tx.withTables<ExchangeTables>()
  const repeated = await db
    .selectFrom('exchange.permission_requests')
    .select('request')
    .where('org', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .where('key', '=', input.key)
    .executeTakeFirst()
  if (repeated !== undefined) return repeated
  const { row, content } = await heldOf(context, input.item)
  const isOnward = input.capability === 'disseminate'
  if (
    isOnward !== (input.recipient !== undefined) ||
    (input.recipient !== undefined && orgOf(seenBy(context.services.directory(), facts.authority), input.recipient) === undefined)
  )
    throw new AppError(422, 'exchange.recipient', 'Passing on names the authority it would go to; nothing else does.')
  const key = ownDesk(context, input.item)
  const { grants } = await grantsFor(context, key, row.origin_org)
  const act = {
    capability: input.capability,
    holder: facts.authority,
    at: clock.now().getTime(),
    ...(input.recipient === undefined ? {} : { recipient: input.recipient }),
  }
  if ([...content.fields, ...content.attachments].every((part) => mayDo(part.handling, act, grants)))
    throw new AppError(409, 'exchange.permission-needless', 'The handling allows it already.')
  const request = uuidv7()
  const until = new Date(clock.now().getTime() + 30 * DAY)
  await db
    .insertInto('exchange.permission_requests')
    .values({
      ...key,
      request,
      direction: 'out',
      holder_org: facts.authority,
      holder_desk: facts.desk,
      capability: input.capability,
      recipient: input.recipient ?? null,
      reason: input.reason,
      state: 'open',
      at: clock.now(),
      until,
      key: input.key,
      audience: [facts.desk],
    })
    .execute()
  const { capability, recipient, reason } = input
  await tell(context, {
    key,
    to: { org: row.origin_org, unit: row.origin_desk },
    kind: 'permission-request',
    type: 'exchange.permission-request',
    data: { request, item: input.item, capability, ...(recipient === undefined ? {} : { recipient }), reason, until: until.toISOString() },
  })
  context.about({ kind: 'item', id: input.item })
  return { request }
})

export const permissionAsked = messageType({
  type: 'exchange.permission-request',
  schema: permissionMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of message.to) {
      const db = work.tx.withTables<ExchangeTables>()
      const holds = await db
        .selectFrom('exchange.holders')
        .select('holder_desk')
        .where('org', '=', org)
        .where('desk', '=', unit)
        .where('item', '=', data.item)
        .where('holder_org', '=', message.from.org)
        .executeTakeFirst()
      // Whoever does not hold it asks about nothing: kept away from the desk, and answered by silence.
      if (holds === undefined || !CAPABILITIES.includes(data.capability as Capability)) continue
      await db
        .insertInto('exchange.permission_requests')
        .values({
          org,
          desk: unit,
          item: data.item,
          request: data.request,
          direction: 'in',
          holder_org: message.from.org,
          holder_desk: message.from.unit,
          capability: data.capability,
          recipient: data.recipient ?? null,
          reason: data.reason,
          state: 'open',
          at: message.receivedAt,
          until: data.until,
          key: null,
          audience: [unit],
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      await work.services.announce(work.tx, 'permissions', [unit])
    }
  },
})

export const answerPermissionRoute = handle(answerPermission, async (input, context) => {
  const { facts, tx, services, clock } = context
  const db = tx.withTables<ExchangeTables>()
  const asked = await db
    .selectFrom('exchange.permission_requests')
    .selectAll()
    .where('org', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .where('request', '=', input.request)
    .where('direction', '=', 'in')
    .executeTakeFirst()
  if (asked === undefined) throw notFound()
  const row = await itemRowOf(context, asked.item)
  if (row === undefined) throw notFound()
  if (asked.state !== 'open' || row.state === 'recalled')
    throw new AppError(409, 'exchange.state', 'It was answered, or the information was recalled.')
  const origin = { org: facts.authority, unit: facts.desk }
  const until = new Date(clock.now().getTime() + input.days * DAY)
  const isGranted = input.decision === 'grant'
  if (isGranted) {
    await requireSealing(tx, clock.now())
    const capability = asked.capability as Capability
    await requireLeaveOfSources(context, row.derived_from, {
      capability,
      ...(asked.recipient === null ? {} : { recipient: asked.recipient }),
    })
  }
  const token = await services.statements.make(
    isGranted
      ? {
          says: 'grant',
          item: asked.item,
          origin,
          request: asked.request,
          capability: asked.capability as Exclude<Capability, 'read'>,
          holder: asked.holder_org,
          ...(asked.recipient === null ? {} : { recipient: asked.recipient }),
          until: until.toISOString(),
        }
      : { says: 'denial', item: asked.item, origin, request: asked.request },
  )
  const key = ownDesk(context, asked.item)
  await keepStatement(context, { key, statement: await services.statements.read(token), token })
  await db
    .updateTable('exchange.permission_requests')
    .set({ state: isGranted ? 'granted' : 'denied', until })
    .where('org', '=', key.org)
    .where('desk', '=', key.desk)
    .where('request', '=', asked.request)
    .execute()
  await tell(context, {
    key,
    to: { org: asked.holder_org, unit: asked.holder_desk },
    kind: isGranted ? 'permission-grant' : 'permission-deny',
    type: 'exchange.statement',
    data: { token },
  })
  context.about({ kind: 'item', id: asked.item })
  context.about({ kind: 'desk', id: asked.holder_desk })
  return { state: isGranted ? 'granted' : 'denied' }
})

export function permissionRowOf(row: Selectable<PermissionRequestTable>): PermissionRow {
  return {
    request: row.request,
    item: row.item,
    direction: row.direction,
    by: row.holder_desk,
    capability: row.capability,
    ...(row.recipient === null ? {} : { recipient: row.recipient }),
    reason: row.reason,
    state: row.state,
    at: row.at.toISOString(),
    until: row.until.toISOString(),
  }
}

export const passOnRoute = handle(passOn, async (input, context) => {
  const { facts, services, clock } = context
  await lockItem(context, ownDesk(context, input.item))
  const { row, content: held } = await heldOf(context, input.item)
  const content = provable(held)
  await requireSealing(context.tx, clock.now())
  const to = findUnit(seenBy(services.directory(), facts.authority), input.desk)
  if (to === undefined || to.unit.id === facts.desk || to.unit.id === row.origin_desk)
    throw new AppError(422, 'exchange.recipient', 'No other desk of that name.')
  const key = ownDesk(context, input.item)
  const { grants, tokens } = await grantsFor(context, key, row.origin_org)
  const view = viewOf({
    content,
    item: { originatorDesk: row.origin_desk, audience: [row.origin_desk, facts.desk, to.unit.id], recalled: false },
    viewer: { desk: to.unit.id, realm: to.org.realm, purpose: facts.purpose },
    channel: 'push',
    onward: { holder: facts.authority, recipient: to.org.id, grants, at: clock.now().getTime() },
  })
  const gate = decideTransfer({
    direction: 'outbound',
    thirdCountry: to.org.thirdCountry,
    purpose: facts.purpose,
    hasHandling: true,
    personalData: content.personalData.yes,
    origin: 'foreign-authority',
    originatorAgreed: view !== undefined,
  })
  if (view === undefined || gate.decision === 'refuse')
    throw new AppError(
      422,
      'exchange.withheld',
      view === undefined ? 'The handling withholds all of it: ask the originator.' : gate.because,
    )
  await sendItem(context, {
    key,
    content,
    view,
    to: { org: to.org.id, unit: to.unit.id },
    grants: handlingOf(view).H.includes('H2') || handlingOf(view).tlp === 'RED' ? tokens : [],
    origin: { org: row.origin_org, unit: row.origin_desk },
  })
  await tell(context, {
    key,
    to: { org: row.origin_org, unit: row.origin_desk },
    kind: 'feedback',
    type: 'exchange.feedback',
    data: {
      kind: 'passed-on',
      item: input.item,
      to: { org: to.org.id, unit: to.unit.id },
      fields: [...view.fields.map(({ id }) => id), ...view.attachments.map((attachment) => attachment.sha256)],
      at: clock.now().toISOString(),
    },
  })
  context.about({ kind: 'item', id: input.item })
  context.about({ kind: 'desk', id: to.unit.id })
  return { fields: [...view.sees] }
})
