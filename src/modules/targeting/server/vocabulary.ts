/** What a rule may be written with. Codes are offered as this desk meets them, the most frequent first: nothing of what another desk holds is in the list. */
import { sql } from 'kysely'
import { FLAGS, INDICATORS, specOf, VALUE_COLUMNS, type ValueColumn } from '#kernel/risk/column-layout.ts'
import { cargo } from '#modules/cargo'
import { handle } from '#platform/http/route.ts'
import { showVocabulary, type Vocabulary } from '../contract.ts'
import { scopeOf } from './desk.ts'
import { detectorCodes } from './detector-codes.ts'
import { effectiveSettings } from './indicators.ts'

/** Arrivals looked at, the latest days first, and codes offered of each column. */
const SAMPLE = 20_000
const MOST_CODES = 60
/** Names of the facts of an arrival that hold codes. */
const CODES = ['pol', 'pod', 'onward', 'dispatchCountry', 'hs4', 'isoType', 'carrier']
/** No document that is read states it yet. */
const NOT_FILLED: ReadonlySet<string> = new Set(['leadDays'])

export const showVocabularyRoute = handle(showVocabulary, async (_input, { tx, facts }) => {
  const scope = scopeOf(facts)
  const { rows } = await sql<{ col: string; codes: string[] }>`
    select col, (array_agg(code order by n desc, code))[1:${sql.lit(MOST_CODES)}] as codes from (
      select k.col, s.facts ->> k.col as code, count(*) as n
      from (select facts from targeting.arrivals where authority = ${scope.authority} and desk = ${scope.desk} order by day desc limit ${SAMPLE}) as s
      cross join unnest(${CODES}::text[]) as k(col) where s.facts ? k.col group by 1, 2) as counted group by col`.execute(tx)
  const codes = new Map(rows.map((row) => [row.col, row.codes]))
  const settings = await effectiveSettings(tx, scope)
  return {
    columns: VALUE_COLUMNS.filter((col) => !NOT_FILLED.has(col)).map((col) => columnOf(col, codes.get(col) ?? [])),
    flags: FLAGS.map((id) => ({ id, title: id.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) })),
    indicators: INDICATORS.flatMap((id) => {
      const detectors = [...detectorCodes].filter(([, code]) => code === id).map(([detector]) => detector)
      const known = cargo.detectors.find((each) => detectors.includes(each.id))
      return known === undefined ? [] : [{ id, title: known.title, enabled: settings.get(known.id)?.enabled ?? true }]
    }),
  }
})

function columnOf(col: ValueColumn, codes: readonly string[]): Vocabulary['columns'][number] {
  const { meaning, title, unit } = specOf(col)
  const kind = meaning === 'number' ? ('number' as const) : meaning === 'party' ? ('party' as const) : ('code' as const)
  const ops: Vocabulary['columns'][number]['ops'] =
    kind === 'number'
      ? ['eq', 'ge', 'gt', 'le', 'lt', 'missing']
      : kind === 'party' || meaning === 'container'
        ? ['in', 'eq', 'watch', 'missing']
        : ['in', 'eq', 'missing']
  return { id: col, title, kind, ...(unit === undefined ? {} : { unit }), ops: [...ops], codes: [...codes] }
}
