/**
 * What a requester does with an owner's answer: verifies the proof for the whole batch, finalises, compares at its own premises, and on a hit tells the owner.
 * Blinds and outputs are destroyed as soon as they were used.
 */
import { sql } from 'kysely'
import type { MatchKeyClass } from '#kernel/match-key/match-key.ts'
import { messageType, type WorkContext } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { type Blinded, OprfRefused } from '#platform/oprf/oprf.ts'
import { findHandle, HANDLE_BYTES, TAG_BYTES } from '#platform/oprf/tag-set.ts'
import { inThread } from '#platform/oprf/thread.ts'
import type { Tx } from '#platform/store/database.ts'
import type { QueryKey } from './ask.ts'
import { type Frame, packFrame, readFrame } from './frame.ts'
import { type FoundHit, keepHits } from './hits.ts'
import { answerMessage, base64, fromBase64, fromHex, hex, send } from './wire.ts'

export const FINISH_JOB = 'matching.finish'

export interface AskedKey extends QueryKey {
  readonly owner: string
  readonly class: string
}

export interface AskedRow {
  readonly contact: string
  readonly purpose: string
  readonly class: MatchKeyClass
  readonly epoch: number
  readonly state: string
  readonly case_ref: string
  readonly mode: 'blind' | 'disclosing'
}

interface Secret {
  readonly ordinals: readonly number[]
  readonly asked: readonly { readonly input: string; readonly blind: string; readonly blinded: string }[]
}

/** A frame is taken only for what this desk asked this owner and still waits for. */
async function takeFrame(
  work: WorkContext,
  taken: { readonly key: AskedKey; readonly contact: string; readonly expects: string; readonly frame: string },
): Promise<void> {
  const { key, contact, expects, frame } = taken
  const { rows } = await sql`update matching.secrets s set frame = ${fromBase64(frame)} from matching.asked a
    where a.org = s.org and a.desk = s.desk and a.query = s.query and a.owner_org = s.owner_org and a.class = s.class
      and s.org = ${key.org} and s.desk = ${key.desk} and s.query = ${key.query} and s.owner_org = ${key.owner} and s.class = ${key.class}
      and a.contact = ${contact} and a.state = ${expects} and s.frame is null returning s.query`.execute(work.tx)
  if (rows.length > 0)
    await work.services.enqueue(work.tx, { name: FINISH_JOB, data: { ...key }, key: `finish:${expects}:${Object.values(key).join(':')}` })
}

const frameMessage = (type: 'match.answer' | 'match.result', expects: string) =>
  messageType({
    type,
    schema: answerMessage,
    receive: async (message, data, work) => {
      for (const { org, unit } of message.to)
        await takeFrame(work, {
          key: { org, desk: unit, query: data.query, owner: message.from.org, class: data.class },
          contact: message.from.unit,
          expects,
          frame: data.frame,
        })
    },
  })

export const answerReceived = frameMessage('match.answer', 'asked')
export const resultReceived = frameMessage('match.result', 'looking-up')

export async function finishQuery(data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  const key = data as unknown as AskedKey
  await services.database.asWorker(FINISH_JOB, async (tx) => {
    const work = { tx, services }
    const { rows } = await sql<AskedRow & { content: string; content_key: string; frame: Buffer | null }>`
      select a.contact, a.purpose, a.class, a.epoch, a.state, q.case_ref, q.mode, s.content, s.content_key, s.frame from matching.asked a
      join matching.secrets s on s.org = a.org and s.desk = a.desk and s.query = a.query and s.owner_org = a.owner_org and s.class = a.class
      join matching.queries q on q.org = a.org and q.desk = a.desk and q.query = a.query
      where ${whereAsked(key, 'a')} for update of a, s`.execute(tx)
    const row = rows[0]
    if (row?.frame === null || row === undefined) return
    const secret = JSON.parse(services.box.open({ content: row.content, key: row.content_key })) as Secret
    const frame = readFrame(row.frame)
    if (frame === undefined) await settle(work, { key, row, state: 'refused' })
    else if (row.state === 'asked') await compare(work, { key, row, secret, frame })
    else await takeHandles(work, { key, row, secret, frame })
  })
}

interface Step {
  readonly key: AskedKey
  readonly row: AskedRow
  readonly secret: Secret
  readonly frame: Required<Frame>
}

