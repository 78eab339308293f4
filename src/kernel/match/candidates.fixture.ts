/** The names under shared/data/networks/names/candidates: the list of the United Nations as published and with slips, and generated names of nobody. Tests and bench only. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'

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
