/**
 * A holder that the originator learns of only after it said something of the piece: whoever passed it on may not have been able to tell. What was said
 * before reaches it now: a recall as it was signed, the newest marking without the parts that this holder was never given.
 */
import { sql } from 'kysely'
import type { Address } from '#platform/link/message.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import { tell } from './control-message.ts'
import { type ItemKey, isItem, openContent } from './item-content.ts'
import { rowOf } from './item-rows.ts'
import { partsHeld, proveParts, termsOf } from './proofs.ts'
import { namedTo } from './statements.ts'
import type { ExchangeTables } from './tables.ts'

/** Background work only, under the lock of the piece. */
export async function tellLate(
  work: WorkContext,
  late: { readonly key: ItemKey; readonly to: Address; readonly fields: readonly string[] },
): Promise<void> {
  const { key, to, fields } = late
  const row = await rowOf(work, key)
  if (row?.side !== 'own') return
  const said = await work.tx
    .withTables<ExchangeTables>()
    .selectFrom('exchange.statements')
    .select(['body', 'token'])
    .where(isItem(key))
    .orderBy('at')
    .execute()
  const about = { key, to, urgency: 'immediate', type: 'exchange.statement' } as const
  const marking = said.map(({ body }) => body).findLast((body) => body.says === 'marking')
  const content = await openContent(work, row)
  if (marking?.says === 'marking' && content !== undefined) {
    const { says, item, origin, handling } = marking
    const token = await work.services.statements.make({ says, item, origin, handling, fields: namedTo(fields, marking.fields, content) })
    const parts = await proveParts(work.services.statements, termsOf(row, content), partsHeld(fields, content))
    await tell(work, { ...about, kind: 'update', data: { token, parts } })
  }
  for (const { body, token } of said) {
    const part = body.says === 'recall' ? (body.field ?? body.attachment) : undefined
    if (body.says !== 'recall' || (part !== undefined && !fields.includes(part))) continue
    await tell(work, { ...about, kind: 'recall', data: { token } })
    // From now on its answer is waited for, as that of every holder.
    if (part === undefined)
      await sql`update exchange.holders set state = 'recall-sent' where ${isItem(key)} and holder_desk = ${to.unit} and state = 'holds'`.execute(
        work.tx,
      )
  }
}
