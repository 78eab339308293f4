/**
 * Lets slices act on what came. A batch acts under one savepoint, because nearly always all of it succeeds; when something fails, each message
 * acts again under its own. What cannot be processed is kept sealed in quarantine and never blocks the peer. What failed only because the store could not
 * do it now is no fault of the message: then nothing of the batch is taken, and its sender tries again.
 */
import { sql } from 'kysely'
import type { AuditEntry } from '#platform/audit/audit-event.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { actInternal, INTERNAL_KINDS } from './internal.ts'
import type { LinkWorld } from './link-world.ts'
import { isPassingFault } from './passing-fault.ts'
import { incoming, type Received } from './received.ts'

type Deed = { readonly received: Received; readonly act: (services: NodeServices) => Promise<void> }

/** Answers those that were acted on. */
export async function actTogether(tx: Tx, world: LinkWorld, received: readonly Received[]): Promise<ReadonlySet<Received>> {
  const denied = await deniedOf(tx, world, received)
  const deeds: Deed[] = []
  for (const each of received) {
    const deed = denied.has(each) ? 'denied by the guard' : await deedOf(tx, world, each)
    if (typeof deed === 'string') quarantine(world, each, deed)
    else deeds.push({ received: each, act: deed })
  }
  if (deeds.length === 0) return new Set()
  const together = await attempt(tx, world, async (services) => {
    for (const { act } of deeds) await act(services)
  })
  if (together === undefined) return new Set(deeds.map((deed) => deed.received))
  const done = new Set<Received>()
  for (const deed of deeds) {
    const failure = await attempt(tx, world, deed.act)
    if (failure === undefined) done.add(deed.received)
    else if (isPassingFault(failure.error)) throw failure.error
    else quarantine(world, deed.received, failure.error instanceof Error ? failure.error.message : String(failure.error))
  }
  return done
}

/** Undefined when it went well, else why not; then nothing of it stays. */
async function attempt(
  tx: Tx,
  world: LinkWorld,
  work: (services: NodeServices) => Promise<void>,
): Promise<{ readonly error: unknown } | undefined> {
  await sql`savepoint slices`.execute(tx)
  try {
    const gathered = gather(world)
    await work(gathered.services)
    await gathered.write(tx)
    await sql`release savepoint slices`.execute(tx)
    return undefined
  } catch (error) {
    await sql`rollback to savepoint slices`.execute(tx)
    return { error }
  }
}

/** What the slices log and announce while they act on a batch is written at its end, in their order and in one statement each. */
function gather(world: LinkWorld): { readonly services: NodeServices; readonly write: (tx: Tx) => Promise<void> } {
  const entries: AuditEntry[] = []
  const topics = new Map<string, Set<string>>()
  const services: NodeServices = {
    ...world.services(),
    record: async (_tx, entry) => void entries.push(entry),
    announce: async (_tx, topic, audience) => {
      const desks = topics.get(topic) ?? new Set()
      topics.set(topic, desks)
      for (const desk of audience) desks.add(desk)
    },
  }
  return {
    services,
    write: async (tx) => {
      await world.record(tx, entries)
      for (const [topic, desks] of topics) await world.services().announce(tx, topic, [...desks])
    },
  }
}

async function deedOf(tx: Tx, world: LinkWorld, received: Received): Promise<Deed['act'] | string> {
  const { outer, inner } = received
  if (INTERNAL_KINDS.has(outer.kind)) return async () => await actInternal(tx, world, received)
  if (!(await answersOurs(tx, received))) return 'it answers a request that was never sent'
  const type = world.messages.get(inner.body.type)
  if (type === undefined) return 'unknown message type'
  const parsed = type.schema.safeParse(inner.body.data)
  if (!parsed.success) return 'content does not fit its schema'
  const message = incoming(received, world.clock.now())
  return async (services) => await type.receive(message, parsed.data, { tx, services })
}

/** A response that names a request by its digest must name the one we sent. */
async function answersOurs(tx: Tx, { outer }: Received): Promise<boolean> {
  if (outer.reqDigest === undefined) return true
  const { rows } = await sql<{ id: string }>`
    select id from link.messages where direction = 'out' and id = ${outer.replyTo ?? ''} and digest = ${outer.reqDigest} and org = any(${outer.to.map((to) => to.org)})`.execute(
    tx,
  )
  return rows.length > 0
}

async function deniedOf(tx: Tx, world: LinkWorld, received: readonly Received[]): Promise<ReadonlySet<Received>> {
  const verdicts = await world.guard.check(
    'in',
    received.map(({ outer, inner }) => ({ ...inner, from: outer.from, to: outer.to, kind: outer.kind, expiresAt: outer.expires })),
  )
  const denied = received.flatMap((each, index) => {
    const denial = verdicts[index]
    return denial === undefined ? [] : [{ each, denial }]
  })
  await world.record(
    tx,
    denied.map(({ each, denial }) => ({
      event: 'exchange.egress-denied',
      outcome: 'refused' as const,
      facts: null,
      by: 'guard:in',
      subjects: [{ kind: 'message', id: each.outer.id }],
      reason: `${denial.rule} at ${denial.level}`,
    })),
  )
  return new Set(denied.map(({ each }) => each))
}

function quarantine(world: LinkWorld, { outer, inner }: Received, because: string): void {
  world.log.warn(
    { code: 'link.quarantined', id: outer.id, type: inner.body.type, because },
    'a message could not be processed and is kept in quarantine',
  )
}
