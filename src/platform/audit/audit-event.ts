/** The vocabulary of the log. An entry names who, for which desk and purpose, did which declared event to which ids, and how it ended. */
import type { SessionFacts } from '#platform/access/session-facts.ts'

export interface AuditSubject {
  /** `alert`, `container`, `document`, `message`, `officer`, … */
  readonly kind: string
  readonly id: string
}

export interface AuditEntry {
  /** A key of some slice's `auditEvents`. */
  readonly event: string
  readonly outcome: 'done' | 'refused' | 'failed'
  /** Null for background work and for a request before sign-in. */
  readonly facts: SessionFacts | null
  /** `route:cargo.issueAlert`, `job:…`, `message:…`. */
  readonly by: string
  readonly subjects: readonly AuditSubject[]
  /** The true reason of a refusal; shown to oversight only. Never content of records. */
  readonly reason?: string
  /** Small facts without personal data: counts, codes. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>
}
