/**
 * Records as they travel between authorities: JSON lines, the first saying what the file is, one fragment on each of the others. The file goes as an
 * attachment of a piece of information, whose originator is that of all statements in it: a line cannot say otherwise.
 * Invariant: reading takes each line as it stands or names what is wrong with it; read what was printed, and nothing is missing.
 */
import { z } from 'zod'
import { ENTITY_ID } from '#kernel/record/identity.ts'
import { SUBJECT_CATEGORIES } from '#kernel/record/statement.ts'
import { evaluationWire, handlingWire } from '#modules/exchange/contract'
import { boardLayout } from '../contract/boards.ts'
import { MOST_VALUE, partialDate, propertyName, schemaName } from '../contract/shapes.ts'

export const SHARE_FORMAT = 'breakwater-records'
export const MOST_SHARE_BYTES = 64 * 1024 * 1024
const MOST_LINES = 200_000

const header = z.strictObject({
  format: z.literal(SHARE_FORMAT),
  version: z.literal(1),
  board: z.strictObject({ title: z.string().min(3).max(120), layout: boardLayout }),
})

const value = z.strictObject({
  prop: propertyName,
  value: z.string().min(1).max(MOST_VALUE),
  from: partialDate.optional(),
  to: partialDate.optional(),
  lang: z.string().max(20).optional(),
})

const sharedFragment = z.strictObject({
  entity: z.string().regex(ENTITY_ID),
  schema: schemaName,
  values: z.array(value).min(1).max(2000),
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
  readonly problems: readonly { readonly line: number; readonly at: string; readonly text: string }[]
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
  if (!first.success || lines.length > MOST_LINES) return undefined
  const fragments: (SharedFragment & { line: number })[] = []
  const problems: { line: number; at: string; text: string }[] = []
  for (let index = 1; index < lines.length; index++) {
    const text = lines[index] ?? ''
    if (text.trim() === '') continue
    const read = sharedFragment.safeParse(parsed(text))
    const issue = read.error?.issues[0]
    if (read.success) fragments.push({ ...read.data, line: index + 1 })
    else problems.push({ line: index + 1, at: issue?.path.join('.') ?? '', text: issue?.message ?? '' })
  }
  return { board: first.data.board, fragments, problems }
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
