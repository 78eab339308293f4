/** Asking: keys are normalised and committed to, the cap of the case is looked at, and the node blinds in the background. */
import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { evaluatedText, type MatchKey, QUOTA_COST } from '#kernel/match-key/match-key.ts'
import { requireSealing } from '#platform/audit/audit-log.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { inThread } from '#platform/oprf/thread.ts'
import type { Tx } from '#platform/store/database.ts'
import { approveQuery, ask, type TypedKey, WEAK_PER_CASE } from '../contract.ts'
import { packFrame } from './frame.ts'
import { parseKeys } from './parse-keys.ts'
import { type HeldSet, heldSets } from './sets.ts'
import { base64, send } from './wire.ts'

export const BLIND_JOB = 'matching.blind'

interface QueryRow {
  readonly case_ref: string
  readonly purpose: string
  readonly state: string
  readonly needs_second: boolean
  readonly officer: string
}

/** What the node keeps of one key, encrypted: as typed for the desk, as evaluated for the blinding, and the salt of the commitment. */
export interface KeptKey {
  readonly typed: TypedKey
  readonly text: string
  readonly salt: string
}

export const askRoute = handle(ask, async (input, context) => {
  const { facts, tx, clock } = context
  const own = sql<boolean>`org = ${facts.authority} and desk = ${facts.desk}`
  const repeated = await sql<{
    query: string
    state: 'waiting'
  }>`select query, state from matching.queries where ${own} and key = ${input.key}`.execute(tx)
  if (repeated.rows[0] !== undefined) return repeated.rows[0]
  await requireSealing(tx, clock.now())
  const keys = parseKeys(input.keys)
  const purpose = facts.purpose ?? ''
  const sets = await heldSets(tx, { org: facts.authority, desk: facts.desk, purpose })
  if (!keys.some((key) => sets.some((set) => set.class === key.class)))
    throw new AppError(422, 'matching.no-index', 'No owner lets this desk ask for these keys and this purpose.')
  const weak = keys.filter((key) => key.class === 'weak').length
  const before = await sql<{ weak: number }>`select coalesce(sum(weak), 0)::int as weak from matching.queries
    where ${own} and case_ref = ${input.caseRef} and state <> 'sent-back'`.execute(tx)
  const needsSecond = weak > 0 && (before.rows[0]?.weak ?? 0) + weak > WEAK_PER_CASE
  const query = uuidv7()
  const state = needsSecond ? ('awaiting-approval' as const) : ('waiting' as const)
  await sql`insert into matching.queries (org, desk, query, officer, officer_name, case_ref, purpose, mode, state, weak, needs_second, key, at, audience)
    values (${facts.authority}, ${facts.desk}, ${query}, ${facts.officer}, ${facts.officerName}, ${input.caseRef}, ${purpose}, ${input.mode}, ${state}, ${weak}, ${needsSecond},
      ${input.key}, ${clock.now()}, ${[facts.desk]})`.execute(tx)
  await keepKeys(context, { query, keys, typed: input.keys })
  context.about({ kind: 'match-query', id: query })
  context.about({ kind: 'case', id: input.caseRef })
  if (!needsSecond) await blindLater(context, query)
  return { query, state }
})

async function keepKeys(
  context: CaseContext,
  kept: { readonly query: string; readonly keys: readonly MatchKey[]; readonly typed: readonly TypedKey[] },
): Promise<void> {
  const { facts, tx, services } = context
  const commitments: string[] = []
  for (const [ordinal, key] of kept.keys.entries()) {
    const text = evaluatedText(key)
    const salt = randomBytes(32).toString('hex')
    const commitment = createHash('sha256').update(salt).update(text).digest('hex')
    commitments.push(commitment)
    const boxed = services.box.seal(JSON.stringify({ typed: kept.typed[ordinal], text, salt }))
    await sql`insert into matching.query_keys (org, desk, query, ordinal, type, class, content, content_key, commitment, audience)
      values (${facts.authority}, ${facts.desk}, ${kept.query}, ${ordinal}, ${key.type}, ${key.class}, ${boxed.content}, ${boxed.key}, ${commitment}, ${[facts.desk]})`.execute(
      tx,
    )
  }
  // One hash over all: the log cannot be searched for a name, and yet no other set of keys can be claimed later.
  await services.record(tx, {
    event: 'matching.committed',
    outcome: 'done',
    facts,
    by: 'route:matching.ask',
    subjects: [{ kind: 'match-query', id: kept.query }],
    detail: { keys: commitments.length, commitment: createHash('sha256').update(commitments.join('\n')).digest('hex') },
  })
}

