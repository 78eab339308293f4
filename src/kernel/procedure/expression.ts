/** Evaluates a condition over facts in three values: true, false, unknown. Unknown never passes a guard; the failing term is named. */

export type Scalar = string | number | boolean

/** A condition over named facts (`facts.ts` says which there are); a missing fact makes a term unknown, and unknown never passes. */
export type Expr =
  | { readonly all: readonly Expr[] }
  | { readonly any: readonly Expr[] }
  | { readonly not: Expr }
  | { readonly fact: string; readonly is: Scalar }
  | { readonly fact: string; readonly in: readonly Scalar[] }
  | { readonly fact: string; readonly atLeast: number }
  | { readonly fact: string; readonly atMost: number }
  | { readonly fact: string; readonly given: boolean }
  /** A fact of several values has this one. */
  | { readonly fact: string; readonly includes: Scalar }
  /** Two facts have the same value. */
  | { readonly fact: string; readonly same: string }

export type Fact = Scalar | readonly Scalar[]
export type Facts = Readonly<Record<string, Fact | undefined>>
export type Truth = true | false | 'unknown'

export function evaluate(expr: Expr, facts: Facts): Truth {
  if ('all' in expr) return fold(expr.all, facts, false)
  if ('any' in expr) return fold(expr.any, facts, true)
  if ('not' in expr) {
    const inner = evaluate(expr.not, facts)
    return inner === 'unknown' ? 'unknown' : !inner
  }
  const value = facts[expr.fact]
  if ('given' in expr) return isGiven(value) === expr.given
  if (value === undefined) return 'unknown'
  if ('includes' in expr) return Array.isArray(value) ? value.includes(expr.includes) : 'unknown'
  if ('same' in expr) return facts[expr.same] === undefined ? 'unknown' : facts[expr.same] === value
  if (Array.isArray(value)) return 'unknown'
  const scalar = value as Scalar
  if ('is' in expr) return scalar === expr.is
  if ('in' in expr) return expr.in.includes(scalar)
  if (typeof scalar !== 'number') return 'unknown'
  return 'atLeast' in expr ? scalar >= expr.atLeast : scalar <= expr.atMost
}

function isGiven(value: Fact | undefined): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
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
  return 'same' in expr ? [expr.fact, expr.same] : [expr.fact]
}
