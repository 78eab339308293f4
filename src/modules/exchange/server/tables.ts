/** The rows of the slice as Kysely sees them. Meaning: `migrations.ts`. */
import type { ColumnType, JSONColumnType } from 'kysely'
import type { Statement } from '#platform/link/statement.ts'
import type { ItemDraft } from '../contract.ts'

type Instant = ColumnType<Date, Date | string, Date | string>

interface Held {
  org: string
  desk: string
  item: string
  audience: string[]
}

export type ItemState = 'awaiting-release' | 'sent-back' | 'released' | 'held' | 'review' | 'recalled' | 'expired'

export interface ItemTable extends Held {
  side: 'own' | 'received'
  kind: string
  state: ItemState
  origin_org: string
  origin_desk: string
  /** Purpose it was exchanged for: the only one it is read for. */
  purpose: string
  case_ref: string | null
  answers: string | null
  urgency: string
  tlp: string
  /** Ciphertext of `ItemContent`; null once erased. */
  content: string | null
  /** Only while a second person has to decide: whom it is for, and why. */
  draft: ColumnType<Pick<ItemDraft, 'recipients' | 'groups' | 'transfer'> | null, string | null, string | null>
  derived_from: string[]
  recipients: string[]
  /** The message it came with. */
  message: string | null
  /** Proceedings in which it was used. */
  used_ref: string | null
  written_by: string | null
  key: string | null
  at: Instant
  erase_at: Instant
}

export type HolderState = 'holds' | 'recall-sent' | 'recalled' | 'partly-used' | 'refused' | 'not-held'

export interface HolderTable extends Held {
  holder_desk: string
  holder_org: string
  via: string | null
  fields: string[]
  released_at: Instant
  state: HolderState
  reference: string | null
  answered_at: ColumnType<Date | null, Date | string | null, Date | string | null>
}

export interface StatementTable extends Held {
  digest: string
  origin_org: string
  says: Statement['says']
  body: JSONColumnType<Statement, string, string>
  token: string
  at: Instant
}

export interface PermissionRequestTable extends Held {
  request: string
  direction: 'in' | 'out'
  holder_org: string
  holder_desk: string
  capability: string
  recipient: string | null
  reason: string
  state: 'open' | 'granted' | 'denied'
  at: Instant
  until: Instant
  key: string | null
}

/** A type, not an interface: Kysely wants an index of tables. */
export type ExchangeTables = {
  'exchange.items': ItemTable
  'exchange.content_keys': Held & { key: string }
  'exchange.holders': HolderTable
  'exchange.statements': StatementTable
  'exchange.permission_requests': PermissionRequestTable
  'exchange.feedback': Held & { feedback: string; by_desk: string; kind: string; note: string; at: Instant }
  'exchange.subscriptions': Omit<Held, 'item'> & {
    subscription: string
    direction: 'in' | 'out'
    peer_desk: string
    case_ref: string
    ended: boolean
    at: Instant
  }
  'exchange.attachments': Held & {
    sha256: string
    size: ColumnType<string, number, number>
    received: ColumnType<string, number, number>
    stored: boolean
  }
  'exchange.uploads': Omit<Held, 'item'> & {
    sha256: string
    size: ColumnType<string, number, number>
    /** Where they lie and by which key; null for those of an earlier version, which lie under their digest. */
    file: string | null
    key: string | null
    at: Instant
    /** Kept until then also where no piece of information has them. */
    until: Instant
  }
  'exchange.transfers': Held & {
    recipient: string
    country: string
    ground: string
    justification: string
    fields: string[]
    officer: string
    at: Instant
  }
}
