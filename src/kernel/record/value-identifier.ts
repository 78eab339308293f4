/**
 * Identifiers: numbers and codes by which registers know things. Where a check digit is known it is computed; a wrong one is a warning and the value stays,
 * since a mistyped number is still what the source said. Formats are those that FollowTheMoney names and ours.
 * Sources: the files of `#kernel/identifiers`; figi: OMG FIGI 1.2, 6.1 with the sum of digits after doubling; uei: GSA (12 signs, shape only);
 * qid: Wikidata (Q and digits); ssn: United States, shape only.
 */

import { parseBic } from '#kernel/identifiers/bic.ts'
import { parseCasNumber } from '#kernel/identifiers/cas-number.ts'
import { parseInn, parseNpi, parseOgrn } from '#kernel/identifiers/company-number.ts'
import { parseContainerNumber } from '#kernel/identifiers/container-number.ts'
import { parseHsCode } from '#kernel/identifiers/hs-code.ts'
import { parseImoNumber } from '#kernel/identifiers/imo-number.ts'
import { parseIsin } from '#kernel/identifiers/isin.ts'
import { parseLei } from '#kernel/identifiers/lei.ts'
import { parseMmsi } from '#kernel/identifiers/mmsi.ts'
import { parseUnlocode } from '#kernel/identifiers/unlocode.ts'
import { ASSET_KEYS } from '#kernel/match-key/asset-keys.ts'
import { accept, type Parsed, refuse } from '#kernel/result/problem.ts'
import { type Cleaned, fine } from './value.ts'

/** Lists of codes are data of the slices; here only the shape is looked at. */
const anyCode = (): boolean => true

const FORMATS: ReadonlyMap<string, (text: string) => Parsed<string>> = new Map<string, (text: string) => Parsed<string>>([
  ['bic', parseBic],
  ['callsign', (text) => ASSET_KEYS['call-sign'].normalise(text, '')],
  ['cas', parseCasNumber],
  ['figi', parseFigi],
  ['hs', (text) => parseHsCode(text, anyCode)],
  ['imo', parseImoNumber],
  ['inn', parseInn],
  ['isin', parseIsin],
  ['iso6346', parseContainerNumber],
  ['lei', parseLei],
  ['mmsi', parseMmsi],
  ['npi', parseNpi],
  ['ogrn', parseOgrn],
  ['qid', (text) => shaped(text, /^Q[1-9][0-9]{0,18}$/, 'A Wikidata id is Q and digits.')],
  ['ssn', (text) => shaped(text, /^(?!000|666|9)[0-9]{3}-?(?!00)[0-9]{2}-?(?!0000)[0-9]{4}$/, 'A social security number has nine digits.')],
  ['uei', (text) => shaped(text, /^[A-HJ-NP-Z1-9][A-HJ-NP-Z0-9]{11}$/, 'A unique entity id has twelve signs, never I or O.')],
  ['unlocode', (text) => parseUnlocode(text, anyCode)],
])

/** Properties whose format FollowTheMoney does not name. */
const FORMAT_BY_NAME: ReadonlyMap<string, string> = new Map([
  ['mmsi', 'mmsi'],
  ['callSign', 'callsign'],
])

export function formatOf(property: { readonly name: string; readonly format?: string }): string | undefined {
  return property.format ?? FORMAT_BY_NAME.get(property.name)
}

export function cleanIdentifier(value: string, format: string | undefined): Cleaned {
  const parsed = format === undefined ? undefined : FORMATS.get(format)?.(value)
  if (parsed === undefined) return fine(value)
  // Parsers look at the first signs only; what is longer than any identifier stays as it is.
  return { value: parsed.ok && value.length <= 40 ? parsed.value : value, problems: parsed.problems }
}

function shaped(text: string, shape: RegExp, message: string): Parsed<string> {
  const code = text.slice(0, 40).trim().toUpperCase()
  return shape.test(code) ? accept(code) : refuse({ code: 'record.identifier.shape', at: 'value', message })
}

function parseFigi(text: string): Parsed<string> {
  const code = text.slice(0, 40).trim().toUpperCase()
  if (!/^(?!BS|BM|GG|GB|GH|KY|VG)[B-DF-HJ-NP-TV-Z]{2}G[B-DF-HJ-NP-TV-Z0-9]{8}[0-9]$/.test(code))
    return refuse({ code: 'figi.format', at: 'figi', message: 'A FIGI has twelve signs, the third is G, the last a digit.' })
  return figiDigit(code.slice(0, 11)) === Number(code[11])
    ? accept(code)
    : refuse({ code: 'figi.check-digit', at: 'figi', message: 'The check digit does not match.' })
}

/** Letters count 10 to 35; every second sign from the left is doubled as a number before its digits are summed. */
function figiDigit(code: string): number {
  let sum = 0
  for (let index = 0; index < code.length; index++) {
    const value = Number.parseInt(code[index] ?? '0', 36) * (index % 2 === 1 ? 2 : 1)
    sum += Math.floor(value / 10) + (value % 10)
  }
  return (10 - (sum % 10)) % 10
}
