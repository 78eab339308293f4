/**
 * What a running node offers its slices beyond the store: settings of this node, the directory, the outbox, the log, jobs, content.
 * Slices get it in handlers, jobs and message handlers; they never construct any of it.
 */
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { AuditEntry } from '#platform/audit/audit-event.ts'
import type { LogPublicKey } from '#platform/audit/log-key.ts'
import type { Clock } from '#platform/clock/clock.ts'
import type { Calendars } from '#platform/clock/holiday-calendar.ts'
import type { ColumnStore } from '#platform/columns/column-store.ts'
import type { ContentStore } from '#platform/content/content-store.ts'
import type { MessageBox } from '#platform/content/message-box.ts'
import type { Directory } from '#platform/link/directory.ts'
import type { MessageId, OutgoingMessage } from '#platform/link/message.ts'
import type { Saying, Statement } from '#platform/link/statement.ts'
import type { Logger } from '#platform/log/logger.ts'
import type { Mailer } from '#platform/mail/mailer.ts'
import type { Database, Tx } from '#platform/store/database.ts'
import type { CrossCheck, ItemFollower } from './define-module.ts'
import type { ProcedureRegistry } from './procedure-registry.ts'

export interface NodeServices {
  readonly nodeId: string
  /** True for the demonstration coalition: screens say so. */
  readonly demonstration: boolean
  /** Meaning of every audit event the slices declare. */
  readonly auditEvents: Readonly<Record<string, string>>
  /** Desks on this node that supervise processing: they see every entry of the log. */
  readonly oversightDesks: readonly string[]
  /** Authorities whose data this node holds. */
  readonly authorities: readonly string[]
  /** Permissions these facts hold now, for drawing navigation; every request is decided again. */
  permissionsOf(facts: SessionFacts): readonly string[]
  readonly clock: Clock
  /** Working days, with the corrections in the home of this node. */
  readonly calendars: Calendars
  readonly log: Logger
  /** Mail to the boxes of desks, from jobs only; off unless the node's owner set it up. */
  readonly mail: Mailer
  /** Public origin of the web application, for addresses that leave it; empty when none is set. */
  readonly webOrigin: string
  readonly database: Database
  readonly procedures: ProcedureRegistry
  /** What other slices hold under the keys of a case. */
  readonly crossChecks: readonly CrossCheck[]
  /** Slices that hold what they took out of information between authorities. */
  readonly itemFollowers: readonly ItemFollower[]
  /** The current verified directory; throws `AppError` 503 `directory.expired` when it has expired (fail closed). */
  directory(): Directory
  /** Writes to the transactional outbox inside the caller's transaction; the message leaves after commit or never. */
  submit(tx: Tx, message: OutgoingMessage): Promise<MessageId>
  /** What only the originator may say of its information: signed by an organisation of this node, read from whoever brings it. */
  readonly statements: {
    make(saying: Saying): Promise<string>
    /** Throws `TokenRefused` when the originator did not say it. */
    read(token: string): Promise<Statement>
  }
  /** Public key and name of the node's log. */
  readonly logKey: LogPublicKey
  /** Content of messages at rest, each under a key of its own: destroying the key erases it. */
  readonly box: MessageBox
  /** States what a desk did with a received message; its sender gets the evidence. Background work only (worker role). */
  attest(
    tx: Tx,
    attested: {
      readonly messageId: string
      readonly org: string
      readonly unit: string
      readonly kind: 'retrieval' | 'actioned' | 'recalled'
    },
  ): Promise<void>
  /** Appends to the audit log inside the caller's transaction. */
  record(tx: Tx, entry: AuditEntry): Promise<void>
  /** Runs a declared job after the commit of the caller's transaction. `key` makes it happen once. */
  enqueue(
    tx: Tx,
    job: {
      readonly name: string
      readonly data: Readonly<Record<string, unknown>>
      readonly key?: string
      readonly startAfter?: Date
    },
  ): Promise<void>
  /** Folder with the schemas of ICS2, which may not be shipped; empty when there is none. */
  readonly ics2Schemas: string
  /** Folder with one folder for each desk into which documents are dropped; empty when none is watched. */
  readonly dropFolder: string
  readonly content: ContentStore
  /** Hot columns of what each desk holds, derived from the database, for rules over the past. */
  readonly columns: ColumnStore
  /** Wakes screens of the given desks (server-sent events); carries a topic, never content. */
  announce(tx: Tx, topic: string, audience: readonly string[]): Promise<void>
}
