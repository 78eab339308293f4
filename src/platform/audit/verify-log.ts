/** Recomputes the whole log, a batch at a time: every entry from its event, every root that was ever signed. Names the first place where it breaks. */
import { sql } from 'kysely'
import { areEqual } from '#kernel/merkle/hashing.ts'
import { NoteRefused, readCheckpoint } from '#kernel/merkle/note.ts'
import { grow, rootOfEdge, type TreeNode } from '#kernel/merkle/tree.ts'
import type { Database } from '#platform/store/database.ts'
import type { AuditRow } from './audit-log.ts'
import { base64, type LogPublicKey, openNote, sha256 } from './log-key.ts'
import { entryOf } from './sealer.ts'

const BATCH = 2000

export interface LogReport {
  readonly intact: boolean
  readonly checked: number
  /** Entries whose content was erased; their digests still stand in the tree. */
  readonly erased: number
  /** Events not sealed yet. */
  readonly unsealed: number
  /** Signed checkpoints that agree. */
  readonly checkpoints: number
  /** Root over everything checked, hex. */
  readonly head: string
  /** Number of the first bad entry, from 1. */
  readonly firstBad?: number
  readonly because?: string
}

type Row = AuditRow & { readonly idx: string; readonly entry: Buffer; readonly salt: Buffer | null; readonly found: string | null }

export async function verifyLog(database: Database, key: LogPublicKey): Promise<LogReport> {
  return await database.asWorker('audit.verify', async (tx) => {
    const { rows: signed } = await sql<{ size: string; note: string }>`select size, note from audit.checkpoints order by size`.execute(tx)
    let state: { size: number; edge: readonly TreeNode[] } = { size: 0, edge: [] }
    let erased = 0
    let checkpoints = 0
    const report = (part: Partial<LogReport>): LogReport => ({
      intact: false,
      checked: state.size,
      erased,
      unsealed: 0,
      checkpoints,
      head: Buffer.from(rootOfEdge(state.edge, sha256)).toString('hex'),
      ...part,
    })
    for (;;) {
      const { rows } = await sql<Row>`
        select l.idx, l.entry, s.salt, e.id as found, e.* from audit.leaves l left join audit.events e on e.id = l.event_id left join audit.salts s on s.event_id = l.event_id
        where l.idx >= ${state.size} order by l.idx limit ${BATCH}`.execute(tx)
      for (const row of rows) {
        const bad = (because: string): LogReport => report({ firstBad: state.size + 1, because })
        if (Number(row.idx) !== state.size) return bad('An entry is missing.')
        if (row.found === null) return bad('The sealed event is gone.')
        if (row.salt === null) erased += 1
        else if (!areEqual(entryOf(row.salt, row), row.entry)) return bad('The event is not the one that was sealed.')
        state = grow(state, [row.entry], sha256)
        const next = signed[checkpoints]
        if (next === undefined || Number(next.size) !== state.size) continue
        if (!isSignedHead(next.note, key, { size: state.size, root: rootOfEdge(state.edge, sha256) }))
          return report({ firstBad: state.size, because: 'The log is not the one whose checkpoint was signed.' })
        checkpoints += 1
      }
      if (rows.length < BATCH) break
    }
    // A checkpoint over more than there is: the newest entries were cut off.
    if (checkpoints < signed.length) return report({ firstBad: state.size + 1, because: 'Entries that were signed are gone from the end.' })
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from audit.events e where not exists (select from audit.leaves l where l.event_id = e.id)`.execute(tx)
    return report({ intact: true, unsealed: rows[0]?.n ?? 0 })
  })
}

function isSignedHead(note: string, key: LogPublicKey, head: { readonly size: number; readonly root: Uint8Array }): boolean {
  try {
    const checkpoint = readCheckpoint(openNote(note, key).text, base64)
    return checkpoint.origin === key.name && checkpoint.size === head.size && areEqual(checkpoint.root, head.root)
  } catch (error) {
    if (error instanceof NoteRefused) return false
    throw error
  }
}
