/**
 * The inbox: checks an envelope in a fixed order, stores it with its evidence and lets the slice act on it, all in one transaction. Receipt and
 * effect commit together or not at all. To the outside every refusal is the same answer; the true reason goes to the log.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { type Envelope, type Inner, type OpenWorld, type Outer, openInner, openOuter } from './envelope.ts'
import { type Evidence, signEvidence } from './evidence.ts'
import { storeEvidence } from './evidence-store.ts'
import { TokenRefused } from './jose.ts'
import type { Answer, LinkWorld } from './link-world.ts'
import type { IncomingMessage } from './message.ts'

const REFUSED: Answer = { state: 'refused' }

/** Takes one envelope. Throws only when the node itself cannot work (no directory, no database): the sender then tries again. */
export async function takeEnvelope(envelope: Envelope, peerSpki: string | null, world: LinkWorld): Promise<Answer> {
  const open: OpenWorld = { keys: world.keys, directory: world.directory(), now: world.clock.now(), peerSpki }
  let outer: Outer | undefined
  try {
    const opened = await openOuter(envelope, open)
    outer = opened.outer
    const repeated = await findRepeat(world, opened)
    if (repeated !== undefined) return repeated
    const inner = await openInner(envelope, outer, open)
    return await world.database.asWorker(
      'link.inbox',
      async (tx) => await store(tx, world, { outer: opened.outer, digest: opened.digest, inner, envelope }),
    )
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error
    await refuse(world, error.code, outer)
    return REFUSED
  }
}

interface Opened {
  readonly outer: Outer
  readonly digest: string
}

/** The stored answer to a repeat; the same id with other content is refused and noted. */
async function findRepeat(world: LinkWorld, { outer, digest }: Opened): Promise<Answer | undefined> {
  return await world.database.asWorker('link.repeat', async (tx) => await storedAnswer(tx, { outer, digest }))
}

async function storedAnswer(tx: Tx, { outer, digest }: Opened): Promise<Answer | undefined> {
  const { rows } = await sql<{
    digest: string
    answers: string[]
  }>`select digest, answers from link.inbox where from_org = ${outer.from.org} and id = ${outer.id}`.execute(tx)
  const known = rows[0]
  if (known === undefined) return undefined
  if (known.digest !== digest) throw new TokenRefused('inbox.conflict')
  return { state: 'taken', evidence: known.answers }
}

interface Received extends Opened {
  readonly inner: Inner
  readonly envelope: Envelope
}

async function store(tx: Tx, world: LinkWorld, received: Received): Promise<Answer> {
  const { outer, digest, inner } = received
  const now = world.clock.now()
  await notePosition(tx, world, received)
  const units = outer.to.filter((to) => world.keys.orgs[to.org] !== undefined)
  const audience = units.map((to) => to.unit)
  const inserted = await sql`insert into link.inbox (from_org, id, digest, state, received_at, answers, audience)
    values (${outer.from.org}, ${outer.id}, ${digest}, 'taken', ${now}, '[]', ${audience}) on conflict do nothing`.execute(tx)
  if (inserted.numAffectedRows === 0n) {
    // Another process took the same envelope between our look and our insert.
    const answer = await storedAnswer(tx, received)
    return answer ?? REFUSED
  }
  if (outer.kind === 'evidence') return await takeBack(tx, world, received)
  const wasActedOn = await act(tx, world, received)
  const tokens: string[] = []
  for (const to of units) {
    const base = { v: 1, message: outer.id, digest, to, at: now.toISOString(), issuer: world.keys.nodeId } as const
    const steps: Evidence[] = [
      { ...base, kind: 'relay', positive: true },
      wasActedOn ? { ...base, kind: 'delivery', positive: true } : { ...base, kind: 'delivery', positive: false, code: 'unprocessable' },
    ]
    for (const evidence of steps) {
      const token = await signEvidence(evidence, world.keys.sig)
      tokens.push(token)
      await storeEvidence(tx, { org: to.org, evidence, token, context: outer.ctx, audience: [to.unit] })
    }
    await sql`insert into link.messages (org, id, direction, from_unit, to_units, kind, type, urgency, context, created_at, state, digest, peer, audience)
      values (${to.org}, ${outer.id}, 'in', ${outer.from.unit}, ${[to.unit]}, ${outer.kind}, ${inner.body.type}, ${outer.urgency}, ${outer.ctx}, ${outer.created},
        ${wasActedOn ? 'taken' : 'quarantined'}, ${digest}, ${outer.from.org}, ${[to.unit]}) on conflict do nothing`.execute(tx)
  }
  await sql`update link.inbox set answers = ${JSON.stringify(tokens)} where from_org = ${outer.from.org} and id = ${outer.id}`.execute(tx)
  await world.record(tx, {
    event: 'exchange.message-received',
    outcome: wasActedOn ? 'done' : 'failed',
    facts: null,
    by: `message:${inner.body.type}`,
    subjects: [{ kind: 'message', id: outer.id }, ...audience.map((id) => ({ kind: 'desk', id }))],
    detail: { from: outer.from.org, kind: outer.kind },
  })
  return { state: 'taken', evidence: tokens }
}

