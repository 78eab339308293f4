/**
 * An attachment for another slice of the node: whole, with the terms it came under, by the same release decision as its page. What the handling takes away
 * (storing, deriving, cross-matching) the caller asks here, so that there is one place that knows the grants.
 */
import { type Capability, mayDo } from '#kernel/handling/capability.ts'
import type { Evaluation } from '#kernel/handling/evaluation.ts'
import type { Handling } from '#kernel/handling/handling.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { Address } from '#platform/link/message.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import { visibleAttachment, wholeBytes } from './attachments.ts'
import { grantsFor } from './grants.ts'
import { type ItemKey, openContent } from './item-content.ts'
import { type HeldItem, lockItem, ownDesk, rowOf } from './item-rows.ts'

export interface HeldAttachment {
  readonly bytes: Uint8Array
  readonly handling: Handling
  readonly origin: Address
  readonly side: 'own' | 'received'
  readonly purpose: string
  readonly evaluation: Evaluation
  readonly legalBasis: { readonly act: string; readonly art: string }
  readonly eraseAt: Date
  /** Of those asked for, the capabilities that the handling takes away and no grant gives back. */
  readonly withheld: readonly Capability[]
}

interface Asked {
  readonly sha256: string
  /** Larger ones are not read; in bytes. */
  readonly most: number
  readonly capabilities: readonly Capability[]
}

/**
 * For an officer who takes something out of it. What the originator says of the piece waits until the transaction has ended, and then finds what was taken.
 * Undefined while the bytes are not here or are too many; throws the common 404 when there is no such attachment for this desk.
 */
export async function heldAttachment(context: CaseContext, item: string, asked: Asked): Promise<HeldAttachment | undefined> {
  await lockItem(context, ownDesk(context, item))
  const { row } = await visibleAttachment(context, item, asked.sha256)
  return await held(context, { key: ownDesk(context, item), row, asked, at: context.clock.now() })
}

/** The same for background work that follows a change; undefined also when it is gone. */
export async function attachmentAfterChange(work: WorkContext, key: ItemKey, asked: Asked): Promise<HeldAttachment | undefined> {
  const row = await rowOf(work, key)
  return row === undefined || row.state === 'recalled' ? undefined : await held(work, { key, row, asked, at: work.services.clock.now() })
}

async function held(
  work: WorkContext,
  { key, row, asked, at }: { readonly key: ItemKey; readonly row: HeldItem; readonly asked: Asked; readonly at: Date },
): Promise<HeldAttachment | undefined> {
  const content = await openContent(work, row)
  const attachment = content?.attachments.find(({ sha256 }) => sha256 === asked.sha256)
  if (content === undefined || attachment === undefined || attachment.size > asked.most) return undefined
  const bytes = await wholeBytes(work, key, { row, sha256: asked.sha256, size: attachment.size })
  if (bytes === undefined) return undefined
  const isOwn = row.side === 'own'
  const { grants } = await grantsFor(work, key, row.origin_org)
  const act = (capability: Capability) => ({ capability, holder: key.org, at: at.getTime() })
  return {
    bytes,
    handling: attachment.handling,
    origin: { org: row.origin_org, unit: row.origin_desk },
    side: isOwn ? 'own' : 'received',
    purpose: row.purpose,
    evaluation: content.evaluation,
    legalBasis: content.legalBasis,
    eraseAt: row.erase_at,
    withheld: isOwn ? [] : asked.capabilities.filter((each) => !mayDo(attachment.handling, act(each), grants)),
  }
}
