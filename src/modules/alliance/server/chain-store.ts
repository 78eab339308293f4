/**
 * A chain in the store: read under a lock, and appended to. Worker transactions only.
 * Invariants: one writer at a time for each right; the event, what it changes, the signals it raises and its entry in the log commit together; a
 * partner is woken only when its own link changed.
 */
import { sql } from 'kysely'
import { verifyChain } from '#kernel/release-right/chain.ts'
import { evaluateEvent } from '#kernel/release-right/detectors/index.ts'
import { chainEvent, type EventBody, type EventParty, type LedgerEvent } from '#kernel/release-right/event.ts'
import { foldEvent, foldRight, holderOf, partiesOf, type RightState, stageOf } from '#kernel/release-right/fold.ts'
import { ownLink } from '#kernel/release-right/own-link.ts'
import type { Signal } from '#kernel/signal/signal.ts'
import type { AuditSubject } from '#platform/audit/audit-event.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import type { Keeper } from './keepers.ts'
import { knowledgeFor } from './knowledge.ts'
import { type RightName, rightIdOf, sha256 } from './right-name.ts'

export interface Chain {
  readonly keeper: Keeper
  readonly name: RightName
  readonly right: string
  readonly events: readonly LedgerEvent[]
  readonly state: RightState
  /** The events do not hash to what was written down: nothing is chained to them any more, or the fault would be covered. */
  readonly isBroken: boolean
}

export interface LedgerWork {
  readonly tx: Tx
  readonly services: NodeServices
}

export interface EventRow {
  hash: string
  previous: string
  at: Date
  by_desk: string
  by_role: EventParty['role']
  body: EventBody
}

export const eventOf = (row: EventRow): LedgerEvent => ({
  previous: row.previous,
  at: row.at.toISOString(),
  by: { desk: row.by_desk, role: row.by_role },
  body: row.body,
  hash: row.hash,
})

