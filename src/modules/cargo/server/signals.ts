/** Raising signals in the background and reading them for a screen. A signal is derived per desk; the same facts give the same id, so a repeat adds nothing. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import type { SignalView } from '../contract.ts'
import { detectors, evaluateDossier } from '../detectors/index.ts'
import type { AlertContent } from './alert-content.ts'
import { markContainer } from './alert-marks.ts'
import { countDesk, type DeskCounts, type DeskScope, dossierOf } from './dossiers.ts'
import type { CargoTables } from './tables.ts'

const BATCH = 100
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

export async function raiseSignals(data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  const authority = String(data['authority'])
  if (data['alert'] !== undefined) await raiseForAlert(services, authority, String(data['alert']))
  else await raiseForDocument(services, { authority, desk: String(data['desk']) }, String(data['document']))
}

async function raiseForDocument(services: NodeServices, scope: DeskScope, document: string): Promise<void> {
  const { authority, desk } = scope
  const { counts, containers } = await services.database.asWorker('cargo.raise-signals', async (tx) => {
    const own = sql<boolean>`authority = ${authority} and desk = ${desk} and document = ${document}`
    const { rows } = await sql<{ container: string }>`
      select distinct container from (select container from cargo.equipment where ${own}
        union select unnest(containers) from cargo.consignments where ${own}) as stated order by container`.execute(tx)
    return { counts: await countDesk(tx, scope), containers: rows.map((row) => row.container) }
  })
  for (let at = 0; at < containers.length; at += BATCH)
    await services.database.asWorker('cargo.raise-signals', async (tx) => {
      for (const container of containers.slice(at, at + BATCH))
        await evaluate(tx, services, { authority, desk, counts, container, subjectKind: 'container', subject: container, paintedSo: false })
    })
  await services.database.asWorker('cargo.raise-signals', async (tx) => await services.announce(tx, 'signals', [desk]))
}

async function raiseForAlert(services: NodeServices, authority: string, alert: string): Promise<void> {
  await services.database.asWorker('cargo.raise-signals', async (tx) => {
    const row = await tx
      .withTables<CargoTables>()
      .selectFrom('cargo.alerts')
      .selectAll()
      .where('authority', '=', authority)
      .where('alert', '=', alert)
      .executeTakeFirst()
    if (row === undefined || row.notice !== null) return
    const { container, paintedSo } = row.content as AlertContent
    for (const desk of row.audience) {
      await markContainer(tx, { authority, desk, container })
      const counts = await countDesk(tx, { authority, desk })
      await evaluate(tx, services, { authority, desk, counts, container, subjectKind: 'alert', subject: alert, paintedSo })
    }
    await services.announce(tx, 'alerts', row.audience)
  })
}

interface Evaluated extends DeskScope {
  readonly counts: DeskCounts
  readonly container: string
  readonly subjectKind: 'container' | 'alert'
  readonly subject: string
  readonly paintedSo: boolean
}

async function evaluate(tx: Tx, services: NodeServices, evaluated: Evaluated): Promise<void> {
  const { authority, desk, subjectKind, subject, container } = evaluated
  const { signals, notComputable } = evaluateDossier(await dossierOf(tx, container, evaluated), sha256)
  const now = services.clock.now()
  const ids = signals.map((signal) => signal.id)
  // What the facts no longer say is taken back: a later document may explain a difference away.
  await sql`delete from cargo.signals where authority = ${authority} and desk = ${desk} and subject_kind = ${subjectKind} and subject = ${subject} and not (signal = any(${ids}::text[]))`.execute(
    tx,
  )
  for (const signal of signals)
    await sql`insert into cargo.signals (authority, desk, subject_kind, subject, signal, detector, version, body, raised_at, audience)
      values (${authority}, ${desk}, ${subjectKind}, ${subject}, ${signal.id}, ${signal.detector.id}, ${signal.detector.version}, ${JSON.stringify(signal)}, ${now}, ${[desk]})
      on conflict do nothing`.execute(tx)
  await sql`insert into cargo.evaluations (authority, desk, subject_kind, subject, not_computable, evaluated_at, audience)
    values (${authority}, ${desk}, ${subjectKind}, ${subject}, ${JSON.stringify(notComputable)}, ${now}, ${[desk]})
    on conflict (authority, desk, subject_kind, subject) do update set not_computable = excluded.not_computable, evaluated_at = excluded.evaluated_at`.execute(
    tx,
  )
  if (subjectKind === 'container')
    await sql`update cargo.equipment set flags = case when ${ids.length > 0} then array_append(array_remove(flags, 'signal'), 'signal') else array_remove(flags, 'signal') end
      where authority = ${authority} and desk = ${desk} and container = ${container} and (flags @> '{signal}') <> ${ids.length > 0}`.execute(
      tx,
    )
}

export interface SignalsRead {
  readonly signals: SignalView[]
  readonly notComputable: { detector: string; title: string; missing: string[] }[]
}

export async function containerSignals(tx: Tx, key: { readonly authority: string; readonly container: string }): Promise<SignalsRead> {
  return await readSignals(tx, { authority: key.authority, kind: 'container', subject: key.container })
}

export async function alertSignals(tx: Tx, key: { readonly authority: string; readonly alert: string }): Promise<SignalsRead> {
  return await readSignals(tx, { authority: key.authority, kind: 'alert', subject: key.alert })
}

async function readSignals(
  tx: Tx,
  key: { readonly authority: string; readonly kind: string; readonly subject: string },
): Promise<SignalsRead> {
  const db = tx.withTables<CargoTables>()
  const rows = await db
    .selectFrom('cargo.signals')
    .selectAll()
    .where('authority', '=', key.authority)
    .where('subject_kind', '=', key.kind)
    .where('subject', '=', key.subject)
    .orderBy('raised_at')
    .orderBy('detector')
    .execute()
  const evaluation = await db
    .selectFrom('cargo.evaluations')
    .select('not_computable')
    .where('authority', '=', key.authority)
    .where('subject_kind', '=', key.kind)
    .where('subject', '=', key.subject)
    .executeTakeFirst()
  return {
    signals: rows.flatMap((row) => {
      const detector = detectors.find((each) => each.id === row.detector)
      if (detector === undefined) return []
      const { id, title, innocentAlternatives, knownLimits, legalBasis } = detector
      return [
        {
          id: row.signal,
          detector: { id, version: row.version, title },
          explanation: row.body.explanation,
          facts: row.body.facts.map(({ at, ...fact }) => (at === undefined ? fact : { ...fact, at })),
          innocentAlternatives: [...innocentAlternatives],
          knownLimits,
          legalBasis,
          raisedAt: row.raised_at.toISOString(),
        },
      ]
    }),
    notComputable: (evaluation?.not_computable ?? []).map(({ detector, missing }) => ({
      detector,
      missing,
      title: detectors.find((each) => each.id === detector)?.title ?? detector,
    })),
  }
}
