/**
 * Many expressions over blocks of typed arrays, slice by slice: a term becomes bits, terms are joined 32 rows at a time, and rows that are decided already are
 * not looked at again. Truth is kept as two words of bits, `yes` and `maybe` (yes or unknown): `and` and `or` work on both, `not` swaps their complements.
 * A column is widened once for each slice and serves every expression. O(rows × terms) at worst; memory for one slice only.
 */
import { type ColumnBlock, columnOf } from './column-block.ts'
import { type ColumnName, missingBit, NATURAL_PERSON, specOf, UNKNOWN_PARTY, type ValueColumn } from './column-layout.ts'
import { columnsOf, type Resolved, type ResolvedTerm } from './expression-resolve.ts'
import { codeMember, oneBit, realMember, realRange, type Scan, SLICE_ROWS, SLICE_WORDS, wholeRange } from './expression-scan.ts'

/** For one expression: words of a slice, bits beyond its rows are 0. Overwritten with the next slice. */
export interface SliceBits {
  readonly yes: Int32Array
  readonly unknown: Int32Array
}

export interface Slice {
  readonly block: ColumnBlock
  readonly from: number
  /** At most `SLICE_ROWS` after `from`. */
  readonly until: number
  /** Rows of interest; all of them when absent. */
  readonly live?: Int32Array
}

export interface ColumnEvaluator {
  readonly columns: readonly ColumnName[]
  /** One answer for each expression, in their order. */
  evaluate(slice: Slice): readonly SliceBits[]
}

export interface Tally {
  readonly rows: number
  readonly fired: number
  readonly unknown: number
}

export function createEvaluator(expressions: readonly Resolved[]): ColumnEvaluator {
  const slice = new OpenSlice()
  const nodes = expressions.map((each) => compile(each, slice))
  const answers = expressions.map(() => ({ yes: new Int32Array(SLICE_WORDS), unknown: new Int32Array(SLICE_WORDS) }))
  const register = new Register()
  const live = new Int32Array(SLICE_WORDS)
  return {
    columns: [...new Set(expressions.flatMap(columnsOf))],
    evaluate: (asked) => {
      slice.open(asked)
      liveRows(asked, live)
      for (const [index, node] of nodes.entries()) {
        node(register, live)
        const { yes, unknown } = answers[index] as SliceBits
        for (let word = 0; word < SLICE_WORDS; word++) {
          yes[word] = (register.yes[word] as number) & (live[word] as number)
          unknown[word] = (register.maybe[word] as number) & ~(register.yes[word] as number) & (live[word] as number)
        }
      }
      return answers
    },
  }
}

/** How often each expression fired, and on how many rows it could not be decided. */
export function evaluateColumns(expressions: readonly Resolved[], block: ColumnBlock): readonly Tally[] {
  const evaluator = createEvaluator(expressions)
  const tallies = expressions.map(() => ({ rows: block.count, fired: 0, unknown: 0 }))
  for (let from = 0; from < block.count; from += SLICE_ROWS) {
    for (const [index, { yes, unknown }] of evaluator
      .evaluate({ block, from, until: Math.min(from + SLICE_ROWS, block.count) })
      .entries()) {
      const tally = tallies[index] as (typeof tallies)[number]
      tally.fired += countBits(yes)
      tally.unknown += countBits(unknown)
    }
  }
  return tallies
}

export function addTally(a: Tally, b: Tally): Tally {
  return { rows: a.rows + b.rows, fired: a.fired + b.fired, unknown: a.unknown + b.unknown }
}

