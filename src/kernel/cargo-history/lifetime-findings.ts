/**
 * What does not fit in a life: a report that must have been there (gap), and statements that cannot both be true (contradiction). Each names the entries it is
 * about by their place in the life; what to make of it is for a person.
 */
import { millisecondsOf } from './instant.ts'
import { firstImpossible, openTwice, type Pace } from './journey.ts'
import type { LifeEntry, LifeKind } from './lifetime.ts'

export interface LifeGap {
  readonly after: number
  readonly before: number
  /** Any of these would have closed it. */
  readonly expected: readonly LifeKind[]
}

export type ContradictionCode = 'impossible-journey' | 'two-journeys' | 'seals' | 'type' | 'weight' | 'discharge' | 'fullness'

export interface Contradiction {
  readonly code: ContradictionCode
  readonly entries: readonly [number, number]
}

const NEXT: Readonly<Partial<Record<LifeKind, readonly LifeKind[]>>> = {
  'gate-in': ['loaded', 'gate-out'],
  loaded: ['discharged'],
  discharged: ['loaded', 'gate-out'],
  'gate-out': ['gate-in'],
}

/** A happening without the one that must lie between: loaded and then through a gate, with no discharge. */
export function gapsOf(life: readonly LifeEntry[]): readonly LifeGap[] {
  const gaps: LifeGap[] = []
  let last: number | undefined
  for (const [index, { kind, at }] of life.entries()) {
    if (NEXT[kind] === undefined || at === undefined) continue
    const before = last === undefined ? undefined : life[last]
    const expected = before === undefined ? undefined : NEXT[before.kind]
    // The same happening told twice with different details is no gap.
    if (last !== undefined && expected !== undefined && before?.kind !== kind && !expected.includes(kind))
      gaps.push({ after: last, before: index, expected })
    last = index
  }
  return gaps
}

export function contradictionsOf(life: readonly LifeEntry[], pace?: Pace): readonly Contradiction[] {
  return [...travel(life, pace), ...statements(life)].sort(
    (a, b) => a.entries[1] - b.entries[1] || a.entries[0] - b.entries[0] || (a.code < b.code ? -1 : 1),
  )
}

function* travel(life: readonly LifeEntry[], pace?: Pace): Generator<Contradiction> {
  const stops = life.flatMap(({ at, place, voyage, kind }, index) =>
    at === undefined || place?.latitude === undefined || place.longitude === undefined || NEXT[kind] === undefined
      ? []
      : [
          {
            index,
            at: millisecondsOf(at),
            place: { code: place.code, latitude: place.latitude, longitude: place.longitude },
            ...(voyage === undefined ? {} : { voyage }),
          },
        ],
  )
  const impossible = firstImpossible(stops, pace)
  if (impossible !== undefined) yield { code: 'impossible-journey', entries: [impossible.before.index, impossible.after.index] }
  const twice = openTwice(passagesOf(life), stops)
  if (twice !== undefined) yield { code: 'two-journeys', entries: ordered(twice.passage.index, twice.stop.index) }
}

/** Times on board, where both ends were reported for one voyage. */
export function passagesOf(
  life: readonly LifeEntry[],
): readonly { readonly index: number; readonly voyage: string; readonly from: number; readonly until: number }[] {
  return life.flatMap((loaded, index) => {
    if (loaded.kind !== 'loaded' || loaded.at === undefined || loaded.voyage === undefined) return []
    const discharged = life
      .slice(index + 1)
      .find(({ kind, voyage, at }) => kind === 'discharged' && voyage === loaded.voyage && at !== undefined)
    if (discharged?.at === undefined) return []
    return [{ index, voyage: loaded.voyage, from: millisecondsOf(loaded.at), until: millisecondsOf(discharged.at) }]
  })
}

/** Two statements of one journey, each held against the one before it that says something of the same. */
function* statements(life: readonly LifeEntry[]): Generator<Contradiction> {
  const last = new Map<string, number>()
  for (const [index, entry] of life.entries())
    for (const [code, differs] of CHECKS) {
      const key = code === 'type' ? code : `${code} ${entry.journey}`
      const before = last.get(key)
      const verdict = before === undefined ? undefined : differs(life[before] as LifeEntry, entry)
      if (before !== undefined && verdict === true) yield { code, entries: [before, index] }
      if (verdict !== undefined || differs(entry, entry) !== undefined) last.set(key, index)
    }
}

/** Undefined: one of the two says nothing of it. */
type Differs = (before: LifeEntry, after: LifeEntry) => boolean | undefined

const CHECKS: readonly (readonly [ContradictionCode, Differs])[] = [
  ['seals', (a, b) => (a.seals.length === 0 || b.seals.length === 0 ? undefined : !a.seals.some((seal) => b.seals.includes(seal)))],
  ['type', (a, b) => both(a.isoType, b.isoType, (one, other) => one !== other)],
  [
    'weight',
    (a, b) => both(a.verifiedKg, b.verifiedKg, (one, other) => Math.abs(one - other) > Math.max(500, 0.05 * Math.max(one, other))),
  ],
  ['discharge', (a, b) => both(a.discharge, b.discharge, (one, other) => one !== other)],
  ['fullness', (a, b) => both(a.fullness, b.fullness, (one, other) => one !== other)],
]

function both<T>(one: T | undefined, other: T | undefined, differs: (one: T, other: T) => boolean): boolean | undefined {
  return one === undefined || other === undefined ? undefined : differs(one, other)
}

function ordered(a: number, b: number): readonly [number, number] {
  return a < b ? [a, b] : [b, a]
}
