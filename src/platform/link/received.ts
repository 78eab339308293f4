/** An envelope that passed every check of form, signature and address. */
import { type Envelope, type Inner, type OpenWorld, type Outer, openInner, openOuter } from './envelope.ts'
import { TokenRefused } from './jose.ts'
import type { Address, IncomingMessage } from './message.ts'
import type { NodeKeys } from './node-keys.ts'

export interface Received {
  readonly outer: Outer
  readonly digest: string
  readonly inner: Inner
  readonly envelope: Envelope
}

export interface Refusal {
  readonly code: string
  readonly outer?: Outer
}

export async function openWhole(envelope: Envelope, world: OpenWorld): Promise<Received | Refusal> {
  let outer: Outer | undefined
  try {
    const opened = await openOuter(envelope, world)
    outer = opened.outer
    return { ...opened, inner: await openInner(envelope, outer, world), envelope }
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error
    return outer === undefined ? { code: error.code } : { code: error.code, outer }
  }
}

/** Desks of this node among the addressed ones. */
export function ourDesks({ outer }: Received, keys: NodeKeys): readonly Address[] {
  return outer.to.filter((to) => keys.orgs[to.org] !== undefined)
}

export function incoming({ outer, inner }: Received, now: Date): IncomingMessage {
  const { id, recipients: _recipients, author: _author, ...content } = inner
  const { case: caseId, legalBasis, ...rest } = content
  const { ref, ...basis } = legalBasis
  return {
    ...rest,
    id,
    legalBasis: ref === undefined ? basis : { ...basis, ref },
    ...(caseId === undefined ? {} : { case: caseId }),
    body: { type: inner.body.type, data: inner.body.data },
    from: { org: outer.from.org, unit: outer.from.unit },
    to: outer.to,
    kind: outer.kind as IncomingMessage['kind'],
    urgency: outer.urgency,
    context: outer.ctx,
    ...(outer.replyTo === undefined ? {} : { inReplyTo: outer.replyTo }),
    createdAt: outer.created,
    receivedAt: now.toISOString(),
  }
}
