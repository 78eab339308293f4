/**
 * Views: a purpose with the desks that may read, within one organisation. Whatever is searched by content is filed under its view, so that a search reads nothing of a view that is not
 * the reader's, and takes no longer for what lies there.
 * Invariant: a view says nothing but who may read; two fragments of one organisation with the same readers and purpose are of one view, whoever stated them.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { hashOf } from '#kernel/match/index-hash.ts'
import type { KeyKind } from '#kernel/match/keys.ts'
import type { Tx } from '#platform/store/database.ts'

/** Beside the keys by which names are compared: a number of whatever type, and what lists are filtered by. */
export type SearchKeyKind = KeyKind | 'number' | 'country' | 'topic'

const known = new Map<string, string>()
const MOST_KNOWN = 10_000

/** 64 bits of SHA-256, in hexadecimal. */
export function viewOf(org: string, purpose: string, audience: readonly string[]): string {
  const text = `${org}\n${purpose}\n${[...audience].sort().join(',')}`
  const before = known.get(text)
  if (before !== undefined) return before
  if (known.size >= MOST_KNOWN) known.clear()
  const view = createHash('sha256').update(text).digest('hex').slice(0, 16)
  known.set(text, view)
  return view
}

/** Those that the session may read now, in a fixed order. */
export async function visibleViews(tx: Tx, org: string): Promise<readonly string[]> {
  const { rows } = await sql<{ view: string }>`select view from records.view_states where org = ${org} order by view`.execute(tx)
  return rows.map(({ view }) => view)
}

/** A key of one view as a number of 32 bits, signed as the store has it. The same key has another number in each view. */
export function keyHash(view: string, kind: SearchKeyKind, key: string): number {
  return hashInView(viewNumber(view), kind, key)
}

/** A word of one view: seven signs say which, as exactly as in the number of a key. The same word has another beginning in each view. */
export function wordIn(view: string): (word: string) => string {
  const beginning = viewNumber(view).toString(36).padStart(7, '0')
  return (word) => beginning + word
}

/** For many keys of one view. */
export function viewNumber(view: string): number {
  return Number.parseInt(view.slice(0, 8), 16)
}

export function hashInView(view: number, kind: SearchKeyKind, key: string): number {
  let hash = hashOf(kind, key) ^ view
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d)
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b)
  return hash ^ (hash >>> 16)
}