export const approveQueryRoute = handle(approveQuery, async ({ query, decision }, context) => {
  const { facts, tx } = context
  const own = sql<boolean>`org = ${facts.authority} and desk = ${facts.desk} and query = ${query}`
  const { rows } =
    await sql<QueryRow>`select case_ref, purpose, state, needs_second, officer from matching.queries where ${own} for update`.execute(tx)
  const row = rows[0]
  if (row === undefined) throw notFound()
  if (row.state !== 'awaiting-approval') throw new AppError(409, 'matching.state', 'It waits for nobody.')
  if (row.officer === facts.officer) throw new AppError(422, 'matching.same-person', 'The second person must be another one.')
  const state = decision === 'agree' ? ('waiting' as const) : ('sent-back' as const)
  await sql`update matching.queries set state = ${state}, second_officer = ${facts.officer} where ${own}`.execute(tx)
  if (decision === 'agree') await blindLater(context, query)
  context.about({ kind: 'match-query', id: query })
  return { state }
})

async function blindLater({ facts, tx, services }: CaseContext, query: string): Promise<void> {
  await services.enqueue(tx, { name: BLIND_JOB, data: { org: facts.authority, desk: facts.desk, query }, key: `blind:${query}` })
}

export interface QueryKey {
  readonly org: string
  readonly desk: string
  readonly query: string
}

/** One message for each owner and index; persons and assets are never blinded for one key. */
export async function blindQuery(data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  const key = data as unknown as QueryKey
  const own = sql<boolean>`org = ${key.org} and desk = ${key.desk} and query = ${key.query}`
  await services.database.asWorker(BLIND_JOB, async (tx) => {
    const { rows } =
      await sql<QueryRow>`select case_ref, purpose, state, needs_second, officer from matching.queries where ${own} for update`.execute(tx)
    const query = rows[0]
    if (query?.state !== 'waiting') return
    const kept = await sql<{ ordinal: number; class: string; content: string; content_key: string }>`
      select ordinal, class, content, content_key from matching.query_keys where ${own} order by ordinal`.execute(tx)
    for (const set of await heldSets(tx, { ...key, purpose: query.purpose })) {
      const wanted = kept.rows.filter((each) => each.class === set.class)
      if (wanted.length === 0) continue
      const texts = wanted.map(({ content, content_key }) => (JSON.parse(services.box.open({ content, key: content_key })) as KeptKey).text)
      await askOwner(tx, services, { key, query, set, texts, ordinals: wanted.map(({ ordinal }) => ordinal) })
    }
    await sql`update matching.queries set state = 'asked' where ${own}`.execute(tx)
    await services.announce(tx, 'matches', [key.desk])
  })
}

async function askOwner(
  tx: Tx,
  services: NodeServices,
  asked: {
    readonly key: QueryKey
    readonly query: QueryRow
    readonly set: HeldSet
    readonly texts: readonly string[]
    readonly ordinals: readonly number[]
  },
): Promise<void> {
  const { key, query, set, texts, ordinals } = asked
  const encoder = new TextEncoder()
  const blinded = await inThread('blind', { inputs: texts.map((text) => encoder.encode(text)) })
  const secret = services.box.seal(
    JSON.stringify({
      ordinals,
      asked: blinded.map((each) => ({ input: base64(each.input), blind: base64(each.blind), blinded: base64(each.blinded) })),
    }),
  )
  await sql`insert into matching.secrets (org, desk, query, owner_org, class, content, content_key, audience)
    values (${key.org}, ${key.desk}, ${key.query}, ${set.owner_org}, ${set.class}, ${secret.content}, ${secret.key}, '{}')`.execute(tx)
  await sql`insert into matching.asked (org, desk, query, owner_org, contact, purpose, class, epoch, cost, state, at, audience)
    values (${key.org}, ${key.desk}, ${key.query}, ${set.owner_org}, ${set.contact}, ${query.purpose}, ${set.class}, ${set.epoch}, ${texts.length * QUOTA_COST[set.class]}, 'asked',
      ${services.clock.now()}, ${[key.desk]})`.execute(tx)
  await send(
    { tx, services },
    {
      from: { org: key.org, unit: key.desk },
      to: { org: set.owner_org, unit: set.contact },
      type: 'match.query',
      purpose: query.purpose,
      context: key.query,
      caseRef: query.case_ref,
      data: {
        query: key.query,
        purpose: query.purpose,
        class: set.class,
        epoch: set.epoch,
        caseRef: query.case_ref,
        approved: query.needs_second,
        frame: base64(packFrame({ slots: blinded.map((each) => each.blinded) })),
      },
    },
  )
}
