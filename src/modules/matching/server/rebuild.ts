/**
 * A new epoch of an owner's index: new key, new tags, new sets for every entitled requester. Group arithmetic runs in a thread and outside any
 * transaction; what is published is written in one. The epoch before stays answerable, because queries to it are on their way.
 */
import { sql } from 'kysely'
import { MATCH_KEY_CLASSES, type MatchKey, type MatchKeyClass, type MatchKeyType } from '#kernel/match-key/match-key.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { makeOprfKeys, type OprfKeys } from '#platform/oprf/oprf.ts'
import { TAG_BYTES } from '#platform/oprf/tag-set.ts'
import { inThread } from '#platform/oprf/thread.ts'
import type { Tx } from '#platform/store/database.ts'
import type { SubjectCategory } from '../contract.ts'
import { isPermitted } from './entries.ts'
import { handleFor } from './handle.ts'
import { base64, hex, send } from './wire.ts'

const PART_BYTES = 262_144
const EPOCHS_KEPT = 2
const JOB = 'matching.rebuild'

export interface IndexName {
  readonly org: string
  readonly purpose: string
  readonly class: MatchKeyClass
}

interface IndexedRow {
  readonly entry: string
  readonly desk: string
  readonly type: string
  readonly policy: string
  readonly text: string
}

interface Requester {
  /** Desks that let it ask: it finds their entries and no others. The first of them is its contact. */
  readonly desks: readonly [string, ...string[]]
  readonly requester_org: string
  readonly requester_desk: string
  readonly quota: number
}

/** For one authority and purpose, or without data (by schedule) for all that changed since their last epoch. */
export async function rebuildIndexes(data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  const wanted = data['org'] === undefined ? await changed(services) : [{ org: String(data['org']), purpose: String(data['purpose']) }]
  for (const each of wanted) for (const name of MATCH_KEY_CLASSES) await rebuildIndex({ ...each, class: name }, services)
}

async function changed(services: NodeServices): Promise<readonly { readonly org: string; readonly purpose: string }[]> {
  return await services.database.asWorker(JOB, async (tx) => {
    const { rows } = await sql<{ org: string; purpose: string }>`select distinct r.org, r.purpose from matching.requesters r
      where greatest(r.at, (select max(e.changed_at) from matching.entries e where e.org = r.org and e.purpose = r.purpose))
        > coalesce((select max(p.began_at) from matching.epochs p where p.org = r.org and p.purpose = r.purpose), '-infinity')`.execute(tx)
    return rows
  })
}

async function rebuildIndex(index: IndexName, services: NodeServices): Promise<void> {
  const readAt = services.clock.now()
  const rows = await services.database.asWorker(JOB, async (tx) => await readIndexed(tx, services, index))
  const keys = makeOprfKeys()
  const encoder = new TextEncoder()
  const outputs =
    rows.length === 0 ? [] : await inThread('outputs', { secretKey: keys.secretKey, inputs: rows.map(({ text }) => encoder.encode(text)) })
  const requesters = await services.database.asWorker(JOB, async (tx) => await readRequesters(tx, index))
  const sets = new Map<string, Uint8Array>()
  for (const requester of requesters)
    sets.set(
      requester.requester_desk,
      await inThread('tagSet', {
        entries: openTo(requester, rows).map((at) => ({
          output: outputs[at] as Uint8Array,
          handle: handleFor({ secretKey: keys.secretKey, requester: requester.requester_desk }, (rows[at] as IndexedRow).entry),
        })),
      }),
    )
  await services.database.asWorker(JOB, async (tx) => {
    const epoch = await beginEpoch(tx, services, { index, keys })
    await writeTags(tx, { index, epoch, rows, outputs })
    await noteBuilt(tx, { index, rows, readAt, at: services.clock.now() })
    for (const requester of requesters)
      await sendSet(tx, services, { index, epoch, keys, requester, set: sets.get(requester.requester_desk) as Uint8Array })
    await services.record(tx, {
      event: 'matching.rebuilt',
      outcome: 'done',
      facts: null,
      by: `job:${JOB}`,
      subjects: requesters.map((each) => ({ kind: 'desk', id: each.requester_desk })),
      // How many rows there are behind the padding is for nobody, the log included.
      detail: { class: index.class, purpose: index.purpose, epoch },
    })
  })
}

/** Rows that a requester finds blindly. One for each text: two rows with one tag would tell that two records share a key. */
function openTo({ desks }: Requester, rows: readonly IndexedRow[]): readonly number[] {
  const found = rows.flatMap(({ policy, desk, text }, at) => (policy === 'open' && desks.includes(desk) ? [[text, at] as const] : []))
  return [...new Map(found.toReversed()).values()]
}

