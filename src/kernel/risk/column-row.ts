/**
 * One row as it comes in, in the codes of the trade, and what of a value fits its column. Both evaluators see a value through `fit`: what does not fit is
 * missing to both, and said. Absent means not stated; a fact or indicator that is absent was not looked at, which is unknown and not "no".
 */
import { accept, type Parsed, refuse } from '../result/problem.ts'
import {
  type FlagId,
  type IndicatorId,
  NATURAL_PERSON,
  type Outcome,
  type StatedColumn,
  specOf,
  VALUE_COLUMNS,
  type ValueColumn,
} from './column-layout.ts'

/** Key of a legal person as the desk knows it; a natural person has none here. */
export type PartyKey = number | 'natural-person'

export interface ConsignmentRow {
  readonly pol?: string | undefined
  readonly pod?: string | undefined
  readonly onward?: string | undefined
  readonly dispatchCountry?: string | undefined
  /** Four digits. */
  readonly hs4?: string | undefined
  readonly isoType?: string | undefined
  readonly carrier?: string | undefined
  readonly shipper?: PartyKey | undefined
  readonly consignee?: PartyKey | undefined
  readonly notify?: PartyKey | undefined
  readonly forwarder?: PartyKey | undefined
  readonly weight?: number | undefined
  readonly leadDays?: number | undefined
  readonly day?: number | undefined
  readonly container?: number | undefined
  readonly flags?: Readonly<Partial<Record<FlagId, boolean>>>
  readonly indicators?: Readonly<Partial<Record<IndicatorId, boolean>>>
  readonly port?: string | undefined
  readonly outcome?: Outcome
  readonly probability?: number
}

/** Longest code of any list in use; a longer text is no code. */
export const CODE_LENGTH = 35

const HEADING = /^\d{4}$/
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CODE = /^[^\s\u0000-\u001f\u007f](?:[^\u0000-\u001f\u007f]*[^\s\u0000-\u001f\u007f])?$/u

/** A text for codes and headings, else a number that the column holds exactly. */
export function fit(column: StatedColumn, value: unknown): Parsed<string | number> {
  const { meaning } = specOf(column)
  if (meaning === 'code') return fits(column, typeof value === 'string' && value.length <= CODE_LENGTH && CODE.test(value), value)
  if (meaning === 'goods') return fits(column, typeof value === 'string' && HEADING.test(value), value)
  if (meaning === 'party') {
    if (value === 'natural-person') return accept(NATURAL_PERSON)
    return fits(column, isWhole(value, 0, 2 ** 31 - 1), value)
  }
  if (meaning === 'container') return fits(column, isWhole(value, 0, Number.MAX_SAFE_INTEGER), value)
  if (column === 'weight') {
    const weight = typeof value === 'number' ? Math.fround(value) : Number.NaN
    return fits(column, weight >= 0 && weight < Number.POSITIVE_INFINITY, weight)
  }
  return fits(column, column === 'day' ? isWhole(value, 0, 65_535) : isWhole(value, -32_768, 32_767), value)
}

/** The value a rule sees; nothing when it is not stated or does not fit. */
export function valueOf(row: ConsignmentRow, column: ValueColumn): string | number | undefined {
  const value = row[column]
  if (value === undefined) return undefined
  const fitted = fit(column, value)
  return fitted.ok ? fitted.value : undefined
}

/** What of a row does not fit and will count as missing. */
export function misfitsOf(row: ConsignmentRow): Parsed<ConsignmentRow> {
  const problems = VALUE_COLUMNS.flatMap((column) => (row[column] === undefined ? [] : fit(column, row[column]).problems))
  return accept(row, problems)
}

function isWhole(value: unknown, low: number, high: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high
}

function fits(column: StatedColumn, isFit: boolean, value: unknown): Parsed<string | number> {
  if (isFit) return accept(value === 0 ? 0 : (value as string | number))
  return refuse({
    code: 'column.misfit',
    at: column,
    message: `The value does not fit the column ${specOf(column).title}; it counts as missing.`,
  })
}
