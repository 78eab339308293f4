/**
 * Handles: an entry's id, encrypted for one requesting desk under a key that follows from the epoch's. The owner keeps no table of them, two requesters
 * cannot compare theirs, and a handle that nobody was given opens to nothing.
 */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'

export interface HandleKey {
  readonly secretKey: Uint8Array
  readonly requester: string
}

export function handleFor(key: HandleKey, entry: string): Uint8Array {
  // One block, one key for each epoch and requester: a permutation of ids, no mode is needed.
  const cipher = createCipheriv('aes-256-ecb', blockKey(key), null).setAutoPadding(false)
  return Uint8Array.from(Buffer.concat([cipher.update(Buffer.from(entry.replaceAll('-', ''), 'hex')), cipher.final()]))
}

/** The id that the handle stands for; some other id when it was not made with this key. */
export function entryOf(key: HandleKey, handle: Uint8Array): string {
  const decipher = createDecipheriv('aes-256-ecb', blockKey(key), null).setAutoPadding(false)
  const text = Buffer.concat([decipher.update(handle), decipher.final()]).toString('hex')
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function blockKey({ secretKey, requester }: HandleKey): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, Buffer.alloc(0), `breakwater match handle|${requester}`, 32))
}
