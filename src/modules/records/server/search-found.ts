/**
 * What a search finds, in its order: exact numbers, then names by how well they fit, then words in whatever text, the latest first. A record that is merged with
 * others is found once, under the id that stands for it.
 * Invariant: everything, the order and the counts included, is computed from what the session sees.
 */

import { type NameKind, type PreparedName, prepareName } from '#kernel/match/name.ts'
import { nameScore } from '#kernel/match/name-score.ts'
import { prepareRecord } from '#kernel/match/record.ts'
import { kindOf } from '#kernel/match/record-schema.ts'
import type { Preset } from '#kernel/match/record-score.ts'
import type { Tx } from '#platform/store/database.ts'
import { candidatesOf } from './candidates.ts'
import { canonicals, type DeskFacts } from './clusters.ts'
import { searchedKeys } from './search-doc.ts'
import {
  docsOf,
  type FoundDoc,
  fragmentsWithKeys,
  fragmentsWithWords,
  type IndexAsked,
  identifiersOf,
  listDocs,
  MOST_FOUND,
  type NamedDoc,
  namesOf,
} from './search-docs.ts'
import type { SearchAsked } from './search-filters.ts'
import { mayBeNumber, numberForms } from './search-numbers.ts'
import { latinise, wordsOf } from './search-words.ts'
import { keyHash, visibleViews } from './views.ts'

export type MatchedBy = 'identifier' | 'name' | 'text' | 'filter'

export interface FoundRecord {
  readonly entity: string
  readonly by: MatchedBy
  /** Of the name, 0 to 1. */
  readonly score?: number
  /** The name that fits best, or the number as stated. */
  readonly matched?: string
  /** When the latest of its matching statements was recorded, in milliseconds. */
  readonly at: number
  readonly docs: readonly FoundDoc[]
}

export interface Found {
  /** In order. */
  readonly records: readonly FoundRecord[]
  /** There is more than is found at most. */
  readonly isCut: boolean
}

/** Policy: names that fit less are not shown. The similarity of the preset `ofac` is high for names that have nothing in common. */
const NAME_FLOOR: Readonly<Record<Preset, number>> = { balanced: 0.35, strict: 0.35, ofac: 0.75 }
const MOST_WORDS = 20
/** Kinds of names that share their keys; those of persons are read otherwise. */
const ASKED_AS = ['Person', 'Company'] as const

export async function findRecords(tx: Tx, facts: DeskFacts, asked: SearchAsked & { readonly preset: Preset }): Promise<Found> {
  const views = await visibleViews(tx, facts.authority)
  const index: IndexAsked = { org: facts.authority, views, filters: asked }
  const q = asked.q.trim()
  if (q === '') {
    const listed = await listDocs(tx, index)
    return await mergedOf(tx, facts, { hits: hitsOf(listed, () => ({ by: 'filter' })), isCut: listed.length > MOST_FOUND })
  }
  const numbers = mayBeNumber(q) ? await fragmentsWithKeys(tx, index, hashesOfNumber(views, q)) : []
  const names = await namesLike(tx, index, { q, preset: asked.preset })
  const words = [...wordsOf(q, MOST_WORDS)]
  const texts = await fragmentsWithWords(tx, index, { words, isLastWhole: asked.q.endsWith(' ') })
  const docs = await docsOf(tx, facts.authority, [...new Set([...numbers, ...names.keys(), ...texts])])
  const stated = await statedNumbers(tx, facts.authority, { fragments: numbers, q })
  const hits = hitsOf(docs, ({ fragment }) => stated.get(fragment) ?? names.get(fragment) ?? { by: 'text' })
  return await mergedOf(tx, facts, { hits, isCut: Math.max(numbers.length, texts.length) > MOST_FOUND })
}

type Reason = Pick<FoundRecord, 'by' | 'score' | 'matched'>
interface Hit extends Reason {
  readonly doc: FoundDoc
}

function hitsOf(docs: readonly FoundDoc[], reasonOf: (doc: FoundDoc) => Reason): readonly Hit[] {
  return docs.map((doc) => ({ doc, ...reasonOf(doc) }))
}