/** Lets the slice act under a savepoint. What it cannot process is kept sealed in quarantine and never blocks the peer. */
async function act(tx: Tx, world: LinkWorld, received: Received): Promise<boolean> {
  const { outer, inner, envelope } = received
  const type = world.messages.get(inner.body.type)
  const parsed = type?.schema.safeParse(inner.body.data)
  let because = type === undefined ? 'unknown message type' : parsed?.success === true ? '' : 'content does not fit its schema'
  if (type !== undefined && parsed?.success === true) {
    await sql`savepoint slice`.execute(tx)
    try {
      await type.receive(incoming(received, world.clock.now()), parsed.data, { tx, services: world.services() })
      await sql`release savepoint slice`.execute(tx)
      return true
    } catch (error) {
      await sql`rollback to savepoint slice`.execute(tx)
      because = error instanceof Error ? error.message : String(error)
    }
  }
  await sql`update link.inbox set state = 'quarantined', held = ${JSON.stringify(envelope)} where from_org = ${outer.from.org} and id = ${outer.id}`.execute(
    tx,
  )
  world.log.warn(
    { code: 'link.quarantined', id: outer.id, type: inner.body.type, because },
    'a message could not be processed and is kept in quarantine',
  )
  return false
}

function incoming({ outer, inner }: Received, now: Date): IncomingMessage {
  const { id, recipients: _recipients, author: _author, ...content } = inner
  const { case: caseId, legalBasis, ...rest } = content
  const { ref, ...basis } = legalBasis
  return {
    ...rest,
    id,
    legalBasis: ref === undefined ? basis : { ...basis, ref },
    ...(caseId === undefined ? {} : { case: caseId }),
    body: { type: inner.body.type, data: inner.body.data },
    from: { org: outer.from.org, unit: outer.from.unit },
    to: outer.to,
    kind: outer.kind as IncomingMessage['kind'],
    urgency: outer.urgency,
    context: outer.ctx,
    ...(outer.replyTo === undefined ? {} : { inReplyTo: outer.replyTo }),
    createdAt: outer.created,
    receivedAt: now.toISOString(),
  }
}

/** Evidence that came back as a message: stored beside the message it speaks of, when that is ours and the digest agrees. */
async function takeBack(tx: Tx, world: LinkWorld, { outer, inner }: Received): Promise<Answer> {
  const { token } = inner.body.data as { token?: unknown }
  const { rows } = await sql<{ digest: string | null; from_unit: string; org: string }>`
    select digest, from_unit, org from link.messages where id = ${outer.replyTo ?? ''} and direction = 'out' and org = any(${outer.to.map((to) => to.org)})`.execute(
    tx,
  )
  const about = rows[0]
  if (about !== undefined && about.digest !== null && typeof token === 'string') {
    await world.takeEvidence(tx, { org: about.org, token, context: outer.ctx, audience: [about.from_unit], digest: about.digest })
    await world.services().announce(tx, 'evidence', [about.from_unit])
  }
  return { state: 'taken', evidence: [] }
}

/** Notes the position of the message in the peer's sequence; a jump is counted and logged, and the message is taken all the same. */
async function notePosition(tx: Tx, world: LinkWorld, { outer, digest }: Received): Promise<void> {
  const ours = outer.to.find((to) => world.keys.orgs[to.org] !== undefined)?.org ?? ''
  await sql`insert into link.peers (from_org, to_org) values (${ours}, ${outer.from.org}) on conflict do nothing`.execute(tx)
  const { rows } = await sql<{ last_seq_in: string; last_digest_in: string }>`
    select last_seq_in, last_digest_in from link.peers where from_org = ${ours} and to_org = ${outer.from.org} for update`.execute(tx)
  const last = rows[0]
  if (last === undefined) return
  const isNext = outer.seq === Number(last.last_seq_in) + 1 && outer.prev === last.last_digest_in
  if (!isNext)
    world.log.warn(
      { code: 'link.gap', peer: outer.from.org, expected: Number(last.last_seq_in) + 1, came: outer.seq },
      'the sequence of a peer has a gap',
    )
  if (outer.seq > Number(last.last_seq_in))
    await sql`update link.peers set last_seq_in = ${outer.seq}, last_digest_in = ${digest}, gaps = gaps + ${isNext ? 0 : 1} where from_org = ${ours} and to_org = ${outer.from.org}`.execute(
      tx,
    )
}

async function refuse(world: LinkWorld, code: string, outer: Outer | undefined): Promise<void> {
  world.log.warn({ code: 'link.refused', because: code }, 'an envelope was refused')
  await world.database.asWorker('link.refuse', async (tx) => {
    await world.record(tx, {
      event: 'exchange.envelope-refused',
      outcome: 'refused',
      facts: null,
      by: 'link',
      subjects: outer === undefined ? [] : [{ kind: 'message', id: outer.id }],
      reason: code,
    })
  })
}
