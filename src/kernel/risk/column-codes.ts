/**
 * The codes of one desk as numbers, in the order in which they were met. Invariants: a number is never given twice and never taken back; 0 stands for no
 * code; each desk numbers for itself, so that nothing can be read from a number about another desk. 65,535 codes a dictionary, as the columns hold.
 */
import { accept, type Parsed, refuse } from '../result/problem.ts'
import { DICTIONARIES, type Dictionary } from './column-layout.ts'
import { CODE_LENGTH } from './column-row.ts'

export interface CodeBook {
  /** Nothing for a code that was never met: no row holds it. */
  numberOf(dictionary: Dictionary, code: string): number | undefined
  codeOf(dictionary: Dictionary, number: number): string | undefined
  /** Gives a new code the next number; nothing when the dictionary is full. */
  take(dictionary: Dictionary, code: string): number | undefined
  list(): CodeLists
}

/** The code with number n stands at n − 1. */
export type CodeLists = Readonly<Record<Dictionary, readonly string[]>>

export const MOST_CODES = 65_535

export function openCodeBook(lists: Partial<CodeLists> = {}, most: number = MOST_CODES): CodeBook {
  const books = Object.fromEntries(DICTIONARIES.map((name) => [name, bookOf(lists[name] ?? [])])) as Record<Dictionary, Book>
  return {
    numberOf: (dictionary, code) => books[dictionary].numbers.get(code),
    codeOf: (dictionary, number) => books[dictionary].codes[number - 1],
    take: (dictionary, code) => {
      const { codes, numbers } = books[dictionary]
      const known = numbers.get(code)
      if (known !== undefined || codes.length >= most) return known
      codes.push(code)
      numbers.set(code, codes.length)
      return codes.length
    },
    list: () => Object.fromEntries(DICTIONARIES.map((name) => [name, [...books[name].codes]])) as Record<Dictionary, string[]>,
  }
}

/** Lists as they were stored; a doubled or overlong code makes the whole book unusable, because its numbers would lie. */
export function readCodeLists(value: unknown): Parsed<CodeLists> {
  if (typeof value !== 'object' || value === null) return spoilt('codes')
  const lists = value as Readonly<Record<string, unknown>>
  for (const name of DICTIONARIES) {
    const list = lists[name]
    if (!Array.isArray(list) || list.length > MOST_CODES || new Set(list).size !== list.length) return spoilt(name)
    if (!list.every((code) => typeof code === 'string' && code.length > 0 && code.length <= CODE_LENGTH)) return spoilt(name)
  }
  return accept(lists as unknown as CodeLists)
}

interface Book {
  readonly codes: string[]
  readonly numbers: Map<string, number>
}

function bookOf(list: readonly string[]): Book {
  return { codes: [...list], numbers: new Map(list.map((code, index) => [code, index + 1])) }
}

function spoilt(at: string): Parsed<never> {
  return refuse({ code: 'column.codes', at, message: 'The stored codes cannot be used; the columns have to be written again.' })
}
