/**
 * Documents that could not be taken wholly: kept with why, shown to their desk, and tried again by themselves, each time later, so that one that fails for good
 * keeps nobody waiting. Why is a code: the words of an error may hold a value of the document.
 */
import { sql } from 'kysely'
import { documentsRead } from '#modules/cargo'
import type { Tx } from '#platform/store/database.ts'
import type { DeskScope } from './desk.ts'

const HOUR_MS = 3_600_000
const LONGEST_WAIT_HOURS = 24
const MOST_SHOWN = 10

export interface NotTaken extends DeskScope {
  readonly document: string
  /** Of those that the document names; none where it failed before they were known. */
  readonly containers: number
  readonly because: string
}

/** Answers how often it was tried by now. */
export async function keepNotTaken(tx: Tx, { authority, desk, document, containers, because }: NotTaken, at: Date): Promise<number> {
  const { rows } = await sql<{
    tries: number
  }>`insert into targeting.not_taken as t (authority, desk, document, containers, because, tries, since, again_at, audience)
    values (${authority}, ${desk}, ${document}, ${containers}, ${because}, 1, ${at}, ${new Date(at.getTime() + HOUR_MS)}, ${[desk]})
    on conflict (authority, desk, document) do update set containers = excluded.containers, because = excluded.because, tries = t.tries + 1,
      again_at = ${at}::timestamptz + least(power(2, least(t.tries, 30)), ${LONGEST_WAIT_HOURS}) * interval '1 hour' returning tries`.execute(
    tx,
  )
  return rows[0]?.tries ?? 1
}

export async function forgetNotTaken(tx: Tx, { authority, desk, document }: DeskScope & { readonly document: string }): Promise<void> {
  await sql`delete from targeting.not_taken where authority = ${authority} and desk = ${desk} and document = ${document}`.execute(tx)
}

/** Documents that are held no more. */
export async function forgetGone(tx: Tx, authority: string): Promise<void> {
  await sql`delete from targeting.not_taken t where t.authority = ${authority}
    and not exists (select from ${documentsRead(authority)} d where d.desk = t.desk and d.document = t.document)`.execute(tx)
}

export interface NotTakenView {
  readonly count: number
  /** Those that came last. */
  readonly documents: { document: string; containers: number; since: string; againAt: string }[]
}

export async function notTakenOf(tx: Tx, { authority, desk }: DeskScope): Promise<NotTakenView | undefined> {
  const { rows } = await sql<{ n: number; document: string; containers: number; since: Date; again_at: Date }>`
    select (count(*) over ())::int as n, document, containers, since, again_at from targeting.not_taken
    where authority = ${authority} and desk = ${desk} order by since desc, document limit ${MOST_SHOWN}`.execute(tx)
  const [first] = rows
  if (first === undefined) return undefined
  return {
    count: first.n,
    documents: rows.map(({ document, containers, since, again_at: againAt }) => ({
      document,
      containers,
      since: since.toISOString(),
      againAt: againAt.toISOString(),
    })),
  }
}
