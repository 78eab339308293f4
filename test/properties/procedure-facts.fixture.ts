/**
 * What is known of a case, and whether a condition holds of it: written anew from the words of the glossary and of the conditions, not from the kernel's
 * evaluation, so that the two can be held against each other. Truth has three values; what is not known never passes.
 */
import type { Expr } from '#kernel/procedure/expression.ts'
import type { Party } from '#kernel/procedure/fold.ts'

const HOUR = 3_600_000

export interface Known {
  /** Value of a fact by its name; undefined when nobody knows it. */
  value(name: string): unknown
  isGiven(name: string): boolean
  /** The same after a form: what the form says goes before what was stored; a field sent empty is not known. */
  with(fields: Readonly<Record<string, unknown>>): Known
}

export interface Circumstances {
  readonly state: string
  readonly values: ReadonlyMap<string, unknown>
  readonly done: ReadonlySet<string>
  /** Steps the acting officer took. */
  readonly took: ReadonlySet<string>
  readonly parties: Readonly<Record<string, readonly Party[]>>
  readonly extended: ReadonlyMap<string, number>
  readonly isSupervisor: boolean
  readonly slice: Readonly<Record<string, unknown>>
  readonly now: number
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

export function knownOf(at: Circumstances, form: Readonly<Record<string, unknown>> = {}): Known {
  const raw = (name: string): unknown => (name in form ? form[name] : at.values.get(name))
  const value = (name: string): unknown => {
    if (name === 'state') return at.state
    if (name === 'actor.isSupervisor') return at.isSupervisor
    const [head = '', ...rest] = name.split('.')
    const tail = rest.join('.')
    if (head === 'done') return at.done.has(tail) ? true : undefined
    if (head === 'took') return at.took.has(tail) ? true : undefined
    if (head === 'clock') return at.extended.get(rest[0] ?? '')
    if (head === 'party') {
      const [role = '', about] = rest
      const first = at.parties[role]?.[0]
      if (about === undefined) return at.parties[role] === undefined ? undefined : first !== undefined
      return first?.[about as 'country' | 'kind' | 'realm']
    }
    const found = raw(head)
    if (tail === 'count') return Array.isArray(found) ? found.length : undefined
    if (tail === 'inHours' || tail === 'inDays') {
      const instant = typeof found === 'string' && /^\d{4}-\d\d-\d\d/.test(found) ? Date.parse(found) : Number.NaN
      return Number.isNaN(instant) ? undefined : (instant - at.now) / (tail === 'inHours' ? HOUR : 24 * HOUR)
    }
    if (found === null || found === '') return undefined
    return found ?? at.slice[name]
  }
  return { value, isGiven: (name) => !isEmpty(value(name)), with: (fields) => knownOf(at, { ...form, ...fields }) }
}

/** 1 true, 0 false, ½ not known: conjunction is the least, disjunction the greatest (Kleene). */
function degree(expr: Expr, known: Known): number {
  if ('all' in expr) return Math.min(1, ...expr.all.map((each) => degree(each, known)))
  if ('any' in expr) return Math.max(0, ...expr.any.map((each) => degree(each, known)))
  if ('not' in expr) return 1 - degree(expr.not, known)
  if ('given' in expr) return known.isGiven(expr.fact) === expr.given ? 1 : 0
  const value = known.value(expr.fact)
  if (value === undefined) return 0.5
  const truth = (is: boolean) => (is ? 1 : 0)
  if ('includes' in expr) return Array.isArray(value) ? truth(value.some((each) => each === expr.includes)) : 0.5
  if ('same' in expr) {
    const other = known.value(expr.same)
    return other === undefined ? 0.5 : truth(other === value)
  }
  if (typeof value === 'object') return 0.5
  if ('is' in expr) return truth(value === expr.is)
  if ('in' in expr) return truth(expr.in.some((each) => each === value))
  if (typeof value !== 'number') return 0.5
  return truth('atLeast' in expr ? value >= expr.atLeast : value <= expr.atMost)
}

export function holds(expr: Expr, known: Known): boolean | 'unknown' {
  const found = degree(expr, known)
  return found === 1 ? true : found === 0 ? false : 'unknown'
}
