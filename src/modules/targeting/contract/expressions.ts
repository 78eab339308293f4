/**
 * A rule as a form: rows and groups, never code. Names of columns, flags and indicators come from `targeting.showVocabulary`; codes are written as codes
 * (`ECGYE`, `0803`), numbers as numbers. What is missing is unknown, and unknown never fires.
 */
import { z } from 'zod'
import { text } from './shapes.ts'

export const MOST_DEPTH = 12
export const MOST_NODES = 200
export const MOST_VALUES = 500

export type RuleExpression =
  | { op: 'and' | 'or'; args: RuleExpression[] }
  | { op: 'not'; arg: RuleExpression }
  | { op: 'in'; col: string; values: string[] }
  | { op: 'eq' | 'ge' | 'gt' | 'le' | 'lt'; col: string; value: number | string }
  | { op: 'flag'; bit: string }
  | { op: 'ind'; id: string }
  /** The value of the column stands on a watch entry of this desk that is in force. */
  | { op: 'watch'; col: string }
  | { op: 'missing'; col: string }

const name = text(1, 60)
/** Longest: the name of a company. */
const code = text(1, 200)

const node: z.ZodType<RuleExpression> = z.lazy(() =>
  z.union([
    z.strictObject({ op: z.enum(['and', 'or']), args: z.array(node).min(1).max(50) }),
    z.strictObject({ op: z.literal('not'), arg: node }),
    z.strictObject({ op: z.literal('in'), col: name, values: z.array(code).min(1).max(MOST_VALUES) }),
    z.strictObject({ op: z.enum(['eq', 'ge', 'gt', 'le', 'lt']), col: name, value: z.union([z.number(), code]) }),
    z.strictObject({ op: z.literal('flag'), bit: name }),
    z.strictObject({ op: z.literal('ind'), id: name }),
    z.strictObject({ op: z.literal('watch'), col: name }),
    z.strictObject({ op: z.literal('missing'), col: name }),
  ]),
)

/** Measured without recursion, so that a thousand brackets are refused before anything walks them. */
function fits(value: unknown): boolean {
  const open: { at: unknown; depth: number }[] = [{ at: value, depth: 1 }]
  let nodes = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next.at !== 'object' || next.at === null) continue
    const { args, arg } = next.at as { args?: unknown; arg?: unknown }
    nodes += 1
    if (nodes > MOST_NODES || next.depth > MOST_DEPTH) return false
    const below = [...(Array.isArray(args) ? args.slice(0, MOST_NODES + 1) : []), ...(arg === undefined ? [] : [arg])]
    for (const at of below) open.push({ at, depth: next.depth + 1 })
  }
  return true
}

export const expression = z
  .unknown()
  .refine(fits, { message: `At most ${MOST_NODES} conditions, ${MOST_DEPTH} deep.`, abort: true })
  .pipe(node)
