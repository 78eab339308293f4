/**
 * Public reference tables: UN/LOCODE places and the Harmonized System, read once when first asked for.
 * A code absent from them is flagged, never refused: old messages use retired codes, new ports come before any list.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'

export interface Place {
  readonly code: string
  readonly name: string
  readonly country: string
  readonly isPort: boolean
  /** Degrees; only where the list states them. */
  readonly latitude?: number
  readonly longitude?: number
}

interface Tables {
  readonly places: ReadonlyMap<string, Place>
  /** Ports first, for the search. */
  readonly searchable: readonly { readonly place: Place; readonly text: string }[]
  readonly goods: ReadonlyMap<string, string>
}

let tables: Tables | undefined

export function findPlace(code: string): Place | undefined {
  return load().places.get(code)
}

/** Description of an HS code of 2, 4 or 6 digits. */
export function findGoods(code: string): string | undefined {
  return load().goods.get(code)
}

/** Places whose code or name begins with the text, ports first; then places whose name holds it. */
export function placesByText(text: string, limit: number): readonly Omit<Place, 'isPort'>[] {
  const wanted = fold(text)
  if (wanted === '') return []
  const begins: Place[] = []
  const holds: Place[] = []
  for (const { place, text: name } of load().searchable) {
    if (place.code.toLowerCase().startsWith(wanted) || name.startsWith(wanted)) begins.push(place)
    else if (holds.length < limit && name.includes(wanted)) holds.push(place)
    if (begins.length >= limit) break
  }
  return [...begins, ...holds].slice(0, limit).map(({ isPort: _isPort, ...place }) => place)
}

function load(): Tables {
  tables ??= read()
  return tables
}

function read(): Tables {
  const places = new Map<string, Place>()
  for (const line of linesOf('places.tsv')) {
    const [code = '', port, name = '', latitude, longitude] = line.split('\t')
    const position =
      latitude === undefined || longitude === undefined || latitude === ''
        ? {}
        : { latitude: Number(latitude), longitude: Number(longitude) }
    places.set(code, { code, name, country: code.slice(0, 2), isPort: port === 'P', ...position })
  }
  const all = [...places.values()]
  const searchable = [...all.filter((place) => place.isPort), ...all.filter((place) => !place.isPort)].map((place) => ({
    place,
    text: fold(place.name),
  }))
  const goods = new Map(linesOf('goods.tsv').map((line) => [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)]))
  return { places, searchable, goods }
}

function linesOf(name: string): readonly string[] {
  return readFileSync(path.join(import.meta.dirname, 'data', name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
