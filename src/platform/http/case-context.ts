/** What a handler gets beside its input. The transaction is already bound to the session facts; there is no other door to the store. */
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { AuditSubject } from '#platform/audit/audit-event.ts'
import type { Clock } from '#platform/clock/clock.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'

export interface CaseContext {
  readonly facts: SessionFacts
  /** Rolls back when the handler throws; the audit entry of the refusal is written in a transaction of its own. */
  readonly tx: Tx
  readonly clock: Clock
  readonly services: NodeServices
  /** Names what was read or changed, for the audit entry of this request. Ids only, never content. */
  about(subject: AuditSubject): void
  /** Present on upload routes only. */
  readonly upload?: AsyncIterable<Uint8Array>
  /** The session's own token, for the one route that changes the session. */
  readonly sessionToken?: string
  /** Cedar decision on a loaded object; throws the common 404 when denied. */
  demand(
    action: string,
    resource: {
      readonly kind: string
      readonly id: string
      readonly attributes?: Readonly<Record<string, unknown>>
    },
  ): void
}

export interface OpenContext {
  readonly clock: Clock
  readonly services: NodeServices
  readonly remoteAddress: string
  /** What a machine shows in the place of a session. */
  readonly authorization?: string | undefined
  /** Present on upload routes only. */
  readonly upload?: AsyncIterable<Uint8Array> | undefined
  /** Reads a cookie of the request / sets one on the answer (always HttpOnly, SameSite=Strict, Secure under HTTPS). */
  readonly cookies: {
    get(name: string): string | undefined
    set(name: string, value: string, maxAgeSeconds: number): void
  }
}
