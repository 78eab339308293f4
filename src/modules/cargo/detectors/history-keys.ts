/**
 * What a consignment and a sighting add to the history of a desk, and what their evaluation asks of it: pure, so that store and tests count the same.
 * A shipment is a bill, on the earliest day that a document gives it: a second document adds only what the first did not say. Invariant: keys are of companies, places, routes and goods;
 * what may be a natural person has no key (`kernel/cargo-history/legal-person.ts`).
 */
import { NO_TALLY, type Tally } from '#kernel/cargo-history/comparison-window.ts'
import { goodsWords } from '#kernel/cargo-history/goods-words.ts'
import { binOf, WEIGHT_BIN } from '#kernel/cargo-history/tally-bins.ts'
import type { ConsignmentStatement, StatedParty } from '../model.ts'
import type { DossierHistory, KeyHistory } from './dossier.ts'
import { companiesOf, grossOf, headingsOf, routeOf, viasOf } from './statement-parts.ts'

/** Kinds that are counted by day: what lay before a shipment is a question of when it was shipped, not of when its document came. */
export const DATED_KINDS = ['desk', 'party', 'pair', 'route', 'party-route', 'party-goods', 'lane', 'lane-via', 'owner', 'boxes'] as const
export type DatedKind = (typeof DATED_KINDS)[number]
/** Kinds that are counted by month: distributions and words that a shipment or a stay is compared with (`kernel/cargo-history/comparison-window.ts`). */
export type TallyKind = 'address' | 'goods' | 'goods-word' | 'word' | 'lane-weight' | 'dwell' | 'lead' | 'residual'

export interface HistoryEntry {
  readonly kind: DatedKind | TallyKind
  readonly key: string
  /** Bin or company; empty for kinds that count alone. */
  readonly sub: string
}

const DATED: ReadonlySet<string> = new Set(DATED_KINDS)

export function isDated(kind: string): kind is DatedKind {
  return DATED.has(kind)
}

/** How an entry is counted: by its day, or by its month and what it holds. */
export function countedUnder({ kind, sub }: HistoryEntry, day: string): string {
  if (isDated(kind)) return day
  return sub === '' ? monthOf(day) : `${monthOf(day)} ${sub}`
}

export function monthOf(day: string): string {
  return day.slice(0, 7)
}

export function historyKey(kind: DatedKind | TallyKind, key: string): string {
  return `${kind}|${key}`
}

/** The key as seen from a day. */
export interface DatedAsk {
  readonly kind: DatedKind
  readonly key: string
  readonly day: string
}

/** A distribution as seen from a month. */
export interface TallyAsk {
  readonly kind: TallyKind
  readonly key: string
  readonly month: string
}

export function tallyKey({ kind, key, month }: TallyAsk): string {
  return `${month} ${historyKey(kind, key)}`
}

export function datedKey({ kind, key, day }: DatedAsk): string {
  return `${day} ${historyKey(kind, key)}`
}

export function known(history: DossierHistory, asked: DatedAsk): KeyHistory {
  return history.keys[datedKey(asked)] ?? { before: 0, here: 0 }
}

export function tally(history: DossierHistory, asked: TallyAsk): Tally {
  return history.tallies[tallyKey(asked)] ?? NO_TALLY
}

const ALL_COMPANIES = ['consignor', 'consignee', 'notify', 'forwarder'] as const

/** Each entry once, however often the statement says it. */
export function entriesOf(statement: ConsignmentStatement): readonly HistoryEntry[] {
  const found = new Map<string, HistoryEntry>()
  const add = (kind: HistoryEntry['kind'], key: string, sub = '') => found.set(`${kind}|${key}|${sub}`, { kind, key, sub })
  add('desk', 'shipments')
  const route = routeOf(statement)
  const chapters = headingsOf(statement.hsCodes, 2).map(({ heading }) => heading)
  const traders = companiesOf(statement, 'consignor', 'consignee')
  for (const { key } of companiesOf(statement, ...ALL_COMPANIES)) add('party', key)
  for (const { key } of traders) {
    if (route !== undefined) add('party-route', `${key}|${route.name}`)
    for (const chapter of chapters) add('party-goods', `${key}|${chapter}`)
  }
  const pair = pairOf(statement)
  if (pair !== undefined) add('pair', pair)
  if (route !== undefined) {
    add('route', route.name)
    const vias = viasOf(statement.places)
    if (vias.length > 0) add('lane', route.name)
    for (const via of vias) add('lane-via', `${route.name}|${via.value.toUpperCase()}`)
    const gross = grossOf(statement)
    if (gross !== undefined && statement.containers.length === 1)
      for (const { heading } of headingsOf(statement.hsCodes, 4))
        add('lane-weight', `${route.name}|${heading}`, String(binOf(gross.value, WEIGHT_BIN)))
  }
  for (const { key, party } of traders) {
    const address = addressKey(party)
    if (address !== undefined) add('address', address, key)
  }
  const words = new Set(statement.goods.flatMap(({ value }) => goodsWords(value)))
  for (const heading of new Set(headingsOf(statement.hsCodes, 4).map((each) => each.heading))) {
    add('goods', heading)
    for (const word of words) add('goods-word', `${heading}|${word}`)
  }
  for (const word of words) add('word', word)
  return [...found.values()]
}

/** Of a container number: its owner, as paint has it. */
export function ownerEntries(container: string): readonly HistoryEntry[] {
  if (!/^[A-Z]{3}[UJZ]\d{7}$/.test(container)) return []
  return [
    { kind: 'owner', key: container.slice(0, 4), sub: '' },
    { kind: 'boxes', key: 'all', sub: '' },
  ]
}

export function pairOf(statement: ConsignmentStatement): string | undefined {
  const [from, to] = [companiesOf(statement, 'consignor')[0], companiesOf(statement, 'consignee')[0]]
  return from === undefined || to === undefined ? undefined : `${from.key}|${to.key}`
}

const LONGEST_ADDRESS = 240

/** An address as letters and digits; too short to tell a house is none. */
export function addressKey(party: StatedParty): string | undefined {
  const plain = party.address?.value
    .slice(0, LONGEST_ADDRESS)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .slice(0, LONGEST_ADDRESS)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return plain !== undefined && plain.length >= 12 && /\d/.test(plain) ? plain : undefined
}
