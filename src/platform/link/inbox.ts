/**
 * The inbox: checks envelopes in a fixed order, stores them with their evidence and lets the slices act on them, a batch in one transaction.
 * Receipt and effect commit together or not at all. To the outside every refusal is the same answer; the true reason goes to the log.
 */
import { sql } from 'kysely'
import type { AuditEntry } from '#platform/audit/audit-event.ts'
import type { Tx } from '#platform/store/database.ts'
import { type Envelope, type Inner, type OpenWorld, type Outer, openInner, openOuter } from './envelope.ts'
import { type Evidence, signEvidence } from './evidence.ts'
import { type NewEvidence, storeEvidence } from './evidence-store.ts'
import { TokenRefused } from './jose.ts'
import type { Answer, LinkWorld } from './link-world.ts'
import type { IncomingMessage } from './message.ts'

const REFUSED: Answer = { state: 'refused' }

/** Answers in the order of the envelopes. Throws only when the node itself cannot work (no directory, no database): the sender then tries again. */
export async function takeEnvelopes(envelopes: readonly Envelope[], peerSpki: string | null, world: LinkWorld): Promise<readonly Answer[]> {
  const open: OpenWorld = { keys: world.keys, directory: world.directory(), now: world.clock.now(), peerSpki }
  // Cryptography first and side by side: it needs no transaction, and a transaction must not wait for it.
  const opened = await Promise.all(envelopes.map(async (envelope) => await openWhole(envelope, open)))
  const refusals: Refusal[] = opened.filter((each) => 'code' in each)
  const answers = await world.database.asWorker('link.inbox', async (tx) => {
    const seen = await findSeen(tx, opened)
    const given: Answer[] = []
    const stored: Stored = { inbox: [], messages: [], evidence: [], log: [] }
    const fresh: Received[] = []
    for (const each of opened) {
      if ('code' in each) {
        given.push(REFUSED)
        continue
      }
      const key = keyOf(each.outer)
      const known = seen.get(key)
      if (known === undefined) {
        const answer = await take(tx, world, { received: each, stored })
        fresh.push(each)
        seen.set(key, { digest: each.digest, answer })
        given.push(answer)
      } else if (known.digest === each.digest) given.push(known.answer)
      else {
        refusals.push({ code: 'inbox.conflict', outer: each.outer })
        given.push(REFUSED)
      }
    }
    await write(tx, stored)
    await world.record(tx, stored.log)
    await notePositions(tx, world, fresh)
    return given
  })
  for (const refusal of refusals) await refuse(world, refusal)
  return answers
}

interface Received {
  readonly outer: Outer
  readonly digest: string
  readonly inner: Inner
  readonly envelope: Envelope
}

interface Refusal {
  readonly code: string
  readonly outer?: Outer
}

async function openWhole(envelope: Envelope, open: OpenWorld): Promise<Received | Refusal> {
  let outer: Outer | undefined
  try {
    const opened = await openOuter(envelope, open)
    outer = opened.outer
    return { ...opened, inner: await openInner(envelope, outer, open), envelope }
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error
    return outer === undefined ? { code: error.code } : { code: error.code, outer }
  }
}

const keyOf = (outer: Outer) => `${outer.from.org} ${outer.id}`

interface Seen {
  readonly digest: string
  readonly answer: Answer
}

/** What was taken before of these ids, with the answer that was given. Batches of one sender follow one another, so none is taken twice. */
async function findSeen(tx: Tx, opened: readonly (Received | Refusal)[]): Promise<Map<string, Seen>> {
  const outers = opened.flatMap((each) => ('code' in each ? [] : [each.outer]))
  if (outers.length === 0) return new Map()
  for (const org of new Set(outers.map((outer) => outer.from.org)))
    await sql`select pg_advisory_xact_lock(hashtextextended(${`link.inbox ${org}`}, 0))`.execute(tx)
  const { rows } = await sql<{ from_org: string; id: string; digest: string; answers: string[] }>`
    select from_org, id, digest, answers from link.inbox where (from_org, id) in (select * from unnest(${outers.map((outer) => outer.from.org)}::text[], ${outers.map((outer) => outer.id)}::text[]))`.execute(
    tx,
  )
  return new Map(
    rows.map((row) => [`${row.from_org} ${row.id}`, { digest: row.digest, answer: { state: 'taken', evidence: row.answers } as const }]),
  )
}

