/** Sets of tags that owners gave this desk. A set counts once all of its parts are here; older epochs go when a newer one is complete. */
import { sql } from 'kysely'
import type { MatchKeyClass } from '#kernel/match-key/match-key.ts'
import { messageType } from '#platform/module/define-module.ts'
import { ROW_BYTES } from '#platform/oprf/tag-set.ts'
import type { Tx } from '#platform/store/database.ts'
import { fromBase64, tagsMessage } from './wire.ts'

export interface HeldSet {
  readonly owner_org: string
  readonly contact: string
  readonly class: MatchKeyClass
  readonly epoch: number
  readonly public_key: string
  readonly quota: number
}

export const tagsReceived = messageType({
  type: 'match.tags',
  schema: tagsMessage,
  receive: async (message, data, work) => {
    const bytes = fromBase64(data.bytes)
    // A part that is no whole number of rows is no part; a set is what its owner signed, so this is its fault and nobody else's.
    if (bytes.length % ROW_BYTES !== 0 || data.part >= data.parts) return
    for (const { org, unit } of message.to) {
      const { tx, services } = work
      const key = sql<boolean>`org = ${org} and desk = ${unit} and owner_org = ${message.from.org} and purpose = ${data.purpose} and class = ${data.class}`
      const added = await sql`insert into matching.set_parts (org, desk, owner_org, purpose, class, epoch, part, bytes, audience)
        values (${org}, ${unit}, ${message.from.org}, ${data.purpose}, ${data.class}, ${data.epoch}, ${data.part}, ${bytes}, '{}') on conflict do nothing returning part`.execute(
        tx,
      )
      if (added.rows.length === 0) continue
      const { rows } = await sql<{ received: number }>`insert into matching.sets
          (org, desk, owner_org, contact, purpose, class, epoch, public_key, quota, parts, received, at, audience)
        values (${org}, ${unit}, ${message.from.org}, ${message.from.unit}, ${data.purpose}, ${data.class}, ${data.epoch}, ${data.publicKey}, ${data.quota}, ${data.parts}, 1,
          ${message.receivedAt}, ${[unit]})
        on conflict (org, desk, owner_org, purpose, class, epoch) do update set received = matching.sets.received + 1
          where matching.sets.public_key = excluded.public_key and matching.sets.parts = excluded.parts
        returning received`.execute(tx)
      if (rows[0]?.received !== data.parts) continue
      // The epoch before stays for answers that are on their way.
      for (const table of ['matching.sets', 'matching.set_parts'])
        await sql`delete from ${sql.table(table)} where ${key} and epoch < ${data.epoch - 1}`.execute(tx)
      await services.record(tx, {
        event: 'matching.tags-received',
        outcome: 'done',
        facts: null,
        by: 'message:match.tags',
        subjects: [{ kind: 'desk', id: message.from.unit }],
        detail: { class: data.class, purpose: data.purpose, epoch: data.epoch },
      })
      await services.announce(tx, 'matches', [unit])
    }
  },
})

/** The newest complete set of each owner and index that this desk may ask for this purpose. */
export async function heldSets(
  tx: Tx,
  { org, desk, purpose }: { readonly org: string; readonly desk: string; readonly purpose: string },
): Promise<readonly HeldSet[]> {
  const { rows } =
    await sql<HeldSet>`select distinct on (owner_org, class) owner_org, contact, class, epoch, public_key, quota from matching.sets
    where org = ${org} and desk = ${desk} and purpose = ${purpose} and received = parts order by owner_org, class, epoch desc`.execute(tx)
  return rows
}
