/**
 * The one function that decides whether something leaves, on every channel alike: push, pull, search, feed, export and screen.
 * Invariants: the view is built from the allow-list of fields, never by deleting from the whole; a viewer outside the audience gets
 * nothing, whatever the channel; tightening the handling, of the item or of one field, never widens what a viewer gets; who is not the
 * originator gives on only what the originator left or granted.
 */
import { type Grant, mayDo } from './capability.ts'
import type { Handling } from './handling.ts'

export type AudienceClass = 'originator' | 'recipient' | 'partner' | 'oversight'
export type Channel = 'push' | 'pull' | 'search' | 'feed' | 'export' | 'screen'

export interface Releasable {
  /** The desk whose information it is. */
  readonly originatorDesk: string
  /** Desks that may see it, by id; the originator's own desk among them. */
  readonly audience: readonly string[]
  readonly handling: Handling
  /** True once the originator took it back: then nothing is released but the fact. */
  readonly recalled: boolean
}

export interface Viewer {
  readonly desk: string
  readonly realm: string
  readonly purpose: string | null
}

export type FieldAudience<T> = {
  readonly [Field in keyof T]-?: readonly AudienceClass[]
}

/** A release by a holder who is not the originator: what it passes on needs leave, field by field. */
export interface Onward {
  readonly holder: string
  readonly recipient: string
  readonly grants: readonly Grant[]
  /** Milliseconds since 1970. */
  readonly at: number
}

export type Released<T> =
  | {
      readonly decision: 'release'
      readonly as: AudienceClass
      readonly view: Partial<T>
      readonly obligations: readonly string[]
      /** Fields the viewer's class may see and the handling keeps back; for the releasing desk's own eyes. */
      readonly withheld: readonly (keyof T)[]
    }
  | {
      readonly decision: 'withhold'
      readonly because: 'audience' | 'purpose' | 'recalled' | 'realm' | 'handling'
    }

export interface ReleaseRequest<T> {
  readonly item: Releasable
  readonly content: T
  readonly fields: FieldAudience<T>
  readonly viewer: Viewer
  readonly channel: Channel
  /** Handling of single fields; a field without its own has the item's. */
  readonly fieldHandling?: ReadonlyMap<keyof T, Handling>
  readonly onward?: Onward
}

export function release<T extends object>(request: ReleaseRequest<T>): Released<T> {
  const { item, content, fields, viewer } = request
  if (viewer.purpose === null) return { decision: 'withhold', because: 'purpose' }
  if (item.recalled && viewer.desk !== item.originatorDesk) return { decision: 'withhold', because: 'recalled' }
  if (!item.audience.includes(viewer.desk)) return { decision: 'withhold', because: 'audience' }
  const as = classOf(item, viewer)
  if (as === undefined) return { decision: 'withhold', because: 'realm' }
  const view: Partial<T> = {}
  const withheld: (keyof T)[] = []
  const shown: Handling[] = []
  for (const field of Object.keys(fields) as (keyof T)[]) {
    if (!fields[field].includes(as) || content[field] === undefined) continue
    const handling: Handling = request.fieldHandling?.get(field) ?? item.handling
    if (isLeft(handling, as, request.onward)) {
      view[field] = content[field]
      shown.push(handling)
    } else withheld.push(field)
  }
  if (shown.length === 0 && (withheld.length > 0 || !isLeft(item.handling, as, request.onward)))
    return { decision: 'withhold', because: 'handling' }
  return { decision: 'release', as, view, obligations: obligationsOf([item.handling, ...shown]), withheld }
}

function isLeft(handling: Handling, as: AudienceClass, onward: Onward | undefined): boolean {
  if (as === 'originator') return true
  if (as === 'partner' && !mayDo(handling, { capability: 'share-private', holder: '', at: 0 }, [])) return false
  if (onward === undefined) return true
  const { holder, recipient, grants, at } = onward
  return mayDo(handling, { capability: 'disseminate', holder, recipient, at }, grants)
}

function classOf(item: Releasable, viewer: Viewer): AudienceClass | undefined {
  if (viewer.desk === item.originatorDesk) return 'originator'
  if (viewer.realm === 'partner') return 'partner'
  if (viewer.realm === 'oversight') return 'oversight'
  return viewer.realm === 'customs' || viewer.realm === 'law-enforcement' ? 'recipient' : undefined
}

function obligationsOf(handlings: readonly Handling[]): readonly string[] {
  const has = (code: Handling['H'][number]) => handlings.some((handling) => handling.H.includes(code))
  const conditions = [...new Set(handlings.flatMap((handling) => handling.conditions))]
  const obligations: string[] = []
  if (has('H1')) obligations.push('Not in judicial proceedings without the permission of the originator (H1).')
  if (has('H2')) obligations.push('Not to be passed on without the permission of the originator (H2).')
  if (has('H3') || conditions.length > 0)
    obligations.push(`Conditions of the originator apply (H3): ${conditions.join('; ') || 'ask the originator'}.`)
  return obligations
}
