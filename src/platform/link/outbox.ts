/**
 * The sender behind `submit.ts`: it seals what waits in the outbox and delivers it.
 * Per peer organisation there is one sender at a time (a lease), one batch in flight, in the order of the sequence; urgent messages are sealed
 * first, each with what was said before it in its thread. A batch that got no answer is sent again with the same bytes: the recipient knows them and answers the same.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { type Envelope, type SealedEnvelope, sealEnvelopes, type WaitingRequest } from './envelope.ts'
import { signEvidence } from './evidence.ts'
import { storeEvidence } from './evidence-store.ts'
import type { Answer, GivenEvidence, LinkWorld } from './link-world.ts'
import { inThreads, type Waiting } from './outbox-order.ts'
import { isInternal, RANK } from './submit.ts'

const BATCH = 64
const BATCH_BYTES = 4 * 1024 * 1024
/** Longer than a peer may take to answer; a process that dies in between is waited for no longer than this. */
const LEASE = '40 seconds'
/** Of a message that never became an envelope. */
const NO_DIGEST = '0'.repeat(64)

export interface PeerPair {
  readonly from: string
  readonly to: string
}

/** Pairs with something to send whose next try has come. */
export async function peersWithWork(world: LinkWorld): Promise<readonly PeerPair[]> {
  return await world.database.asWorker('link.peers', async (tx) => {
    const { rows } = await sql<PeerPair>`
      select o.from_org as "from", o.to_org as "to" from (select distinct from_org, to_org from link.outbox where state = 'waiting') o
      left join link.peers p on p.from_org = o.from_org and p.to_org = o.to_org
      where p.next_try_at is null or p.next_try_at <= ${world.clock.now()}`.execute(tx)
    return rows
  })
}

