/** The names under shared/data/networks/names/candidates: the list of the United Nations as published and with slips, and generated names of nobody; and a search among them. Tests and bench only. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { buildCandidateIndex, createCandidateSearch } from './candidate-index.ts'
import { keysOf } from './keys.ts'
import type { PreparedRecord } from './record.ts'
import { recordScore } from './record-score.ts'

const FOLDER = fileURLToPath(new URL('../../../../shared/data/networks/names/candidates/', import.meta.url))
export const hasNames: boolean = existsSync(FOLDER)

export interface NamedRow {
  readonly name: string
  readonly birthDate: string
}

export type NameList = 'un_untreated' | 'un_treated' | 'us_congress_untreated'

export function positives(list: NameList): readonly NamedRow[] {
  return read(`positives_${list}`)
}

export function negatives(): readonly NamedRow[] {
  return [...read('negatives_global'), ...read('negatives_us')]
}

function read(file: string): readonly NamedRow[] {
  const rows: Readonly<Record<string, string>>[] = parse(gunzipSync(readFileSync(`${FOLDER}${file}.csv.gz`)), { columns: true })
  return rows.map((row) => ({ name: row['full_name'] ?? '', birthDate: row['date_of_birth'] ?? '' }))
}

export interface Ranked {
  /** Place in the list that is searched. */
  readonly record: number
  readonly score: number
}

/** Those of the records that may be the one that is asked for, best first. */
export function rankedSearch(records: readonly PreparedRecord[]): (one: PreparedRecord) => readonly Ranked[] {
  const search = createCandidateSearch(buildCandidateIndex(records.map(keysOf)))
  return (one) => {
    const ranked = search.candidates(keysOf(one)).flatMap(({ record, weight }) => {
      const other = records[record]
      return other === undefined ? [] : [{ record, weight, score: recordScore(one, other, 'balanced') }]
    })
    return ranked.sort((a, b) => b.score - a.score || b.weight - a.weight)
  }
}
