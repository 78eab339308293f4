/**
 * The columns that rules, what-if and statistics look at: one row for each container of a consignment. Data, so that the writer, the reader and the
 * evaluators cannot differ. Invariants: no column speaks of a natural person (a party that is one is `NATURAL_PERSON`, about which every term is
 * unknown); the port of a row, what became of it and how likely it was chosen are labels, which no rule may look at; a column keeps its place in
 * `VALUE_COLUMNS` for ever, because that is its bit among the missing. The layout is policy of ours, except the indicators, which the cargo reference names.
 * Units: kilograms, days, calendar days since 1970-01-01; container keys are packed by the cargo history and exact in a double.
 */
export type Element = 'u8' | 'u16' | 'u32' | 'i16' | 'i32' | 'f32' | 'f64'

/** Lists of codes that columns share, numbered in the order in which a desk met them. */
export const DICTIONARIES = ['place', 'country', 'equipmentType', 'carrier'] as const
export type Dictionary = (typeof DICTIONARIES)[number]

interface ColumnSpec {
  readonly element: Element
  /** `code` text of a dictionary, `goods` HS heading of four digits, `party` key of a legal person, `container` packed number. */
  readonly meaning: 'code' | 'goods' | 'party' | 'number' | 'container' | 'bits' | 'label'
  readonly dictionary?: Dictionary
  /** How an explanation names it. */
  readonly title: string
  readonly unit?: string
}

export const COLUMNS = {
  pol: { element: 'u16', meaning: 'code', dictionary: 'place', title: 'loading' },
  pod: { element: 'u16', meaning: 'code', dictionary: 'place', title: 'discharge' },
  onward: { element: 'u16', meaning: 'code', dictionary: 'place', title: 'onward place' },
  /** Where the goods were sent from: a place, never where a person comes from. */
  dispatchCountry: { element: 'u16', meaning: 'code', dictionary: 'country', title: 'country of dispatch' },
  hs4: { element: 'u16', meaning: 'goods', title: 'HS heading' },
  isoType: { element: 'u16', meaning: 'code', dictionary: 'equipmentType', title: 'equipment type' },
  carrier: { element: 'u16', meaning: 'code', dictionary: 'carrier', title: 'carrier' },
  shipper: { element: 'i32', meaning: 'party', title: 'shipper' },
  consignee: { element: 'i32', meaning: 'party', title: 'consignee' },
  notify: { element: 'i32', meaning: 'party', title: 'notify party' },
  forwarder: { element: 'i32', meaning: 'party', title: 'forwarder' },
  weight: { element: 'f32', meaning: 'number', title: 'weight', unit: 'kg' },
  leadDays: { element: 'i16', meaning: 'number', title: 'days from booking to loading' },
  day: { element: 'u16', meaning: 'number', title: 'day of arrival' },
  container: { element: 'f64', meaning: 'container', title: 'container' },
  flags: { element: 'u32', meaning: 'bits', title: 'facts' },
  flagsUnknown: { element: 'u32', meaning: 'bits', title: 'facts not known' },
  indicators: { element: 'u32', meaning: 'bits', title: 'indicators' },
  indicatorsUnknown: { element: 'u32', meaning: 'bits', title: 'indicators not computable' },
  ledgerIndicators: { element: 'u32', meaning: 'bits', title: 'indicators of the release ledger' },
  ledgerIndicatorsUnknown: { element: 'u32', meaning: 'bits', title: 'indicators of the release ledger not computable' },
  missing: { element: 'u32', meaning: 'bits', title: 'values not stated' },
  /** Where the desk meets it, which is not where a transhipment is discharged. */
  port: { element: 'u16', meaning: 'code', dictionary: 'place', title: 'port of arrival' },
  outcome: { element: 'u8', meaning: 'label', title: 'outcome' },
  /** Probability with which the consignment was chosen for control; 0: not recorded. */
  probability: { element: 'f32', meaning: 'label', title: 'probability of selection' },
} as const satisfies Record<string, ColumnSpec>

export type ColumnName = keyof typeof COLUMNS
export type BitsColumn = { [Name in ColumnName]: (typeof COLUMNS)[Name]['meaning'] extends 'bits' ? Name : never }[ColumnName]
/** Columns with a value of their own that a rule may look at. */
export type ValueColumn = Exclude<ColumnName, BitsColumn | 'port' | 'outcome' | 'probability'>
/** What is written as it was stated, or is 0. */
export type StatedColumn = ValueColumn | 'port'

/** In the order of the bits of `missing`. */
export const VALUE_COLUMNS = [
  'pol',
  'pod',
  'onward',
  'dispatchCountry',
  'hs4',
  'isoType',
  'carrier',
  'shipper',
  'consignee',
  'notify',
  'forwarder',
  'weight',
  'leadDays',
  'day',
  'container',
] as const satisfies readonly ValueColumn[]

export const COLUMN_NAMES = Object.keys(COLUMNS) as readonly ColumnName[]

export function specOf(column: ColumnName): ColumnSpec {
  return COLUMNS[column]
}

export function isValueColumn(name: unknown): name is ValueColumn {
  return VALUE_COLUMNS.some((column) => column === name)
}

export function missingBit(column: ValueColumn): number {
  return VALUE_COLUMNS.indexOf(column)
}

export const UNKNOWN_PARTY = -1
export const NATURAL_PERSON = -2

/** Facts of a consignment that are no indicators. At most 32; a fact keeps its place for ever. */
export const FLAGS = [
  'full',
  'empty',
  'verifiedWeight',
  'reefer',
  'reeferOff',
  'dangerousGoods',
  'transhipment',
  'toOrder',
  'returnCargo',
  'lateFiling',
  'alerted',
] as const
export type FlagId = (typeof FLAGS)[number]

/** Indicators of consignment, party, route and equipment, in the order of their bits. */
export const INDICATORS = [
  ...(['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8'] as const),
  ...(['P1', 'P2', 'P3', 'P4', 'P5', 'P6'] as const),
  ...(['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7'] as const),
  ...(['F1', 'F2', 'F3', 'F4'] as const),
]
export const LEDGER_INDICATORS = ['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7', 'L8'] as const
export type IndicatorId = (typeof INDICATORS)[number] | (typeof LEDGER_INDICATORS)[number]

export interface BitPlace {
  readonly column: BitsColumn
  readonly unknown: BitsColumn
  readonly bit: number
}

/** Nothing for an id that is not in the lists. */
export function flagPlace(id: string): BitPlace | undefined {
  return placeIn(FLAGS, id, 'flags')
}

export function indicatorPlace(id: string): BitPlace | undefined {
  return placeIn(INDICATORS, id, 'indicators') ?? placeIn(LEDGER_INDICATORS, id, 'ledgerIndicators')
}

function placeIn(list: readonly string[], id: string, column: 'flags' | 'indicators' | 'ledgerIndicators'): BitPlace | undefined {
  const bit = list.indexOf(id)
  return bit < 0 ? undefined : { column, unknown: `${column}Unknown`, bit }
}

/** "Not checked" and "not found in time" are outcomes and never negatives. A value keeps its number for ever. */
export const OUTCOMES = ['none', 'nothing', 'found', 'not-checked', 'not-found-in-time'] as const
export type Outcome = (typeof OUTCOMES)[number]
