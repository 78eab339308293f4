/**
 * A stowage plan as plans of bays: which rows and tiers occur, which box stands where, and where each cell is drawn. Pure; nothing of the page.
 * Rows are seen from aft: even rows to port count leftward, odd rows to starboard rightward. A box in an even bay is long and takes its cell in the bays beside it.
 * Source: ISO 9711-1; SMDG BAPLIE user guides.
 */
import { boxBit, type StowageAnswer } from '../contract/vessel.ts'

/** Tiers from here on stand on deck. */
const DECK = 70
const MARKED = boxBit.signal | boxBit.alert | boxBit.badCheckDigit | boxBit.notIso

export interface Bay {
  readonly number: number
  /** Boxes by their place in the columns, marked ones last: what is drawn last lies on top. */
  readonly boxes: readonly number[]
  /** Boxes of the bays beside that take a cell here. */
  readonly over: readonly number[]
}

export interface Stowage {
  readonly answer: StowageAnswer
  readonly bays: readonly Bay[]
  /** Column of each row, from the left; line of each tier, from the top, deck and hold apart. */
  readonly columnOf: ReadonlyMap<number, number>
  readonly lineOf: ReadonlyMap<number, number>
  readonly lines: number
  readonly hasHold: boolean
  readonly at: ReadonlyMap<number, readonly number[]>
  /** In the order of the answer. */
  readonly marked: readonly number[]
}

export interface Position {
  readonly bay: number
  readonly row: number
  readonly tier: number
}

export function splitPosition(position: number): Position {
  return { bay: Math.floor(position / 10_000), row: Math.floor(position / 100) % 100, tier: position % 100 }
}

export function isOnDeck(tier: number): boolean {
  return tier >= DECK
}

export function isMarked({ marks }: StowageAnswer, box: number): boolean {
  return ((marks[box] ?? 0) & MARKED) !== 0
}

export function stowageOf(answer: StowageAnswer): Stowage {
  const { positions } = answer
  const at = new Map<number, number[]>()
  const bays = new Map<number, number[]>()
  const [rows, tiers] = [new Set<number>(), new Set<number>()]
  for (const [box, position] of positions.entries()) {
    if (position < 0) continue
    const { bay, row, tier } = splitPosition(position)
    push(at, position, box)
    push(bays, bay, box)
    rows.add(row)
    tiers.add(tier)
  }
  const deck = [...tiers].filter(isOnDeck).sort((a, b) => b - a)
  const hold = [...tiers].filter((tier) => !isOnDeck(tier)).sort((a, b) => b - a)
  // A line between deck and hold stands for the hatch cover.
  const gap = deck.length > 0 && hold.length > 0 ? 1 : 0
  const lines = [...deck, ...hold].map((tier, line) => [tier, line < deck.length ? line : line + gap] as const)
  return {
    answer,
    bays: [...bays]
      .sort(([a], [b]) => a - b)
      .map(([number, boxes]) => ({
        number,
        boxes: boxes.toSorted((a, b) => Number(isMarked(answer, a)) - Number(isMarked(answer, b))),
        over: number % 2 === 0 ? [] : [number - 1, number + 1].flatMap((beside) => bays.get(beside) ?? []),
      })),
    columnOf: new Map([...rows].sort(fromPort).map((row, column) => [row, column])),
    lineOf: new Map(lines),
    lines: deck.length + hold.length + gap,
    hasHold: hold.length > 0,
    at,
    marked: positions.flatMap((_, box) => (isMarked(answer, box) ? [box] : [])),
  }
}

function push(map: Map<number, number[]>, key: number, value: number): void {
  const held = map.get(key)
  if (held === undefined) map.set(key, [value])
  else held.push(value)
}

/** 06 04 02 00 01 03 05. */
function fromPort(a: number, b: number): number {
  return side(a) - side(b)
}

function side(row: number): number {
  return row % 2 === 0 ? -row / 2 : (row + 1) / 2
}
