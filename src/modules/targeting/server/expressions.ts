/**
 * Between the form of a rule and the expression that is evaluated: names of companies become numbers of this desk, container numbers their packed keys, days their
 * ordinals. A name that no arrival of the desk had gets no number, and a condition over it does not fire. The words for a rule are made with the names as written.
 */
import { packContainer } from '#kernel/cargo-history/container-key.ts'
import { legalPersonKey } from '#kernel/cargo-history/legal-person.ts'
import { specOf, VALUE_COLUMNS, type ValueColumn } from '#kernel/risk/column-layout.ts'
import type { ConsignmentRow } from '#kernel/risk/column-row.ts'
import { type Expression, NO_NAMES, type Value, type Vocabulary, type WatchEntry } from '#kernel/risk/expression.ts'
import { checkExpression } from '#kernel/risk/expression-check.ts'
import { explainExpression } from '#kernel/risk/expression-print.ts'
import { compileRowFinding, type RowFinding } from '#kernel/risk/expression-row.ts'
import type { RuleExpression } from '../contract.ts'
import { dayNumber } from './desk.ts'

/** The one list of a desk: its watch entries in force. */
export const WATCH_LIST = 'entries'
/** A number that no legal person gets. */
const NOBODY = 2 ** 31 - 1
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Numbers of legal persons at this desk, by their key. */
export type PartyNumbers = ReadonlyMap<string, number>

export interface WireProblem {
  readonly code: string
  readonly at: string
  readonly text: string
}

export interface ReadExpression {
  readonly problems: readonly WireProblem[]
  readonly printed: string | undefined
  readonly evaluate: ((row: ConsignmentRow) => RowFinding) | undefined
  readonly expression: Expression | undefined
}

export function vocabularyOn(day: string, entries: readonly WatchEntry[]): Vocabulary {
  return { ...NO_NAMES, lists: new Map([[WATCH_LIST, entries]]), day: dayNumber(day) }
}

export function readExpression(wire: RuleExpression, parties: PartyNumbers, vocabulary: Vocabulary): ReadExpression {
  const expression = toKernel(wire, parties)
  const checked = checkExpression(expression, vocabulary)
  if (!checked.ok) {
    const problems = checked.problems.map(({ code, at, message }) => ({ code, at: `expression.${at}`, text: message }))
    return { problems, printed: undefined, evaluate: undefined, expression: undefined }
  }
  const named = toNamed(wire)
  const compiled = compileRowFinding(checked.value, vocabulary)
  const words = new Map(leavesOf(checked.value).map((leaf, at) => [explainExpression(leaf), wordsOf(leavesOf(named)[at] ?? leaf)]))
  return {
    problems: [],
    printed: wordsOf(named),
    expression: checked.value,
    evaluate: (row) => {
      const finding = compiled(row)
      return { ...finding, fired: finding.fired.map((text) => words.get(text) ?? text) }
    },
  }
}

/** What the form says, as the evaluator wants it. Anything it does not know passes through: the check names it. */
function toKernel(wire: RuleExpression, parties: PartyNumbers): Expression {
  switch (wire.op) {
    case 'and':
    case 'or':
      return { op: wire.op, args: wire.args.map((arg) => toKernel(arg, parties)) }
    case 'not':
      return { op: 'not', arg: toKernel(wire.arg, parties) }
    case 'in':
      return { op: 'in', col: wire.col as ValueColumn, set: wire.values.map((value) => valueFor(wire.col, value, parties)) }
    case 'watch':
      return { op: 'watch', list: WATCH_LIST, col: wire.col as ValueColumn }
    case 'flag':
    case 'ind':
    case 'missing':
      return wire as Expression
    default:
      return { op: wire.op, col: wire.col as ValueColumn, value: valueFor(wire.col, wire.value, parties) }
  }
}

function valueFor(col: string, value: string | number, parties: PartyNumbers): Value {
  const meaning = meaningOf(col)
  if (meaning === 'party' && typeof value === 'string') return parties.get(legalPersonKey({ name: value }) ?? '') ?? NOBODY
  if (meaning === 'container' && typeof value === 'string') return packContainer(value) ?? value
  if (col === 'day' && typeof value === 'string' && DAY.test(value)) return dayNumber(value)
  if (meaning === 'number' && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value)
  if (meaning === 'code' && typeof value === 'string') return value.toUpperCase()
  return value
}

/** The same tree with names and numbers as they were written, for words. */
function toNamed(wire: RuleExpression): Expression {
  switch (wire.op) {
    case 'and':
    case 'or':
      return { op: wire.op, args: wire.args.map(toNamed) }
    case 'not':
      return { op: 'not', arg: toNamed(wire.arg) }
    case 'in':
      return { op: 'in', col: wire.col as ValueColumn, set: wire.values }
    case 'watch':
      return { op: 'watch', list: WATCH_LIST, col: wire.col as ValueColumn }
    default:
      return wire as Expression
  }
}

function wordsOf(expression: Expression): string {
  return explainExpression(expression).replaceAll(` on watch list ${WATCH_LIST}`, ' on a watch entry')
}

/** The smallest parts that a finding names: terms, and negations as a whole. */
function leavesOf(expression: Expression): readonly Expression[] {
  return expression.op === 'and' || expression.op === 'or' ? expression.args.flatMap(leavesOf) : [expression]
}

/** Companies that an expression names: a natural person's name has no number and is refused before a rule is kept. */
export function partyProblems(wire: RuleExpression, at = 'expression'): readonly WireProblem[] {
  if (wire.op === 'and' || wire.op === 'or') return wire.args.flatMap((arg, index) => partyProblems(arg, `${at}.args[${index}]`))
  if (wire.op === 'not') return partyProblems(wire.arg, `${at}.arg`)
  if (!('col' in wire) || meaningOf(wire.col) !== 'party') return []
  const values = wire.op === 'in' ? wire.values : wire.op === 'eq' ? [wire.value] : []
  return values.flatMap((value, index) =>
    typeof value === 'string' && legalPersonKey({ name: value }) !== undefined
      ? []
      : [
          {
            code: 'expression.legal-person',
            at: `${at}.values[${index}]`,
            text: 'This cannot be told to be a legal person: write the name with its legal form. No rule names a natural person.',
          },
        ],
  )
}

function meaningOf(col: string): string | undefined {
  return (VALUE_COLUMNS as readonly string[]).includes(col) ? specOf(col as ValueColumn).meaning : undefined
}