/** The gate stands here a second time: a child that was indexed as an adult by mistake, or a category that lost its permission, gets no tag. */
async function readIndexed(tx: Tx, services: NodeServices, index: IndexName): Promise<readonly IndexedRow[]> {
  const today = services.clock.now().toISOString().slice(0, 10)
  const { rows } = await sql<{
    entry: string
    desk: string
    type: string
    policy: string
    category: string
    content: string
    content_key: string
  }>`
    select entry, desk, type, policy, category, content, content_key from matching.entries
    where org = ${index.org} and purpose = ${index.purpose} and class = ${index.class} and state = 'indexed' and policy in ('open', 'owner-notified') order by entry`.execute(
    tx,
  )
  return rows.flatMap(({ entry, desk, type, policy, category, content, content_key }) => {
    const text = services.box.open({ content, key: content_key })
    const key: MatchKey = { type: type as MatchKeyType, class: index.class, text: text.split('|').slice(2).join('|') }
    return isPermitted(key, category as SubjectCategory, today) ? [{ entry, desk, type, policy, text }] : []
  })
}

async function readRequesters(tx: Tx, index: IndexName): Promise<readonly Requester[]> {
  const { rows } =
    await sql<Requester>`select requester_org, requester_desk, array_agg(desk order by at, desk) as desks, max(quota) as quota from matching.requesters
    where org = ${index.org} and purpose = ${index.purpose} and quota > 0 group by requester_org, requester_desk order by requester_desk`.execute(
      tx,
    )
  return rows
}

async function beginEpoch(
  tx: Tx,
  services: NodeServices,
  { index, keys }: { readonly index: IndexName; readonly keys: OprfKeys },
): Promise<number> {
  const key = sql`org = ${index.org} and purpose = ${index.purpose} and class = ${index.class}`
  const { rows } = await sql<{ epoch: number }>`select coalesce(max(epoch), 0) + 1 as epoch from matching.epochs where ${key}`.execute(tx)
  const epoch = rows[0]?.epoch ?? 1
  const boxed = services.box.seal(base64(keys.secretKey))
  await sql`insert into matching.epochs (org, purpose, class, epoch, public_key, content, content_key, began_at, audience)
    values (${index.org}, ${index.purpose}, ${index.class}, ${epoch}, ${hex(keys.publicKey)}, ${boxed.content}, ${boxed.key}, ${services.clock.now()}, '{}')`.execute(
    tx,
  )
  for (const table of ['matching.epochs', 'matching.tags'])
    await sql`delete from ${sql.table(table)} where ${key} and epoch <= ${epoch - EPOCHS_KEPT}`.execute(tx)
  return epoch
}

async function writeTags(
  tx: Tx,
  written: {
    readonly index: IndexName
    readonly epoch: number
    readonly rows: readonly IndexedRow[]
    readonly outputs: readonly Uint8Array[]
  },
): Promise<void> {
  const { index, epoch, rows, outputs } = written
  if (rows.length === 0) return
  const tags = outputs.map((output) => hex(output.subarray(0, TAG_BYTES)))
  await sql`insert into matching.tags (org, purpose, class, epoch, tag, entry, policy, audience)
    select ${index.org}, ${index.purpose}, ${index.class}, ${epoch}::int, tag, entry, policy, '{}'
    from unnest(${tags}::text[], ${rows.map(({ entry }) => entry)}::uuid[], ${rows.map(({ policy }) => policy)}::text[]) as row (tag, entry, policy)`.execute(
    tx,
  )
}

/** Each desk sees of an epoch what became of its own keys: in since now, or out since now. */
async function noteBuilt(
  tx: Tx,
  built: { readonly index: IndexName; readonly rows: readonly IndexedRow[]; readonly readAt: Date; readonly at: Date },
): Promise<void> {
  const { index, rows, readAt, at } = built
  const own = sql`org = ${index.org} and purpose = ${index.purpose} and class = ${index.class}`
  await sql`update matching.entries set built_at = ${at} where ${own} and entry = any(${rows.map(({ entry }) => entry)}::uuid[])`.execute(
    tx,
  )
  await sql`update matching.entries set built_at = null where ${own} and state = 'removed' and changed_at <= ${readAt} and built_at is not null`.execute(
    tx,
  )
  await sql`update matching.requesters set sent_at = ${at} where org = ${index.org} and purpose = ${index.purpose} and quota > 0`.execute(
    tx,
  )
}

async function sendSet(
  tx: Tx,
  services: NodeServices,
  sent: {
    readonly index: IndexName
    readonly epoch: number
    readonly keys: OprfKeys
    readonly requester: Requester
    readonly set: Uint8Array
  },
): Promise<void> {
  const { index, epoch, keys, requester, set } = sent
  const parts = Math.ceil(set.length / PART_BYTES)
  for (let part = 0; part < parts; part++)
    await send(
      { tx, services },
      {
        from: { org: index.org, unit: requester.desks[0] },
        to: { org: requester.requester_org, unit: requester.requester_desk },
        type: 'match.tags',
        purpose: index.purpose,
        context: `match-set:${index.class}:${epoch}`,
        data: {
          purpose: index.purpose,
          class: index.class,
          epoch,
          publicKey: hex(keys.publicKey),
          quota: requester.quota,
          part,
          parts,
          bytes: base64(set.subarray(part * PART_BYTES, (part + 1) * PART_BYTES)),
        },
      },
    )
}
