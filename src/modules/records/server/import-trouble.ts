/** What a run says of lines it could not take, and how one record that the store refuses does not take its neighbours with it. */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { RunAsked, Running } from './import-running.ts'
import { type LineProblem, refusedLine, type Unit } from './import-unit.ts'
import { arrayOf, orNull, textArray } from './write-fragments-arrays.ts'

/** Rows of a report that are kept; of those beyond, the number. */
export const MOST_PROBLEMS = 10_000

/** Answers how many problems the run has by now. */
export async function noteProblems(
  tx: Tx,
  { org, import: id, run, row }: RunAsked & Pick<Running, 'row'>,
  { before, problems }: { readonly before: number; readonly problems: readonly LineProblem[] },
): Promise<number> {
  const kept = problems.slice(0, Math.max(0, MOST_PROBLEMS - before))
  if (kept.length > 0)
    await sql`insert into records.import_problems (org, import, run, ordinal, line, place, code, severity, text, raw, purpose, audience)
      select ${org}, ${id}::uuid, ${run}, ${before} + t.n, t.line, t.place, t.code, t.severity, t.text, t.raw, ${row.purpose}, ${textArray(row.audience)}::text[]
      from unnest(${arrayOf(kept.map(({ line }) => line))}::int[], ${textColumn(kept, ({ place }) => place)}::text[], ${textColumn(kept, ({ code }) => code)}::text[],
        ${textColumn(kept, ({ severity }) => severity)}::text[], ${textColumn(kept, ({ text }) => text)}::text[], ${textColumn(kept, ({ raw }) => raw)}::text[])
        with ordinality as t(line, place, code, severity, text, raw, n)`.execute(tx)
  return before + problems.length
}

function textColumn(problems: readonly LineProblem[], valueOf: (problem: LineProblem) => string | undefined): string {
  return arrayOf(problems.map((problem) => orNull(shown(valueOf(problem)))))
}

function shown(text: string | undefined): string | undefined {
  return text?.replaceAll('\0', '\ufffd').toWellFormed()
}

/**
 * Writes units; where the store refuses a value, the batch is halved until the unit that holds it stands alone, and that one is quarantined.
 * Anything else that fails is no matter of the file and goes on.
 */
export async function isolate(units: readonly Unit[], write: (units: readonly Unit[]) => Promise<boolean>): Promise<boolean> {
  try {
    return await write(units)
  } catch (error) {
    if (!isOfValue(error)) throw error
    const [only] = units
    if (only === undefined) throw error
    if (units.length === 1) {
      if (only.records.length === 0) throw error
      return await write([notStorable(only)])
    }
    const middle = Math.ceil(units.length / 2)
    return (await isolate(units.slice(0, middle), write)) && (await isolate(units.slice(middle), write))
  }
}

/** Class 22: data exception; class 54: program limit exceeded. */
export function isOfValue(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^(?:22|54)/.test(code)
}

function notStorable(unit: Unit): Unit {
  const problem = { code: 'record.not-storable', at: 'line', message: 'The store cannot hold a value of the line.' }
  const raw = unit.records.map(({ externalId }) => externalId).join(' ')
  return { ...unit, records: [], warned: 0, quarantined: unit.lines, problems: [...unit.problems, refusedLine(unit.line, problem, raw)] }
}
