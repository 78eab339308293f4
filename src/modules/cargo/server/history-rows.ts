/** Counts of a desk's history as rows: adding to them, and reading them for many dossiers at once, those counted by day as seen from a day. */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { Answered, Asked } from '../detectors/assemble-dossier.ts'
import type { KeyHistory } from '../detectors/dossier.ts'
import { type DatedKind, datedKey } from '../detectors/history-keys.ts'
import type { Counted } from '../detectors/learned.ts'
import type { DeskScope } from './dossiers.ts'

const CHUNK = 5000

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

/** The answers for many dossiers in three questions. */
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
  const wanted = [
    ...new Map(
      asked.flatMap(({ tallies }) => tallies.map((each) => [`${each.kind}|${each.key}|${each.sub ?? '*'}`, each] as const)),
    ).values(),
  ]
  const byKey = new Map<string, Record<string, number>>()
  for (const whole of [true, false]) {
    const part = wanted.filter(({ sub }) => (sub === undefined) === whole)
    if (part.length === 0) continue
    const { rows } = await sql<{ kind: string; key: string; sub: string; n: string }>`
      select h.kind, h.key, h.sub, h.n from unnest(${part.map(({ kind }) => kind)}::text[], ${part.map(({ key }) => key)}::text[], ${part.map(({ sub }) => sub ?? '')}::text[]) as k(kind, key, sub)
      join cargo.history h on h.authority = ${authority} and h.desk = ${desk} and h.kind = k.kind and h.key = k.key ${whole ? sql`` : sql`and h.sub = k.sub`}`.execute(
      tx,
    )
    for (const { kind, key, sub, n } of rows) {
      const name = `${kind}|${key}`
      byKey.set(name, { ...byKey.get(name), [sub]: Number(n) })
    }
  }
  return { dated: (each) => byDay.get(datedKey(each)), tally: (key) => byKey.get(key) }
}
