/**
 * The owner's answer to a blind query. Taken in at once, evaluated in the background: entitlement, epoch, quota and cap are decided in the transaction
 * that evaluates and answers. Every refusal is the same frame; its reason stands in the owner's log.
 */
import { sql } from 'kysely'
import type { MatchKeyClass } from '#kernel/match-key/match-key.ts'
import { isSealingHealthy } from '#platform/audit/audit-log.ts'
import { messageType, type WorkContext } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { OprfRefused } from '#platform/oprf/oprf.ts'
import { inThread } from '#platform/oprf/thread.ts'
import { reportAnomaly } from './anomaly.ts'
import { packFrame, REFUSAL, readFrame } from './frame.ts'
import { takeQuota } from './quota.ts'
import { base64, fromBase64, fromHex, queryMessage, send } from './wire.ts'

export const ANSWER_JOB = 'matching.answer'

export interface ServedKey {
  readonly org: string
  readonly requesterOrg: string
  readonly query: string
  readonly class: string
}

export interface ServedRow {
  readonly desk: string
  readonly requester_desk: string
  readonly purpose: string
  readonly epoch: number
  readonly case_ref: string
  readonly approved: boolean
  readonly frame: Buffer | null
  readonly lookup: Buffer | null
  readonly state: 'waiting' | 'answered' | 'refused' | 'looking-up' | 'looked-up'
  readonly keys: number
}

export const queryReceived = messageType({
  type: 'match.query',
  schema: queryMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of message.to) {
      if (!work.services.authorities.includes(org)) continue
      await sql`insert into matching.served (org, desk, requester_org, requester_desk, query, purpose, class, epoch, case_ref, approved, frame, state, at, audience)
        values (${org}, ${unit}, ${message.from.org}, ${message.from.unit}, ${data.query}, ${data.purpose}, ${data.class}, ${data.epoch}, ${data.caseRef}, ${data.approved},
          ${fromBase64(data.frame)}, 'waiting', ${message.receivedAt}, '{}') on conflict do nothing`.execute(work.tx)
      const key: ServedKey = { org, requesterOrg: message.from.org, query: data.query, class: data.class }
      await work.services.enqueue(work.tx, { name: ANSWER_JOB, data: { ...key }, key: `answer:${Object.values(key).join(':')}` })
    }
  },
})

export async function answerQuery(data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  const key = data as unknown as ServedKey
  await services.database.asWorker(ANSWER_JOB, async (tx) => {
    const served = await lockServed({ tx, services }, key)
    if (served?.state !== 'waiting') return
    const outcome = await evaluate({ tx, services }, key, served)
    await sql`update matching.served set state = ${outcome.because === undefined ? 'answered' : 'refused'}, keys = ${outcome.keys}, frame = null
      where ${whereServed(key)}`.execute(tx)
    await send(
      { tx, services },
      {
        from: { org: key.org, unit: served.desk },
        to: { org: key.requesterOrg, unit: served.requester_desk },
        type: 'match.answer',
        purpose: served.purpose,
        context: key.query,
        caseRef: served.case_ref,
        data: { query: key.query, class: key.class, frame: base64(outcome.frame) },
      },
    )
    await services.record(tx, {
      event: 'matching.query-served',
      outcome: outcome.because === undefined ? 'done' : 'refused',
      facts: null,
      by: `job:${ANSWER_JOB}`,
      subjects: [
        { kind: 'desk', id: served.requester_desk },
        { kind: 'match-query', id: key.query },
      ],
      ...(outcome.because === undefined ? {} : { reason: outcome.because }),
      detail: { class: key.class, purpose: served.purpose, case: served.case_ref, keys: outcome.keys, epoch: served.epoch },
    })
  })
}

interface Outcome {
  readonly frame: Uint8Array
  readonly keys: number
  /** Set when it was refused; for the log alone. */
  readonly because?: string
}

async function evaluate(work: WorkContext, key: ServedKey, served: ServedRow): Promise<Outcome> {
  const query = readFrame(served.frame ?? REFUSAL)
  if (query === undefined) return { frame: REFUSAL, keys: 0, because: 'form' }
  const refused = (because: string): Outcome => ({ frame: REFUSAL, keys: query.slots.length, because })
  if (!(await isSealingHealthy(work.tx, work.services.clock.now()))) return refused('audit.backlog')
  const limit = await quotaOf(work, key, served)
  if (limit === undefined) return refused('not-entitled')
  const epoch = await openEpoch(work, { org: key.org, purpose: served.purpose, class: key.class, epoch: served.epoch })
  if (epoch === undefined) return refused('epoch')
  const quota = await takeQuota(work.tx, {
    org: key.org,
    requesterOrg: key.requesterOrg,
    purpose: served.purpose,
    class: key.class as MatchKeyClass,
    caseRef: served.case_ref,
    keys: query.slots.length,
    limit,
    approved: served.approved,
    day: work.services.clock.now().toISOString().slice(0, 10),
  })
  if (quota.anomaly !== undefined) await reportAnomaly(work, { key, served, what: quota.anomaly })
  if (!quota.ok) return refused(quota.because)
  try {
    const answer = await inThread('evaluate', { keys: epoch, blinded: query.slots })
    return { frame: packFrame({ slots: answer.evaluated, proof: answer.proof }), keys: query.slots.length }
  } catch (error) {
    // Elements that are none cost their quota: else they would be free tries.
    if (error instanceof OprfRefused) return refused(error.code)
    throw error
  }
}

async function quotaOf({ tx }: WorkContext, key: ServedKey, served: ServedRow): Promise<number | undefined> {
  const { rows } = await sql<{ quota: number | null }>`select max(quota) as quota from matching.requesters
    where org = ${key.org} and requester_org = ${key.requesterOrg} and requester_desk = ${served.requester_desk} and purpose = ${served.purpose} and quota > 0`.execute(
    tx,
  )
  return rows[0]?.quota ?? undefined
}

export async function openEpoch(
  { tx, services }: WorkContext,
  epoch: { readonly org: string; readonly purpose: string; readonly class: string; readonly epoch: number },
): Promise<{ readonly secretKey: Uint8Array; readonly publicKey: Uint8Array } | undefined> {
  const { rows } = await sql<{
    public_key: string
    content: string
    content_key: string
  }>`select public_key, content, content_key from matching.epochs
    where org = ${epoch.org} and purpose = ${epoch.purpose} and class = ${epoch.class} and epoch = ${epoch.epoch}`.execute(tx)
  const row = rows[0]
  if (row === undefined) return undefined
  const secret = services.box.open({ content: row.content, key: row.content_key })
  return { secretKey: Uint8Array.from(fromBase64(secret)), publicKey: fromHex(row.public_key) }
}

/** The entry `e` belongs to a desk that lets the requester ask: others do not exist for it, whatever their tags. */
export function isOpenTo(requester: { readonly desk: string; readonly purpose: string }) {
  return sql<boolean>`exists (select from matching.requesters r where r.org = e.org and r.desk = e.desk and r.requester_desk = ${requester.desk}
    and r.purpose = ${requester.purpose} and r.quota > 0)`
}

export async function lockServed({ tx }: WorkContext, key: ServedKey): Promise<ServedRow | undefined> {
  const { rows } = await sql<ServedRow>`select desk, requester_desk, purpose, epoch, case_ref, approved, frame, lookup, state, keys
    from matching.served where ${whereServed(key)} for update`.execute(tx)
  return rows[0]
}

export function whereServed(key: ServedKey) {
  return sql<boolean>`org = ${key.org} and requester_org = ${key.requesterOrg} and query = ${key.query} and class = ${key.class}`
}
