/** The labelled tables under shared/data/networks/linkage, mapped to one set of fields, and how well a linkage finds their true pairs. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import type { FieldRow } from './fields.ts'
import type { Linkage } from './fields-link.ts'

const FOLDER = fileURLToPath(new URL('../../../../shared/data/networks/linkage/', import.meta.url))
export const hasTables: boolean = existsSync(FOLDER)

export interface LabelledTable {
  readonly rows: readonly FieldRow[]
  /** The same for rows of the same person. */
  readonly truth: readonly string[]
  /** When given, only pairs across lists count. */
  readonly lists?: Int32Array
}

export const FEBRL = ['febrl 1', 'febrl 2', 'febrl 3', 'febrl 4'] as const
export type FebrlName = (typeof FEBRL)[number]

export function febrl(name: FebrlName, hasIdentifier: boolean): LabelledTable {
  const files = name === 'febrl 4' ? ['dataset4a', 'dataset4b'] : [`dataset${name.at(-1)}`]
  const tables = files.map((file) => read(`febrl/${file}.csv.gz`))
  const all = tables.flat()
  const table = {
    truth: all.map((row) => row['rec_id']?.split('-')[1] ?? ''),
    rows: all.map((row) => ({
      givenName: row['given_name'] ?? '',
      surname: row['surname'] ?? '',
      birthDate: row['date_of_birth'] ?? '',
      street: [row['street_number'], row['address_1'], row['address_2']].filter((part) => part !== '').join(' '),
      town: row['suburb'] ?? '',
      postcode: row['postcode'] ?? '',
      identifier: hasIdentifier ? (row['soc_sec_id'] ?? '') : '',
      email: '',
    })),
  }
  return tables.length === 1 ? table : { ...table, lists: Int32Array.from(tables.flatMap((rows, list) => rows.map(() => list))) }
}

export function fake1000(): LabelledTable {
  const all = read('splink/fake_1000.csv.gz')
  return {
    truth: all.map((row) => row['cluster'] ?? ''),
    rows: all.map((row) => ({
      givenName: row['first_name'] ?? '',
      surname: row['surname'] ?? '',
      birthDate: row['dob'] ?? '',
      street: '',
      town: row['city'] ?? '',
      postcode: '',
      identifier: '',
      email: row['email'] ?? '',
    })),
  }
}

/** F1 over pairs: those at the threshold against all true pairs of the table, found by a shared key or not. */
export function pairF1(table: LabelledTable, linkage: Linkage, threshold: number): number {
  let [right, wrong] = [0, 0]
  linkage.logOdds.forEach((odds, pair) => {
    if (odds < threshold) return
    if (table.truth[linkage.left[pair] ?? -1] === table.truth[linkage.right[pair] ?? -1]) right += 1
    else wrong += 1
  })
  return (2 * right) / (right + wrong + truePairs(table))
}

function truePairs({ truth, lists }: LabelledTable): number {
  const sizes = new Map<string, Map<number, number>>()
  truth.forEach((person, row) => {
    const byList = sizes.get(person) ?? new Map<number, number>()
    byList.set(lists?.[row] ?? 0, (byList.get(lists?.[row] ?? 0) ?? 0) + 1)
    sizes.set(person, byList)
  })
  let pairs = 0
  for (const byList of sizes.values()) {
    const counts = [...byList.values()]
    const total = counts.reduce((sum, count) => sum + count, 0)
    const inside = counts.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0)
    pairs += lists === undefined ? inside : (total * (total - 1)) / 2 - inside
  }
  return pairs
}

function read(file: string): readonly Readonly<Record<string, string>>[] {
  return parse(gunzipSync(readFileSync(FOLDER + file)), { columns: (header: string[]) => header.map((name) => name.trim()), trim: true })
}