/** Nobody else writes to this right until the transaction ends. */
export async function lockRight(tx: Tx, authority: string, right: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`alliance.right ${authority} ${right}`}, 0))`.execute(tx)
}

/** Whether a party has a link of its own: asked of its own rows, so that whoever has none is answered before a chain is looked at. */
export async function hasLink(
  tx: Tx,
  keeper: Keeper,
  { party, right }: { readonly party: string; readonly right: string },
): Promise<boolean> {
  const { rows } = await sql<{ one: number }>`
    select 1 as one from alliance.links where authority = ${keeper.authority} and party = ${party} and right_id = ${right}`.execute(tx)
  return rows.length > 0
}

/** Under its lock. A right without an event yet has an empty chain. */
export async function lockChain({ tx }: Pick<LedgerWork, 'tx'>, keeper: Keeper, name: RightName): Promise<Chain> {
  const right = rightIdOf(keeper, name)
  await lockRight(tx, keeper.authority, right)
  const { rows } = await sql<EventRow>`
    select hash, previous, at, by_desk, by_role, body from alliance.events where authority = ${keeper.authority} and right_id = ${right} order by seq`.execute(
    tx,
  )
  const events = rows.map(eventOf)
  const { rows: heads } = await sql<{ head: string; events: number }>`
    select head, events from alliance.chains where authority = ${keeper.authority} and right_id = ${right}`.execute(tx)
  const stated = { genesis: right, head: heads[0]?.head ?? right, count: heads[0]?.events ?? 0 }
  return { keeper, name, right, events, state: foldRight(events), isBroken: !verifyChain(events, stated, sha256).intact }
}

export function brokenChain(): AppError {
  return new AppError(503, 'alliance.chain-broken', 'The ledger of this right was altered; the customs desk of the port looks into it.')
}

export interface Appended {
  readonly by: EventParty
  readonly body: EventBody
}

/** Chains one event and everything that follows from it, each with its entry in the log. */
export async function append(work: LedgerWork, chain: Chain, appended: Appended): Promise<Chain> {
  const { tx, services } = work
  const { next, event, signals } = await chainOn(work, chain, appended)
  const about: AuditSubject = { kind: 'release-right', id: chain.right }
  await services.record(tx, {
    event: 'alliance.event-appended',
    outcome: 'done',
    facts: null,
    by: 'ledger:release-right',
    subjects: [about, { kind: 'release-event', id: event.hash }],
  })
  for (const { id, detector } of signals)
    await services.record(tx, {
      event: 'alliance.signal-raised',
      outcome: 'done',
      facts: null,
      by: `detector:${detector.id}`,
      subjects: [about, { kind: 'signal', id }],
    })
  return next
}

/** The same without an entry: whoever calls it writes one that has the hash of the event. */
export async function chainOn(
  work: LedgerWork,
  chain: Chain,
  { by, body }: Appended,
): Promise<{ readonly next: Chain; readonly event: LedgerEvent; readonly signals: readonly Signal[] }> {
  const { tx, services } = work
  const { keeper, right, events, state } = chain
  if (chain.isBroken) throw brokenChain()
  const last = events.at(-1)
  const now = services.clock.now().toISOString()
  // The clock of a node may be set back; the order of the chain is not.
  const at = last !== undefined && last.at > now ? last.at : now
  const event = chainEvent({ previous: last?.hash ?? right, at, by, body }, sha256)
  const after = foldEvent(state, event)
  const account = body.kind === 'read' && by.role !== 'customs' ? body.account : null
  const isUnrelated = account !== null && !partiesOf(state).has(by.desk)
  await sql`insert into alliance.events (authority, right_id, seq, keeper, hash, previous, at, by_desk, by_role, body, account, unrelated, audience)
    values (${keeper.authority}, ${right}, ${events.length + 1}, ${keeper.desk}, ${event.hash}, ${event.previous}, ${at}, ${by.desk}, ${by.role}, ${JSON.stringify(body)}, ${account},
      ${isUnrelated}, ${[keeper.desk]})`.execute(tx)
  const next: Chain = { ...chain, events: [...events, event], state: after }
  await writeChain(work, next, event)
  const signals = await writeSignals(work, chain, event)
  if (body.kind !== 'read' && body.kind !== 'refused') await writeLinks(work, chain, next)
  return { next, event, signals }
}

async function writeChain({ tx }: LedgerWork, { keeper, name, right, events, state }: Chain, event: LedgerEvent): Promise<void> {
  const hold =
    state.holds
      .map(({ until }) => until ?? 'infinity')
      .sort()
      .at(-1) ?? null
  const [release] = state.passings
  const minutes =
    state.collected === undefined || release === undefined
      ? null
      : Math.round((Date.parse(state.collected.at) - Date.parse(release.at)) / 60_000)
  const isChange = event.body.kind !== 'read'
  await sql`insert into alliance.chains (authority, right_id, keeper, container, voyage, port, head, events, stage, discharged, cleared, hold_until, holder, haulier, first_receiver,
      collect_minutes, changed_at, audience)
    values (${keeper.authority}, ${right}, ${keeper.desk}, ${name.container}, ${name.voyage}, ${name.port}, ${event.hash}, ${events.length}, ${stageOf(state)},
      ${state.dischargedAt !== undefined}, ${state.clearedAt !== undefined}, ${hold}, ${holderOf(state) ?? null}, ${state.order?.haulier ?? null}, ${release?.to ?? null},
      ${minutes}, ${event.at}, ${[keeper.desk]})
    on conflict (authority, right_id) do update set head = excluded.head, events = excluded.events, stage = excluded.stage, discharged = excluded.discharged,
      cleared = excluded.cleared, hold_until = excluded.hold_until, holder = excluded.holder, haulier = excluded.haulier, first_receiver = excluded.first_receiver,
      collect_minutes = excluded.collect_minutes, changed_at = case when ${isChange} then excluded.changed_at else alliance.chains.changed_at end`.execute(
    tx,
  )
}

/** The detectors look at the event in the transaction that makes it: a signal is there when the event is. */
async function writeSignals(work: LedgerWork, before: Chain, event: LedgerEvent): Promise<readonly Signal[]> {
  const { tx, services } = work
  const { keeper, right, name } = before
  const known = await knowledgeFor(tx, before, event)
  const { signals, notComputable } = evaluateEvent(
    { right: name, before: before.state, history: before.events, event, known },
    right,
    sha256,
  )
  if (notComputable.length > 0)
    await sql`update alliance.chains set not_computable = (
        select coalesce(jsonb_agg(each order by each ->> 'detector'), '[]') from (
          select each from jsonb_array_elements(not_computable) each where not (each ->> 'detector' = any(${notComputable.map(({ detector }) => detector)}::text[]))
          union all select each from jsonb_array_elements(${JSON.stringify(notComputable)}::jsonb) each) merged)
      where authority = ${keeper.authority} and right_id = ${right}`.execute(tx)
  if (signals.length === 0) return []
  for (const signal of signals) {
    const account = signal.detector.id === 'L8' && event.body.kind === 'read' ? event.body.account : null
    await sql`insert into alliance.signals (authority, right_id, signal, keeper, detector, version, event, container, voyage, port, account, body, raised_at, audience)
      values (${keeper.authority}, ${right}, ${signal.id}, ${keeper.desk}, ${signal.detector.id}, ${signal.detector.version}, ${event.hash}, ${name.container}, ${name.voyage},
        ${name.port}, ${account}, ${JSON.stringify(signal)}, ${event.at}, ${[keeper.desk]}) on conflict do nothing`.execute(tx)
  }
  await sql`update alliance.chains set signals = (select array_agg(distinct each order by each) from unnest(signals || ${signals.map((signal) => signal.detector.id)}::text[]) each)
    where authority = ${keeper.authority} and right_id = ${right}`.execute(tx)
  await services.announce(tx, 'alliance-signals', [keeper.desk])
  return signals
}

async function writeLinks({ tx, services }: LedgerWork, before: Chain, after: Chain): Promise<void> {
  const { keeper, right, name } = after
  const desks = new Set([...partiesOf(before.state), ...partiesOf(after.state), ...everNamed(after.events)])
  const changed: string[] = []
  for (const desk of desks) {
    const [was, is] = [ownLink(before.events, desk), ownLink(after.events, desk)]
    if (JSON.stringify(was) === JSON.stringify(is)) continue
    changed.push(desk)
    if (is === undefined) {
      await sql`delete from alliance.links where authority = ${keeper.authority} and party = ${desk} and right_id = ${right}`.execute(tx)
      continue
    }
    const given = is.givenAt ?? is.passedAt ?? after.events.at(-1)?.at
    const isOpen = is.state !== 'collected' && is.state !== 'revoked' && !(is.state === 'passed' && is.as === 'forwarder')
    await sql`insert into alliance.links (authority, party, right_id, container, voyage, port, link, is_open, given_at, audience)
      values (${keeper.authority}, ${desk}, ${right}, ${name.container}, ${name.voyage}, ${name.port}, ${JSON.stringify(is)}, ${isOpen}, ${given}, ${[desk]})
      on conflict (authority, party, right_id) do update set link = excluded.link, is_open = excluded.is_open`.execute(tx)
  }
  if (changed.length > 0) await services.announce(tx, 'alliance-rights', changed)
  await services.announce(tx, 'alliance-chains', [keeper.desk])
}

/** A haulier that was replaced, or a holder before a revocation, is no party any more, and its link has to go or to end. */
function everNamed(events: readonly LedgerEvent[]): readonly string[] {
  return events.flatMap(({ body }) => {
    if (body.kind === 'transport-ordered') return [body.haulier]
    return body.kind === 'released' || body.kind === 'transferred' ? [body.to] : []
  })
}
