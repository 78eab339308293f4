/** `breakwater records search TEXT`: what an officer's desk may read of the records of a running node, best first. */
import { type SearchAnswer, searchRecords } from '#modules/records/contract'
import type { Client } from '../client.ts'
import type { CommandOutput } from './usage.ts'

export interface SearchWords {
  readonly text: string
  readonly schema?: string | undefined
  readonly country?: string | undefined
  readonly topic?: string | undefined
  readonly collection?: string | undefined
  /** Lines at most. */
  readonly most: number
  readonly json: boolean
}

const PAGE = 100

/** 0 when the node answered, whatever it found. */
export async function recordsSearch({ text, most, json, ...filters }: SearchWords, client: Client, io: CommandOutput): Promise<number> {
  let shown = 0
  let cursor: string | undefined
  let total: SearchAnswer['total'] | undefined
  do {
    const limit = Math.min(PAGE, most - shown)
    const page: SearchAnswer = await client.call(searchRecords, { q: text, ...filters, limit, cursor })
    total ??= page.total
    for (const item of page.items) io.out(json ? JSON.stringify(item) : lineOf(item))
    shown += page.items.length
    cursor = page.next
  } while (cursor !== undefined && shown < most)
  io.err(`${shown} of ${total.isAtLeast ? 'at least ' : ''}${total.total} shown`)
  return 0
}

export function lineOf(row: SearchAnswer['items'][number]): string {
  const details = row.details.map(({ prop, value }) => `${prop} ${value}`).join(', ')
  const matched = row.matched === undefined || row.matched === row.caption ? '' : `  (${row.matched})`
  return printable(`${row.entity}  ${row.schema.padEnd(12)} ${row.caption}${matched}${details === '' ? '' : `  ${details}`}`)
}

/** What stands in a record never moves the cursor of a terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
}
