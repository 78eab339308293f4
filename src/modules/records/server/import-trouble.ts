/** What a run says of lines it could not take, and how one record that the store refuses does not take its neighbours with it. */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { storableText } from '#platform/store/storable-text.ts'
import type { RunAsked, Running } from './import-running.ts'
import { type LineProblem, refusedLine, type Unit } from './import-unit.ts'
import { arrayOf, orNull, textArray } from './write-fragments-arrays.ts'

/** Rows of a report that are kept of each severity, so that no number of warnings hides a line that was not taken; of those beyond, the number. */
export const MOST_PROBLEMS = 10_000

/** Answers how many problems the run has by now. */
export async function noteProblems(
  tx: Tx,
  { org, import: id, run, row }: RunAsked & Pick<Running, 'row'>,
  { before, problems }: { readonly before: number; readonly problems: readonly LineProblem[] },
): Promise<number> {
  const kept = await withRoom(tx, { org, import: id, run }, { before, problems })
  if (kept.length > 0)
    await sql`insert into records.import_problems (org, import, run, ordinal, line, place, code, severity, text, raw, purpose, audience)
      select ${org}, ${id}::uuid, ${run}, ${before} + t.ordinal, t.line, t.place, t.code, t.severity, t.text, t.raw, ${row.purpose}, ${textArray(row.audience)}::text[]
      from unnest(${arrayOf(kept.map(({ line }) => line))}::int[], ${textColumn(kept, ({ place }) => place)}::text[], ${textColumn(kept, ({ code }) => code)}::text[],
        ${textColumn(kept, ({ severity }) => severity)}::text[], ${textColumn(kept, ({ text }) => text)}::text[], ${textColumn(kept, ({ raw }) => raw)}::text[],
        ${arrayOf(kept.map(({ ordinal }) => ordinal))}::int[]) as t(line, place, code, severity, text, raw, ordinal)`.execute(tx)
  return before + problems.length
}

interface Placed extends LineProblem {
  /** Among these problems, from 1. */
  readonly ordinal: number
}

async function withRoom(
  tx: Tx,
  { org, import: id, run }: RunAsked,
  { before, problems }: { readonly before: number; readonly problems: readonly LineProblem[] },
): Promise<readonly Placed[]> {
  const placed = problems.map((problem, index) => ({ ...problem, ordinal: index + 1 }))
  if (before + problems.length <= MOST_PROBLEMS) return placed
  const { rows } = await sql<{ severity: string; kept: number }>`select severity, count(*)::int as kept from records.import_problems
    where org = ${org} and import = ${id}::uuid and run = ${run} group by severity`.execute(tx)
  const kept = new Map(rows.map((row) => [row.severity, row.kept]))
  return placed.filter(({ severity }) => {
    const count = kept.get(severity) ?? 0
    kept.set(severity, count + 1)
    return count < MOST_PROBLEMS
  })
}

function textColumn(problems: readonly LineProblem[], valueOf: (problem: LineProblem) => string | undefined): string {
  return arrayOf(problems.map((problem) => orNull(storableOf(valueOf(problem)))))
}

function storableOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : storableText(text)
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
