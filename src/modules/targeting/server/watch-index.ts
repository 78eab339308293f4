/**
 * The watch entries in force of one desk, ready to be compared: exact identifiers by value, words by their first word, companies by the shared matcher.
 * A company is compared with legal persons only. Invariant: an entry outside its days is not in the index.
 */
import anyAscii from 'any-ascii'
import { packContainer } from '#kernel/cargo-history/container-key.ts'
import { legalPersonKey, wordsOfParty } from '#kernel/cargo-history/legal-person.ts'
import { buildCandidateIndex, type CandidateIndex, candidates } from '#kernel/match/candidate-index.ts'
import { keysOf } from '#kernel/match/keys.ts'
import { compareNames, NAME_THRESHOLD } from '#kernel/match/name-score.ts'
import { type PreparedRecord, prepareRecord } from '#kernel/match/record.ts'
import type { WatchEntry } from '#kernel/risk/expression.ts'
import type { WatchKind } from '../contract.ts'
import { dayNumber } from './desk.ts'
import { type ArrivalSubject, PARTY_ROLES } from './facts.ts'

export interface WatchInForce {
  readonly watch: string
  readonly title: string
  readonly terms: readonly { readonly kind: WatchKind; readonly value: string }[]
  readonly valid_from: string
  readonly valid_until: string
}

export interface WatchHit {
  readonly watch: string
  readonly title: string
  readonly ordinal: number
  readonly field: string
  /** What stood in the document. */
  readonly value: string
  readonly strength: number
}

export interface WatchIndex {
  find(subject: ArrivalSubject): readonly WatchHit[]
  /** The same entries as rules see them: containers and companies. */
  readonly entries: readonly WatchEntry[]
}

interface Term {
  readonly watch: string
  readonly title: string
  readonly ordinal: number
  readonly value: string
}

const EXACT = ['container', 'seal', 'bill', 'booking', 'vessel', 'company-number'] as const

export function plainIdentifier(value: string): string {
  return value
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

export function openWatchIndex(watches: readonly WatchInForce[], parties: ReadonlyMap<string, number>): WatchIndex {
  const exact = new Map<string, Term[]>()
  const words = new Map<string, (Term & { readonly words: readonly string[] })[]>()
  const companies: (Term & { readonly record: PreparedRecord })[] = []
  const entries: WatchEntry[] = []
  for (const { watch, title, terms, valid_from: from, valid_until: until } of watches)
    terms.forEach(({ kind, value }, ordinal) => {
      const term = { watch, title, ordinal, value }
      if (kind === 'words') {
        const parts = wordsOfParty(value)
        const [first] = parts
        if (first !== undefined) words.set(first, [...(words.get(first) ?? []), { ...term, words: parts }])
      } else if (kind === 'company') companies.push({ ...term, record: companyOf(value) })
      else if (kind !== 'company-phone') {
        const key = `${kind} ${kind === 'vessel' ? plainIdentifier(value).replace(/^IMO/, '') : plainIdentifier(value)}`
        exact.set(key, [...(exact.get(key) ?? []), term])
      }
      entries.push(...entriesOf({ kind, value, from, until }, parties))
    })
  const index = buildCandidateIndex(companies.map(({ record }) => keysOf(record)))
  const seen = new Map<string, readonly WatchHit[]>()
  return {
    entries,
    find: (subject) => [...findExact(subject, exact), ...findWords(subject, words), ...findCompanies(subject, { index, companies, seen })],
  }
}

function companyOf(name: string): PreparedRecord {
  return prepareRecord({ schema: 'Company', properties: { name: [name] } }, anyAscii)
}

function entriesOf(
  term: { readonly kind: WatchKind; readonly value: string; readonly from: string; readonly until: string },
  parties: ReadonlyMap<string, number>,
): readonly WatchEntry[] {
  const days = { validFrom: dayNumber(term.from), validUntil: dayNumber(term.until) }
  const container = term.kind === 'container' ? packContainer(plainIdentifier(term.value)) : undefined
  if (container !== undefined) return [{ col: 'container', value: container, ...days }]
  const party = term.kind === 'company' ? parties.get(legalPersonKey({ name: term.value }) ?? '') : undefined
  return party === undefined ? [] : PARTY_ROLES.map((col) => ({ col, value: party, ...days }))
}

function hitOf({ watch, title, ordinal }: Term, field: string, found: { readonly value: string; readonly strength: number }): WatchHit {
  return { watch, title, ordinal, field, value: found.value.slice(0, 200), strength: found.strength }
}

function findExact({ container, imo, facts }: ArrivalSubject, exact: ReadonlyMap<string, readonly Term[]>): readonly WatchHit[] {
  const numbers = PARTY_ROLES.flatMap((role) => {
    const party = facts.parties[role]
    return party === undefined || party === 'natural-person' || party.identifier === undefined ? [] : [party.identifier]
  })
  const values: Readonly<Record<(typeof EXACT)[number], readonly string[]>> = {
    container: [container],
    seal: facts.seals,
    bill: facts.bills,
    booking: facts.bookings,
    vessel: imo === undefined ? [] : [imo],
    'company-number': numbers,
  }
  return EXACT.flatMap((kind) =>
    values[kind].flatMap((value) =>
      (exact.get(`${kind} ${plainIdentifier(value)}`) ?? []).map((term) => hitOf(term, kind, { value, strength: 1 })),
    ),
  )
}

function findWords(
  { facts }: ArrivalSubject,
  words: ReadonlyMap<string, readonly (Term & { readonly words: readonly string[] })[]>,
): readonly WatchHit[] {
  if (words.size === 0) return []
  const hits = new Map<string, WatchHit>()
  for (const text of facts.goods) {
    const stated = wordsOfParty(text)
    stated.forEach((word, at) => {
      for (const term of words.get(word) ?? [])
        if (term.words.every((each, index) => stated[at + index] === each))
          hits.set(`${term.watch} ${term.ordinal}`, hitOf(term, 'goods', { value: text, strength: 1 }))
    })
  }
  return [...hits.values()]
}

interface Companies {
  readonly index: CandidateIndex
  readonly companies: readonly (Term & { readonly record: PreparedRecord })[]
  /** By name: the same companies stand in thousands of consignments. */
  readonly seen: Map<string, readonly WatchHit[]>
}

function findCompanies({ facts }: ArrivalSubject, { index, companies, seen }: Companies): readonly WatchHit[] {
  if (companies.length === 0) return []
  const hits = new Map<string, WatchHit>()
  for (const role of PARTY_ROLES) {
    const party = facts.parties[role]
    if (party === undefined || party === 'natural-person') continue
    let found = seen.get(party.name)
    if (found === undefined) {
      const record = companyOf(party.name)
      found = candidates(index, keysOf(record)).flatMap(({ record: at }) => {
        const term = companies[at]
        const [left, right] = [record.names[0], term?.record.names[0]]
        if (term === undefined || left === undefined || right === undefined) return []
        const { score } = compareNames(left, right, 'balanced')
        return score >= NAME_THRESHOLD ? [hitOf(term, 'company', { value: party.name, strength: Math.round(score * 1000) / 1000 })] : []
      })
      seen.set(party.name, found)
    }
    for (const hit of found) hits.set(`${hit.watch} ${hit.ordinal}`, { ...hit, field: role })
  }
  return [...hits.values()]
}
