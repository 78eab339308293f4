/**
 * How the columns of a table of declarations are called in one desk's files: a mapping as data, checked before it is used, proposed from
 * headers, and found again by them.
 * Source of the synonyms: names that declaration systems and officers give these columns, from memory; none is a guess about content.
 */
import { DECLARATION_COLUMNS, type DeclarationColumn, type DeclarationMapping } from '../contract/declaration-mappings.ts'

export interface TableHead {
  readonly delimiter: DeclarationMapping['delimiter']
  readonly headers: readonly string[]
}

const DELIMITERS = [',', ';', '\t', '|'] as const
/** More columns than any declaration has. */
const MOST_COLUMNS = 500
const MOST_HEADER = 120
const EDIFACT = /^\s*(?:UNA|UNB|UNG|UNH|BGM|FWB\/|FHL\/|[{[<])/

const SYNONYMS: Readonly<Record<DeclarationColumn, readonly string[]>> = {
  declaration: ['declaration', 'declaration_no', 'declaration_number', 'mrn', 'lrn', 'entry_no', 'entry_number', 'dua', 'aangifte'],
  container: ['container', 'container_no', 'container_number', 'equipment', 'equipment_number', 'contenedor', 'conteneur', 'unit'],
  seals: ['seals', 'seal', 'seal_no', 'seal_number', 'seal_numbers', 'precinto', 'precintos', 'scelle'],
  bill_of_lading: ['bill_of_lading', 'bl', 'b/l', 'bl_no', 'bl_number', 'b/l_no', 'b/l_number', 'conocimiento', 'transport_document'],
  booking: ['booking', 'booking_no', 'booking_number', 'booking_reference', 'reserva'],
  consignor: ['consignor', 'shipper', 'exporter', 'exportador', 'expediteur', 'afzender'],
  consignee: ['consignee', 'importer', 'importador', 'destinataire', 'geadresseerde', 'receiver'],
  notify: ['notify', 'notify_party', 'notificado'],
  pol: ['pol', 'port_of_loading', 'loading_port', 'load_port', 'puerto_de_carga'],
  pod: ['pod', 'port_of_discharge', 'discharge_port', 'puerto_de_descarga'],
  delivery: ['delivery', 'place_of_delivery', 'final_destination'],
  hs: ['hs', 'hs_code', 'commodity_code', 'tariff', 'tariff_code', 'cn_code', 'partida', 'taric'],
  description: ['description', 'goods', 'goods_description', 'description_of_goods', 'mercancia', 'marchandise'],
  gross_kg: ['gross_kg', 'gross', 'gross_weight', 'gross_mass', 'weight', 'peso_bruto', 'poids_brut', 'brutogewicht'],
  packages: ['packages', 'number_of_packages', 'package_count', 'bultos', 'colis', 'pkgs'],
  vgm_kg: ['vgm_kg', 'vgm', 'verified_gross_mass'],
  consignor_address: ['consignor_address', 'shipper_address', 'exporter_address', 'direccion_exportador', 'adresse_expediteur'],
  consignee_address: ['consignee_address', 'importer_address', 'direccion_importador', 'adresse_destinataire'],
  freight: ['freight', 'freight_amount', 'freight_cost', 'flete', 'fret', 'vracht'],
  customs_value: ['customs_value', 'declared_value', 'value_for_customs', 'valor_en_aduana', 'valeur_en_douane', 'douanewaarde'],
  currency: ['currency', 'currency_code', 'moneda', 'devise', 'valuta'],
}

/** What headers are compared by: case, quotes, blanks and hyphens do not count. */
export function headerKey(cell: string): string {
  return cell
    .trim()
    .replace(/^"|"$/g, '')
    .toLowerCase()
    .replace(/[ .-]+/g, '_')
    .replace(/^_+|_+$/g, '')
}

/** The first row of a table of declarations or of anything else with columns; undefined for what is no table. */
export function tableHead(text: string): TableHead | undefined {
  if (EDIFACT.test(text)) return undefined
  const [first = '', second = ''] = text.split(/\r\n|\r|\n/, 2)
  for (const delimiter of DELIMITERS) {
    const headers = first.split(delimiter).map((cell) => cell.trim().replace(/^"|"$/g, ''))
    const keys = new Set(headers.map(headerKey))
    const areNames = headers.every((header) => header.length > 0 && header.length <= MOST_HEADER && /\p{L}/u.test(header))
    if (headers.length < 3 || headers.length > MOST_COLUMNS || !areNames || keys.size < headers.length) continue
    if (second.split(delimiter).length >= headers.length) return { delimiter, headers }
  }
  return undefined
}

/** Each column by the first of its names that a header has; no header serves two columns. */
export function proposeMapping({ delimiter, headers }: TableHead): DeclarationMapping {
  const free = new Map(headers.map((header) => [headerKey(header), header]))
  const columns: Partial<Record<DeclarationColumn, string>> = {}
  for (const column of DECLARATION_COLUMNS) {
    const key = SYNONYMS[column].find((name) => free.has(name))
    const header = key === undefined ? undefined : free.get(key)
    if (key === undefined || header === undefined) continue
    columns[column] = header
    free.delete(key)
  }
  return { delimiter, columns }
}

/** Why a mapping cannot be used, by column; empty when it can. `container` with a declaration or a bill is the least that names a consignment. */
export function mappingProblems(mapping: DeclarationMapping, headers: readonly string[]): readonly { at: string; text: string }[] {
  const known = new Set(headers.map(headerKey))
  const problems: { at: string; text: string }[] = []
  const used = new Map<string, string>()
  for (const [column, header] of Object.entries(mapping.columns)) {
    const key = headerKey(header)
    if (!DECLARATION_COLUMNS.some((each) => each === column)) problems.push({ at: column, text: 'There is no such column.' })
    else if (!known.has(key)) problems.push({ at: column, text: `The file has no column ${JSON.stringify(header.slice(0, 40))}.` })
    else if (used.has(key)) problems.push({ at: column, text: `The same column already serves ${used.get(key)}.` })
    used.set(key, column)
  }
  const { container, declaration, bill_of_lading: bill } = mapping.columns
  if (container === undefined) problems.push({ at: 'container', text: 'Say which column names the container.' })
  if (declaration === undefined && bill === undefined)
    problems.push({ at: 'declaration', text: 'Say which column names the declaration or the bill of lading.' })
  return problems
}

/** Two tables with the same columns in the same order are met with the same mapping. */
export function headersKey(headers: readonly string[]): string {
  return JSON.stringify(headers.map(headerKey))
}