/** How many messages wait for an organisation; of these envelopes only, when they are given. */
export async function countWaiting(world: LinkWorld, to: string, digests?: readonly string[]): Promise<number> {
  return await world.database.asWorker('link.waiting', async (tx) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from link.outbox where to_org = ${to} and state = 'waiting'
      and (${digests === undefined}::boolean or digest = any(${[...(digests ?? [])]}::text[]))`.execute(tx)
    return rows[0]?.n ?? 0
  })
}

type Sealed = SealedEnvelope

/**
 * Sends batches to one peer until nothing waits or the peer does not answer. While one batch is on its way the next is sealed and what the peer
 * answered to the one before is stored; a batch leaves only when the one before is answered, so the order holds. Answers that were not stored yet
 * when the process dies are given again.
 */
export async function sendTo(pair: PeerPair, world: LinkWorld): Promise<void> {
  let storing: Promise<void> = Promise.resolve()
  try {
    let batch = await nextBatch(pair, world, 0)
    while (batch.length > 0) {
      const sent = batch
      const following = nextBatch(pair, world, sent.at(-1)?.seq ?? 0)
      // Awaited below in any case; until then its failure is nobody's. So with what is being stored.
      following.catch(() => undefined)
      const answers = await deliver(pair, world, sent)
      await storing
      if (answers === undefined || answers.length < sent.length) {
        await following.catch(() => undefined)
        if (answers !== undefined) await takeAnswers(pair, world, { batch: sent, answers })
        await postpone(pair, world)
        return
      }
      storing = takeAnswers(pair, world, { batch: sent, answers })
      storing.catch(() => undefined)
      batch = await following
      if (batch.length > 0) continue
      // A batch that found nothing while the last was on its way may find something now.
      await storing
      batch = await nextBatch(pair, world, 0)
    }
  } finally {
    await storing.catch(() => undefined)
  }
}

/** Undefined when the peer did not answer; fewer answers than envelopes when it stopped on the way: the rest is sent again. */
async function deliver(pair: PeerPair, world: LinkWorld, batch: readonly Sealed[]): Promise<readonly Answer[] | undefined> {
  try {
    return await world.carrier.deliver(
      pair.to,
      batch.map((each) => each.envelope),
    )
  } catch (error) {
    world.log.warn({ code: 'link.unreachable', peer: pair.to, because: String(error) }, 'a peer did not answer; it is tried again')
    return undefined
  }
}

/** Leases the peer, seals what is new, and answers the next envelopes in order of sequence, behind those that are on their way. */
async function nextBatch(pair: PeerPair, world: LinkWorld, after: number): Promise<readonly Sealed[]> {
  const directory = world.directory()
  const { count, bytes: mostBytes } = world.batch ?? { count: BATCH, bytes: BATCH_BYTES }
  return await world.database.asWorker('link.seal', async (tx) => {
    await sql`insert into link.peers (from_org, to_org) values (${pair.from}, ${pair.to}) on conflict do nothing`.execute(tx)
    const leased = await sql<{ last_seq_out: string; last_digest_out: string }>`
      update link.peers set lease_by = ${world.processId}, lease_until = now() + ${LEASE}::interval
      where from_org = ${pair.from} and to_org = ${pair.to} and (lease_by is null or lease_by = ${world.processId} or lease_until < now())
      returning last_seq_out, last_digest_out`.execute(tx)
    const peer = leased.rows[0]
    if (peer === undefined) return []
    const rows = await waitingRows(tx, { pair, after, count })
    const now = world.clock.now().getTime()
    const fresh: WaitingRequest[] = []
    const batch: Sealed[] = []
    let bytes = 0
    for (const row of rows) {
      // Read as it is stored: whoever waits long is still in time as long as it is not expired.
      if (row.envelope !== null && row.digest !== null)
        batch.push({ id: row.id, envelope: row.envelope, digest: row.digest, seq: Number(row.seq) })
      else if (Date.parse(row.request.expiresAt) <= now)
        await fail(tx, world, { pair, id: row.id, request: row.request, digest: NO_DIGEST, code: 'expired' })
      else fresh.push(row.request)
      bytes += row.size
      if (bytes > mostBytes) break
    }
    const passed = await withGreeting(tx, world, { pair, requests: await guarded(tx, world, { pair, fresh }) })
    const sealed = await sealEnvelopes(passed, {
      keys: world.keys,
      directory,
      after: { seq: Number(peer.last_seq_out), digest: peer.last_digest_out },
    })
    const sealedNow: (SealedEnvelope & { readonly request: WaitingRequest })[] = []
    for (const [index, each] of sealed.entries()) {
      const request = passed[index]
      if (request === undefined) continue
      if ('refused' in each) {
        world.log.error({ code: 'link.unsealable', because: each.refused.code, message: each.id }, 'a message could not be sealed')
        await fail(tx, world, { pair, id: each.id, request, digest: NO_DIGEST, code: 'unprocessable' })
      } else sealedNow.push({ ...each, request })
    }
    batch.push(...sealedNow.map(({ id, envelope, digest, seq }) => ({ id, envelope, digest, seq })))
    const last = sealedNow.at(-1)
    const seq = last?.seq ?? Number(peer.last_seq_out)
    const prev = last?.digest ?? peer.last_digest_out
    if (sealedNow.length > 0) {
      await sql`update link.outbox o set seq = r.seq, envelope = r.envelope, digest = r.digest
        from jsonb_to_recordset(${JSON.stringify(sealedNow.map(({ id, envelope, digest, seq: at }) => ({ id, envelope, digest, seq: at })))}::jsonb) as r(id text, envelope jsonb, digest text, seq bigint)
        where o.from_org = ${pair.from} and o.to_org = ${pair.to} and o.id = r.id`.execute(tx)
      await noteSubmissions(tx, world, {
        pair,
        sealed: sealedNow.filter(({ request }) => !isInternal(request.kind)),
      })
    }
    // Nothing to send: whoever has something next need not wait for this lease to end. Not so while a batch is on its way.
    await sql`update link.peers set last_seq_out = ${seq}, last_digest_out = ${prev}, lease_until = case when ${batch.length > 0 || after > 0} then lease_until else now() end
      where from_org = ${pair.from} and to_org = ${pair.to}`.execute(tx)
    return batch
  })
}

interface WaitingRow extends Waiting {
  readonly urgency_rank: number
  readonly request: WaitingRequest
  readonly envelope: Envelope | null
  readonly digest: string | null
  readonly seq: string | null
  readonly size: number
}

/** First what has its place in the sequence, then the rest by urgency, in the order of each thread. */
async function waitingRows(
  tx: Tx,
  { pair, after, count }: { readonly pair: PeerPair; readonly after: number; readonly count: number },
): Promise<readonly WaitingRow[]> {
  const waiting = sql`select id, context, urgency_rank, request, envelope, digest, seq, pg_column_size(coalesce(envelope, request)) as size from link.outbox
    where from_org = ${pair.from} and to_org = ${pair.to} and state = 'waiting'`
  const { rows } =
    await sql<WaitingRow>`${waiting} and (seq is null or seq > ${after}) order by seq nulls last, urgency_rank, id limit ${count}`.execute(
      tx,
    )
  const fresh = rows.filter(({ seq }) => seq === null)
  const hurried = fresh.filter(({ urgency_rank: rank }) => rank < RANK.routine)
  if (hurried.length === 0) return rows
  const { rows: earlier } = await sql<Waiting>`
    select e.id, e.context from unnest(${hurried.map(({ id }) => id)}::text[], ${hurried.map(({ context }) => context)}::text[]) as h(id, context)
    cross join lateral (select id, context from link.outbox where from_org = ${pair.from} and to_org = ${pair.to} and state = 'waiting' and seq is null and urgency_rank > 0
      and context = h.context and id < h.id order by id limit ${count}) e`.execute(tx)
  if (earlier.length === 0) return rows
  const sealed = rows.length - fresh.length
  const ordered = inThreads(fresh, earlier).slice(0, count - sealed)
  const found = new Map(fresh.map((row) => [row.id, row]))
  const missing = ordered.flatMap(({ id }) => (found.has(id) ? [] : [id]))
  if (missing.length > 0)
    for (const row of (await sql<WaitingRow>`${waiting} and id = any(${missing})`.execute(tx)).rows) found.set(row.id, row)
  return [...rows.slice(0, sealed), ...ordered.flatMap(({ id }) => found.get(id) ?? [])]
}

/** The head of our log goes with the last of a batch. */
async function withGreeting(
  tx: Tx,
  world: LinkWorld,
  { pair, requests }: { readonly pair: PeerPair; readonly requests: readonly WaitingRequest[] },
): Promise<readonly WaitingRequest[]> {
  const last = requests.at(-1)
  const greeting = last === undefined ? undefined : await world.witness.greet(tx, pair.to)
  return last === undefined || greeting === undefined ? requests : [...requests.slice(0, -1), { ...last, greeting }]
}

/** Nothing is sealed that the guard denies; its answer to the sender is the one for every refusal. */
async function guarded(
  tx: Tx,
  world: LinkWorld,
  { pair, fresh }: { readonly pair: PeerPair; readonly fresh: readonly WaitingRequest[] },
): Promise<readonly WaitingRequest[]> {
  const verdicts = await world.guard.check('out', fresh)
  const passed: WaitingRequest[] = []
  for (const [index, request] of fresh.entries()) {
    const denial = verdicts[index]
    if (denial === undefined) {
      passed.push(request)
      continue
    }
    await fail(tx, world, { pair, id: request.id, request, digest: NO_DIGEST, code: 'refused' })
    await world.record(tx, [
      {
        event: 'exchange.egress-denied',
        outcome: 'refused',
        facts: null,
        by: 'guard:out',
        subjects: [{ kind: 'message', id: request.id }],
        reason: `${denial.rule} at ${denial.level}`,
      },
    ])
  }
  return passed
}

async function noteSubmissions(
  tx: Tx,
  world: LinkWorld,
  noted: { readonly pair: PeerPair; readonly sealed: readonly { readonly request: WaitingRequest; readonly digest: string }[] },
): Promise<void> {
  const { pair, sealed } = noted
  if (sealed.length === 0) return
  const at = world.clock.now().toISOString()
  await sql`update link.messages m set digest = r.digest from jsonb_to_recordset(${JSON.stringify(sealed.map(({ request, digest }) => ({ id: request.id, digest })))}::jsonb) as r(id text, digest text)
    where m.org = ${pair.from} and m.id = r.id and m.direction = 'out'`.execute(tx)
  const evidence = sealed.flatMap(({ request, digest }) =>
    request.to
      .filter((each) => each.org === pair.to)
      .map((to) => ({
        request,
        evidence: { v: 1, message: request.id, digest, to, kind: 'submission', positive: true, at, issuer: world.keys.nodeId } as const,
      })),
  )
  const tokens = await signEvidence(
    evidence.map((each) => each.evidence),
    world.keys.sig,
  )
  const signed = evidence.map((each, index) => ({
    org: pair.from,
    evidence: each.evidence,
    token: tokens[index] ?? '',
    context: each.request.context,
    audience: [each.request.from.unit],
  }))
  await storeEvidence(tx, signed)
}

async function fail(
  tx: Tx,
  world: LinkWorld,
  failed: {
    readonly pair: PeerPair
    readonly id: string
    readonly request: WaitingRequest
    readonly digest: string
    readonly code: 'expired' | 'refused' | 'unprocessable'
  },
): Promise<void> {
  const { pair, id, request, digest, code } = failed
  await sql`update link.outbox set state = ${code}, request = null, envelope = null where from_org = ${pair.from} and id = ${id} and to_org = ${pair.to}`.execute(
    tx,
  )
  if (isInternal(request.kind)) return
  await sql`update link.messages set state = ${code} where org = ${pair.from} and id = ${id} and direction = 'out'`.execute(tx)
  const at = world.clock.now().toISOString()
  for (const to of request.to.filter((each) => each.org === pair.to)) {
    const evidence = { v: 1, message: id, digest, to, kind: 'relay', positive: false, at, issuer: world.keys.nodeId, code } as const
    await storeEvidence(tx, [
      {
        org: pair.from,
        evidence,
        token: (await signEvidence([evidence], world.keys.sig))[0] ?? '',
        context: request.context,
        audience: [request.from.unit],
      },
    ])
  }
}

/** Writes what the peer answered. */
async function takeAnswers(
  pair: PeerPair,
  world: LinkWorld,
  sent: { readonly batch: readonly Sealed[]; readonly answers: readonly Answer[] },
): Promise<void> {
  await world.database.asWorker('link.answers', async (tx) => {
    // The peer's row before all else, as everywhere: then no two transactions wait for each other.
    await sql`update link.peers set tries = 0, next_try_at = null, lease_until = now() + ${LEASE}::interval where from_org = ${pair.from} and to_org = ${pair.to}`.execute(
      tx,
    )
    const answered = sent.batch.slice(0, sent.answers.length)
    const { rows } = await sql<{ id: string; request: WaitingRequest | null }>`
      select id, request from link.outbox where from_org = ${pair.from} and to_org = ${pair.to} and id = any(${answered.map((each) => each.id)}) and state = 'waiting'`.execute(
      tx,
    )
    const waiting = new Map(rows.map((row) => [row.id, row.request]))
    const given: GivenEvidence[] = []
    const done: WaitingRequest[] = []
    const again: string[] = []
    for (const [index, sealed] of answered.entries()) {
      const answer = sent.answers[index]
      const request = waiting.get(sealed.id)
      if (answer === undefined || request === undefined) continue
      // Sent again because the peer asked: its evidence was given the first time.
      if (request === null) again.push(sealed.id)
      else if (answer.state === 'refused') await fail(tx, world, { pair, id: sealed.id, request, digest: sealed.digest, code: 'refused' })
      else {
        for (const token of answer.evidence)
          given.push({
            org: pair.from,
            token,
            context: request.context,
            audience: [request.from.unit],
            about: { id: sealed.id, digest: sealed.digest, peer: pair.to, units: unitsOf(request, pair.to) },
          })
        done.push(request)
      }
    }
    await world.takeEvidence(tx, given)
    // Content has arrived: it need not wait here any longer. The ciphertext stays until it expires, for a peer that loses something.
    const ids = [...done.map((request) => request.id), ...again]
    await sql`update link.outbox set state = 'sent', request = null where from_org = ${pair.from} and to_org = ${pair.to} and id = any(${ids})`.execute(
      tx,
    )
    const told = done.filter((request) => !isInternal(request.kind))
    await sql`update link.messages set state = 'sent' where org = ${pair.from} and direction = 'out' and id = any(${told.map((request) => request.id)})`.execute(
      tx,
    )
    const units = [...new Set(told.map((request) => request.from.unit))]
    if (units.length > 0) await world.services().announce(tx, 'evidence', units)
  })
}

const unitsOf = (request: WaitingRequest, org: string): readonly string[] =>
  request.to.filter((each) => each.org === org).map(({ unit }) => unit)

/** Waits longer after each failure, up to a minute, with a random part so that many nodes do not knock together. */
async function postpone(pair: PeerPair, world: LinkWorld): Promise<void> {
  await world.database.asWorker('link.postpone', async (tx) => {
    const { rows } = await sql<{
      tries: number
    }>`update link.peers set tries = tries + 1 where from_org = ${pair.from} and to_org = ${pair.to} returning tries`.execute(tx)
    const wait = Math.min(60_000, 250 * 2 ** Math.min(8, rows[0]?.tries ?? 1)) * (0.5 + world.random() / 2)
    await sql`update link.peers set next_try_at = ${new Date(world.clock.now().getTime() + wait)}, lease_until = now() where from_org = ${pair.from} and to_org = ${pair.to}`.execute(
      tx,
    )
    await expireOverdue(tx, world, pair)
  })
}

/** What was taken and has come to its end is asked for by nobody any more: its ciphertext goes, its place in the sequence stays. */
export async function dropExpired(tx: Tx, world: LinkWorld): Promise<void> {
  await sql`update link.outbox set envelope = null where envelope is not null and state <> 'waiting' and expires_at <= ${world.clock.now()}`.execute(
    tx,
  )
}

/** A peer that stays silent past a message's end: the negative evidence is issued here. A later positive overrules it. */
export async function expireOverdue(tx: Tx, world: LinkWorld, pair: PeerPair): Promise<void> {
  const { rows } = await sql<{ id: string; request: WaitingRequest; digest: string | null }>`
    select id, request, digest from link.outbox where from_org = ${pair.from} and to_org = ${pair.to} and state = 'waiting' and request is not null and expires_at <= ${world.clock.now()}`.execute(
    tx,
  )
  for (const row of rows)
    await fail(tx, world, { pair, id: row.id, request: row.request, digest: row.digest ?? '0'.repeat(64), code: 'expired' })
}
