/** A page of what a search finds, with counts and facets of all of it. What is asked stands in no log. */
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import { searchRecords } from '../contract.ts'
import { facetsOf } from './facets.ts'
import { recordRows } from './record-rows.ts'
import { comesBefore, type FoundRecord, findRecords, placeOf } from './search-found.ts'

export const searchRecordsRoute = handle(searchRecords, async (input, { tx, facts }) => {
  const mark = readMark(input.cursor, { parts: ['number', 'number', 'text'], code: 'records.cursor' })
  const { records, isCut } = await findRecords(tx, facts, input)
  const after = mark === undefined ? undefined : ([Number(mark[0]), Number(mark[1]), String(mark[2])] as const)
  const rest = after === undefined ? records : records.filter((each) => comesBefore(after, markOf(each)) < 0)
  const page = rest.slice(0, input.limit)
  const last = page.at(-1)
  const rows = await recordRows(
    tx,
    facts,
    page.map(({ entity }) => entity),
  )
  return {
    items: page.flatMap(({ entity, by, score, matched }) => {
      const row = rows.get(entity)
      if (row === undefined) return []
      return [{ ...row, by, ...(score === undefined ? {} : { score }), ...(matched === undefined ? {} : { matched }) }]
    }),
    total: { total: records.length, isAtLeast: isCut },
    facets: await facetsOf(tx, facts.authority, records),
    ...(rest.length > page.length && last !== undefined ? { next: writeMark(markOf(last)) } : {}),
  }
})

function markOf(record: FoundRecord): readonly [number, number, string] {
  return [...placeOf(record), record.entity]
}