async function compare(work: WorkContext, { key, row, secret, frame }: Step): Promise<void> {
  const set = await readSet(work.tx, key, row)
  if (set === undefined) return await settle(work, { key, row, state: 'refused' })
  const asked: readonly Blinded[] = secret.asked.map((each) => ({
    input: Uint8Array.from(fromBase64(each.input)),
    blind: Uint8Array.from(fromBase64(each.blind)),
    blinded: Uint8Array.from(fromBase64(each.blinded)),
  }))
  let outputs: readonly Uint8Array[]
  try {
    outputs = await inThread('finalize', { asked, answer: { evaluated: frame.slots, proof: frame.proof, publicKey: set.publicKey } })
  } catch (error) {
    if (error instanceof OprfRefused) return await settle(work, { key, row, state: 'wrong-proof' })
    throw error
  }
  if (row.mode === 'disclosing') return await lookUp(work, { key, row, secret, outputs })
  const hits = outputs.flatMap((output, at): FoundHit[] => {
    const handle = findHandle(set.bytes, output)
    return handle === undefined ? [] : [{ ordinal: secret.ordinals[at] ?? 0, handle: hex(handle) }]
  })
  await keepHits(work, { key, row, hits })
  await settle(work, { key, row, state: 'done' })
}

async function lookUp(work: WorkContext, step: Omit<Step, 'frame'> & { readonly outputs: readonly Uint8Array[] }): Promise<void> {
  const { key, row, secret, outputs } = step
  const boxed = work.services.box.seal(JSON.stringify({ ordinals: secret.ordinals, asked: [] }))
  await sql`update matching.secrets set content = ${boxed.content}, content_key = ${boxed.key}, frame = null where ${whereAsked(key)}`.execute(
    work.tx,
  )
  await sql`update matching.asked set state = 'looking-up' where ${whereAsked(key)}`.execute(work.tx)
  await send(work, {
    from: { org: key.org, unit: key.desk },
    to: { org: key.owner, unit: row.contact },
    type: 'match.lookup',
    purpose: row.purpose,
    context: key.query,
    caseRef: row.case_ref,
    data: {
      query: key.query,
      class: key.class,
      frame: base64(packFrame({ slots: outputs.map((output) => output.subarray(0, TAG_BYTES)) })),
    },
  })
}

async function takeHandles(work: WorkContext, { key, row, secret, frame }: Step): Promise<void> {
  const hits = frame.slots.flatMap((slot, at): FoundHit[] => {
    const handle = slot.subarray(0, HANDLE_BYTES)
    return handle.every((byte) => byte === 0) || secret.ordinals[at] === undefined
      ? []
      : [{ ordinal: secret.ordinals[at], handle: hex(handle) }]
  })
  await keepHits(work, { key, row, hits })
  await settle(work, { key, row, state: 'done' })
}

/** Ends one owner's part; the query is done when every owner's is. */
async function settle(
  { tx, services }: WorkContext,
  settled: { readonly key: AskedKey; readonly row: AskedRow; readonly state: 'done' | 'refused' | 'wrong-proof' },
): Promise<void> {
  const { key, row, state } = settled
  await sql`delete from matching.secrets where ${whereAsked(key)}`.execute(tx)
  await sql`update matching.asked set state = ${state} where ${whereAsked(key)}`.execute(tx)
  const own = sql<boolean>`org = ${key.org} and desk = ${key.desk} and query = ${key.query}`
  await sql`update matching.queries set state = 'done' where ${own}
    and not exists (select from matching.asked a where a.org = ${key.org} and a.desk = ${key.desk} and a.query = ${key.query} and a.state in ('asked', 'looking-up'))`.execute(
    tx,
  )
  await services.record(tx, {
    event: state === 'wrong-proof' ? 'matching.proof-refused' : 'matching.query-finished',
    outcome: state === 'done' ? 'done' : 'refused',
    facts: null,
    by: `job:${FINISH_JOB}`,
    subjects: [
      { kind: 'match-query', id: key.query },
      { kind: 'desk', id: row.contact },
    ],
    // Whether there was a hit stands nowhere in the log that operators or counts could read.
    detail: { class: key.class },
  })
  await services.announce(tx, 'matches', [key.desk])
}

async function readSet(
  tx: Tx,
  key: AskedKey,
  row: AskedRow,
): Promise<{ readonly bytes: Uint8Array; readonly publicKey: Uint8Array } | undefined> {
  const set = sql<boolean>`org = ${key.org} and desk = ${key.desk} and owner_org = ${key.owner} and purpose = ${row.purpose} and class = ${row.class} and epoch = ${row.epoch}`
  const { rows } = await sql<{ public_key: string }>`select public_key from matching.sets where ${set}`.execute(tx)
  const parts = await sql<{ bytes: Buffer }>`select bytes from matching.set_parts where ${set} order by part`.execute(tx)
  return rows[0] === undefined
    ? undefined
    : { publicKey: fromHex(rows[0].public_key), bytes: Buffer.concat(parts.rows.map(({ bytes }) => bytes)) }
}

function whereAsked(key: AskedKey, alias?: 'a') {
  const column = (name: string) => sql.ref(alias === undefined ? name : `${alias}.${name}`)
  return sql<boolean>`${column('org')} = ${key.org} and ${column('desk')} = ${key.desk} and ${column('query')} = ${key.query}
    and ${column('owner_org')} = ${key.owner} and ${column('class')} = ${key.class}`
}
