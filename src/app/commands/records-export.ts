/**
 * `breakwater records export COLLECTION`: what an officer's desk may read of a collection, as lines of FollowTheMoney, as statements, or as a table. Page after page
 * goes out as it comes; headers of a table stand once, and how many records there were is said on stderr.
 */
import { exportCollection, readLinesEnd, readTableEnd } from '#modules/records/contract'
import type { Client } from '../client.ts'
import type { CommandOutput } from './usage.ts'

export interface ExportedCollection {
  readonly collection: string
  readonly format: 'ftm' | 'statements' | 'csv'
  readonly schema?: string | undefined
}

export async function recordsExport(
  { collection, format, schema }: ExportedCollection,
  client: Client,
  io: CommandOutput,
): Promise<number> {
  let after: string | undefined
  let [records, restricted] = [0, 0]
  for (let page = 0; page === 0 || after !== undefined; page++) {
    const asked = { collection, format, ...(schema === undefined ? {} : { schema }), ...(after === undefined ? {} : { after }) }
    const answer = await client.raw(exportCollection, asked)
    if (answer.status !== 200) {
      io.err(`The node answered ${answer.status}: ${answer.text.slice(0, 500)}`)
      return 1
    }
    // Line ends within cells are none of the page's.
    const end = answer.text.endsWith('\n') ? answer.text.length - 1 : answer.text.length
    const last = answer.text.lastIndexOf('\n', end - 1)
    const trailer = format === 'csv' ? readTableEnd(answer.text.slice(last + 1, end)) : readLinesEnd(answer.text.slice(last + 1, end))
    if (trailer === undefined) {
      io.err('The page has no last line that says what follows; it was cut on its way.')
      return 1
    }
    const first = format === 'csv' && page > 0 ? answer.text.indexOf('\n') + 1 : 0
    if (last > first) io.out(answer.text.slice(first, last))
    records += trailer.records
    restricted += trailer.restricted
    after = trailer.next
  }
  io.err(`${records} records`)
  if (restricted > 0) io.err(`${restricted} more are restricted: they go out as statements alone`)
  return 0
}
