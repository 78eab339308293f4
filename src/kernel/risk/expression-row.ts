/**
 * An expression as closures over one row, for intake: the truth, and on a hit the terms that made it fire. Agrees with `expression-columns.ts` on every
 * row; a property test holds both beside a plain evaluator. Compile once, ask for each row; no code is made from text.
 */
import { flagPlace, indicatorPlace, NATURAL_PERSON, specOf, UNKNOWN_PARTY, type ValueColumn } from './column-layout.ts'
import { type ConsignmentRow, fit, valueOf } from './column-row.ts'
import { type Expression, NO_NAMES, type Term, type Truth, type Value, type Vocabulary, valuesOf, watchedValues } from './expression.ts'
import { explainExpression } from './expression-print.ts'

export interface RowFinding {
  readonly truth: Truth
  /** Terms that made it fire, in words; empty unless the truth is yes. */
  readonly fired: readonly string[]
  /** Terms that could not be decided and kept it from firing; empty unless the truth is unknown. */
  readonly undecided: readonly string[]
}

export function compileRow(expression: Expression, vocabulary: Vocabulary = NO_NAMES): (row: ConsignmentRow) => Truth {
  const evaluate = compileNode(expression, vocabulary)
  return (row) => TRUTHS[evaluate(row)] as Truth
}

export function compileRowFinding(expression: Expression, vocabulary: Vocabulary = NO_NAMES): (row: ConsignmentRow) => RowFinding {
  const node = traced(expression, vocabulary)
  return (row) => {
    const level = node.evaluate(row)
    return {
      truth: TRUTHS[level] as Truth,
      fired: level === YES ? [...new Set(reasons(node, row, YES))] : [],
      undecided: level === UNKNOWN ? [...new Set(reasons(node, row, UNKNOWN))] : [],
    }
  }
}

/** Ordered as Kleene's logic orders them, so that `and` is the least and `or` the greatest. */
const NO = 0
const UNKNOWN = 1
const YES = 2
type Level = typeof NO | typeof UNKNOWN | typeof YES
const TRUTHS: readonly Truth[] = ['no', 'unknown', 'yes']
type RowTest = (row: ConsignmentRow) => Level

function compileNode(expression: Expression, vocabulary: Vocabulary): RowTest {
  if (expression.op === 'not') {
    const arg = compileNode(expression.arg, vocabulary)
    return (row) => (YES - arg(row)) as Level
  }
  if (expression.op === 'and' || expression.op === 'or') {
    return group(
      expression.op,
      expression.args.map((arg) => compileNode(arg, vocabulary)),
    )
  }
  return compileTerm(expression, vocabulary)
}

function group(op: 'and' | 'or', args: readonly RowTest[]): RowTest {
  const last = op === 'and' ? NO : YES
  return (row) => {
    let level: Level = op === 'and' ? YES : NO
    for (const arg of args) {
      const found = arg(row)
      if (op === 'and' ? found < level : found > level) level = found
      if (level === last) break
    }
    return level
  }
}

function compileTerm(term: Term, vocabulary: Vocabulary): RowTest {
  switch (term.op) {
    case 'flag':
      return bitTest((row) => row.flags?.[term.bit], flagPlace(term.bit) !== undefined)
    case 'ind':
      return bitTest((row) => row.indicators?.[term.id], indicatorPlace(term.id) !== undefined)
    case 'missing':
      return missingTest(term.col)
    case 'in':
      return memberTest(term.col, valuesOf(term.set, vocabulary))
    case 'watch':
      return memberTest(term.col, watchedValues(term, vocabulary))
    case 'eq':
      return memberTest(term.col, [term.value])
    default: {
      const threshold = thresholdOf(term.col, term.value)
      const { op } = term
      return valueTest(term.col, (value) => {
        if (op === 'ge') return Number(value) >= threshold
        if (op === 'gt') return Number(value) > threshold
        return op === 'le' ? Number(value) <= threshold : Number(value) < threshold
      })
    }
  }
}

/** Weights are compared in the precision in which the columns keep them. */
export function thresholdOf(col: ValueColumn, value: Value): number {
  return specOf(col).element === 'f32' ? Math.fround(Number(value)) : Number(value)
}

function bitTest(read: (row: ConsignmentRow) => boolean | undefined, isKnown: boolean): RowTest {
  if (!isKnown) return () => UNKNOWN
  return (row) => {
    const value = read(row)
    return value === undefined ? UNKNOWN : value ? YES : NO
  }
}

function missingTest(col: ValueColumn): RowTest {
  return (row) => {
    const value = valueOf(row, col)
    // Of a natural person nothing is asked, not even whether one is stated.
    if (value === NATURAL_PERSON && specOf(col).meaning === 'party') return UNKNOWN
    return value === undefined ? YES : NO
  }
}

function memberTest(col: ValueColumn, values: readonly Value[]): RowTest {
  const wanted = new Set(values.flatMap((value) => fittedValue(col, value)))
  return valueTest(col, (value) => wanted.has(value))
}

function fittedValue(col: ValueColumn, value: Value): readonly Value[] {
  const fitted = fit(col, value)
  return fitted.ok && !(specOf(col).meaning === 'party' && (fitted.value as number) <= UNKNOWN_PARTY) ? [fitted.value] : []
}

function valueTest(col: ValueColumn, isTrue: (value: Value) => boolean): RowTest {
  const isParty = specOf(col).meaning === 'party'
  return (row) => {
    const value = valueOf(row, col)
    if (value === undefined || (isParty && value === NATURAL_PERSON)) return UNKNOWN
    return isTrue(value) ? YES : NO
  }
}

interface Traced {
  readonly expression: Expression
  readonly evaluate: RowTest
  readonly args: readonly Traced[]
}

function traced(expression: Expression, vocabulary: Vocabulary): Traced {
  const args = expression.op === 'and' || expression.op === 'or' ? expression.args : []
  return { expression, evaluate: compileNode(expression, vocabulary), args: args.map((arg) => traced(arg, vocabulary)) }
}

/** Of a group the arguments at its own level made it so; a negation is one term. */
function reasons(node: Traced, row: ConsignmentRow, level: Level): readonly string[] {
  if (node.args.length === 0) return [explainExpression(node.expression)]
  return node.args.filter((arg) => arg.evaluate(row) === level).flatMap((arg) => reasons(arg, row, level))
}
