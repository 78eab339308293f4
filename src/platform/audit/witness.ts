/**
 * Nodes watch each other's logs: with what they exchange travels the head of the log, the proof that it only grew since the peer last saw it, and
 * the peer's signature under the head it saw. A node that rewrites its history is caught by any peer it ever talked to.
 */
import { sql } from 'kysely'
import { z } from 'zod'
import { areEqual } from '#kernel/merkle/hashing.ts'
import { NoteRefused, readCheckpoint, readNote } from '#kernel/merkle/note.ts'
import { isConsistent } from '#kernel/merkle/proof.ts'
import type { Tx } from '#platform/store/database.ts'
import { base64, cosign, cosignedAt, type LogKey, type LogPublicKey, openNote, sha256 } from './log-key.ts'
import { consistencyPath } from './log-tree.ts'

export const greetingSchema = z.strictObject({
  /** The newest signed checkpoint. */
  head: z.string().max(2000),
  /** Size that the peer saw last, and the proof from there; absent at the first meeting. */
  since: z.number().int().min(1).optional(),
  proof: z.array(z.string().length(44)).max(64),
  /** The line under the peer's own head. */
  cosigned: z.strictObject({ size: z.number().int().min(1), line: z.string().max(400) }).optional(),
})
export type Greeting = z.infer<typeof greetingSchema>

/** What this node tells a peer of its log now; undefined when there is nothing new since the last time. The line goes with every greeting: one may be lost. */
export async function greetingFor(tx: Tx, peer: string): Promise<Greeting | undefined> {
  const { rows } = await sql<{
    size: string
    note: string
    seen: string | null
    told: string | null
    their_size: string | null
    line: string | null
    fresh: boolean | null
  }>`
    select c.size, c.note, (select max(size) from audit.cosignatures where peer = ${peer}) as seen, w.told, w.size as their_size, w.line, w.fresh
    from (select size, note from audit.checkpoints order by size desc limit 1) c left join audit.witnessed w on w.peer = ${peer}`.execute(
    tx,
  )
  const row = rows[0]
  if (row === undefined || (row.told === row.size && row.fresh !== true)) return undefined
  const [size, seen] = [Number(row.size), row.seen === null ? undefined : Number(row.seen)]
  const proof = seen === undefined ? [] : await consistencyPath(tx, seen, size)
  await sql`insert into audit.witnessed (peer, told) values (${peer}, ${size}) on conflict (peer) do update set told = excluded.told, fresh = false`.execute(
    tx,
  )
  return {
    head: row.note,
    ...(seen === undefined ? {} : { since: seen }),
    proof: proof.map((hash) => Buffer.from(hash).toString('base64')),
    ...(row.line === null || row.their_size === null ? {} : { cosigned: { size: Number(row.their_size), line: row.line } }),
  }
}

/** Greetings without a fitting proof before a peer counts as rewritten. */
const PATIENCE = 20
/** How far the clocks of two nodes may lie apart, as for envelopes. */
const SKEW_MS = 5 * 60_000

export type Meeting = 'grown' | 'same' | 'fork' | 'refused'

export interface Meet {
  readonly peer: string
  readonly greeting: Greeting
  /** When what it came with was stated, by the peer's clock: one that was held up on its way speaks of a log that has grown since. */
  readonly stated: Date
  readonly peerKey: LogPublicKey
  readonly own: LogKey
  readonly at: Date
}

/** Takes a peer's greeting. `fork`: its log is not the one this node saw before. Nothing of a refused greeting is kept. */
export async function meet(tx: Tx, { peer, greeting, stated, peerKey, own, at }: Meet): Promise<Meeting> {
  if (greeting.cosigned !== undefined) await keepCosignature(tx, { peer, cosigned: greeting.cosigned, peerKey })
  let head: { readonly size: number; readonly root: Uint8Array; readonly text: string }
  try {
    const note = openNote(greeting.head, peerKey)
    const { origin, ...checkpoint } = readCheckpoint(note.text, base64)
    // A key may sign for more than one log; this greeting must be of the peer's own.
    if (origin !== peerKey.name) return 'refused'
    head = { ...checkpoint, text: note.text }
  } catch (error) {
    if (error instanceof NoteRefused) return 'refused'
    throw error
  }
  const { rows } = await sql<{
    size: string | null
    root: Buffer | null
    at: Date | null
  }>`select size, root, at from audit.witnessed where peer = ${peer} for update`.execute(tx)
  const row = rows[0]
  const seen =
    row === undefined || row.size === null || row.root === null || row.at === null
      ? undefined
      : { size: Number(row.size), root: row.root, at: row.at }
  // A shorter log that is stated after the longer one was seen is one that was cut; a greeting that comes late is none.
  if (seen !== undefined && head.size < seen.size) return stated.getTime() > seen.at.getTime() + SKEW_MS ? 'fork' : 'same'
  if (seen !== undefined && head.size === seen.size) return areEqual(head.root, seen.root) ? 'same' : 'fork'
  if (seen !== undefined) {
    const path = greeting.proof.map((hash) => Buffer.from(hash, 'base64'))
    // The proof starts at the last of our signatures that reached the peer. One may still be on its way; a peer that never catches up has lost it.
    if (greeting.since !== seen.size) return (await countUnproved(tx, peer)) > PATIENCE ? 'fork' : 'same'
    if (!isConsistent({ first: seen.size, second: head.size, firstRoot: seen.root, secondRoot: head.root, path }, sha256)) return 'fork'
  }
  const line = cosign(head.text, own, at)
  await sql`insert into audit.witnessed (peer, size, root, note, line, fresh, at) values (${peer}, ${head.size}, ${head.root}, ${greeting.head}, ${line}, true, ${at})
    on conflict (peer) do update set size = excluded.size, root = excluded.root, note = excluded.note, line = excluded.line, fresh = true, at = excluded.at, unproved = 0`.execute(
    tx,
  )
  return 'grown'
}

async function countUnproved(tx: Tx, peer: string): Promise<number> {
  const { rows } = await sql<{
    unproved: number
  }>`update audit.witnessed set unproved = unproved + 1 where peer = ${peer} returning unproved`.execute(tx)
  return rows[0]?.unproved ?? 0
}

async function keepCosignature(
  tx: Tx,
  kept: { readonly peer: string; readonly cosigned: { readonly size: number; readonly line: string }; readonly peerKey: LogPublicKey },
): Promise<void> {
  const { peer, cosigned, peerKey } = kept
  const { rows } = await sql<{ note: string }>`select note from audit.checkpoints where size = ${cosigned.size}`.execute(tx)
  const note = rows[0]?.note
  if (note === undefined) return
  try {
    if (cosignedAt(readNote(note + cosigned.line, base64), peerKey) === undefined) return
  } catch (error) {
    if (error instanceof NoteRefused) return
    throw error
  }
  await sql`insert into audit.cosignatures (size, peer, line) values (${cosigned.size}, ${peer}, ${cosigned.line}) on conflict do nothing`.execute(
    tx,
  )
}
