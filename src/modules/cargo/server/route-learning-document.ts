/**
 * Learning a document: what it says of companies, routes, places and goods is added to the history of its desk. Invariants: exactly once for each document, in one
 * transaction; a bill counts once, on its earliest day, however many documents state it and in whatever order they come; one desk's rows only. Containers whose
 * verdict an older fact may turn are marked to be judged again.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { billDay } from '../detectors/assemble-dossier.ts'
import { entriesOf, type HistoryEntry, ownerEntries } from '../detectors/history-keys.ts'
import { entryName, grownOf, Learned, type LearnedSubject } from '../detectors/learned.ts'
import type { ConsignmentStatement, Voyage } from '../model.ts'
import type { DeskScope } from './dossiers.ts'
import { addToHistory } from './history-rows.ts'
import { markMoved, markWoken } from './history-waiting.ts'
import { instantOf } from './stated-instant.ts'

const PAGE = 2000

interface StatedRow {
  readonly ordinal: number
  readonly bill: string
  readonly statement: ConsignmentStatement
  readonly voyage: Voyage | null
  readonly received_at: Date
  readonly prepared_at: Date | null
}

/** One at a time for a desk: who learns, and who judges and writes down what the verdict hangs on. */
export async function lockHistory(tx: Tx, { authority, desk }: DeskScope): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`cargo.history ${authority} ${desk}`}, 0))`.execute(tx)
}

/** False when the document was learned before. */
export async function learnDocument(tx: Tx, scope: DeskScope & { readonly document: string; readonly at: Date }): Promise<boolean> {
  const { authority, desk, document, at } = scope
  await lockHistory(tx, scope)
  const { rows } = await sql`insert into cargo.history_documents (authority, desk, document, learned_at, audience)
    values (${authority}, ${desk}, ${document}, ${at}, ${[desk]}) on conflict do nothing returning document`.execute(tx)
  if (rows.length === 0) return false
  // Page by page, so that a document of a million bills is never held whole: what its own earlier pages say is learned by then.
  for (let last = 0; ; ) {
    const page = await consignmentsAfter(tx, scope, last)
    if (page.length === 0) break
    const learned = new Learned()
    for (const { bill, statement, voyage, received_at: receivedAt, prepared_at: preparedAt } of page)
      learned.take(
        `${BILL}${bill}`,
        billDay({ voyage, receivedAt, ...(preparedAt === null ? {} : { preparedAt }) }, { instantOf }),
        entriesOf(statement),
      )
    await keepLearned(tx, { ...scope, last }, learned)
    last = page.at(-1)?.ordinal ?? last
  }
  for (let after = ''; ; ) {
    const { rows: boxes } = await sql<{ container: string; day: string }>`
      select container, to_char(min(observed_at) at time zone 'UTC', 'YYYY-MM-DD') as day from cargo.equipment
      where authority = ${authority} and desk = ${desk} and document = ${document} and container > ${after}
      group by container order by container limit ${PAGE}`.execute(tx)
    const learned = new Learned()
    for (const { container, day } of boxes) learned.take(`${BOX}${container}`, day, ownerEntries(container))
    await keepLearned(tx, { ...scope, last: 0 }, learned)
    after = boxes.at(-1)?.container ?? after
    if (boxes.length < PAGE) break
  }
  return true
}

/** Every container that the document names was judged. One that was learned and is not noted here was given up on the way, and is begun again by a round of judging again. */
export async function noteJudged(tx: Tx, { authority, desk, document }: DeskScope & { readonly document: string }): Promise<void> {
  await sql`update cargo.history_documents set judged = true where authority = ${authority} and desk = ${desk} and document = ${document} and not judged`.execute(
    tx,
  )
}

type OfPage = DeskScope & {
  readonly document: string
  /** Ordinal of the last consignment of this document that was learned before. */
  readonly last: number
}

async function keepLearned(tx: Tx, scope: OfPage, learned: Learned): Promise<void> {
  const earlier = await learnedEarlier(tx, scope, learned.subjects)
  const { counted, days, moved } = learned.against((subject) => earlier.get(subject))
  await addToHistory(tx, scope, counted)
  await keepDays(tx, scope, days)
  await markWoken(tx, scope, grownOf(counted))
  await markMoved(tx, scope, {
    bills: moved.filter((subject) => subject.startsWith(BILL)).map((subject) => subject.slice(BILL.length)),
    containers: moved.filter((subject) => subject.startsWith(BOX)).map((subject) => subject.slice(BOX.length)),
  })
}

const BILL = 'bill '
const BOX = 'box '

async function consignmentsAfter(
  tx: Tx,
  { authority, desk, document }: DeskScope & { readonly document: string },
  last: number,
): Promise<readonly StatedRow[]> {
  const { rows } = await sql<StatedRow>`
    select c.ordinal, c.bill, c.statement, m.voyage, m.prepared_at, c.received_at from cargo.consignments c
    left join cargo.messages m on m.authority = c.authority and m.desk = c.desk and m.document = c.document and m.ordinal = c.message
    where c.authority = ${authority} and c.desk = ${desk} and c.document = ${document} and c.ordinal > ${last} order by c.ordinal limit ${PAGE}`.execute(
    tx,
  )
  return rows
}

/** What was learned before of the same bills and boxes, and since which day they are known. */
async function learnedEarlier(
  tx: Tx,
  { authority, desk, document, last }: OfPage,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, LearnedSubject>> {
  const earlier = new Map<string, { readonly day: string; readonly entries: Map<string, HistoryEntry> }>()
  for (let at = 0; at < subjects.length; at += PAGE) {
    const { rows: known } = await sql<{ subject: string; day: string }>`
      select subject, day from cargo.history_subjects
      where authority = ${authority} and desk = ${desk} and subject = any(${subjects.slice(at, at + PAGE)}::text[])`.execute(tx)
    for (const { subject, day } of known) earlier.set(subject, { day, entries: new Map() })
    for (const { subject } of known)
      if (subject.startsWith(BOX))
        for (const entry of ownerEntries(subject.slice(BOX.length))) earlier.get(subject)?.entries.set(entryName(entry), entry)
    const bills = known.filter(({ subject }) => subject.startsWith(BILL)).map(({ subject }) => subject.slice(BILL.length))
    if (bills.length === 0) continue
    const { rows } = await sql<{ bill: string; statement: ConsignmentStatement }>`
      select c.bill, c.statement from cargo.consignments c
      join cargo.history_documents h on h.authority = c.authority and h.desk = c.desk and h.document = c.document
      where c.authority = ${authority} and c.desk = ${desk} and c.bill = any(${bills}::text[]) and (c.document <> ${document} or c.ordinal <= ${last})`.execute(
      tx,
    )
    for (const { bill, statement } of rows)
      for (const entry of entriesOf(statement)) earlier.get(`${BILL}${bill}`)?.entries.set(entryName(entry), entry)
  }
  return earlier
}

async function keepDays(tx: Tx, { authority, desk }: DeskScope, days: ReadonlyMap<string, string>): Promise<void> {
  const ordered = [...days].sort(([a], [b]) => (a < b ? -1 : 1))
  for (let at = 0; at < ordered.length; at += PAGE) {
    const part = ordered.slice(at, at + PAGE)
    await sql`insert into cargo.history_subjects as s (authority, desk, subject, day, audience)
      select ${authority}, ${desk}, t.subject, t.day, ${[desk]}::text[]
      from unnest(${part.map(([subject]) => subject)}::text[], ${part.map(([, day]) => day)}::text[]) as t(subject, day)
      on conflict (authority, desk, subject) do update set day = excluded.day where excluded.day < s.day`.execute(tx)
  }
}
