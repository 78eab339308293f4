/**
 * Keeps what was measured of boxes among the distributions of the desk. Invariant: what a box adds to them is what its documents say now, over all its journeys,
 * so the same documents in any order end in the same distributions. Under the lock of the history.
 */
import { sql } from 'kysely'
import { binOf } from '#kernel/cargo-history/tally-bins.ts'
import type { Tx } from '#platform/store/database.ts'
import type { ContainerDossier } from '../detectors/dossier.ts'
import { countedUnder } from '../detectors/history-keys.ts'
import type { Counted } from '../detectors/learned.ts'
import { type Measure, measuresOf } from '../detectors/measures.ts'
import type { DeskScope } from './dossiers.ts'
import { addToHistory } from './history-rows.ts'

interface Kept {
  readonly container: string
  readonly kind: string
  readonly subject: string
  readonly key: string
  readonly sub: string
}

export async function keepMeasures(tx: Tx, scope: DeskScope, dossiers: readonly ContainerDossier[]): Promise<void> {
  const { authority, desk } = scope
  const { rows: before } = await sql<Kept>`
    select container, kind, subject, key, sub from cargo.measures
    where authority = ${authority} and desk = ${desk} and container = any(${dossiers.map(({ container }) => container)}::text[])`.execute(
    tx,
  )
  const after = dossiers.flatMap((dossier) => measuresOf(dossier).map((each) => keptOf(dossier.container, each)))
  const [had, has] = [byName(before), byName(after)]
  const gone = [...had].filter(([name]) => !has.has(name)).map(([, each]) => each)
  const come = [...has].filter(([name]) => !had.has(name)).map(([, each]) => each)
  const columns = (of: readonly Kept[]) =>
    sql`${of.map(({ container }) => container)}::text[], ${of.map(({ kind }) => kind)}::text[], ${of.map(({ subject }) => subject)}::text[]`
  if (gone.length > 0)
    await sql`delete from cargo.measures m using unnest(${columns(gone)}) as t(container, kind, subject)
      where m.authority = ${authority} and m.desk = ${desk} and m.container = t.container and m.kind = t.kind and m.subject = t.subject`.execute(
      tx,
    )
  if (come.length > 0)
    await sql`insert into cargo.measures (authority, desk, container, kind, subject, key, sub, audience)
      select ${authority}, ${desk}, t.container, t.kind, t.subject, t.key, t.sub, ${[desk]}::text[]
      from unnest(${columns(come)}, ${come.map(({ key }) => key)}::text[], ${come.map(({ sub }) => sub)}::text[]) as t(container, kind, subject, key, sub)`.execute(
      tx,
    )
  const counted = new Map<string, Counted>()
  const count = ({ kind, key, sub }: Kept, n: 1 | -1) => {
    const held = counted.get(`${kind}\n${key}\n${sub}`)
    if (held === undefined) counted.set(`${kind}\n${key}\n${sub}`, { kind, key, sub, n })
    else held.n += n
  }
  for (const each of gone) count(each, -1)
  for (const each of come) count(each, 1)
  await addToHistory(
    tx,
    scope,
    [...counted.values()].filter(({ n }) => n !== 0),
  )
}

function keptOf(container: string, { kind, subject, key, month, value, width }: Measure): Kept {
  return { container, kind, subject, key, sub: countedUnder({ kind, key, sub: String(binOf(value, width)) }, month) }
}

/** Of two that are the same measure of the same box, as where a report came twice, one. */
function byName(kept: readonly Kept[]): ReadonlyMap<string, Kept> {
  const unique = new Map(kept.map((each) => [`${each.container}\n${each.kind}\n${each.subject}`, each]))
  return new Map([...unique].map(([name, each]) => [`${name}\n${each.key}\n${each.sub}`, each]))
}
