/** Messages of originator control: small, about one piece of information, from one desk to another. */
import type { Address, MessageId, OutgoingMessage } from '#platform/link/message.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { ItemKey } from './item-content.ts'

const DAY = 86_400_000

export interface ControlMessage {
  /** The desk that speaks, and the piece it speaks of. */
  readonly key: ItemKey
  readonly to: Address
  readonly kind: OutgoingMessage['kind']
  readonly urgency?: OutgoingMessage['urgency']
  readonly type: string
  readonly data: unknown
}

export async function tell(work: WorkContext, { key, to, kind, urgency, type, data }: ControlMessage): Promise<MessageId> {
  const now = work.services.clock.now().getTime()
  const inAYear = new Date(now + 365 * DAY).toISOString()
  return await work.services.submit(work.tx, {
    from: { org: key.org, unit: key.desk },
    to: [to],
    kind,
    urgency: urgency ?? 'urgent',
    context: key.item,
    // A holder may be away for a month: what binds it must still reach it.
    expiresAt: new Date(now + 90 * DAY).toISOString(),
    purpose: 'originator-control',
    legalBasis: { act: 'Directive (EU) 2016/680', art: '7(3), 9(3), 16(5)–(6)' },
    handling: { H: [], tlp: 'AMBER+STRICT', pap: 'CLEAR', conditions: [] },
    evaluation: { source: 'A', info: 1 },
    personalData: { yes: false, categories: [] },
    retention: { reviewAt: inAYear, deleteBy: inAYear },
    body: { type, data },
  })
}
