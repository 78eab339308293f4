/**
 * Signals that no longer hold: they leave the queue and stay on record, with the time, the reason and the document that gave the occasion. Invariant: no signal
 * goes without a row here and an entry in the log, except where its subject is forgotten altogether.
 */
import { sql } from 'kysely'
import type { Signal } from '#kernel/signal/signal.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import type { WithdrawnSignal } from '../contract.ts'
import { type DossierFindings, detectors } from '../detectors/index.ts'
import type { DeskScope } from './dossiers.ts'

const SHOWN = 50

export interface Judged extends DossierFindings {
  readonly subject: string
  /** The document that gave the occasion; null where a round of judging again did. */
  readonly because?: string | null
}

export async function withdrawSignals(
  tx: Tx,
  services: Pick<NodeServices, 'record' | 'clock'>,
  { found, authority, desk, kind }: DeskScope & { readonly found: readonly Judged[]; readonly kind: 'container' | 'alert' },
): Promise<void> {
  const subjects = found.map(({ subject }) => subject)
  const kept = found.flatMap(({ signals }) => signals.map(({ id }) => id))
  const { rows } = await sql<{ subject: string; signal: string; detector: string }>`
    select subject, signal, detector from cargo.signals where authority = ${authority} and desk = ${desk} and subject_kind = ${kind} and subject = any(${subjects}::text[])
    and not (signal = any(${kept}::text[])) order by subject, detector, signal`.execute(tx)
  if (rows.length === 0) return
  const bySubject = new Map(found.map((each) => [each.subject, each]))
  const gone = rows.map(({ subject, signal, detector }) => {
    const judged = bySubject.get(subject)
    return { subject, signal, detector, reason: reasonOf(judged, detector), because: judged?.because ?? null }
  })
  await sql`with gone as (
      delete from cargo.signals s using unnest(${gone.map(({ subject }) => subject)}::text[], ${gone.map(({ signal }) => signal)}::text[],
        ${gone.map(({ reason }) => reason)}::text[], ${gone.map(({ because }) => because)}::text[]) as t(subject, signal, reason, document)
      where s.authority = ${authority} and s.desk = ${desk} and s.subject_kind = ${kind} and s.subject = t.subject and s.signal = t.signal
      returning s.*, t.reason, t.document)
    insert into cargo.withdrawn_signals (authority, desk, subject_kind, subject, signal, detector, version, body, raised_at, withdrawn_at, reason, document, audience)
    select authority, desk, subject_kind, subject, signal, detector, version, body, raised_at, ${services.clock.now()}::timestamptz, reason, document, audience from gone
    on conflict do nothing`.execute(tx)
  for (const [subject, of] of Map.groupBy(gone, (each) => each.subject))
    await services.record(tx, {
      event: 'cargo.signals-withdrawn',
      outcome: 'done',
      facts: null,
      by: 'job:cargo.raise-signals',
      subjects: [
        { kind, id: subject },
        { kind: 'desk', id: desk },
        ...[...new Set(of.flatMap(({ because }) => because ?? []))].map((document) => ({ kind: 'document', id: document })),
      ],
      detail: Object.fromEntries(of.map(({ detector, reason }) => [detector, reason])),
    })
}

/** Of a container, the newest first. */
export async function withdrawnSignals(
  tx: Tx,
  { authority, container }: { readonly authority: string; readonly container: string },
): Promise<WithdrawnSignal[]> {
  const { rows } = await sql<{
    signal: string
    detector: string
    version: string
    body: Signal
    raised_at: Date
    withdrawn_at: Date
    reason: WithdrawnSignal['reason']
    document: string | null
  }>`select signal, detector, version, body, raised_at, withdrawn_at, reason, document from cargo.withdrawn_signals
    where authority = ${authority} and subject_kind = 'container' and subject = ${container} order by withdrawn_at desc, signal limit ${SHOWN}`.execute(
    tx,
  )
  return rows.map(({ signal: id, detector, version, body, raised_at, withdrawn_at, reason, document }) => ({
    id,
    detector: { id: detector, version, title: detectors.find((each) => each.id === detector)?.title ?? detector },
    explanation: body.explanation,
    raisedAt: raised_at.toISOString(),
    withdrawnAt: withdrawn_at.toISOString(),
    reason,
    ...(document === null ? {} : { document }),
  }))
}

/**
 * `restated`: the detector says it in other words now; `cannot-say`: what it needs is not there; otherwise it looked, and found nothing: `no-longer-holds` where a
 * document gave the occasion, `compared-anew` where none did, and what the box is compared with has moved, or what the desk has set.
 */
function reasonOf(judged: Judged | undefined, detector: string): WithdrawnSignal['reason'] {
  if (judged?.signals.some((each) => each.detector.id === detector) === true) return 'restated'
  if (judged?.notComputable.some((each) => each.detector === detector) === true) return 'cannot-say'
  return judged?.because === null ? 'compared-anew' : 'no-longer-holds'
}
