/** Hits of others on our records: the notice that a blind hit obliges to, the person who confirms it, and what the requester hears of that. */
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { AppError, notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import type { Address } from '#platform/link/message.ts'
import { messageType, type WorkContext } from '#platform/module/define-module.ts'
import { confirmNotice, listNotices, type NoticeRow } from '../contract.ts'
import { entryOf } from './handle.ts'
import { isOpenTo, openEpoch } from './serve-query.ts'
import { fromHex, noticeMessage, send } from './wire.ts'

export interface NotedHit {
  readonly org: string
  readonly purpose: string
  readonly class: string
  readonly epoch: number
  readonly entry: string
  readonly handle: string
  readonly requester: Address
  readonly caseRef: string
  readonly mode: 'blind' | 'disclosing'
}

/** One notice for each record with this key; false when the handle stands for nothing that is still indexed. */
export async function noteHits({ tx, services }: WorkContext, hit: NotedHit): Promise<boolean> {
  const { rows } = await sql<{ desk: string; record: string; entry: string }>`select e.desk, e.record, e.entry from matching.tags t
    join matching.tags s on s.org = t.org and s.purpose = t.purpose and s.class = t.class and s.epoch = t.epoch and s.tag = t.tag
    join matching.entries e on e.org = s.org and e.entry = s.entry and e.state = 'indexed'
    where t.org = ${hit.org} and t.purpose = ${hit.purpose} and t.class = ${hit.class} and t.epoch = ${hit.epoch} and t.entry = ${hit.entry}
      and ${isOpenTo({ desk: hit.requester.unit, purpose: hit.purpose })}`.execute(tx)
  for (const { desk, record, entry } of rows) {
    const known = await sql`select notice from matching.notices where org = ${hit.org} and desk = ${desk} and entry = ${entry}
      and requester_desk = ${hit.requester.unit} and case_ref = ${hit.caseRef}`.execute(tx)
    if (known.rows.length > 0) continue
    const notice = uuidv7()
    await sql`insert into matching.notices (org, desk, notice, requester_org, requester_desk, record, entry, handle, class, case_ref, mode, state, at, audience)
      values (${hit.org}, ${desk}, ${notice}, ${hit.requester.org}, ${hit.requester.unit}, ${record}, ${entry}, ${hit.handle}, ${hit.class}, ${hit.caseRef}, ${hit.mode}, 'open',
        ${services.clock.now()}, ${[desk]})`.execute(tx)
    await services.record(tx, {
      event: 'matching.notice-received',
      outcome: 'done',
      facts: null,
      by: 'matching',
      subjects: [
        { kind: 'desk', id: hit.requester.unit },
        { kind: 'index-entry', id: entry },
      ],
      detail: { class: hit.class, mode: hit.mode, case: hit.caseRef },
    })
    await services.announce(tx, 'matches', [desk])
  }
  return rows.length > 0
}

export const noticeReceived = messageType({
  type: 'match.notice',
  schema: noticeMessage,
  receive: async (message, data, work) => {
    for (const { org } of message.to) {
      const index = { org, purpose: data.purpose, class: data.class, epoch: data.epoch }
      const epoch = await openEpoch(work, index)
      const entry = epoch === undefined ? '' : entryOf({ secretKey: epoch.secretKey, requester: message.from.unit }, fromHex(data.handle))
      const isNoted =
        entry !== '' &&
        (await noteHits(work, { ...index, entry, handle: data.handle, requester: message.from, caseRef: data.caseRef, mode: 'blind' }))
      if (isNoted) continue
      // Removed meanwhile, or named without a hit: no desk is troubled, the log knows.
      await work.services.record(work.tx, {
        event: 'matching.notice-received',
        outcome: 'refused',
        facts: null,
        by: 'message:match.notice',
        subjects: [{ kind: 'desk', id: message.from.unit }],
        reason: 'the handle stands for nothing',
      })
    }
  },
})

interface NoticeRecord {
  readonly notice: string
  readonly requester_org: string
  readonly requester_desk: string
  readonly record: string
  readonly handle: string
  readonly class: NoticeRow['class']
  readonly case_ref: string
  readonly mode: NoticeRow['mode']
  readonly state: NoticeRow['state']
  readonly at: Date
}

export const listNoticesRoute = handle(listNotices, async (_input, context) => {
  const { rows } =
    await sql<NoticeRecord>`select notice, requester_org, requester_desk, record, handle, class, case_ref, mode, state, at from matching.notices
    where org = ${context.facts.authority} and desk = ${context.facts.desk} order by at desc limit 200`.execute(context.tx)
  return {
    items: rows.map((row) => ({
      notice: row.notice,
      requester: row.requester_desk,
      record: row.record,
      caseRef: row.case_ref,
      mode: row.mode,
      class: row.class,
      state: row.state,
      at: row.at.toISOString(),
    })),
  }
})

export const confirmNoticeRoute = handle(confirmNotice, async ({ notice, decision }, context) => {
  const { facts, tx } = context
  const own = sql<boolean>`org = ${facts.authority} and desk = ${facts.desk} and notice = ${notice}`
  const { rows } =
    await sql<NoticeRecord>`select requester_org, requester_desk, handle, case_ref, state from matching.notices where ${own} for update`.execute(
      tx,
    )
  const row = rows[0]
  if (row === undefined) throw notFound()
  if (row.state !== 'open') throw new AppError(409, 'matching.state', 'It was answered already.')
  await sql`update matching.notices set state = ${decision} where ${own}`.execute(tx)
  await send(context, {
    from: { org: facts.authority, unit: facts.desk },
    to: { org: row.requester_org, unit: row.requester_desk },
    type: 'match.notice-answer',
    purpose: facts.purpose ?? '',
    context: notice,
    caseRef: row.case_ref,
    data: { handle: row.handle, state: decision },
  })
  context.about({ kind: 'desk', id: row.requester_desk })
  return { state: decision }
})
