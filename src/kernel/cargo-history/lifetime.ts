/**
 * The life of one container as the documents tell it: each happening once, whoever reported it and however often, in order of time; which happenings belong to
 * one journey; where a report is missing; and what contradicts what.
 * Invariant: any order and any repetition of the same sightings give the same life, byte for byte. Nothing is corrected: both sides of a contradiction stay.
 */
import { journeysOf } from './lifetime-journeys.ts'

export type LifeKind =
  | 'ordered'
  | 'released'
  | 'weighed'
  | 'declared'
  | 'planned'
  | 'gate-in'
  | 'loaded'
  | 'discharged'
  | 'gate-out'
  | 'reported'

/** One container as one document states it. */
export interface LifeSighting {
  /** Which document says so, and where: known to the caller, unique for each statement. */
  readonly source: string
  readonly kind: LifeKind
  readonly message: string
  /** ISO 8601 as stated; undefined when the document gives no time of the happening. */
  readonly at?: string
  /** ISO 8601 of receipt: orders what has no time of its own. */
  readonly receivedAt: string
  readonly place?: { readonly code: string; readonly latitude?: number; readonly longitude?: number }
  readonly loading?: string
  readonly discharge?: string
  readonly voyage?: string
  readonly booking?: string
  readonly bill?: string
  readonly fullness?: 'full' | 'empty'
  readonly isoType?: string
  readonly seals: readonly string[]
  readonly verifiedKg?: number
  readonly declaredKg?: number
}

export interface LifeEntry extends Omit<LifeSighting, 'source' | 'receivedAt'> {
  readonly receivedAt: string
  /** Every statement of this happening, sorted. */
  readonly sources: readonly string[]
  /** Number of the journey it belongs to, from 0 in order of time. */
  readonly journey: number
}

const RANK: readonly LifeKind[] = [
  'ordered',
  'weighed',
  'declared',
  'gate-in',
  'planned',
  'loaded',
  'reported',
  'discharged',
  'released',
  'gate-out',
]

export function lifeOf(sightings: Iterable<LifeSighting>): readonly LifeEntry[] {
  const byContent = new Map<string, { first: LifeSighting; receivedAt: string; sources: Set<string> }>()
  for (const sighting of sightings) {
    const content = contentOf(sighting)
    const held = byContent.get(content)
    if (held === undefined) {
      byContent.set(content, { first: sighting, receivedAt: sighting.receivedAt, sources: new Set([sighting.source]) })
      continue
    }
    held.sources.add(sighting.source)
    if (sighting.receivedAt < held.receivedAt) held.receivedAt = sighting.receivedAt
  }
  const merged = [...byContent].map(([content, { first, receivedAt, sources }]) => {
    const { source: _source, ...rest } = first
    return { content, entry: { ...rest, seals: [...rest.seals].sort(), receivedAt, sources: [...sources].sort() } }
  })
  merged.sort(
    (a, b) =>
      compare(a.entry.at ?? a.entry.receivedAt, b.entry.at ?? b.entry.receivedAt) ||
      RANK.indexOf(a.entry.kind) - RANK.indexOf(b.entry.kind) ||
      compare(a.content, b.content),
  )
  const entries = merged.map(({ entry }) => entry)
  const journeys = journeysOf(entries)
  return entries.map((entry, index) => ({ ...entry, journey: journeys[index] ?? 0 }))
}

/** What makes two statements the same happening: everything they say, but not who says it and when it was received. Without a time of its own, a document is its own happening. */
function contentOf(sighting: LifeSighting): string {
  const { source: _source, receivedAt: _receivedAt, seals, place, ...rest } = sighting
  const parts = Object.entries({ ...rest, place: place?.code, seals: [...seals].sort().join(' ') })
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => compare(a, b))
  return JSON.stringify(parts)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
