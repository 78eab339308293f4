/** Counts of a desk's history as rows: adding to them, keeping what stood before, and reading them for many dossiers at once. */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { Answered, Asked } from '../detectors/assemble-dossier.ts'
import type { KeyHistory } from '../detectors/dossier.ts'
import type { Counted } from '../detectors/learned.ts'
import type { DeskScope } from './dossiers.ts'

const CHUNK = 5000

/** With a document, what stood before is kept beside it. Rows in one order always, so that two writers never wait for one another in a circle. */
export async function addToHistory(
  tx: Tx,
  { authority, desk, document }: DeskScope & { readonly document?: string },
  counted: readonly Counted[],
): Promise<void> {
  const ordered = [...counted].sort((a, b) => (rowName(a) < rowName(b) ? -1 : 1))
  for (let at = 0; at < ordered.length; at += CHUNK) {
    const part = ordered.slice(at, at + CHUNK)
    const given = sql`select * from unnest(${part.map(({ kind }) => kind)}::text[], ${part.map(({ key }) => key)}::text[], ${part.map(({ sub }) => sub)}::text[],
      ${part.map(({ n }) => n)}::int[], ${part.map(({ first }) => first)}::date[], ${part.map(({ last }) => last)}::date[], ${part.map(({ marked }) => marked)}::boolean[])
      as t(kind, key, sub, n, first_seen, last_seen, marked)`
    if (document !== undefined)
      await sql`insert into cargo.history_marks (authority, desk, document, kind, key, before, here, last_seen, audience)
        select ${authority}, ${desk}, ${document}, g.kind, g.key, coalesce(h.n, 0), g.n, h.last_seen, ${[desk]}::text[] from (${given}) g
        left join cargo.history h on h.authority = ${authority} and h.desk = ${desk} and h.kind = g.kind and h.key = g.key and h.sub = g.sub
        where g.marked on conflict do nothing`.execute(tx)
    await sql`insert into cargo.history (authority, desk, kind, key, sub, n, first_seen, last_seen, audience)
      select ${authority}, ${desk}, g.kind, g.key, g.sub, g.n, g.first_seen, g.last_seen, ${[desk]}::text[] from (${given}) g
      on conflict (authority, desk, kind, key, sub) do update set n = cargo.history.n + excluded.n,
        first_seen = least(cargo.history.first_seen, excluded.first_seen), last_seen = greatest(cargo.history.last_seen, excluded.last_seen)`.execute(
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
): Promise<Pick<Answered, 'mark' | 'tally'>> {
  const pairs = [...new Set(asked.flatMap((each) => each.marks))].map(splitMark)
  const { rows: marks } = await sql<{
    document: string
    kind: string
    key: string
    before: string
    here: number
    last_seen: string | null
  }>`
    select m.document, m.kind, m.key, m.before, m.here, to_char(m.last_seen, 'YYYY-MM-DD') as last_seen
    from unnest(${pairs.map(({ document }) => document)}::text[], ${pairs.map(({ kind }) => kind)}::text[], ${pairs.map(({ key }) => key)}::text[]) as k(document, kind, key)
    join cargo.history_marks m on m.authority = ${authority} and m.desk = ${desk} and m.document = k.document and m.kind = k.kind and m.key = k.key`.execute(
    tx,
  )
  const byMark = new Map<string, KeyHistory>(
    marks.map(({ document, kind, key, before, here, last_seen }) => [
      `${document} ${kind}|${key}`,
      { before: Number(before), here, ...(last_seen === null ? {} : { lastSeen: last_seen }) },
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
  return { mark: (document, key) => byMark.get(`${document} ${key}`), tally: (key) => byKey.get(key) }
}

function splitMark(name: string): { readonly document: string; readonly kind: string; readonly key: string } {
  const [blank, bar] = [name.indexOf(' '), name.indexOf('|')]
  return { document: name.slice(0, blank), kind: name.slice(blank + 1, bar), key: name.slice(bar + 1) }
}
