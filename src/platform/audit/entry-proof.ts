/**
 * Proof of one entry for somebody who trusts nobody's database: the entry with its salt, its path, and the signed and witnessed checkpoint, as one
 * file that is checked offline. Format: C2SP tlog-proof; `extra` holds salt and canonical entry.
 */
import { sql } from 'kysely'
import { areEqual, leafHash } from '#kernel/merkle/hashing.ts'
import { NoteRefused, printProof, readCheckpoint, readProof } from '#kernel/merkle/note.ts'
import { rootFrom } from '#kernel/merkle/proof.ts'
import { canonicalJson } from '#kernel/seal/canonical-json.ts'
import type { Tx } from '#platform/store/database.ts'
import { type AuditRow, sealedForm } from './audit-log.ts'
import { base64, cosignedAt, type LogPublicKey, openNote, sha256 } from './log-key.ts'
import { inclusionPath } from './log-tree.ts'

/** The proof file of an entry by its event id; undefined while it is not under a checkpoint, or when it was erased. */
export async function proveEntry(tx: Tx, event: string): Promise<string | undefined> {
  const { rows } = await sql<AuditRow & { idx: string; salt: Buffer | null; note: string | null; size: string | null }>`
    select e.*, l.idx, s.salt, c.note, c.size from audit.events e join audit.leaves l on l.event_id = e.id left join audit.salts s on s.event_id = e.id
      left join lateral (select size, note from audit.checkpoints where size > l.idx order by (select count(*) from audit.cosignatures w where w.size = checkpoints.size) > 0 desc, size desc limit 1) c on true
    where e.id = ${event}`.execute(tx)
  const row = rows[0]
  if (row === undefined || row.salt === null || row.note === null) return undefined
  const { rows: witnesses } = await sql<{
    line: string
  }>`select line from audit.cosignatures where size = ${row.size} order by peer`.execute(tx)
  const extra = Buffer.concat([row.salt, Buffer.from(canonicalJson(sealedForm(row)))])
  return printProof(
    {
      index: Number(row.idx),
      path: await inclusionPath(tx, Number(row.idx), Number(row.size)),
      extra,
      note: row.note + witnesses.map((witness) => witness.line).join(''),
    },
    base64,
  )
}

export interface CheckedProof {
  readonly origin: string
  readonly index: number
  readonly size: number
  readonly entry: Readonly<Record<string, unknown>>
  /** Witnesses among the known ones that saw this head, with their instants. */
  readonly witnesses: readonly { readonly name: string; readonly at: string }[]
}

/** Checks a proof file without any database. Throws `NoteRefused` with a code of its own for each defect. */
export function checkProof(text: string, log: LogPublicKey, witnesses: readonly LogPublicKey[]): CheckedProof {
  const { index, path, extra, note: noteText } = readProof(text, base64)
  const note = openNote(noteText, log)
  const { origin, size, root } = readCheckpoint(note.text, base64)
  if (origin !== log.name) throw new NoteRefused('checkpoint.origin')
  if (extra === undefined || extra.length < 34) throw new NoteRefused('proof.entry')
  const found = rootFrom({ leafHash: leafHash(sha256(extra), sha256), index, size, path }, sha256)
  if (found === undefined) throw new NoteRefused('proof.length')
  if (!areEqual(found, root)) throw new NoteRefused('proof.root')
  let entry: unknown
  try {
    entry = JSON.parse(Buffer.from(extra.subarray(32)).toString('utf8'))
  } catch {
    throw new NoteRefused('proof.entry')
  }
  return {
    origin,
    index,
    size,
    entry: entry as Readonly<Record<string, unknown>>,
    witnesses: witnesses.flatMap((witness) => {
      const at = cosignedAt(note, witness)
      return at === undefined ? [] : [{ name: witness.name, at: at.toISOString() }]
    }),
  }
}
