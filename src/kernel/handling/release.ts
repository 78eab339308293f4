/**
 * The one function that decides whether something leaves, on every channel alike: push, pull, search, feed, export and screen.
 * Invariants: the view is built from the allow-list of fields, never by deleting from the whole; a viewer outside the audience gets
 * nothing, whatever the channel; tightening the handling never widens what a viewer gets.
 */
import { capabilitiesOf, type Handling } from './handling.ts'

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

export type Released<T> =
  | {
      readonly decision: 'release'
      readonly as: AudienceClass
      readonly view: Partial<T>
      readonly obligations: readonly string[]
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
}

export function release<T extends object>(request: ReleaseRequest<T>): Released<T> {
  const { item, content, fields, viewer } = request
  if (viewer.purpose === null) return { decision: 'withhold', because: 'purpose' }
  if (item.recalled && viewer.desk !== item.originatorDesk) return { decision: 'withhold', because: 'recalled' }
  if (!item.audience.includes(viewer.desk)) return { decision: 'withhold', because: 'audience' }
  const as = classOf(item, viewer)
  if (as === undefined) return { decision: 'withhold', because: 'realm' }
  if (as === 'partner' && !capabilitiesOf(item.handling).includes('share-private')) return { decision: 'withhold', because: 'handling' }
  const view: Partial<T> = {}
  for (const field of Object.keys(fields) as (keyof T)[])
    if (fields[field].includes(as) && content[field] !== undefined) view[field] = content[field]
  return {
    decision: 'release',
    as,
    view,
    obligations: obligationsOf(item.handling),
  }
}

function classOf(item: Releasable, viewer: Viewer): AudienceClass | undefined {
  if (viewer.desk === item.originatorDesk) return 'originator'
  if (viewer.realm === 'partner') return 'partner'
  if (viewer.realm === 'oversight') return 'oversight'
  return viewer.realm === 'customs' || viewer.realm === 'law-enforcement' ? 'recipient' : undefined
}

function obligationsOf(handling: Handling): readonly string[] {
  const obligations: string[] = []
  if (handling.H.includes('H1')) obligations.push('Not in judicial proceedings without the permission of the originator (H1).')
  if (handling.H.includes('H2')) obligations.push('Not to be passed on without the permission of the originator (H2).')
  if (handling.H.includes('H3'))
    obligations.push(`Conditions of the originator apply (H3): ${handling.conditions.join('; ') || 'ask the originator'}.`)
  return obligations
}
