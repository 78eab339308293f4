/**
 * What was taken out of a piece of information follows it: gone with its recall, its last day or the purpose that it was taken for, with what its originator called it, and marked anew with its marking or
 * a newer version.
 */
import { sql } from 'kysely'
import { attachmentAfterChange } from '#modules/exchange'
import type { ItemFollower, WorkContext } from '#platform/module/define-module.ts'
import { MOST_SHARE_BYTES, readShare } from './share-file.ts'
import { callShared, openView, TAKEN, writeShared } from './take-share.ts'
import { endFragments } from './write-fragments.ts'

interface TakenCollection {
  readonly collection: string
  readonly sha256: string
  readonly purpose: string
}

export const followItem: ItemFollower = async (change, work) => {
  const { org, desk, item, attachment } = change
  const { rows } =
    await sql<TakenCollection>`select collection, sha256, purpose from records.collections where org = ${org} and desk = ${desk} and item = ${item} and kind = 'received'`.execute(
      work.tx,
    )
  for (const taken of rows) {
    if (attachment !== undefined && attachment !== taken.sha256) continue
    const held =
      change.change === 'gone'
        ? undefined
        : await attachmentAfterChange(work, { org, desk, item }, { sha256: taken.sha256, most: MOST_SHARE_BYTES, capabilities: TAKEN })
    const isLet = held !== undefined && held.withheld.length === 0 && held.purpose === taken.purpose
    const share = isLet ? readShare(held.bytes) : undefined
    await end(work, { ...change, ...taken }, share === undefined ? 'recalled' : 'superseded')
    // Words of the originator as well, wherever the collection and its board are named. The piece is there still, and says that it was taken back.
    await callShared(work.tx, { org, ...taken }, share === undefined ? `No longer held: ${item}` : share.board.title)
    if (share === undefined) await openView(work.tx, { org, ...taken })
    if (held !== undefined && share !== undefined)
      await writeShared(work.tx, { org, desk, item, ...taken, share, terms: held, now: work.services.clock.now() })
    await work.services.record(work.tx, {
      event: 'records.share-recalled',
      outcome: 'done',
      facts: null,
      by: 'item',
      subjects: [
        { kind: 'item', id: item },
        { kind: 'desk', id: desk },
      ],
      detail: { taken: share === undefined ? 'out' : 'marked' },
    })
    await work.services.announce(work.tx, 'records', [desk])
  }
}

async function end(
  { tx, services }: WorkContext,
  { org, collection }: { readonly org: string; readonly collection: string },
  reason: 'recalled' | 'superseded',
): Promise<void> {
  const { rows } = await sql<{
    fragment: string
  }>`select fragment from records.fragments where org = ${org} and collection = ${collection} and (recorded_to is null or ${reason === 'recalled'})`.execute(
    tx,
  )
  const fragments = rows.map(({ fragment }) => fragment)
  const at = services.clock.now()
  await endFragments(tx, org, fragments, { reason, by: 'item', at })
  // What was taken back is destroyed, here as in the piece of information, with what it was before it was marked anew.
  if (reason === 'recalled') await endFragments(tx, org, fragments, { reason: 'erased', by: 'item', at })
}
