/** Keeps what was measured of boxes, each measure once, and adds the new ones to the distributions of the desk. */
import { sql } from 'kysely'
import { binOf } from '#kernel/cargo-history/tally-bins.ts'
import type { Tx } from '#platform/store/database.ts'
import type { ContainerDossier } from '../detectors/dossier.ts'
import type { Counted } from '../detectors/learned.ts'
import { type Measure, measuresOf } from '../detectors/measures.ts'
import type { DeskScope } from './dossiers.ts'
import { addToHistory } from './history-rows.ts'

export async function keepMeasures(
  tx: Tx,
  dossiers: readonly ContainerDossier[],
  { authority, desk, at }: DeskScope & { readonly at: Date },
): Promise<void> {
  const measured = new Map<string, Measure>(
    dossiers.flatMap((dossier) => measuresOf(dossier).map((each) => [`${each.kind} ${each.subject}`, each] as const)),
  )
  const given = [...measured].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each)
  if (given.length === 0) return
  const { rows } = await sql<{ kind: string; subject: string }>`
    insert into cargo.measures (authority, desk, kind, subject, key, value, measured_at, audience)
    select ${authority}, ${desk}, t.kind, t.subject, t.key, t.value, ${at}::timestamptz, ${[desk]}::text[]
    from unnest(${given.map(({ kind }) => kind)}::text[], ${given.map(({ subject }) => subject)}::text[], ${given.map(({ key }) => key)}::text[],
      ${given.map(({ value }) => value)}::float8[]) as t(kind, subject, key, value)
    on conflict do nothing returning kind, subject`.execute(tx)
  const counted = new Map<string, Counted>()
  for (const { kind, subject } of rows) {
    const measure = measured.get(`${kind} ${subject}`)
    if (measure === undefined) continue
    const sub = String(binOf(measure.value, measure.width))
    const held = counted.get(`${kind}\n${measure.key}\n${sub}`)
    if (held === undefined) counted.set(`${kind}\n${measure.key}\n${sub}`, { kind, key: measure.key, sub, n: 1 })
    else held.n += 1
  }
  await addToHistory(tx, { authority, desk }, [...counted.values()])
}
