/**
 * Silence is evidence too: when no relay or no retrieval was stated in time, this node states so itself. What comes later overrules it, and both
 * stay visible. Times by urgency are policy; a day is the usual term of registered electronic delivery.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { findUnit } from './directory.ts'
import { type Evidence, signEvidence } from './evidence.ts'
import { storeEvidence } from './evidence-store.ts'
import type { LinkWorld } from './link-world.ts'

/** Hours until silence is stated, by urgency. */
export const HOURS: Readonly<Record<string, number>> = { immediate: 1, urgent: 4, routine: 24 }
/** A desk has longer to open a message than its node to take it. */
const TERMS = [
  { kind: 'relay', factor: 1 },
  { kind: 'retrieval', factor: 2 },
] as const
const EVIDENCED = ['push', 'request', 'response', 'update', 'recall'] as const
const MANY = 500

/** Until when, in hours from its making, evidence of each kind is waited for. */
export function termsOf(message: { readonly kind: string; readonly urgency: string }) {
  const isEvidenced = EVIDENCED.some((kind) => kind === message.kind)
  return isEvidenced ? TERMS.map(({ kind, factor }) => ({ kind, hours: (HOURS[message.urgency] ?? 24) * factor })) : []
}

interface Silent {
  readonly org: string
  readonly id: string
  readonly unit: string
  readonly from_unit: string
  readonly context: string
  readonly digest: string | null
}

/** Answers how many statements of silence were made. */
export async function stateSilence(tx: Tx, world: LinkWorld): Promise<number> {
  let stated = 0
  for (const { kind, factor } of TERMS) {
    const limit = (urgency: string) => new Date(world.clock.now().getTime() - (HOURS[urgency] ?? 24) * factor * 3_600_000)
    const { rows } = await sql<Silent>`
      select m.org, m.id, u.unit, m.from_unit, m.context, m.digest from link.messages m cross join unnest(m.to_units) as u(unit)
      where m.direction = 'out' and m.created_at < case m.urgency when 'immediate' then ${limit('immediate')}::timestamptz when 'urgent' then ${limit('urgent')}::timestamptz
          else ${limit('routine')}::timestamptz end
        and m.created_at > ${new Date(world.clock.now().getTime() - 120 * 86_400_000)} and m.kind = any(${[...EVIDENCED]}::text[])
        and not exists (select from link.evidence e where e.org = m.org and e.id = m.id and e.unit = u.unit and e.kind = ${kind}) limit ${MANY}`.execute(
      tx,
    )
    if (rows.length === 0) continue
    const at = world.clock.now().toISOString()
    const evidence = rows.map(
      (row): Evidence => ({
        v: 1,
        message: row.id,
        digest: row.digest ?? '0'.repeat(64),
        to: { org: findUnit(world.directory(), row.unit)?.org.id ?? '', unit: row.unit },
        kind,
        positive: false,
        at,
        issuer: world.keys.nodeId,
        code: 'timeout',
      }),
    )
    const tokens = await signEvidence(evidence, world.keys.sig)
    await storeEvidence(
      tx,
      rows.map((row, index) => ({
        org: row.org,
        evidence: evidence[index] as Evidence,
        token: tokens[index] ?? '',
        context: row.context,
        audience: [row.from_unit],
      })),
    )
    await world.record(
      tx,
      rows.map((row) => ({
        event: 'exchange.evidence-late',
        outcome: 'failed' as const,
        facts: null,
        by: 'link',
        subjects: [
          { kind: 'message', id: row.id },
          { kind: 'desk', id: row.unit },
        ],
        detail: { missing: kind },
      })),
    )
    await world.services().announce(tx, 'evidence', [...new Set(rows.map((row) => row.from_unit))])
    stated += rows.length
  }
  // Ciphertext is kept for a peer that lost something, and no longer than the message itself.
  await sql`update link.outbox set envelope = null where state <> 'waiting' and envelope is not null and expires_at < ${world.clock.now()}`.execute(
    tx,
  )
  return stated
}
