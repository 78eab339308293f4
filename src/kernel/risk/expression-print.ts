/** An expression in words, for the reason line of a hit: "loading in {ECGYE, PECLL} and indicator I3 flagged". The same expression gives the same words. */
import { specOf, type ValueColumn } from './column-layout.ts'
import type { Comparison, Expression, SetRef, Value } from './expression.ts'

const SHOWN_VALUES = 8
const MARKS: Readonly<Record<Comparison, string>> = { eq: '=', ge: '≥', gt: '>', le: '≤', lt: '<' }

export function explainExpression(expression: Expression): string {
  switch (expression.op) {
    case 'and':
    case 'or':
      return expression.args
        .map((arg) => (needsBrackets(arg) ? `(${explainExpression(arg)})` : explainExpression(arg)))
        .join(` ${expression.op} `)
    case 'not':
      return needsBrackets(expression.arg) ? `not (${explainExpression(expression.arg)})` : `not ${explainExpression(expression.arg)}`
    case 'in':
      return `${specOf(expression.col).title} in ${explainSet(expression.set, expression.col)}`
    case 'flag':
      return `${expression.bit.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} stated`
    case 'ind':
      return `indicator ${expression.id} flagged`
    case 'watch':
      return `${specOf(expression.col).title} on watch list ${expression.list}`
    case 'missing':
      return `${specOf(expression.col).title} not stated`
    default:
      return `${specOf(expression.col).title} ${MARKS[expression.op]} ${explainValue(expression.value, expression.col)}`
  }
}

function needsBrackets(expression: Expression): boolean {
  return (expression.op === 'and' || expression.op === 'or') && expression.args.length > 1
}

function explainSet(set: SetRef, col: ValueColumn): string {
  if ('name' in set) return `set ${set.name}`
  const shown = set.slice(0, SHOWN_VALUES).map((value) => explainValue(value, col))
  return `{${[...shown, ...(set.length > SHOWN_VALUES ? [`${set.length - SHOWN_VALUES} more`] : [])].join(', ')}}`
}

function explainValue(value: Value, col: ValueColumn): string {
  const { unit } = specOf(col)
  if (col === 'day' && typeof value === 'number') return calendarDay(value)
  return unit === undefined ? String(value) : `${value} ${unit}`
}

/** Civil date of a day since 1970-01-01. Source: H. Hinnant, "chrono-compatible low-level date algorithms" (2013). */
export function calendarDay(day: number): string {
  const shifted = Math.floor(day) + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const year = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365)
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100))
  const month = Math.floor((5 * ofYear + 2) / 153)
  const date = ofYear - Math.floor((153 * month + 2) / 5) + 1
  const civil = month < 10 ? month + 3 : month - 9
  const two = (part: number) => String(part).padStart(2, '0')
  return `${year + era * 400 + (civil <= 2 ? 1 : 0)}-${two(civil)}-${two(date)}`
}
