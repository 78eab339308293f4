/**
 * Learning a document: what it says of companies, routes, places and goods is added to the history of its desk, and what the desk knew before is kept beside the
 * document. Invariants: exactly once for each document, in one transaction; a bill counts once, however many documents state it; one desk's rows only.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { entriesOf, ownerEntries } from '../detectors/history-keys.ts'
import { entryName, Learned } from '../detectors/learned.ts'
import type { ConsignmentStatement, Voyage } from '../model.ts'
import type { DeskScope } from './dossiers.ts'
import { addToHistory } from './history-rows.ts'
import { instantOf } from './stated-instant.ts'

const PAGE = 2000

interface StatedRow {
  readonly ordinal: number
  readonly bill: string
  readonly statement: ConsignmentStatement
  readonly voyage: Voyage | null
  readonly received_at: Date
}

/** False when the document was learned before. */
export async function learnDocument(tx: Tx, scope: DeskScope & { readonly document: string; readonly at: Date }): Promise<boolean> {
  const { authority, desk, document, at } = scope
  // One document of a desk after the other: what was known before each is a fact, not a race.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`cargo.history ${authority} ${desk}`}, 0))`.execute(tx)
  const { rows } = await sql`insert into cargo.history_documents (authority, desk, document, learned_at, audience)
    values (${authority}, ${desk}, ${document}, ${at}, ${[desk]}) on conflict do nothing returning document`.execute(tx)
  if (rows.length === 0) return false
  const learned = new Learned()
  for (let last = 0; ; ) {
    const page = await consignmentsAfter(tx, scope, last)
    if (page.length === 0) break
    const earlier = await statedEarlier(tx, scope, [...new Set(page.map(({ bill }) => bill))])
    for (const { bill, statement, voyage, received_at } of page) {
      const day = (instantOf(voyage?.departsAt?.value) ?? received_at).toISOString().slice(0, 10)
      learned.take({ bill, statement, day }, earlier.get(bill))
    }
    last = page.at(-1)?.ordinal ?? last
  }
  const { rows: boxes } = await sql<{ container: string; day: string }>`
    select container, to_char(min(observed_at) at time zone 'UTC', 'YYYY-MM-DD') as day from cargo.equipment
    where authority = ${authority} and desk = ${desk} and document = ${document} group by container`.execute(tx)
  for (const { container, day } of boxes) for (const entry of ownerEntries(container)) learned.add(entry, day)
  await addToHistory(tx, scope, learned.counted)
  return true
}

async function consignmentsAfter(
  tx: Tx,
  { authority, desk, document }: DeskScope & { readonly document: string },
  last: number,
): Promise<readonly StatedRow[]> {
  const { rows } = await sql<StatedRow>`
    select c.ordinal, c.bill, c.statement, m.voyage, c.received_at from cargo.consignments c
    left join cargo.messages m on m.authority = c.authority and m.desk = c.desk and m.document = c.document and m.ordinal = c.message
    where c.authority = ${authority} and c.desk = ${desk} and c.document = ${document} and c.ordinal > ${last} order by c.ordinal limit ${PAGE}`.execute(
    tx,
  )
  return rows
}

/** What documents learned before this one say under the same bills. */
async function statedEarlier(
  tx: Tx,
  { authority, desk, document }: DeskScope & { readonly document: string },
  bills: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { rows } = await sql<{ bill: string; statement: ConsignmentStatement }>`
    select c.bill, c.statement from cargo.consignments c
    join cargo.history_documents h on h.authority = c.authority and h.desk = c.desk and h.document = c.document
    where c.authority = ${authority} and c.desk = ${desk} and c.bill = any(${bills}::text[]) and c.document <> ${document} limit ${PAGE * 10}`.execute(
    tx,
  )
  const stated = new Map<string, Set<string>>()
  for (const { bill, statement } of rows) {
    const held = stated.get(bill) ?? new Set<string>()
    for (const entry of entriesOf(statement, '')) held.add(entryName(entry))
    stated.set(bill, held)
  }
  return stated
}
