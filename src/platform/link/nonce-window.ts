/**
 * Nonces seen in signatures, each kept until its signature has expired (RFC 9421 section 7.2.2). Bounded for each key, so that no peer can spend
 * the room of another; a full window refuses instead of forgetting. It lies in memory: after a restart a repeated batch gets the answers
 * it got before, because the inbox knows every envelope.
 */
export interface NonceWindow {
  /** `new` exactly once for each key and nonce. */
  note(nonce: { readonly keyid: string; readonly nonce: string; readonly until: Date }, now: Date): 'new' | 'seen' | 'full'
}

export function nonceWindow(mostPerKey = 100_000): NonceWindow {
  const keys = new Map<string, Map<string, number>>()
  return {
    note({ keyid, nonce, until }, now) {
      const seen = keys.get(keyid) ?? new Map<string, number>()
      keys.set(keyid, seen)
      // Times of one key rise nearly always, so the oldest stand first; one that lasts longer only delays the clearing behind it.
      for (const [old, end] of seen) {
        if (end > now.getTime()) break
        seen.delete(old)
      }
      if (seen.has(nonce)) return 'seen'
      if (seen.size >= mostPerKey) return 'full'
      seen.set(nonce, until.getTime())
      return 'new'
    },
  }
}