export function countBits(words: Int32Array): number {
  let count = 0
  for (let index = 0; index < words.length; index++) {
    let word = words[index] as number
    if (word === 0) continue
    word -= (word >>> 1) & 0x5555_5555
    word = (word & 0x3333_3333) + ((word >>> 2) & 0x3333_3333)
    count += Math.imul((word + (word >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
  }
  return count
}

/** What a node writes: meaningful only for the rows that were live. */
class Register {
  readonly yes = new Int32Array(SLICE_WORDS)
  readonly maybe = new Int32Array(SLICE_WORDS)
}

type Node = (register: Register, live: Int32Array) => void

function compile(resolved: Resolved, slice: OpenSlice): Node {
  if (resolved.kind === 'not') return negation(compile(resolved.arg, slice))
  if (resolved.kind === 'and' || resolved.kind === 'or') {
    const args = resolved.args.map((arg) => compile(arg, slice))
    return resolved.kind === 'and' ? conjunction(args) : disjunction(args)
  }
  return compileTerm(resolved, slice)
}

function negation(arg: Node): Node {
  return (register, live) => {
    arg(register, live)
    const { yes, maybe } = register
    for (let word = 0; word < SLICE_WORDS; word++) {
      const fired = yes[word] as number
      yes[word] = ~(maybe[word] as number)
      maybe[word] = ~fired
    }
  }
}

function conjunction([first, ...rest]: readonly Node[]): Node {
  const next = new Register()
  const open = new Int32Array(SLICE_WORDS)
  return (register, live) => {
    first?.(register, live)
    const { yes, maybe } = register
    for (const node of rest) {
      let isAny = 0
      for (let word = 0; word < SLICE_WORDS; word++) isAny |= open[word] = (live[word] as number) & (maybe[word] as number)
      if (isAny === 0) {
        yes.fill(0)
        maybe.fill(0)
        return
      }
      node(next, open)
      for (let word = 0; word < SLICE_WORDS; word++) {
        yes[word] = (yes[word] as number) & (next.yes[word] as number)
        maybe[word] = (next.maybe[word] as number) & (open[word] as number)
      }
    }
  }
}

function disjunction([first, ...rest]: readonly Node[]): Node {
  const next = new Register()
  const open = new Int32Array(SLICE_WORDS)
  return (register, live) => {
    first?.(register, live)
    const { yes, maybe } = register
    for (const node of rest) {
      for (let word = 0; word < SLICE_WORDS; word++) open[word] = (live[word] as number) & ~(yes[word] as number)
      node(next, open)
      for (let word = 0; word < SLICE_WORDS; word++) {
        yes[word] = (yes[word] as number) | (next.yes[word] as number)
        maybe[word] = (maybe[word] as number) | (next.maybe[word] as number)
      }
    }
  }
}

function compileTerm(term: ResolvedTerm, slice: OpenSlice): Node {
  if (term.kind === 'bit') {
    const fired = oneBit(term.place.bit)
    return (register, live) => {
      fired(slice.whole(term.place.column), { out: register.yes, live })
      fired(slice.whole(term.place.unknown), { out: register.maybe, live })
      join(register)
    }
  }
  if (term.kind === 'missing') return missingTerm(term.column, slice)
  return valueTerm(term, slice)
}

function missingTerm(column: ValueColumn, slice: OpenSlice): Node {
  return (register) => {
    const { unknown, hidden } = slice.gaps(column)
    for (let word = 0; word < SLICE_WORDS; word++) {
      register.maybe[word] = unknown[word] as number
      register.yes[word] = (unknown[word] as number) & ~(hidden[word] as number)
    }
  }
}

function valueTerm(term: Extract<ResolvedTerm, { readonly kind: 'range' | 'member' }>, slice: OpenSlice): Node {
  const { column } = term
  const read = readTerm(term, slice)
  return (register, live) => {
    read(register.yes, live)
    const { unknown, isAny } = slice.gaps(column)
    const { yes, maybe } = register
    if (!isAny) maybe.set(yes)
    else {
      for (let word = 0; word < SLICE_WORDS; word++) {
        maybe[word] = (yes[word] as number) | (unknown[word] as number)
        yes[word] = (yes[word] as number) & ~(unknown[word] as number)
      }
    }
  }
}

type Read = (out: Int32Array, live: Int32Array) => void

function readTerm(term: Extract<ResolvedTerm, { readonly kind: 'range' | 'member' }>, slice: OpenSlice): Read {
  const { column } = term
  const { element } = specOf(column)
  const isReal = element === 'f32' || element === 'f64'
  if (term.kind === 'range') {
    return isReal ? onReals(realRange(term.low, term.high), column, slice) : onWholes(wholeRange(term.low, term.high), column, slice)
  }
  return element === 'u16' ? onWholes(codeMember(term.values), column, slice) : onReals(realMember(term.values), column, slice)
}

function onReals(scan: Scan<Float64Array>, column: ColumnName, slice: OpenSlice): Read {
  return (out, live) => scan(slice.real(column), { out, live })
}

function onWholes(scan: Scan<Int32Array>, column: ColumnName, slice: OpenSlice): Read {
  return (out, live) => scan(slice.whole(column), { out, live })
}

/** A fact is unknown only where it is not stated as true. */
function join({ yes, maybe }: Register): void {
  for (let word = 0; word < SLICE_WORDS; word++) maybe[word] = (maybe[word] as number) | (yes[word] as number)
}

function liveRows({ from, until, live }: Slice, into: Int32Array): void {
  const rows = until - from
  if (!(rows >= 0 && rows <= SLICE_ROWS)) throw new RangeError(`A slice has 0 to ${SLICE_ROWS} rows.`)
  for (let word = 0; word < SLICE_WORDS; word++) {
    const left = rows - 32 * word
    const inside = left >= 32 ? -1 : left > 0 ? (1 << left) - 1 : 0
    into[word] = live === undefined ? inside : inside & (live[word] as number)
  }
}

/** Rows without a value to compare, and among them those about which not even that is said. */
interface Gaps {
  readonly unknown: Int32Array
  readonly hidden: Int32Array
  isAny: boolean
}

/** The columns of the slice at hand, widened when first asked for. */
class OpenSlice {
  #slice: Slice | undefined
  #number = 0
  readonly #wholes = new Map<ColumnName, { readonly values: Int32Array; number: number }>()
  readonly #reals = new Map<ColumnName, { readonly values: Float64Array; number: number }>()
  readonly #gaps = new Map<ValueColumn, Gaps & { number: number }>()
  readonly #everyWord = new Int32Array(SLICE_WORDS).fill(-1)

  open(slice: Slice): void {
    this.#slice = slice
    this.#number += 1
  }

  whole(column: ColumnName): Int32Array {
    let held = this.#wholes.get(column)
    if (held === undefined) this.#wholes.set(column, (held = { values: new Int32Array(SLICE_ROWS), number: 0 }))
    if (held.number !== this.#number) {
      held.number = this.#number
      held.values.set(this.#rows(column))
    }
    return held.values
  }

  real(column: ColumnName): Float64Array {
    let held = this.#reals.get(column)
    if (held === undefined) this.#reals.set(column, (held = { values: new Float64Array(SLICE_ROWS), number: 0 }))
    if (held.number !== this.#number) {
      held.number = this.#number
      held.values.set(this.#rows(column))
    }
    return held.values
  }

  gaps(column: ValueColumn): Gaps {
    let held = this.#gaps.get(column)
    if (held === undefined) {
      held = { unknown: new Int32Array(SLICE_WORDS), hidden: new Int32Array(SLICE_WORDS), isAny: false, number: 0 }
      this.#gaps.set(column, held)
    }
    if (held.number !== this.#number) {
      held.number = this.#number
      const { unknown, hidden } = held
      const live = this.#everyWord
      if (specOf(column).meaning === 'party') {
        BELOW_KEYS(this.whole(column), { out: unknown, live })
        HIDDEN_KEYS(this.whole(column), { out: hidden, live })
      } else (MISSING[missingBit(column)] as Scan<Int32Array>)(this.whole('missing'), { out: unknown, live })
      held.isAny = unknown.some((word) => word !== 0)
    }
    return held
  }

  #rows(column: ColumnName): ReturnType<typeof columnOf> {
    const { block, from, until } = this.#slice as Slice
    return columnOf(block, column).subarray(from, until)
  }
}

const BELOW_KEYS = wholeRange(-(2 ** 31), UNKNOWN_PARTY)
const HIDDEN_KEYS = wholeRange(-(2 ** 31), NATURAL_PERSON)
const MISSING = Array.from({ length: 32 }, (_, bit) => oneBit(bit))
