/**
 * Holidays of a calendar in a year as somebody published them, with citation: over the kept library, and in place of it where there is none (institutions).
 * A file of `<home>/calendars` holds one such statement or a list of them. Invariant: a statement that cannot be what was meant is a problem with its file
 * and path, never left out silently; a node does not start with one.
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { dateOf } from '#kernel/procedure/civil-time.ts'
import { dayFrom } from '#kernel/procedure/instant.ts'
import { parseStrictJson } from '#platform/link/strict-json.ts'

/** A state with its subdivisions (`ES`, `ES-AN`, `DE-BY-A`) or the Union's institutions by seat (`EU`, `EU-LUX`). */
export const CALENDAR_CODE = /^[A-Z]{2}(-[A-Z0-9]{1,8}){0,2}$/
const MAX_BYTES = 1_000_000

const date = z.string().refine((text) => dayFrom(text) !== undefined, 'Not a date: YYYY-MM-DD.')
const text = z.string().trim().min(1).max(300)
const cited = z.strictObject({ date, name: text, source: text })

const statementSchema = z.strictObject({
  calendar: z.string().regex(CALENDAR_CODE, 'Not the code of a calendar: BE, ES-AN, EU.'),
  year: z.number().int().min(1970).max(2200),
  /** Of the whole list; each entry of `add` and `remove` has its own. */
  source: text.optional(),
  /** The full list, for example from the Official Journal. */
  replace: z
    .array(z.strictObject({ date, name: text, source: text.optional() }))
    .min(1)
    .max(60)
    .optional(),
  add: z.array(cited).min(1).max(60).optional(),
  remove: z
    .array(cited.partial({ name: true }))
    .min(1)
    .max(60)
    .optional(),
})

export type CalendarOverride = z.output<typeof statementSchema>

export interface CalendarProblem {
  readonly file: string
  /** `[0].add[1].date` */
  readonly at: string
  readonly code: string
  readonly message: string
}

/** A statement with the place it was read at, for problems found later. */
export interface ReadOverride {
  readonly override: CalendarOverride
  readonly file: string
  /** `[0]` in a list of statements, else empty. */
  readonly at: string
}

export interface ReadOverrides {
  readonly overrides: readonly ReadOverride[]
  readonly problems: readonly CalendarProblem[]
}

/** Checks one value that was read: a statement or a list of statements. */
export function checkOverrides(value: unknown, file: string): ReadOverrides {
  const isList = Array.isArray(value)
  const overrides: ReadOverride[] = []
  const problems: CalendarProblem[] = []
  for (const [index, each] of (isList ? (value as unknown[]) : [value]).entries()) {
    const prefix = isList ? `[${index}]` : ''
    const parsed = statementSchema.safeParse(each)
    if (!parsed.success) {
      problems.push(
        ...parsed.error.issues.map((issue) => ({
          file,
          at: pathOf(prefix, issue.path),
          code: `calendar.${issue.code}`,
          message: issue.message,
        })),
      )
      continue
    }
    const found = contradictions(parsed.data).map((problem) => ({ ...problem, file, at: pathOf(prefix, problem.path) }))
    problems.push(...found.map(({ path: _, ...problem }) => problem))
    if (found.length === 0) overrides.push({ override: parsed.data, file, at: prefix })
  }
  return { overrides, problems }
}

/** Reads `<home>/calendars`; a home without the folder has no overrides. */
export async function readCalendarOverrides(folder: string): Promise<ReadOverrides> {
  let names: string[]
  try {
    names = (await readdir(folder)).toSorted()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { overrides: [], problems: [] }
    throw error
  }
  const overrides: ReadOverride[] = []
  const problems: CalendarProblem[] = []
  const stated = new Map<string, string>()
  for (const name of names) {
    if (name.startsWith('.')) continue
    const read = await readOne(path.join(folder, name), name)
    problems.push(...read.problems)
    for (const each of read.overrides) {
      const key = `${each.override.calendar} ${each.override.year}`
      const other = stated.get(key)
      if (other === undefined) overrides.push(each)
      else problems.push({ file: name, at: each.at, code: 'calendar.twice', message: `${key} is stated in ${other} already.` })
      stated.set(key, other ?? name)
    }
  }
  return { overrides, problems }
}

async function readOne(file: string, name: string): Promise<ReadOverrides> {
  const refused = (code: string, message: string): ReadOverrides => ({ overrides: [], problems: [{ file: name, at: '', code, message }] })
  if (!name.endsWith('.json')) return refused('calendar.file', 'Not a .json file: nothing else is read here.')
  const about = await stat(file)
  if (!about.isFile()) return refused('calendar.file', 'Not a file.')
  if (about.size > MAX_BYTES) return refused('calendar.size', `Larger than ${MAX_BYTES} bytes.`)
  let value: unknown
  try {
    value = parseStrictJson(await readFile(file, 'utf8'))
  } catch (error) {
    return refused('calendar.json', error instanceof Error ? error.message : String(error))
  }
  return checkOverrides(value, name)
}

interface Contradiction {
  readonly path: readonly (string | number)[]
  readonly code: string
  readonly message: string
}

function contradictions(override: CalendarOverride): readonly Contradiction[] {
  const { year, replace, add, remove, source } = override
  const found: Contradiction[] = []
  if (replace === undefined && add === undefined && remove === undefined)
    found.push({ path: [], code: 'calendar.empty', message: 'Neither replaces, adds nor removes anything.' })
  if (replace !== undefined && (add !== undefined || remove !== undefined))
    found.push({ path: ['replace'], code: 'calendar.both', message: 'A full list has nothing to add or remove: write it into the list.' })
  const lists = { replace, add, remove }
  for (const [member, entries] of Object.entries(lists)) {
    const seen = new Set<string>()
    for (const [index, entry] of (entries ?? []).entries()) {
      const at = [member, index, 'date']
      if (dateOf(dayFrom(entry.date) ?? 0).year !== year) found.push({ path: at, code: 'calendar.year', message: `Not in ${year}.` })
      if (seen.has(entry.date)) found.push({ path: at, code: 'calendar.twice', message: 'The list has this date already.' })
      seen.add(entry.date)
      if (entry.source === undefined && source === undefined)
        found.push({ path: [member, index], code: 'calendar.source', message: 'Has no source, and the list has none.' })
    }
  }
  for (const [index, entry] of (remove ?? []).entries())
    if (add?.some((each) => each.date === entry.date) === true)
      found.push({ path: ['remove', index, 'date'], code: 'calendar.both', message: 'Is added and removed.' })
  return found
}

function pathOf(prefix: string, parts: readonly PropertyKey[]): string {
  return parts.reduce<string>(
    (at, part) => (typeof part === 'number' ? `${at}[${part}]` : `${at}${at === '' ? '' : '.'}${String(part)}`),
    prefix,
  )
}
