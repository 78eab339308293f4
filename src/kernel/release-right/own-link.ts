/**
 * What one partner may know of a release right: its own link. Derived from the events that name the partner and nothing else, so that two chains which
 * differ elsewhere look the same to it. Who has no link gets none, whether the container exists or not.
 * Told beside the link: that a right which the partner holds or was ordered to carry out was revoked, and that the box it has a hand on can be collected.
 */
import type { Act, LedgerEvent, PartnerRole, Refusal } from './event.ts'
import { isReady, type RightState } from './fold.ts'

export type LinkState = 'held' | 'passed' | 'ordered' | 'pre-notified' | 'gate-matched' | 'collected' | 'revoked'
export type LinkStep = 'transfer' | 'order' | 'pre-notify' | 'release' | 'revoke' | 'match-gate' | 'gate-out'

export interface OwnLink {
  readonly as: PartnerRole
  readonly state: LinkState
  readonly from?: string
  readonly givenAt?: string
  readonly to?: string
  readonly passedAt?: string
  readonly plannedAt?: string
  readonly open: readonly LinkStep[]
}

type Draft = Omit<OwnLink, 'open'>

export function ownLink(events: Iterable<LedgerEvent>, desk: string): OwnLink | undefined {
  let link: Draft | undefined
  for (const event of events) link = step(link, event, desk)
  return link === undefined ? undefined : { ...link, open: openSteps(link) }
}

function step(link: Draft | undefined, event: LedgerEvent, desk: string): Draft | undefined {
  const { body, by, at } = event
  const isOwn = by.desk === desk
  switch (body.kind) {
    case 'discharged':
      if (body.line === desk && link === undefined) return { as: 'line', state: 'held' }
      return isOwn && link === undefined ? { as: 'terminal', state: 'held', givenAt: body.occurredAt } : link
    case 'released':
      if (isOwn) return { as: 'line', state: 'passed', to: body.to, passedAt: at }
      return body.to === desk ? { as: 'forwarder', state: 'held', from: by.desk, givenAt: at } : link
    case 'transferred':
      if (isOwn && link !== undefined) return { ...link, state: 'passed', to: body.to, passedAt: at }
      return body.to === desk ? { as: 'forwarder', state: 'held', from: by.desk, givenAt: at } : link
    case 'transport-ordered':
      return ordered(link, event, desk)
    case 'pre-notified':
      return isOwn && link !== undefined ? { ...link, state: 'pre-notified', plannedAt: body.plannedAt } : link
    case 'gate-matched':
      if (isOwn && link !== undefined) return { ...link, state: 'gate-matched' }
      return link?.as === 'haulier' && link.state === 'pre-notified' ? { ...link, state: 'gate-matched' } : link
    case 'gated-out':
      return link !== undefined && endsWithCollection(link, isOwn) ? { ...link, state: 'collected' } : link
    case 'revoked':
      return link !== undefined && endsWithRevocation(link, isOwn) ? { ...link, state: 'revoked' } : link
    case 'customs':
    case 'moved':
    case 'read':
    case 'foreign-code':
    case 'refused':
      return link
  }
}

/** An order to a haulier; a haulier that was replaced has no link any more and learns nothing of the other. */
function ordered(link: Draft | undefined, { body, by, at }: LedgerEvent, desk: string): Draft | undefined {
  if (body.kind !== 'transport-ordered') return link
  if (by.desk === desk) {
    const own = link ?? { as: 'forwarder', state: 'ordered' }
    // Somebody who has a truck of its own orders from itself.
    if (body.haulier === desk) return { ...own, as: 'haulier', state: 'ordered', to: desk, passedAt: at }
    return { ...own, as: 'forwarder', state: 'ordered', to: body.haulier, passedAt: at }
  }
  if (body.haulier === desk) return { as: 'haulier', state: 'ordered', from: by.desk, givenAt: at }
  return link?.as === 'haulier' && link.from === by.desk ? undefined : link
}

function endsWithCollection(link: Draft, isOwn: boolean): boolean {
  if (isOwn) return true
  return link.as === 'haulier' || (link.as === 'forwarder' && link.state === 'ordered')
}

/** Whoever passed the right on has no part in it any more, and learns nothing of its end. */
function endsWithRevocation(link: Draft, isOwn: boolean): boolean {
  if (isOwn) return true
  if (link.as === 'haulier') return link.state !== 'collected'
  return link.as === 'forwarder' && (link.state === 'held' || link.state === 'ordered')
}

function openSteps(link: Draft): readonly LinkStep[] {
  switch (link.as) {
    case 'line':
      if (link.state === 'passed') return ['revoke']
      return link.state === 'held' || link.state === 'revoked' ? ['release'] : []
    case 'terminal':
      return link.state === 'collected' ? [] : ['match-gate', 'gate-out']
    case 'forwarder':
      if (link.state === 'held') return ['transfer', 'order']
      return link.state === 'ordered' ? ['order'] : []
    case 'haulier':
      if (link.state === 'ordered' || link.state === 'pre-notified') return link.to === undefined ? ['pre-notify'] : ['pre-notify', 'order']
      return []
  }
}

/** Whether the box can be collected now: for the hands on it alone, and it does not say what is missing. */
export function readyFor(link: OwnLink, state: RightState, now: string): boolean | undefined {
  if (link.as === 'line' || link.state === 'passed' || link.state === 'collected' || link.state === 'revoked') return undefined
  return isReady(state, now)
}

/**
 * The reason a partner is told when the ledger refuses, from its own link: whoever passed the right on hears that, whatever became of it since. Undefined:
 * it has no link, and is answered as if there were no container.
 */
export function refusalTold(link: OwnLink | undefined, act: Act, because: Refusal): Refusal | undefined {
  if (link === undefined) return undefined
  if (because === 'party-not-vetted' || because === 'same-party') return because
  // The terminal has the box and no part in the right: how far that has come is not told by what it may not do.
  if (link.as === 'terminal' && act.kind !== 'gate-matched' && act.kind !== 'gated-out') return 'not-your-role'
  const passes = act.kind === 'transferred' || act.kind === 'transport-ordered'
  if (link.state === 'passed') {
    if (link.as === 'line') return act.kind === 'released' ? 'already-released' : passes ? 'already-passed' : because
    return passes ? 'already-passed' : act.kind === 'pre-notified' ? 'not-ordered' : 'not-your-role'
  }
  if (link.state === 'revoked' && link.as !== 'line') return 'revoked'
  return because
}