/** Rows of a batch, written together at its end. */
interface Stored {
  readonly inbox: Record<string, unknown>[]
  readonly messages: Record<string, unknown>[]
  readonly evidence: NewEvidence[]
  readonly log: AuditEntry[]
}

async function take(tx: Tx, world: LinkWorld, taken: { readonly received: Received; readonly stored: Stored }): Promise<Answer> {
  const { received, stored } = taken
  const { outer, digest, inner, envelope } = received
  const now = world.clock.now()
  const units = outer.to.filter((to) => world.keys.orgs[to.org] !== undefined)
  const audience = units.map((to) => to.unit)
  const held = { from_org: outer.from.org, id: outer.id, digest, received_at: now.toISOString(), audience }
  if (outer.kind === 'evidence') {
    await takeBack(tx, world, received)
    stored.inbox.push({ ...held, state: 'taken', answers: [], held: null })
    return { state: 'taken', evidence: [] }
  }
  const isHonourable = honours(inner)
  const wasActedOn = isHonourable && (await act(tx, world, received))
  const tokens: string[] = []
  for (const to of units) {
    const base = { v: 1, message: outer.id, digest, to, at: now.toISOString(), issuer: world.keys.nodeId } as const
    const steps: Evidence[] = [
      { ...base, kind: 'relay', positive: true },
      // What the node cannot honour is refused before any user sees it.
      isHonourable
        ? { ...base, kind: 'handling-accepted', positive: true }
        : { ...base, kind: 'handling-accepted', positive: false, code: 'unhonoured' },
      wasActedOn ? { ...base, kind: 'delivery', positive: true } : { ...base, kind: 'delivery', positive: false, code: 'unprocessable' },
    ]
    const signed = await Promise.all(steps.map(async (evidence) => ({ evidence, token: await signEvidence(evidence, world.keys.sig) })))
    for (const { evidence, token } of signed) {
      tokens.push(token)
      stored.evidence.push({ org: to.org, evidence, token, context: outer.ctx, audience: [to.unit] })
    }
    stored.messages.push({
      org: to.org,
      id: outer.id,
      direction: 'in',
      from_unit: outer.from.unit,
      to_units: [to.unit],
      kind: outer.kind,
      type: inner.body.type,
      urgency: outer.urgency,
      context: outer.ctx,
      created_at: outer.created,
      state: wasActedOn ? 'taken' : 'quarantined',
      digest,
      peer: outer.from.org,
      audience: [to.unit],
    })
  }
  stored.inbox.push({ ...held, state: wasActedOn ? 'taken' : 'quarantined', answers: tokens, held: wasActedOn ? null : envelope })
  stored.log.push({
    event: 'exchange.message-received',
    outcome: wasActedOn ? 'done' : 'failed',
    facts: null,
    by: `message:${inner.body.type}`,
    subjects: [{ kind: 'message', id: outer.id }, ...audience.map((id) => ({ kind: 'desk', id }))],
    detail: { from: outer.from.org, kind: outer.kind },
  })
  return { state: 'taken', evidence: tokens }
}

/** Conditions this node cannot keep: it stores what it takes in. */
const UNHONOURED = ['no-storage']

function honours(inner: Inner): boolean {
  return !inner.handling.conditions.some((condition) => UNHONOURED.includes(condition))
}

