/**
 * The owner's answer to a disclosing look-up: the requester shows the tags that its own query gave, so the owner learns of every hit at once. Allowed once
 * for each answered query, for no more tags than it evaluated. An excluded record has no tag, so it is looked up like a record that does not exist.
 */
import { sql } from 'kysely'
import { messageType, type WorkContext } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { HANDLE_BYTES, TAG_BYTES } from '#platform/oprf/tag-set.ts'
import { packFrame, REFUSAL, readFrame } from './frame.ts'
import { handleFor } from './handle.ts'
import { noteHits } from './notices.ts'
import { isOpenTo, lockServed, openEpoch, type ServedKey, type ServedRow, whereServed } from './serve-query.ts'
import { base64, fromBase64, hex, lookupMessage, send } from './wire.ts'

export const LOOKUP_JOB = 'matching.look-up'

export const lookupReceived = messageType({
  type: 'match.lookup',
  schema: lookupMessage,
  receive: async (message, data, work) => {
    for (const { org } of message.to) {
      const key: ServedKey = { org, requesterOrg: message.from.org, query: data.query, class: data.class }
      const { rows } = await sql`update matching.served set state = 'looking-up', lookup = ${fromBase64(data.frame)}
        where ${whereServed(key)} and requester_desk = ${message.from.unit} and state = 'answered' returning query`.execute(work.tx)
      if (rows.length > 0)
        await work.services.enqueue(work.tx, { name: LOOKUP_JOB, data: { ...key }, key: `look-up:${Object.values(key).join(':')}` })
    }
  },
})

export async function answerLookup(data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  const key = data as unknown as ServedKey
  await services.database.asWorker(LOOKUP_JOB, async (tx) => {
    const served = await lockServed({ tx, services }, key)
    if (served?.state !== 'looking-up') return
    const frame = await lookUp({ tx, services }, key, served)
    await sql`update matching.served set state = 'looked-up', lookup = null where ${whereServed(key)}`.execute(tx)
    await send(
      { tx, services },
      {
        from: { org: key.org, unit: served.desk },
        to: { org: key.requesterOrg, unit: served.requester_desk },
        type: 'match.result',
        purpose: served.purpose,
        context: key.query,
        caseRef: served.case_ref,
        data: { query: key.query, class: key.class, frame: base64(frame) },
      },
    )
    await services.record(tx, {
      event: 'matching.lookup-served',
      outcome: frame === REFUSAL ? 'refused' : 'done',
      facts: null,
      by: `job:${LOOKUP_JOB}`,
      subjects: [
        { kind: 'desk', id: served.requester_desk },
        { kind: 'match-query', id: key.query },
      ],
      detail: { class: key.class, purpose: served.purpose, case: served.case_ref, keys: served.keys },
    })
  })
}

/** One slot for each tag: the handle, or zeros. Both are made and written the same way. */
async function lookUp(work: WorkContext, key: ServedKey, served: ServedRow): Promise<Buffer> {
  const asked = readFrame(served.lookup ?? REFUSAL)
  const index = { org: key.org, purpose: served.purpose, class: key.class, epoch: served.epoch }
  const epoch = await openEpoch(work, index)
  if (asked === undefined || epoch === undefined || asked.slots.length > served.keys) return REFUSAL
  const tags = asked.slots.map((slot) => hex(slot.subarray(0, TAG_BYTES)))
  const { rows } = await sql<{ tag: string; entry: string }>`select t.tag, min(t.entry::text) as entry from matching.tags t
    join matching.entries e on e.org = t.org and e.entry = t.entry and e.state = 'indexed'
    where t.org = ${index.org} and t.purpose = ${index.purpose} and t.class = ${index.class} and t.epoch = ${index.epoch} and t.tag = any(${tags}::text[])
      and ${isOpenTo({ desk: served.requester_desk, purpose: served.purpose })} group by t.tag`.execute(work.tx)
  const found = new Map(rows.map(({ tag, entry }) => [tag, entry]))
  const slots = tags.map((tag) => {
    const entry = found.get(tag)
    return entry === undefined
      ? new Uint8Array(HANDLE_BYTES)
      : handleFor({ secretKey: epoch.secretKey, requester: served.requester_desk }, entry)
  })
  for (const [at, tag] of tags.entries()) {
    const entry = found.get(tag)
    if (entry !== undefined)
      await noteHits(work, {
        ...index,
        entry,
        handle: hex(slots[at] as Uint8Array),
        requester: { org: key.requesterOrg, unit: served.requester_desk },
        caseRef: served.case_ref,
        mode: 'disclosing',
      })
  }
  return packFrame({ slots })
}
