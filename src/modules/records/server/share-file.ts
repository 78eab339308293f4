/**
 * Records as they travel between authorities: JSON lines, the first saying what the file is, one fragment on each of the others. The file goes as an
 * attachment of a piece of information, whose originator is that of all statements in it: a line cannot say otherwise.
 * Invariant: reading takes each line as it stands or names what is wrong with it, as for a file that is brought in; read what was printed, and nothing is missing.
 */
import { z } from 'zod'
import { ENTITY_ID } from '#kernel/record/identity.ts'
import { schemaOf } from '#kernel/record/model.ts'
import { SUBJECT_CATEGORIES } from '#kernel/record/statement.ts'
import { evaluationWire, handlingWire } from '#modules/exchange/contract'
import { boardLayout } from '../contract/boards.ts'
import { propertyName, schemaName } from '../contract/shapes.ts'
import { isStorable } from './import-unit.ts'
import { checkedShare, type ShareProblem } from './share-check.ts'

export const SHARE_FORMAT = 'breakwater-records'
export const MOST_SHARE_BYTES = 64 * 1024 * 1024
export const MOST_SHARED = 200_000

const header = z.strictObject({
  format: z.literal(SHARE_FORMAT),
  version: z.literal(1),
  board: z.strictObject({ title: z.string().min(3).max(120), layout: boardLayout }),
})

const value = z.strictObject({
  prop: propertyName,
  value: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  lang: z.string().optional(),
})

const sharedFragment = z.strictObject({
  entity: z.string().regex(ENTITY_ID),
  schema: schemaName,
  values: z.array(value),
  evaluation: evaluationWire,
  handling: handlingWire,
  legalBasis: z.strictObject({ act: z.string().min(3).max(200), art: z.string().min(1).max(100) }),
  category: z.enum(SUBJECT_CATEGORIES),
  eraseAt: z.iso.datetime(),
})
export type SharedFragment = z.infer<typeof sharedFragment>
export type SharedBoard = z.infer<typeof header>['board']

export interface Share {
  readonly board: SharedBoard
  readonly fragments: readonly (SharedFragment & { readonly line: number })[]
  readonly problems: readonly (ShareProblem & { readonly line: number })[]
}

export function printShare(board: SharedBoard, fragments: readonly SharedFragment[]): string {
  const lines: readonly unknown[] = [{ format: SHARE_FORMAT, version: 1, board }, ...fragments]
  return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`
}

/** Undefined when it is no such file; a line that cannot be taken stands among the problems, the others are read. */
export function readShare(bytes: Uint8Array): Share | undefined {
  const text = decode(bytes)
  const lines = text?.split('\n') ?? []
  const first = header.safeParse(parsed(lines[0] ?? ''))
  // The first line and the end of the last one are none of them.
  if (!first.success || !isStorable(first.data) || lines.length > MOST_SHARED + 2) return undefined
  const fragments: (SharedFragment & { line: number })[] = []
  const problems: (ShareProblem & { readonly line: number })[] = []
  for (let index = 1; index < lines.length; index++) {
    const text = lines[index] ?? ''
    if (text.trim() === '') continue
    const line = index + 1
    const read = readFragment(text)
    if (read.fragment !== undefined) fragments.push({ ...read.fragment, line })
    for (const problem of read.problems) problems.push({ line, ...problem })
  }
  return { board: first.data.board, fragments, problems }
}

interface ReadFragment {
  readonly fragment: SharedFragment | undefined
  readonly problems: readonly ShareProblem[]
}

function readFragment(text: string): ReadFragment {
  const refused = (at: string, problem: string): ReadFragment => ({ fragment: undefined, problems: [{ at, text: problem }] })
  const { data, error } = sharedFragment.safeParse(parsed(text))
  const issue = error?.issues[0]
  if (data === undefined) return refused(issue?.path.join('.') ?? '', issue?.message ?? '')
  if (schemaOf(data.schema) === undefined) return refused('schema', 'There is no such schema.')
  if (!isStorable(data)) return refused('', 'The line has zero signs or halves of characters, which the store cannot hold.')
  const { values, refused: left, told } = checkedShare(data.schema, data.values)
  const problems = [...left, ...told]
  // What is left of a relation would be none.
  return { fragment: left.length > 0 && values.length === 0 ? undefined : { ...data, values: [...values] }, problems }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
