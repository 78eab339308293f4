/** Evaluates a condition over facts in three values: true, false, unknown. Unknown never passes a guard; the failing term is named. */
import type { Expr, Scalar } from './definition.ts'

export type Facts = Readonly<Record<string, Scalar | undefined>>
export type Truth = true | false | 'unknown'

export function evaluate(expr: Expr, facts: Facts): Truth {
  if ('all' in expr) return fold(expr.all, facts, false)
  if ('any' in expr) return fold(expr.any, facts, true)
  if ('not' in expr) {
    const inner = evaluate(expr.not, facts)
    return inner === 'unknown' ? 'unknown' : !inner
  }
  const value = facts[expr.fact]
  if ('given' in expr) return value !== undefined && value !== ''
  if (value === undefined) return 'unknown'
  if ('is' in expr) return value === expr.is
  if ('in' in expr) return expr.in.includes(value)
  if (typeof value !== 'number') return 'unknown'
  return 'atLeast' in expr ? value >= expr.atLeast : value <= expr.atMost
}

/** `decisive` ends the fold: true for any, false for all. */
function fold(terms: readonly Expr[], facts: Facts, decisive: boolean): Truth {
  let result: Truth = !decisive
  for (const term of terms) {
    const truth = evaluate(term, facts)
    if (truth === decisive) return decisive
    if (truth === 'unknown') result = 'unknown'
  }
  return result
}

/** Names of the facts an expression asks for. */
export function factsOf(expr: Expr): readonly string[] {
  if ('all' in expr) return expr.all.flatMap(factsOf)
  if ('any' in expr) return expr.any.flatMap(factsOf)
  if ('not' in expr) return factsOf(expr.not)
  return [expr.fact]
}
