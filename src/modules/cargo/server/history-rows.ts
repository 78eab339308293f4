/** Counts of a desk's history as rows: adding to them, and reading them for many dossiers at once, as seen from a day or from a month. */
import { sql } from 'kysely'
import { type Tally, windowOf } from '#kernel/cargo-history/comparison-window.ts'
import type { Tx } from '#platform/store/database.ts'
import type { Answered, Asked } from '../detectors/assemble-dossier.ts'
import type { KeyHistory } from '../detectors/dossier.ts'
import { type DatedKind, datedKey, type TallyAsk, tallyKey } from '../detectors/history-keys.ts'
import type { Counted } from '../detectors/learned.ts'
import type { DeskScope } from './dossiers.ts'

const CHUNK = 5000
/** Where in `2027-03 80` the bin begins. */
const AFTER_MONTH = 9

/** Rows in one order always, so that two writers never wait for one another in a circle. What is counted nowhere any more has no row. */
export async function addToHistory(tx: Tx, { authority, desk }: DeskScope, counted: readonly Counted[]): Promise<void> {
  const ordered = [...counted].sort((a, b) => (rowName(a) < rowName(b) ? -1 : 1))
  for (let at = 0; at < ordered.length; at += CHUNK) {
    const part = ordered.slice(at, at + CHUNK)
    const columns = sql`${part.map(({ kind }) => kind)}::text[], ${part.map(({ key }) => key)}::text[], ${part.map(({ sub }) => sub)}::text[]`
    await sql`insert into cargo.history (authority, desk, kind, key, sub, n, audience)
      select ${authority}, ${desk}, g.kind, g.key, g.sub, g.n, ${[desk]}::text[]
      from unnest(${columns}, ${part.map(({ n }) => n)}::int[]) as g(kind, key, sub, n)
      on conflict (authority, desk, kind, key, sub) do update set n = cargo.history.n + excluded.n`.execute(tx)
    if (part.some(({ n }) => n < 0))
      await sql`delete from cargo.history h using unnest(${columns}) as g(kind, key, sub)
        where h.authority = ${authority} and h.desk = ${desk} and h.kind = g.kind and h.key = g.key and h.sub = g.sub and h.n = 0`.execute(
        tx,
      )
  }
}

function rowName({ kind, key, sub }: Counted): string {
  return `${kind}\n${key}\n${sub}`
}

/** The answers for many dossiers in two questions. */
export async function readHistory(
  tx: Tx,
  { authority, desk }: DeskScope,
  asked: readonly Asked[],
): Promise<Pick<Answered, 'dated' | 'tally'>> {
  const dated = [...new Map(asked.flatMap((each) => each.dated.map((one) => [datedKey(one), one] as const))).values()]
  const { rows } = await sql<{ kind: DatedKind; key: string; day: string; before: string; here: string; last: string | null }>`
    select k.kind, k.key, k.day, coalesce(sum(h.n) filter (where h.sub < k.day), 0) as before, coalesce(sum(h.n) filter (where h.sub = k.day), 0) as here,
      max(h.sub) filter (where h.sub < k.day) as last
    from unnest(${dated.map(({ kind }) => kind)}::text[], ${dated.map(({ key }) => key)}::text[], ${dated.map(({ day }) => day)}::text[]) as k(kind, key, day)
    join cargo.history h on h.authority = ${authority} and h.desk = ${desk} and h.kind = k.kind and h.key = k.key and h.sub <= k.day
    group by k.kind, k.key, k.day`.execute(tx)
  const byDay = new Map<string, KeyHistory>(
    rows.map(({ before, here, last, ...each }) => [
      datedKey(each),
      { before: Number(before), here: Number(here), ...(last === null ? {} : { lastSeen: last }) },
    ]),
  )
  const tallies = await readTallies(tx, { authority, desk }, [
    ...new Map(asked.flatMap((each) => each.tallies.map((one) => [tallyKey(one), one] as const))).values(),
  ])
  return { dated: (each) => byDay.get(datedKey(each)), tally: (each) => tallies.get(tallyKey(each)) }
}

/** What counts in the months up to that of each, by what stands after the month. */
async function readTallies(tx: Tx, { authority, desk }: DeskScope, asked: readonly TallyAsk[]): Promise<ReadonlyMap<string, Tally>> {
  const windows = asked.map(({ month }) => windowOf(month))
  const { rows } = await sql<TallyAsk & { sub: string; before: string; here: string }>`
    select k.kind, k.key, k.month, substr(h.sub, ${AFTER_MONTH}) as sub, coalesce(sum(h.n) filter (where h.sub < k.month), 0) as before,
      coalesce(sum(h.n) filter (where h.sub >= k.month), 0) as here
    from unnest(${asked.map(({ kind }) => kind)}::text[], ${asked.map(({ key }) => key)}::text[], ${asked.map(({ month }) => month)}::text[],
      ${windows.map(({ from }) => from)}::text[], ${windows.map(({ until }) => until)}::text[]) as k(kind, key, month, earliest, latest)
    join cargo.history h on h.authority = ${authority} and h.desk = ${desk} and h.kind = k.kind and h.key = k.key and h.sub >= k.earliest and h.sub < k.latest
    group by 1, 2, 3, 4`.execute(tx)
  const held = new Map<string, { readonly before: Record<string, number>; readonly here: Record<string, number> }>()
  for (const { sub, before, here, ...each } of rows) {
    const tally = held.get(tallyKey(each)) ?? { before: {}, here: {} }
    held.set(tallyKey(each), tally)
    if (Number(before) > 0) tally.before[sub] = Number(before)
    if (Number(here) > 0) tally.here[sub] = Number(here)
  }
  return held
}
