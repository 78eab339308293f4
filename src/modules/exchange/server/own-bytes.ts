/**
 * The bytes that a desk took in to attach, under a key of their own for each desk. Rule: they are kept as long as a piece of information of that desk has them, and for 7 days after they were taken in,
 * while it is being written; no longer. Invariants: a row deleted here is a key destroyed, whatever lies on the disk or in a copy of it; no piece is written over bytes that are being destroyed.
 */
import { type RawBuilder, sql } from 'kysely'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { Job, WorkContext } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import type { ItemAttachment } from '../contract.ts'
import type { ExchangeTables } from './tables.ts'

const LIMIT = 100 * 1024 * 1024
const MANY = 500
const DAY = 86_400_000
/** From the taking in to the piece of information that has them. */
const FREE_DAYS = 7

interface Owner {
  readonly org: string
  readonly desk: string
}

interface OwnBytes extends Owner {
  readonly sha256: string
}

const isOwn = ({ org, desk, sha256 }: OwnBytes) => sql<boolean>`org = ${org} and desk = ${desk} and sha256 = ${sha256}`

/** Bytes that this desk may attach from now on: what it uploaded, or what another slice wrote for it. */
export async function takeIn(
  { facts, tx, clock, services }: CaseContext,
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ readonly sha256: string; readonly size: number }> {
  const { erasable } = services.content
  const { sha256, size, name, key } = await erasable.put(bytes, LIMIT)
  const at = clock.now()
  const until = new Date(at.getTime() + FREE_DAYS * DAY)
  try {
    const kept = await tx
      .withTables<ExchangeTables>()
      .insertInto('exchange.uploads')
      .values({ org: facts.authority, desk: facts.desk, sha256, size, file: name, key, at, until, audience: [facts.desk] })
      // The desk has them: they stay where they lie, and wait anew for their piece.
      .onConflict((conflict) =>
        conflict
          .columns(['org', 'desk', 'sha256'])
          .doUpdateSet({ at, until, file: sql`coalesce(uploads.file, excluded.file)`, key: sql`coalesce(uploads.key, excluded.key)` }),
      )
      .returning('file')
      .executeTakeFirstOrThrow()
    if (kept.file !== name) await erasable.remove(name)
  } catch (error) {
    // Its key goes with this transaction.
    await erasable.remove(name)
    throw error
  }
  return { sha256, size }
}

/** Whether this very desk has the bytes: what another desk of the node holds, as attachment or document, is not there. */
export async function hasTakenIn({ facts, tx }: CaseContext, { sha256, size }: ItemAttachment): Promise<boolean> {
  const held = await tx
    .withTables<ExchangeTables>()
    .selectFrom('exchange.uploads')
    .select('size')
    .where(isOwn({ org: facts.authority, desk: facts.desk, sha256 }))
    .executeTakeFirst()
  return held !== undefined && Number(held.size) === size
}

/** From now on a piece of information has them, and they go with the last one that does. Throws 409 when they have just been destroyed. */
export async function giveToItem({ facts, tx, clock }: CaseContext, { sha256, name }: ItemAttachment): Promise<void> {
  const given = await tx
    .withTables<ExchangeTables>()
    .updateTable('exchange.uploads')
    .set({ until: clock.now() })
    .where(isOwn({ org: facts.authority, desk: facts.desk, sha256 }))
    .returning('sha256')
    .executeTakeFirst()
  if (given === undefined) throw new AppError(409, 'exchange.not-held', `The bytes of ${name} are no longer held.`)
}

/** From `start` up to `end`; throws the common 404 once they are destroyed. */
export async function ownRange(
  { tx, services }: WorkContext,
  bytes: OwnBytes,
  { start, end }: { readonly start: number; readonly end: number },
): Promise<Uint8Array> {
  const kept = await tx
    .withTables<ExchangeTables>()
    .selectFrom('exchange.uploads')
    .select(['file', 'key'])
    .where(isOwn(bytes))
    .executeTakeFirst()
  if (kept === undefined) throw notFound()
  const { file: name, key } = kept
  // Taken in by an earlier version: under their digest.
  if (name === null || key === null) return await services.content.slice(bytes.sha256, start, end)
  return await services.content.erasable.slice({ name, key }, start, end)
}

/** Those of these digests whose bytes the desk still has, for a slice that wrote them. */
export async function digestsHeld(tx: Tx, { org, desk }: Owner, digests: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ sha256: string }>`select sha256 from exchange.uploads
    where org = ${org} and desk = ${desk} and sha256 = any(${[...digests]}::text[])`.execute(tx)
  return new Set(rows.map(({ sha256 }) => sha256))
}

/** Background work only. */
export async function destroyUnused(services: NodeServices, worker: string): Promise<void> {
  for (let destroyed = MANY; destroyed === MANY; )
    destroyed = await services.database.asWorker(worker, async (tx) => await destroySome({ tx, services }, worker))
}

async function destroySome(work: WorkContext, worker: string): Promise<number> {
  const { tx, services } = work
  const unused = isUnused(services.clock.now())
  const { rows } = await sql<OwnBytes>`select org, desk, sha256 from exchange.uploads u where ${unused}
    order by until, org, desk, sha256 limit ${MANY} for update skip locked`.execute(tx)
  if (rows.length === 0) return 0
  // Asked again under the locks: a piece that was written until now has its bytes.
  const { rows: gone } = await sql<OwnBytes & { readonly file: string | null }>`delete from exchange.uploads u
    using unnest(${rows.map(({ org }) => org)}::text[], ${rows.map(({ desk }) => desk)}::text[], ${rows.map(({ sha256 }) => sha256)}::text[]) as t(org, desk, sha256)
    where u.org = t.org and u.desk = t.desk and u.sha256 = t.sha256 and ${unused} returning u.org, u.desk, u.sha256, u.file`.execute(tx)
  for (const { desk, sha256, file } of gone)
    await services.record(tx, {
      event: 'exchange.attachment-erased',
      outcome: 'done',
      facts: null,
      by: `job:${worker}`,
      subjects: [
        { kind: 'attachment', id: sha256 },
        { kind: 'desk', id: desk },
      ],
      // Those of an earlier version may be a document of another slice as well: the desk has them no more, the node may.
      detail: { key: file === null ? 'shared' : 'destroyed' },
    })
  const names = gone.flatMap(({ file }) => (file === null ? [] : [file]))
  if (names.length > 0) await services.enqueue(tx, { name: removeBytesJob.name, data: { names } })
  return rows.length
}

/** Of a row `u`. */
const isUnused = (now: Date): RawBuilder<boolean> => sql<boolean>`u.until <= ${now} and not exists (select 1 from exchange.attachments a
  join exchange.items i on i.org = a.org and i.desk = a.desk and i.item = a.item
  where a.org = u.org and a.desk = u.desk and a.sha256 = u.sha256 and i.side = 'own')`

export const removeBytesJob: Job = {
  name: 'exchange.remove-bytes',
  meaning: 'Frees the disk of bytes to attach whose key is destroyed',
  timeoutSeconds: 300,
  retries: 5,
  run: async ({ names }, { content }) => {
    for (const name of Array.isArray(names) ? names.map(String) : []) await content.erasable.remove(name)
  },
}
