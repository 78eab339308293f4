/**
 * Raising signals in the background and reading them for a screen. A signal is derived per desk; the same facts give the same id, so a repeat adds nothing. Signals
 * follow from what the desk holds and not from the order in which it came: an older fact that comes late has the containers judged again whose verdict hangs on it,
 * and a round of judging again (`judge-again.ts`) does so with what is ahead or recent. What no longer holds is withdrawn with its reason, and kept.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import type { SignalView } from '../contract.ts'
import { detectors, evaluateDossier } from '../detectors/index.ts'
import type { DetectorSettings } from '../detectors/settings.ts'
import type { AlertContent } from './alert-content.ts'
import { markContainer } from './alert-marks.ts'
import { type DeskScope, dossiersOf } from './dossiers.ts'
import { findingCounts } from './history-findings.ts'
import { keepMeasures } from './history-measures.ts'
import { readSettings } from './history-settings.ts'
import { keepOpenVerdicts, waitingContainers } from './history-waiting.ts'
import { learnDocument, lockHistory, noteJudged } from './route-learning-document.ts'
import { type Judged, withdrawSignals } from './signals-withdrawn.ts'
import type { CargoTables } from './tables.ts'

const BATCH = 300
/** Containers judged again in one run; those that still wait are left to the next, so that new documents come between. */
const MOST_AGAIN = 900
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

export async function raiseSignals(data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  const authority = String(data['authority'])
  if (data['alert'] !== undefined) await raiseForAlert(services, authority, String(data['alert']))
  else {
    const scope = { authority, desk: String(data['desk']) }
    if (data['document'] !== undefined) await raiseForDocument(services, scope, String(data['document']))
    await judgeWaiting(services, scope)
  }
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
    await judge(services, run, { containers: containers.slice(at, at + BATCH), because: () => document })
  await services.database.asWorker('cargo.raise-signals', async (tx) => {
    await noteJudged(tx, { ...scope, document })
    await services.announce(tx, 'signals', [desk])
  })
}

/** Containers whose verdict hangs on what came late, or that a round has come to. */
async function judgeWaiting(services: NodeServices, scope: DeskScope): Promise<void> {
  const { authority, desk } = scope
  let run: Run | undefined
  for (let judged = 0; ; judged += BATCH) {
    const waiting = await services.database.asWorker('cargo.raise-signals', async (tx) => {
      const next = await waitingContainers(tx, scope, BATCH)
      if (next.length > 0 && judged >= MOST_AGAIN) {
        await services.enqueue(tx, { name: 'cargo.raise-signals', data: { authority, desk }, key: `signals:${authority}:${desk}:waiting` })
        return []
      }
      if (next.length > 0) run ??= await runOf(tx, services, scope)
      return next
    })
    if (waiting.length === 0 || run === undefined) break
    const because = new Map(waiting.map(({ container, document }) => [container, document]))
    await judge(services, run, { containers: [...because.keys()], because: (container) => because.get(container) ?? null })
  }
  if (run !== undefined)
    await services.database.asWorker('cargo.raise-signals', async (tx) => await services.announce(tx, 'signals', [desk]))
}

/** Some containers anew, in one transaction: one at a time for a desk, so that nothing is learned between what is read and what the verdicts are said to hang on. */
async function judge(
  services: NodeServices,
  run: Run,
  { containers, because }: { readonly containers: readonly string[]; readonly because: (container: string) => string | null },
): Promise<void> {
  const { authority, desk, settings } = run
  await services.database.asWorker('cargo.raise-signals', async (tx) => {
    await lockHistory(tx, run)
    const dossiers = await dossiersOf(tx, containers, run)
    const found = dossiers.map((dossier) => ({
      subject: dossier.container,
      because: because(dossier.container),
      lastDay: dossier.lastDay,
      ...evaluateDossier(dossier, settings, sha256),
    }))
    await keepFindings(tx, services, { found, authority, desk, kind: 'container' })
    await keepOpenVerdicts(tx, run, { dossiers, settings })
    await flagContainers(tx, found, run)
    await keepMeasures(tx, run, dossiers)
  })
}

async function raiseForAlert(services: NodeServices, authority: string, alert: string): Promise<void> {
  await services.database.asWorker('cargo.raise-signals', async (tx) => {
    // A dossier is about a box: no detector looks at an air waybill or a unit load device.
    const rows = await tx
      .withTables<CargoTables>()
      .selectFrom('cargo.alerts')
      .select(['content', 'audience'])
      .where('authority', '=', authority)
      .where('alert', '=', alert)
      .where('subject_kind', '=', 'container')
      .where('notice', 'is', null)
      .execute()
    const [row] = rows
    if (row === undefined) return
    const { subject } = row.content as AlertContent
    const desks = [...new Set(rows.flatMap(({ audience }) => audience))]
    const { number: container, asStated: paintedSo } = subject
    for (const desk of desks) {
      await markContainer(tx, { authority, desk, container })
      const run = await runOf(tx, services, { authority, desk })
      const dossiers = await dossiersOf(tx, [container], { ...run, paintedSo })
      const found = dossiers.map((dossier) => ({ subject: alert, ...evaluateDossier(dossier, run.settings, sha256) }))
      await keepFindings(tx, services, { found, authority, desk, kind: 'alert' })
    }
    await services.announce(tx, 'alerts', desks)
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

interface Found extends Judged {
  readonly lastDay?: string | undefined
}

/** What the facts no longer say is withdrawn: another document may explain a difference away. The same facts have the same id, so a repeat adds nothing. */
async function keepFindings(
  tx: Tx,
  services: NodeServices,
  { found, authority, desk, kind }: DeskScope & { readonly found: readonly Found[]; readonly kind: 'container' | 'alert' },
): Promise<void> {
  const now = services.clock.now()
  const subjects = found.map(({ subject }) => subject)
  const signals = found.flatMap((each) => each.signals.map((signal) => ({ subject: each.subject, signal })))
  const ids = signals.map(({ signal }) => signal.id)
  await withdrawSignals(tx, services, { found, authority, desk, kind })
  if (signals.length > 0)
    await sql`insert into cargo.signals (authority, desk, subject_kind, subject, signal, detector, version, body, raised_at, audience)
      select ${authority}, ${desk}, ${kind}, t.subject, t.signal, t.detector, t.version, t.body::jsonb, ${now}::timestamptz, ${[desk]}::text[]
      from unnest(${signals.map(({ subject }) => subject)}::text[], ${ids}::text[], ${signals.map(({ signal }) => signal.detector.id)}::text[],
        ${signals.map(({ signal }) => signal.detector.version)}::text[], ${signals.map(({ signal }) => JSON.stringify(signal))}::text[]) as t(subject, signal, detector, version, body)
      on conflict do nothing`.execute(tx)
  await sql`insert into cargo.evaluations (authority, desk, subject_kind, subject, not_computable, evaluated_at, last_day, audience)
    select ${authority}, ${desk}, ${kind}, t.subject, t.missing::jsonb, ${now}::timestamptz, t.last_day, ${[desk]}::text[]
    from unnest(${subjects}::text[], ${found.map(({ notComputable }) => JSON.stringify(notComputable))}::text[], ${found.map(({ lastDay }) => lastDay ?? null)}::text[])
      as t(subject, missing, last_day)
    on conflict (authority, desk, subject_kind, subject) do update set not_computable = excluded.not_computable, evaluated_at = excluded.evaluated_at,
      last_day = excluded.last_day`.execute(tx)
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
