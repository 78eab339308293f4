/**
 * Makes the reference tables that the product ships from the public sources beside the repository (origin and licence: NOTICE).
 * `node tools/build-reference.ts` writes them; a test makes them again and compares.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'

export const SOURCES = path.resolve(import.meta.dirname, '../../shared/data/cargo')
const TARGET = path.resolve(import.meta.dirname, '../src/modules/cargo/reference/data')

export const hasSources = existsSync(path.join(SOURCES, 'unlocode'))

interface Place {
  readonly country: string
  readonly location: string
  readonly nameWoDiacritics: string
  readonly name: string
  readonly function: string
  readonly lat: string
  readonly lon: string
  readonly geocoded: string
  readonly iata: string
}

function placeRows(): readonly Place[] {
  return parse(gunzipSync(readFileSync(path.join(SOURCES, 'unlocode/unlocode-geoapify.csv.gz'))), { columns: true }) as Place[]
}

/**
 * One line an airport: IATA code, the places of the list with an airport (function 4) that have it. The list states the code in a column of its own where it
 * is not the last three signs of the place (UNECE Recommendation 16). The place that is named like the airport comes first.
 */
export function buildAirports(): string {
  const places = new Map<string, Set<string>>()
  for (const { country, location, iata, function: functions } of placeRows()) {
    const [place, code] = [`${country}${location}`, iata.trim() === '' ? location : iata.trim()]
    if (functions[3] !== '4' || !/^[A-Z]{2}[A-Z2-9]{3}$/.test(place) || !/^[A-Z]{3}$/.test(code)) continue
    places.set(code, (places.get(code) ?? new Set()).add(place))
  }
  const isNamed = (code: string, place: string) => (place.endsWith(code) ? 0 : 1)
  return `${[...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, found]) => [code, ...[...found].sort((a, b) => isNamed(code, a) - isNamed(code, b) || (a < b ? -1 : 1))].join('\t'))
    .join('\n')}\n`
}

/** One line a place: code, `P` for a port, name, latitude, longitude. A coordinate that a geocoder guessed is left out: it is no evidence. */
export function buildPlaces(): string {
  const sea = JSON.parse(gunzipSync(readFileSync(path.join(SOURCES, 'sea-ports/ports.json.gz'))).toString('utf8')) as Record<
    string,
    { coordinates?: [number, number] }
  >
  const lines = new Map<string, string>()
  for (const row of placeRows()) {
    const code = `${row.country}${row.location}`
    if (lines.has(code) || !/^[A-Z]{2}[A-Z2-9]{3}$/.test(code)) continue
    const isPort = row.function.startsWith('1')
    const port = sea[code]?.coordinates
    const stated =
      row.geocoded === '' && row.lat !== '' ? [Number(row.lat), Number(row.lon)] : port === undefined ? undefined : [port[1], port[0]]
    // Places that are no port are kept by name only: an itinerary may name them, a map need not.
    const position = isPort && stated !== undefined ? stated.map((each) => each.toFixed(3)) : ['', '']
    // The list was once decoded wrongly: where a letter is lost the plain spelling is the true one.
    const name = row.name === '' || row.name.includes('\ufffd') ? row.nameWoDiacritics : row.name
    lines.set(code, [code, isPort ? 'P' : '', name, ...position].join('\t').trimEnd())
  }
  return `${[...lines.keys()]
    .sort()
    .map((code) => lines.get(code))
    .join('\n')}\n`
}

/** One line a code of the Harmonized System: code, description. */
export function buildGoods(): string {
  const rows = parse(gunzipSync(readFileSync(path.join(SOURCES, 'hs/harmonized-system.csv.gz'))), { columns: true, bom: true }) as {
    hscode: string
    description: string
  }[]
  return `${rows
    .filter((row) => /^\d{2}(?:\d{2}){0,2}$/.test(row.hscode))
    .map((row) => `${row.hscode}\t${row.description.replace(/\s+/g, ' ').trim()}`)
    .join('\n')}\n`
}

export const TABLES: Readonly<Record<string, () => string>> = {
  'places.tsv': buildPlaces,
  'airports.tsv': buildAirports,
  'goods.tsv': buildGoods,
}

if (process.argv[1] === import.meta.filename)
  for (const [name, build] of Object.entries(TABLES)) writeFileSync(path.join(TARGET, name), build())
