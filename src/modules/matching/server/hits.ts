/** Hits of the own desk: a handle and a contact desk. A blind hit obliges to tell the owner; what its officer says of it comes back. */
import { sql } from 'kysely'
import { messageType, type WorkContext } from '#platform/module/define-module.ts'
import type { AskedKey, AskedRow } from './finish.ts'
import { noticeAnswerMessage, send } from './wire.ts'

export interface FoundHit {
  readonly ordinal: number
  readonly handle: string
}

export async function keepHits(
  work: WorkContext,
  found: { readonly key: AskedKey; readonly row: AskedRow; readonly hits: readonly FoundHit[] },
): Promise<void> {
  const { key, row, hits } = found
  for (const { ordinal, handle } of hits) {
    await sql`insert into matching.hits (org, desk, query, ordinal, owner_org, contact, handle, state, at, audience)
      values (${key.org}, ${key.desk}, ${key.query}, ${ordinal}, ${key.owner}, ${row.contact}, ${handle}, 'open', ${work.services.clock.now()}, ${[key.desk]})
      on conflict do nothing`.execute(work.tx)
    // Of a disclosing query the owner knows already.
    if (row.mode === 'blind')
      await send(work, {
        from: { org: key.org, unit: key.desk },
        to: { org: key.owner, unit: row.contact },
        type: 'match.notice',
        purpose: row.purpose,
        context: key.query,
        caseRef: row.case_ref,
        data: { purpose: row.purpose, class: key.class, epoch: row.epoch, caseRef: row.case_ref, handle },
      })
  }
}

export const noticeAnswered = messageType({
  type: 'match.notice-answer',
  schema: noticeAnswerMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of message.to) {
      // Several records may share a key: one that is the same person is enough, and a later "no" to another takes nothing back.
      const { rows } = await sql<{ query: string }>`update matching.hits set state = ${data.state}
        where org = ${org} and desk = ${unit} and owner_org = ${message.from.org} and handle = ${data.handle} and state <> 'confirmed' returning query`.execute(
        work.tx,
      )
      for (const { query } of rows)
        await work.services.record(work.tx, {
          event: 'matching.notice-settled',
          outcome: 'done',
          facts: null,
          by: 'message:match.notice-answer',
          subjects: [
            { kind: 'match-query', id: query },
            { kind: 'desk', id: message.from.unit },
          ],
          detail: { state: data.state },
        })
      await work.services.announce(work.tx, 'matches', [unit])
    }
  },
})
