/**
 * A rule while it is edited: groups and rows, each with a key, each of which may say the opposite. It becomes the expression that the node checks, and comes from one.
 * Invariant: what a draft says, its expression says; a row that is not finished is named and nothing is guessed for it.
 */
import type { RuleExpression, Vocabulary } from '../contract.ts'

export type RowOp = 'eq' | 'ge' | 'gt' | 'le' | 'lt' | 'in' | 'watch' | 'missing' | 'holds'

export interface DraftRow {
  readonly key: number
  readonly kind: 'row'
  readonly isNegated: boolean
  /** `col:pol`, `flag:reefer`, `ind:I3`; empty while nothing is chosen. */
  readonly on: string
  readonly op: RowOp
  /** Members of `in`. */
  readonly values: readonly string[]
  /** The value of a comparison; with `in`, what is typed and not added yet, which counts. */
  readonly text: string
}

export interface DraftGroup {
  readonly key: number
  readonly kind: 'group'
  readonly isNegated: boolean
  readonly join: 'and' | 'or'
  readonly parts: readonly DraftPart[]
}

export type DraftPart = DraftRow | DraftGroup

export const emptyRow = (key: number): DraftRow => ({ key, kind: 'row', isNegated: false, on: '', op: 'in', values: [], text: '' })
export const emptyGroup = (key: number): DraftGroup => ({ key, kind: 'group', isNegated: false, join: 'or', parts: [emptyRow(key + 1)] })
export const newDraft = (): DraftGroup => ({ key: 0, kind: 'group', isNegated: false, join: 'and', parts: [emptyRow(1)] })

export function nextKey(group: DraftGroup): number {
  return 1 + Math.max(group.key, ...group.parts.map((part) => (part.kind === 'group' ? nextKey(part) - 1 : part.key)))
}

/** The same tree with one part changed, or gone where nothing comes back. */
export function withPart(group: DraftGroup, key: number, change: (part: DraftPart) => DraftPart | undefined): DraftGroup {
  return {
    ...group,
    parts: group.parts.flatMap((part) => {
      if (part.key === key) return change(part) ?? []
      return part.kind === 'group' ? [withPart(part, key, change)] : [part]
    }),
  }
}

export function toDraft(expression: RuleExpression): DraftGroup {
  let key = -1
  const make = (node: RuleExpression, isNegated: boolean): DraftPart => {
    if (node.op === 'not') {
      // Twice not is the thing itself, unknown stays unknown.
      return make(node.arg, !isNegated)
    }
    key += 1
    const own = key
    if ('args' in node) return { key: own, kind: 'group', isNegated, join: node.op, parts: node.args.map((arg) => make(arg, false)) }
    return { key: own, kind: 'row', isNegated, ...rowOf(node) }
  }
  const made = make(expression, false)
  return made.kind === 'group' ? made : { key: key + 1, kind: 'group', isNegated: false, join: 'and', parts: [made] }
}

type Leaf = Exclude<RuleExpression, { args: unknown } | { arg: unknown }>

function rowOf(node: Leaf): Pick<DraftRow, 'on' | 'op' | 'values' | 'text'> {
  if (node.op === 'flag') return { on: `flag:${node.bit}`, op: 'holds', values: [], text: '' }
  if (node.op === 'ind') return { on: `ind:${node.id}`, op: 'holds', values: [], text: '' }
  const on = `col:${node.col}`
  if (node.op === 'in') return { on, op: 'in', values: node.values, text: '' }
  if (node.op === 'watch' || node.op === 'missing') return { on, op: node.op, values: [], text: '' }
  return { on, op: node.op, values: [], text: String(node.value) }
}

export interface DraftReading {
  /** Absent while a row is not finished. */
  readonly expression: RuleExpression | undefined
  readonly unfinished: readonly number[]
  /** Place of each part in the expression, as problems name it: `expression.args.1`. */
  readonly places: ReadonlyMap<number, string>
}

export function readDraft(draft: DraftGroup, columns: Vocabulary['columns']): DraftReading {
  const kinds = new Map(columns.map(({ id, kind }) => [id, kind]))
  const places = new Map<number, string>()
  const unfinished: number[] = []
  // A group of one part is that part; two negations that meet so are none, and unknown stays unknown.
  const read = (part: DraftPart, at: string, isFlipped: boolean): RuleExpression | undefined => {
    places.set(part.key, at)
    const isNegated = part.isNegated !== isFlipped
    if (part.kind === 'group' && part.parts.length === 1 && part.parts[0] !== undefined) return read(part.parts[0], at, isNegated)
    const below = isNegated ? `${at}.arg` : at
    const made = part.kind === 'group' ? readGroup(part, below) : readRow(part, kinds)
    if (made === undefined && (part.kind === 'row' || part.parts.length === 0)) unfinished.push(part.key)
    return made !== undefined && isNegated ? { op: 'not', arg: made } : made
  }
  const readGroup = ({ parts, join }: DraftGroup, at: string): RuleExpression | undefined => {
    const args = parts.map((part, index) => read(part, `${at}.args.${index}`, false))
    return args.length === 0 || args.some((arg) => arg === undefined) ? undefined : { op: join, args: args as RuleExpression[] }
  }
  const expression = read(draft, 'expression', false)
  return { expression, unfinished, places }
}

function readRow(row: DraftRow, kinds: ReadonlyMap<string, 'code' | 'number' | 'party'>): RuleExpression | undefined {
  const [what = '', name = ''] = row.on.split(':')
  if (name === '') return undefined
  if (what === 'flag') return { op: 'flag', bit: name }
  if (what === 'ind') return { op: 'ind', id: name }
  if (row.op === 'watch' || row.op === 'missing') return { op: row.op, col: name }
  if (row.op === 'holds') return undefined
  if (row.op === 'in') {
    const values = [...new Set([...row.values, ...typedValues(row.text, kinds.get(name))])]
    return values.length === 0 ? undefined : { op: 'in', col: name, values }
  }
  const text = row.text.trim()
  if (text === '') return undefined
  if (kinds.get(name) !== 'number' || /^\d{4}-\d{2}-\d{2}$/.test(text)) return { op: row.op, col: name, value: text }
  const value = Number(text.replace(',', '.'))
  return Number.isFinite(value) ? { op: row.op, col: name, value } : undefined
}

/** Codes are separated by blanks, commas or semicolons; a name of a company holds all of these, so it stands alone. */
export function typedValues(text: string, kind: 'code' | 'number' | 'party' | undefined): readonly string[] {
  const trimmed = text.trim()
  if (trimmed === '') return []
  return kind === 'party'
    ? [trimmed]
    : trimmed
        .toUpperCase()
        .split(/[\s,;]+/)
        .filter((part) => part !== '')
}

/** The part that a problem of the node is about: the deepest one whose place the problem's begins with. */
export function partAt(places: ReadonlyMap<number, string>, at: string): number | undefined {
  const wanted = `${at.replaceAll(/\[(\d+)\]/g, '.$1')}.`
  let found: { readonly key: number; readonly length: number } | undefined
  for (const [key, place] of places)
    if (wanted.startsWith(`${place}.`) && (found === undefined || place.length >= found.length)) found = { key, length: place.length }
  return found?.key
}
