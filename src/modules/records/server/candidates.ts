/**
 * Which records may be meant: those that share keys with what is asked, rare ones first. Narrow and quick; who is meant is for the comparison to say.
 * Invariant: only fragments of views that the session may read are looked at, and their keys are counted among these alone; a key that too many have is no
 * way to anything, is told, and is looked at after all when nothing else leads anywhere.
 */
import { sql } from 'kysely'
import { KEY_FACTORS } from '#kernel/match/keys.ts'
import type { Tx } from '#platform/store/database.ts'
import type { SearchedKey } from './search-doc.ts'
import { filterArguments, type SearchFilters } from './search-filters.ts'
import { keyHash, visibleViews } from './views.ts'
import { arrayOf } from './write-fragments-arrays.ts'

/** Policy, as in the index of the matching engine: what shares least is not compared. */
const MOST_CANDIDATES = 75
/** Fragments with one key. */
const LARGEST_BLOCK = 500
/** Of a key of two pieces of words: one that more share says less than the keys of the whole name, and is most of what there is to read. */
const LARGEST_OF_PAIRS = 150
const PAIRS: ReadonlySet<SearchedKey['kind']> = new Set(['start-pair', 'end-pair'])
/** The same where nothing else leads to a record, for keys that speak of the whole name. */
const LARGEST_ALONE = 5000
const FEW = 10
/** Keys of one question, counted once for each view: a record of fifty names is asked for by what says most. */
const MOST_LOOKED_UP = 4096
const WHOLE: ReadonlySet<SearchedKey['kind']> = new Set(['number', 'letters', 'sound-name', 'sound-pair'])

const FACTORS: Readonly<Record<SearchedKey['kind'], number>> = { ...KEY_FACTORS, number: KEY_FACTORS.identifier }

export interface Candidates {
  /** Heaviest first. */
  readonly found: readonly CandidateFragment[]
  /** Keys that more fragments have than are looked at, or that are more than are looked up. */
  readonly dropped: readonly SearchedKey[]
}

export interface CandidateFragment {
  readonly fragment: string
  readonly entity: string
  readonly weight: number
}

export interface CandidatesAsked {
  readonly keys: readonly SearchedKey[]
  readonly filters?: SearchFilters
  /** Those that the session may read, where they are known already. */
  readonly views?: readonly string[]
}

export async function candidatesOf(tx: Tx, org: string, { keys, filters = {}, views: known }: CandidatesAsked): Promise<Candidates> {
  const views = known ?? (await visibleViews(tx, org))
  const ranked = [...keys].sort((a, b) => FACTORS[b.kind] - FACTORS[a.kind])
  const most = Math.max(1, Math.floor(MOST_LOOKED_UP / Math.max(1, views.length)))
  const first = await lookUp(tx, {
    org,
    views,
    keys: ranked.slice(0, most),
    filters,
    largestOf: ({ kind }) => (PAIRS.has(kind) ? LARGEST_OF_PAIRS : LARGEST_BLOCK),
  })
  const dropped = [...first.dropped, ...ranked.slice(most)]
  const whole = first.dropped.filter(({ kind }) => WHOLE.has(kind))
  if (first.found.length >= FEW || whole.length === 0) return { found: first.found, dropped }
  const second = await lookUp(tx, { org, views, keys: whole, filters, largestOf: () => LARGEST_ALONE })
  const found = new Set(first.found.map(({ fragment }) => fragment))
  return {
    found: [...first.found, ...second.found.filter(({ fragment }) => !found.has(fragment))],
    dropped: [...dropped.filter((each) => !whole.includes(each)), ...second.dropped],
  }
}

interface LookUp {
  readonly org: string
  readonly views: readonly string[]
  readonly keys: readonly SearchedKey[]
  readonly filters: SearchFilters
  readonly largestOf: (key: SearchedKey) => number
}

interface Row extends Omit<CandidateFragment, 'fragment'> {
  readonly fragment: string | null
}

async function lookUp(tx: Tx, { org, views, keys, filters, largestOf }: LookUp): Promise<Candidates> {
  if (views.length === 0 || keys.length === 0) return { found: [], dropped: [] }
  const [hashes, numbers, factors, largest]: [number[], number[], number[], number[]] = [[], [], [], []]
  for (const view of views)
    for (const [number, key] of keys.entries()) {
      hashes.push(keyHash(view, key.kind, key.key))
      numbers.push(number)
      factors.push(FACTORS[key.kind])
      largest.push(largestOf(key))
    }
  // A row without a fragment names a dropped key.
  const { rows } = await sql<Row>`select f.fragment, f.entity, f.weight
    from records.fragments_by_keys(${org}, ${arrayOf(views)}::text[], ${arrayOf(hashes)}::int[], ${arrayOf(numbers)}::int[], ${arrayOf(factors)}::float8[], ${arrayOf(largest)}::int[], ${filterArguments(filters)}, ${MOST_CANDIDATES}) f
    order by f.weight desc, f.fragment`.execute(tx)
  return {
    found: rows.flatMap(({ fragment, ...row }) => (fragment === null ? [] : [{ fragment, ...row }])),
    dropped: rows.flatMap(({ fragment, weight }) => (fragment === null ? (keys[weight] ?? []) : [])),
  }
}
