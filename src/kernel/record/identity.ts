/**
 * Ids of records. A record is named by the collection it came in and the id its source gave it, so that the same line read again is the same record,
 * two collections never name each other's, and the id means the same on every node it travels to.
 * Invariant: an id says nothing of what it names; which of several merged ids stands for all is decided over those a reader may see.
 */

/** 128 bits of SHA-256, lower-case hexadecimal: `r` and 32 digits. */
export const ENTITY_ID = /^r[0-9a-f]{32}$/

/** What is hashed for an id; the hash itself is the caller's, since the kernel has none. `collection` is a UUID and so holds no line end. */
export function identityText(collection: string, externalId: string): string {
  return `${collection}\n${externalId.normalize('NFC')}`
}

export function entityIdOf(digestHex: string): string {
  return `r${digestHex.slice(0, 32)}`
}

/** The id that stands for a cluster: the least of those that are visible, so that it never tells of another one. */
export function canonicalOf(visible: readonly string[]): string | undefined {
  return visible.reduce<string | undefined>((least, each) => (least === undefined || each < least ? each : least), undefined)
}
