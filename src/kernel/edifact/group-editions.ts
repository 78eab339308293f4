/**
 * Which structure a message has: the one of its own directory where the tables know it, else the nearest in time, said to be so.
 * A directory between two of the same structure has it too.
 */
import { Structure } from './group-structure.ts'
import { D23A_MESSAGES } from './tables/d23a-messages.ts'
import { EDITIONS } from './tables/editions.ts'
import { SERVICE_MESSAGES } from './tables/service.ts'

export interface KnownEdition {
  readonly type: string
  /** The directory that the structure is of. */
  readonly directory: string
  /** False: the message names another directory, whose structure is not known. */
  readonly isExact: boolean
  /** What to warn of when it is not. */
  readonly note?: string
  readonly structure: Structure
}

interface DatedStructure {
  readonly directory: string
  readonly also: readonly string[]
  readonly text: string
}

const NEWEST = 'D23A'

/** Message types that are read by tables, in the order of the alphabet. */
export const TABLE_TYPES: readonly string[] = [...Object.keys(D23A_MESSAGES), ...Object.keys(SERVICE_MESSAGES)].sort()

/** Types that are taken although no directory at hand has their table: segments are read one by one. */
export const GENERIC_TYPES: ReadonlySet<string> = new Set(['IFTERA'])

const texts = new Map<string, readonly DatedStructure[]>()
const structures = new Map<string, Structure>()

/** Undefined: no table knows the type. */
export function findEdition(type: string, directory: string): KnownEdition | undefined {
  const service = own(SERVICE_MESSAGES, type)
  if (service !== undefined) return { type, directory, isExact: true, structure: structureOf(service) }
  const dated = textsOf(type)
  const at = dated.findIndex((each) => each.directory === directory || each.also.includes(directory))
  const exact = dated[at]
  if (exact !== undefined) return { type, directory: exact.directory, isExact: true, structure: structureOf(exact.text) }
  return nearest(type, directory, dated)
}

/** The text of the structure of one edition, for tests and for who wants to show it. */
export function structureText(type: string, directory: string): string | undefined {
  return textsOf(type).find((each) => each.directory === directory || each.also.includes(directory))?.text
}

/** Directories with a structure of their own, newest first. */
export function directoriesOf(type: string): readonly string[] {
  return textsOf(type).map(({ directory }) => directory)
}

function nearest(type: string, directory: string, dated: readonly DatedStructure[]): KnownEdition | undefined {
  const asked = dateOf(directory)
  const [newest] = dated
  if (newest === undefined) return undefined
  let best = newest
  if (asked !== undefined) for (const each of dated) if (Math.abs(age(each) - asked) < Math.abs(age(best) - asked)) best = each
  const newer = asked === undefined ? undefined : dated.findLast((each) => age(each) > asked)
  const older = asked === undefined ? undefined : dated.find((each) => age(each) < asked)
  const isExact = newer !== undefined && newer.text === older?.text
  if (isExact) return { type, directory: best.directory, isExact, structure: structureOf(newer.text) }
  const named = directory === '' ? `The message names no directory` : `The structure of ${type} in ${directory.slice(0, 12)} is not known`
  const note = `${named}; it is read by that of ${best.directory}.`
  return { type, directory: best.directory, isExact, note, structure: structureOf(best.text) }
}

function textsOf(type: string): readonly DatedStructure[] {
  const known = texts.get(type)
  if (known !== undefined) return known
  let text = own(D23A_MESSAGES, type)
  if (text === undefined) return []
  const list: DatedStructure[] = [{ directory: NEWEST, also: [], text }]
  for (const { directory, also = [], edits = [], structure } of EDITIONS[type] ?? []) {
    text = structure ?? text
    for (const edit of edits) {
      const [found, put] = edit.split(' > ') as [string, string]
      if (!text.includes(found)) throw new Error(`${type} ${directory}: nothing to change at ${found}`)
      text = text.replaceAll(found, () => put)
    }
    list.push({ directory, also, text })
  }
  texts.set(type, list)
  return list
}

function structureOf(text: string): Structure {
  let structure = structures.get(text)
  if (structure === undefined) {
    structure = new Structure(text)
    structures.set(text, structure)
  }
  return structure
}

function age({ directory }: DatedStructure): number {
  return dateOf(directory) ?? 0
}

/** Two directories came each year: `D95B` is 1995.5. BAPLIE 1.5 is of 1991. */
function dateOf(directory: string): number | undefined {
  if (directory === '1.5') return 1991
  const read = /^[A-Z]?\.?(\d\d)([AB]?)/.exec(directory)
  if (read === null) return undefined
  const year = Number(read[1])
  return (year < 80 ? 2000 : 1900) + year + (read[2] === 'B' ? 0.5 : 0)
}

function own(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
