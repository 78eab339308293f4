/** Raising signals in the background and reading them for a screen. A signal is derived per desk; the same facts give the same id, so a repeat adds nothing. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import type { SignalView } from '../contract.ts'
import { type DossierFindings, detectors, evaluateDossier } from '../detectors/index.ts'
import type { DetectorSettings } from '../detectors/settings.ts'
import type { AlertContent } from './alert-content.ts'
import { markContainer } from './alert-marks.ts'
import { type DeskScope, dossiersOf } from './dossiers.ts'
import { findingCounts } from './history-findings.ts'
import { keepMeasures } from './history-measures.ts'
import { readSettings } from './history-settings.ts'
import { learnDocument } from './route-learning-document.ts'
import type { CargoTables } from './tables.ts'

const BATCH = 300
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

export async function raiseSignals(data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  const authority = String(data['authority'])
  if (data['alert'] !== undefined) await raiseForAlert(services, authority, String(data['alert']))
  else await raiseForDocument(services, { authority, desk: String(data['desk']) }, String(data['document']))
}

async function raiseForDocument(services: NodeServices, scope: DeskScope, document: string): Promise<void> {
  const { authority, desk } = scope
  const { run, containers } = await services.database.asWorker('cargo.raise-signals', async (tx) => {
    await learnDocument(tx, { ...scope, document, at: services.clock.now() })
    const own = sql<boolean>`authority = ${authority} and desk = ${desk} and document = ${document}`
    const { rows } = await sql<{ container: string }>`
      select distinct container from (select container from cargo.equipment where ${own}
        union select unnest(containers) from cargo.consignments where ${own}) as stated order by container`.execute(tx)
    return { run: await runOf(tx, services, scope), containers: rows.map((row) => row.container) }
  })
  for (let at = 0; at < containers.length; at += BATCH)
    await services.database.asWorker('cargo.raise-signals', async (tx) => {
      const batch = containers.slice(at, at + BATCH)
      const dossiers = await dossiersOf(tx, batch, run)
      const found = dossiers.map((dossier) => ({ subject: dossier.container, ...evaluateDossier(dossier, run.settings, sha256) }))
      await keepFindings(tx, found, { authority, desk, kind: 'container', now: services.clock.now() })
      await flagContainers(tx, found, scope)
      await keepMeasures(tx, dossiers, { authority, desk, at: services.clock.now() })
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
      const run = await runOf(tx, services, { authority, desk })
      const dossiers = await dossiersOf(tx, [container], { ...run, paintedSo })
      const found = dossiers.map((dossier) => ({ subject: alert, ...evaluateDossier(dossier, run.settings, sha256) }))
      await keepFindings(tx, found, { authority, desk, kind: 'alert', now: services.clock.now() })
    }
    await services.announce(tx, 'alerts', row.audience)
  })
}

/** What holds for every container of a run. */
interface Run extends DeskScope {
  readonly findings: Readonly<Record<string, number>>
  readonly settings: DetectorSettings
}

async function runOf(tx: Tx, services: NodeServices, scope: DeskScope): Promise<Run> {
  const now = services.clock.now()
  return {
    ...scope,
    findings: await findingCounts(tx, { ...scope, until: now }),
    settings: await readSettings(tx, { ...scope, today: now }),
  }
}

interface Found extends DossierFindings {
  readonly subject: string
}

/** What the facts no longer say is taken back: a later document may explain a difference away. The same facts have the same id, so a repeat adds nothing. */
async function keepFindings(
  tx: Tx,
  found: readonly Found[],
  { authority, desk, kind, now }: DeskScope & { readonly kind: 'container' | 'alert'; readonly now: Date },
): Promise<void> {
  const subjects = found.map(({ subject }) => subject)
  const signals = found.flatMap((each) => each.signals.map((signal) => ({ subject: each.subject, signal })))
  const ids = signals.map(({ signal }) => signal.id)
  await sql`delete from cargo.signals where authority = ${authority} and desk = ${desk} and subject_kind = ${kind} and subject = any(${subjects}::text[])
    and not (signal = any(${ids}::text[]))`.execute(tx)
  if (signals.length > 0)
    await sql`insert into cargo.signals (authority, desk, subject_kind, subject, signal, detector, version, body, raised_at, audience)
      select ${authority}, ${desk}, ${kind}, t.subject, t.signal, t.detector, t.version, t.body::jsonb, ${now}::timestamptz, ${[desk]}::text[]
      from unnest(${signals.map(({ subject }) => subject)}::text[], ${ids}::text[], ${signals.map(({ signal }) => signal.detector.id)}::text[],
        ${signals.map(({ signal }) => signal.detector.version)}::text[], ${signals.map(({ signal }) => JSON.stringify(signal))}::text[]) as t(subject, signal, detector, version, body)
      on conflict do nothing`.execute(tx)
  await sql`insert into cargo.evaluations (authority, desk, subject_kind, subject, not_computable, evaluated_at, audience)
    select ${authority}, ${desk}, ${kind}, t.subject, t.missing::jsonb, ${now}::timestamptz, ${[desk]}::text[]
    from unnest(${subjects}::text[], ${found.map(({ notComputable }) => JSON.stringify(notComputable))}::text[]) as t(subject, missing)
    on conflict (authority, desk, subject_kind, subject) do update set not_computable = excluded.not_computable, evaluated_at = excluded.evaluated_at`.execute(
    tx,
  )
}

async function flagContainers(tx: Tx, found: readonly Found[], { authority, desk }: DeskScope): Promise<void> {
  for (const hasSignal of [true, false]) {
    const containers = found.filter(({ signals }) => signals.length > 0 === hasSignal).map(({ subject }) => subject)
    if (containers.length > 0)
      await sql`update cargo.equipment set flags = ${hasSignal ? sql`array_append(flags, 'signal')` : sql`array_remove(flags, 'signal')`}
        where authority = ${authority} and desk = ${desk} and container = any(${containers}::text[]) and (flags @> '{signal}') <> ${hasSignal}`.execute(
        tx,
      )
  }
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
