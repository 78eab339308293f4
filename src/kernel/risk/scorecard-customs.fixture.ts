/**
 * The synthetic customs declarations under shared/data/cargo/customs-declarations as cases: 2020 to learn from, the first quarter of 2021 to be judged by
 * once. Tests and bench only.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import type { Attribute, PartyValue } from './scorecard-fairness.ts'
import { monthOf, type RiskCase, type RiskReading, readRiskCases } from './scorecard-table.ts'

const FOLDER = fileURLToPath(new URL('../../../../shared/data/cargo/customs-declarations/', import.meta.url))
export const hasDeclarations: boolean = existsSync(FOLDER)

export const CUSTOMS_ATTRIBUTES: readonly Attribute[] = [
  { id: 'office', kind: 'category', speaksOf: 'facility' },
  { id: 'process', kind: 'category', speaksOf: 'consignment' },
  { id: 'importType', kind: 'category', speaksOf: 'consignment' },
  { id: 'importUse', kind: 'category', speaksOf: 'consignment' },
  { id: 'payment', kind: 'category', speaksOf: 'consignment' },
  { id: 'transport', kind: 'category', speaksOf: 'route' },
  { id: 'declarant', kind: 'category', speaksOf: 'legal-person' },
  { id: 'importer', kind: 'category', speaksOf: 'legal-person' },
  { id: 'seller', kind: 'category', speaksOf: 'legal-person' },
  { id: 'courier', kind: 'category', speaksOf: 'legal-person' },
  { id: 'hs6', kind: 'category', speaksOf: 'goods' },
  { id: 'hs4', kind: 'category', speaksOf: 'goods' },
  { id: 'hs2', kind: 'category', speaksOf: 'goods' },
  { id: 'departure', kind: 'category', speaksOf: 'route' },
  { id: 'origin', kind: 'category', speaksOf: 'goods' },
  { id: 'taxType', kind: 'category', speaksOf: 'goods' },
  { id: 'originMark', kind: 'category', speaksOf: 'goods' },
  { id: 'taxRate', kind: 'number', speaksOf: 'goods' },
  { id: 'netMass', kind: 'number', speaksOf: 'goods' },
  { id: 'price', kind: 'number', speaksOf: 'goods' },
  { id: 'pricePerKg', kind: 'number', speaksOf: 'goods' },
]

export const learningCases = (): readonly RiskCase[] => read('df_syn_train_eng.csv.gz')
export const judgingCases = (): readonly RiskCase[] => read('df_syn_valid_eng.csv.gz')

/** In = rows + refused + left out is checked here once for all. */
export function tableOf(cases: readonly RiskCase[]): RiskReading['table'] {
  const { table, refused } = readRiskCases(cases, CUSTOMS_ATTRIBUTES)
  if (refused.length > 0 || table.months.length !== cases.length) throw new Error(`Refused: ${JSON.stringify(refused[0])}`)
  return table
}

function read(file: string): readonly RiskCase[] {
  const rows: Record<string, string>[] = parse(gunzipSync(readFileSync(FOLDER + file)), { columns: true })
  return rows.map((row) => caseOf((name) => row[name] ?? ''))
}

function caseOf(of: (name: string) => string): RiskCase {
  const [year = 0, month = 0] = of('Date').split('-').map(Number)
  const [mass, price, hs6] = [Number(of('Net Mass')), Number(of('Item Price')), of('HS6 Code')]
  return {
    month: monthOf(year, month),
    verdict: of('Fraud') === '1' ? 'found' : 'nothing',
    values: {
      office: of('Office ID'),
      process: of('Process Type'),
      importType: of('Import Type'),
      importUse: of('Import Use'),
      payment: of('Payment Type'),
      transport: of('Mode of Transport'),
      declarant: party(of('Declarant ID')),
      importer: party(of('Importer ID')),
      seller: party(of('Seller ID')),
      courier: party(of('Courier ID')),
      hs6,
      hs4: hs6.slice(0, 4),
      hs2: hs6.slice(0, 2),
      departure: of('Country of Departure'),
      origin: of('Country of Origin'),
      taxType: of('Tax Type'),
      originMark: of('Country of Origin Indicator'),
      taxRate: Number(of('Tax Rate')),
      netMass: mass,
      price,
      pricePerKg: mass > 0 ? price / mass : undefined,
    },
  }
}

function party(key: string): PartyValue {
  return { kind: 'legal-person', key }
}
