/**
 * The inbox: checks envelopes in a fixed order, stores them with their evidence and lets the slices act on them, a batch in one transaction.
 * Receipt and effect commit together or not at all. To the outside every refusal is the same answer; the true reason goes to the log.
 */
import { sql } from 'kysely'
import type { AuditEntry } from '#platform/audit/audit-event.ts'
import type { Greeting } from '#platform/audit/witness.ts'
import type { Tx } from '#platform/store/database.ts'
import { actTogether } from './act.ts'
import type { Envelope, Inner, OpenWorld, Outer } from './envelope.ts'
import { type Evidence, signEvidence } from './evidence.ts'
import { type NewEvidence, storeEvidence } from './evidence-store.ts'
import { INTERNAL_KINDS } from './internal.ts'
import type { Answer, LinkWorld } from './link-world.ts'
import { notePositions } from './positions.ts'
import { openWhole, ourDesks, type Received, type Refusal } from './received.ts'

const REFUSED: Answer = { state: 'refused' }

/** Answers in the order of the envelopes. Throws only when the node itself cannot work (no directory, no database): the sender then tries again. */
export async function takeEnvelopes(envelopes: readonly Envelope[], peerSpki: string | null, world: LinkWorld): Promise<readonly Answer[]> {
  const open: OpenWorld = { keys: world.keys, directory: world.directory(), now: world.clock.now(), peerSpki }
  // Cryptography first and side by side: it needs no transaction, and a transaction must not wait for it.
  const opened = await Promise.all(envelopes.map(async (envelope) => await openWhole(envelope, open)))
  const refusals: Refusal[] = opened.filter((each) => 'code' in each)
  const answers = await world.database.asWorker('link.inbox', async (tx) => {
    const seen = await findSeen(tx, opened)
    const fresh = freshOf(opened, seen)
    // First of all, as the sender does: two transactions that lock the peer before all else cannot wait for each other.
    await notePositions(tx, world, fresh)
    const acted = await actTogether(
      tx,
      world,
      fresh.filter(({ inner }) => honours(inner)),
    )
    const stored: Stored = { inbox: [], messages: [], steps: [], log: [] }
    for (const each of fresh) {
      const tokens = note(world, { received: each, stored, wasActedOn: acted.has(each) })
      seen.set(keyOf(each.outer), { digest: each.digest, answer: () => ({ state: 'taken', evidence: tokens }) })
    }
    for (const { outer } of fresh)
      if (outer.log !== undefined) await world.witness.meet(tx, outer.from.org, { greeting: outer.log, stated: new Date(outer.created) })
    const peer = stored.steps.length === 0 ? undefined : fresh[0]?.outer.from.org
    const evidence = await sign(stored, world, peer === undefined ? undefined : await world.witness.greet(tx, peer))
    await write(tx, stored)
    await storeEvidence(tx, evidence)
    await world.record(tx, stored.log)
    return opened.map((each) => {
      const known = 'code' in each ? undefined : seen.get(keyOf(each.outer))
      if ('code' in each || known === undefined) return REFUSED
      if (known.digest === each.digest) return known.answer()
      refusals.push({ code: 'inbox.conflict', outer: each.outer })
      return REFUSED
    })
  })
  for (const refusal of refusals) await refuse(world, refusal)
  return answers
}

const keyOf = (outer: Outer) => `${outer.from.org} ${outer.id}`

interface Seen {
  readonly digest: string
  /** Asked for when the batch is signed. */
  readonly answer: () => Answer
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
    rows.map((row) => [
      `${row.from_org} ${row.id}`,
      { digest: row.digest, answer: () => ({ state: 'taken', evidence: row.answers }) as const },
    ]),
  )
}

/** Each message once, in the order of arrival: a conflict with an earlier one of the same id is no message. */
function freshOf(opened: readonly (Received | Refusal)[], seen: ReadonlyMap<string, Seen>): readonly Received[] {
  const fresh = new Map<string, Received>()
  for (const each of opened) {
    if ('code' in each) continue
    const key = keyOf(each.outer)
    if (!seen.has(key) && !fresh.has(key)) fresh.set(key, each)
  }
  return [...fresh.values()]
}

/** Rows of a batch, written together at its end. */
interface Stored {
  readonly inbox: Record<string, unknown>[]
  readonly messages: Record<string, unknown>[]
  /** What is stated of each message; the token is filled in when the batch is signed, and belongs to the list of its answer. */
  readonly steps: { readonly stated: Omit<NewEvidence, 'token'>; readonly tokens: string[] }[]
  readonly log: AuditEntry[]
}

/** What the batch will write of one message; answers the list that its evidence is signed into. */
function note(
  world: LinkWorld,
  noted: { readonly received: Received; readonly stored: Stored; readonly wasActedOn: boolean },
): readonly string[] {
  const { received, stored, wasActedOn } = noted
  const { outer, digest, inner, envelope } = received
  const now = world.clock.now()
  const units = ourDesks(received, world.keys)
  const audience = units.map((to) => to.unit)
  const state = wasActedOn ? 'taken' : 'quarantined'
  const held = { from_org: outer.from.org, id: outer.id, digest, received_at: now.toISOString(), audience, state }
  if (INTERNAL_KINDS.has(outer.kind)) {
    stored.inbox.push({ ...held, answers: [], held: wasActedOn ? null : envelope })
    return []
  }
  const isHonourable = honours(inner)
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
    for (const evidence of steps) stored.steps.push({ stated: { org: to.org, evidence, context: outer.ctx, audience: [to.unit] }, tokens })
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
      state,
      digest,
      peer: outer.from.org,
      audience: [to.unit],
    })
  }
  stored.inbox.push({ ...held, answers: tokens, held: wasActedOn ? null : envelope })
  stored.log.push({
    event: 'exchange.message-received',
    outcome: wasActedOn ? 'done' : 'failed',
    facts: null,
    by: `message:${inner.body.type}`,
    subjects: [{ kind: 'message', id: outer.id }, ...audience.map((id) => ({ kind: 'desk', id }))],
    detail: { from: outer.from.org, kind: outer.kind },
  })
  return tokens
}

/** One signature for all that is stated of a batch. */
async function sign({ steps }: Stored, world: LinkWorld, greeting: Greeting | undefined): Promise<readonly NewEvidence[]> {
  const signed = await signEvidence(
    steps.map(({ stated }) => stated.evidence),
    world.keys.sig,
    greeting,
  )
  return steps.map(({ stated, tokens }, index) => {
    const token = signed[index] ?? ''
    tokens.push(token)
    return { ...stated, token }
  })
}

/** Conditions this node cannot keep: it stores what it takes in. */
const UNHONOURED = ['no-storage']

function honours(inner: Inner): boolean {
  return !inner.handling.conditions.some((condition) => UNHONOURED.includes(condition))
}

async function write(tx: Tx, { inbox, messages }: Stored): Promise<void> {
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