function hashesOfNumber(views: readonly string[], q: string): readonly number[] {
  return views.flatMap((view) => numberForms(q).map((form) => keyHash(view, 'number', form)))
}

/** Each number as its source wrote it. */
async function statedNumbers(
  tx: Tx,
  org: string,
  { fragments, q }: { readonly fragments: readonly string[]; readonly q: string },
): Promise<ReadonlyMap<string, Reason>> {
  const asked = new Set(numberForms(q))
  return new Map(
    (await identifiersOf(tx, org, fragments)).map(({ fragment, identifiers }) => {
      const matched = identifiers.find((each) => numberForms(each).some((form) => asked.has(form)))
      return [fragment, { by: 'identifier', ...(matched === undefined ? {} : { matched }) }]
    }),
  )
}

async function namesLike(
  tx: Tx,
  { org, views, filters }: IndexAsked,
  { q, preset }: { readonly q: string; readonly preset: Preset },
): Promise<ReadonlyMap<string, Reason>> {
  const keys = ASKED_AS.flatMap((schema) => searchedKeys(prepareRecord({ schema, properties: { name: [q] } }, latinise)))
  const distinct = [...new Map(keys.map((key) => [`${key.kind} ${key.key}`, key])).values()]
  const asked = new Map<NameKind, PreparedName>()
  const fitting = new Map<string, Reason>()
  const { found } = await candidatesOf(tx, org, { keys: distinct, filters, views })
  const named = await namesOf(
    tx,
    org,
    found.map(({ fragment }) => fragment),
  )
  for (const candidate of named) {
    const kind = kindOf(candidate.schema)
    const name = asked.get(kind) ?? prepareName(q, kind, latinise)
    asked.set(kind, name)
    const best = bestName(name, candidate, preset)
    if (best.score >= NAME_FLOOR[preset]) fitting.set(candidate.fragment, { by: 'name', ...best })
  }
  return fitting
}

function bestName(name: PreparedName, { names }: NamedDoc, preset: Preset): { readonly score: number; readonly matched: string } {
  let best = { score: 0, matched: '' }
  for (const each of names) {
    const score = nameScore(name, prepareName(each, name.kind, latinise), preset)
    if (score > best.score) best = { score, matched: each }
  }
  return best
}

const RANK: Readonly<Record<MatchedBy, number>> = { identifier: 0, name: 1, text: 2, filter: 3 }

/** Place of a record in the list: smaller numbers come first. */
export function placeOf({ by, score, at }: Pick<FoundRecord, 'by' | 'score' | 'at'>): readonly [rank: number, value: number] {
  return [RANK[by], by === 'name' ? -(score ?? 0) : -at]
}

export function comesBefore(a: readonly [number, number, string], b: readonly [number, number, string]): number {
  return a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : 0)
}

async function mergedOf(
  tx: Tx,
  facts: DeskFacts,
  { hits, isCut }: { readonly hits: readonly Hit[]; readonly isCut: boolean },
): Promise<Found> {
  const canonical = await canonicals(tx, facts, [...new Set(hits.map(({ doc }) => doc.entity))])
  const records = new Map<string, FoundRecord & { docs: FoundDoc[] }>()
  for (const { doc, ...reason } of hits) {
    const entity = canonical.get(doc.entity) ?? doc.entity
    const before = records.get(entity)
    const at = Math.max(before?.at ?? 0, doc.at.getTime())
    const docs = before?.docs ?? []
    docs.push(doc)
    const better =
      before === undefined || RANK[reason.by] < RANK[before.by] || (reason.by === before.by && (reason.score ?? 0) > (before.score ?? 0))
    records.set(entity, better ? { entity, ...reason, at, docs } : { ...before, at })
  }
  const ordered = [...records.values()].sort((a, b) => comesBefore([...placeOf(a), a.entity], [...placeOf(b), b.entity]))
  return { records: ordered.slice(0, MOST_FOUND), isCut: isCut || ordered.length > MOST_FOUND }
}
