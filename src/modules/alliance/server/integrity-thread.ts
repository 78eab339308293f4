/** The thread of an integrity report: what the reporter and the desk wrote to each other, each text under a key of its own. */
import { sql } from 'kysely'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import type { ReceiptView } from '../contract.ts'

/** Texts in one thread; then a new report is made. */
export const MOST_TEXTS = 100

export interface ReportRow {
  authority: string
  report: string
  desk: string
  kind: ReceiptView['kind']
  received_on: string
  acknowledge_by: string
  feedback_by: string
  state: ReceiptView['state']
  case_ref: string | null
  version: number
}

export async function addText(
  tx: Tx,
  services: Pick<NodeServices, 'box'>,
  entry: {
    readonly authority: string
    readonly report: string
    readonly audience: readonly string[]
    readonly ordinal: number
    readonly author: 'reporter' | 'desk'
    readonly text: string
    readonly on: string
  },
): Promise<void> {
  const { key, content } = services.box.seal(entry.text)
  await sql`insert into alliance.integrity_texts (authority, report, ordinal, author, written_on, text_key, text_content, audience)
    values (${entry.authority}, ${entry.report}, ${entry.ordinal}, ${entry.author}, ${entry.on}, ${key}, ${content}, ${[...entry.audience]})`.execute(
    tx,
  )
}

export const reportHead = (row: ReportRow): Omit<ReceiptView, 'thread'> => ({
  kind: row.kind,
  state: row.state,
  receivedOn: row.received_on,
  acknowledgeBy: row.acknowledge_by,
  feedbackBy: row.feedback_by,
})

export async function receiptViewOf(tx: Tx, services: Pick<NodeServices, 'box'>, row: ReportRow): Promise<ReceiptView> {
  const { rows } = await sql<{ author: 'reporter' | 'desk'; written_on: string; text_key: string; text_content: string }>`
    select author, written_on::text, text_key, text_content from alliance.integrity_texts
    where authority = ${row.authority} and report = ${row.report} order by ordinal`.execute(tx)
  return {
    ...reportHead(row),
    thread: rows.map((each) => ({
      from: each.author,
      at: each.written_on,
      text: services.box.open({ key: each.text_key, content: each.text_content }),
    })),
  }
}
