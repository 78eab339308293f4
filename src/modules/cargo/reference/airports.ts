/**
 * Airports by the codes that air waybills use: IATA codes and the places of UN/LOCODE that have them, read once when first asked for.
 * Source: UN/LOCODE 2024 (function 4, and the column IATA where the code is not that of the place). Some places share a code; the list is not IATA's, and
 * an airport that it does not have is unknown, never guessed.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'

let airports: ReadonlyMap<string, readonly string[]> | undefined

/** The places that an IATA code may mean, the one that is named like it first. */
export function airportPlaces(code: string): readonly string[] {
  airports ??= read()
  return airports.get(code.trim().toUpperCase()) ?? []
}

/**
 * Codes of a city with several airports, which stand for each of them. From memory (IATA, metropolitan areas); a city that is missing is taken for an
 * airport of its own.
 */
const CITIES: ReadonlySet<string> = new Set(
  'BER BHZ BJS BUE BUH CHI DTT HOU LON MIL MMA MOW NYC OSA OSL PAR REK RIO ROM SAO SEL SHA SPK STO TCI TYO WAS YEA YMQ YTO'.split(' '),
)

/** Whether a place of UN/LOCODE and an IATA code can be the same airport. The code of a city, on either side, is every airport of its country. */
export function isSameAirport(place: string, code: string): boolean {
  const places = airportPlaces(code)
  if (places.includes(place)) return true
  return (CITIES.has(code) || CITIES.has(place.slice(2))) && places.some((each) => each.slice(0, 2) === place.slice(0, 2))
}

function read(): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(path.join(import.meta.dirname, 'data/airports.tsv'), 'utf8')
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t'))
      .map(([code = '', ...places]) => [code, places]),
  )
}
