/** What each channel delivered and when, for slices that act on what a partner's machine sends. Worker transactions only. */
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Tx } from '#platform/store/database.ts'

const KEPT_MS = 30 * 86_400_000

export interface Delivery {
  readonly authority: string
  readonly desk: string
  readonly channel: string
  readonly document: string
  readonly name: string
  readonly size: number
  readonly at: Date
}

export async function noteDelivery(tx: Tx, { authority, desk, channel, document, name, size, at }: Delivery): Promise<void> {
  await sql`insert into cargo.deliveries (authority, desk, delivery, channel, document, name, size, at, audience)
    values (${authority}, ${desk}, ${uuidv7()}, ${channel}, ${document}, ${name}, ${size}, ${at}, ${[desk]})`.execute(tx)
  // Whoever acts on deliveries has done so long before.
  await sql`delete from cargo.deliveries where authority = ${authority} and desk = ${desk} and channel = ${channel}
    and at < ${new Date(at.getTime() - KEPT_MS)}`.execute(tx)
}

/** Deliveries of one channel of a desk since an instant, oldest first. */
export async function deliveriesOf(
  tx: Tx,
  { authority, desk, channel, since }: Pick<Delivery, 'authority' | 'desk' | 'channel'> & { readonly since: Date },
): Promise<readonly (Delivery & { readonly delivery: string })[]> {
  const { rows } = await sql<Omit<Delivery, 'size'> & { delivery: string; size: string }>`
    select authority, desk, delivery, channel, document, name, size, at from cargo.deliveries
    where authority = ${authority} and desk = ${desk} and channel = ${channel} and at >= ${since} order by at, delivery`.execute(tx)
  return rows.map((row) => ({ ...row, size: Number(row.size) }))
}