async function write(tx: Tx, { inbox, messages, evidence }: Stored): Promise<void> {
  if (inbox.length > 0)
    await sql`insert into link.inbox (from_org, id, digest, state, received_at, answers, held, audience)
      select from_org, id, digest, state, received_at, answers, held, audience from jsonb_to_recordset(${JSON.stringify(inbox)}::jsonb)
        as r(from_org text, id text, digest text, state text, received_at timestamptz, answers jsonb, held jsonb, audience text[])`.execute(
      tx,
    )
  if (messages.length > 0)
    await sql`insert into link.messages (org, id, direction, from_unit, to_units, kind, type, urgency, context, created_at, state, digest, peer, audience)
      select * from jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) as r(org text, id text, direction text, from_unit text, to_units text[], kind text, type text, urgency text,
        context text, created_at timestamptz, state text, digest text, peer text, audience text[]) on conflict do nothing`.execute(tx)
  await storeEvidence(tx, evidence)
}

/** Lets the slice act under a savepoint. What it cannot process is kept sealed in quarantine and never blocks the peer. */
async function act(tx: Tx, world: LinkWorld, received: Received): Promise<boolean> {
  const { outer, inner } = received
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
async function takeBack(tx: Tx, world: LinkWorld, { outer, inner }: Received): Promise<void> {
  const { token } = inner.body.data as { token?: unknown }
  const { rows } = await sql<{ digest: string | null; from_unit: string; org: string }>`
    select digest, from_unit, org from link.messages where id = ${outer.replyTo ?? ''} and direction = 'out' and org = any(${outer.to.map((to) => to.org)})`.execute(
    tx,
  )
  const about = rows[0]
  if (about !== undefined && about.digest !== null && typeof token === 'string') {
    await world.takeEvidence(tx, [{ org: about.org, token, context: outer.ctx, audience: [about.from_unit], digest: about.digest }])
    await world.services().announce(tx, 'evidence', [about.from_unit])
  }
}

interface Position {
  readonly ours: string
  readonly peer: string
  seq: number
  digest: string
  gaps: number
}

/** Notes how far the sequence of each peer has come; a jump is counted and logged, and the message is taken all the same. */
async function notePositions(tx: Tx, world: LinkWorld, received: readonly Received[]): Promise<void> {
  const positions = new Map<string, Position>()
  for (const { outer, digest } of received) {
    const ours = outer.to.find((to) => world.keys.orgs[to.org] !== undefined)?.org ?? ''
    const peer = outer.from.org
    const position = positions.get(`${ours} ${peer}`) ?? (await positionOf(tx, ours, peer))
    positions.set(`${ours} ${peer}`, position)
    if (outer.seq !== position.seq + 1 || outer.prev !== position.digest) {
      position.gaps += 1
      world.log.warn({ code: 'link.gap', peer, expected: position.seq + 1, came: outer.seq }, 'the sequence of a peer has a gap')
    }
    if (outer.seq > position.seq) {
      position.seq = outer.seq
      position.digest = digest
    }
  }
  for (const { ours, peer, seq, digest, gaps } of positions.values())
    await sql`insert into link.peers as p (from_org, to_org, last_seq_in, last_digest_in, gaps) values (${ours}, ${peer}, ${seq}, ${digest}, ${gaps})
      on conflict (from_org, to_org) do update set last_seq_in = excluded.last_seq_in, last_digest_in = excluded.last_digest_in, gaps = excluded.gaps`.execute(
      tx,
    )
}

async function positionOf(tx: Tx, ours: string, peer: string): Promise<Position> {
  const { rows } = await sql<{ last_seq_in: string; last_digest_in: string; gaps: string }>`
    select last_seq_in, last_digest_in, gaps from link.peers where from_org = ${ours} and to_org = ${peer} for update`.execute(tx)
  const last = rows[0]
  return { ours, peer, seq: Number(last?.last_seq_in ?? 0), digest: last?.last_digest_in ?? '', gaps: Number(last?.gaps ?? 0) }
}

async function refuse(world: LinkWorld, { code, outer }: Refusal): Promise<void> {
  world.log.warn({ code: 'link.refused', because: code }, 'an envelope was refused')
  await world.database.asWorker('link.refuse', async (tx) => {
    await world.record(tx, [
      {
        event: 'exchange.envelope-refused',
        outcome: 'refused',
        facts: null,
        by: 'link',
        subjects: outer === undefined ? [] : [{ kind: 'message', id: outer.id }],
        reason: code,
      },
    ])
  })
}
