/** A message between authorities as slices see it: before it is sealed (outgoing) and after every check has passed (incoming). */
import type { Evaluation } from '#kernel/handling/evaluation.ts'
import type { Handling } from '#kernel/handling/handling.ts'
import type { AuthorityId, DeskId } from '#platform/access/session-facts.ts'

/** UUIDv7 text. */
export type MessageId = string
export const MESSAGE_KINDS = [
  'push',
  'request',
  'response',
  'subscribe',
  'unsubscribe',
  'feedback',
  'update',
  'recall',
  'permission-request',
  'permission-grant',
  'permission-deny',
  'match',
] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]
export type Urgency = 'immediate' | 'urgent' | 'routine'

export interface Address {
  readonly org: AuthorityId
  readonly unit: DeskId
}

export interface LegalBasis {
  readonly act: string
  readonly art: string
  readonly ref?: string
}

export interface MessageContent {
  readonly purpose: string
  readonly legalBasis: LegalBasis
  readonly case?: string
  readonly handling: Handling
  readonly evaluation: Evaluation
  readonly personalData: {
    readonly yes: boolean
    readonly categories: readonly string[]
  }
  /** ISO 8601 instants. */
  readonly retention: { readonly reviewAt: string; readonly deleteBy: string }
  /** `type` is declared by a slice (`cargo.alert`); `data` is JSON that its schema accepts. */
  readonly body: { readonly type: string; readonly data: unknown }
}

export interface OutgoingMessage extends MessageContent {
  readonly from: Address
  /** Frozen list of named desks; groups were expanded before. All desks of one message see the same content. */
  readonly to: readonly Address[]
  readonly kind: MessageKind
  readonly urgency: Urgency
  /** Thread: the id of the record the messages are about, for example the alert. */
  readonly context: string
  /** The message this one answers. */
  readonly inReplyTo?: MessageId
  readonly expiresAt: string
}

export interface IncomingMessage extends MessageContent {
  readonly id: MessageId
  readonly from: Address
  readonly to: readonly Address[]
  readonly kind: MessageKind
  readonly urgency: Urgency
  readonly context: string
  readonly inReplyTo?: MessageId
  readonly createdAt: string
  /** When this node took it in (relay acceptance): legal clocks that run from receipt start here. */
  readonly receivedAt: string
}
