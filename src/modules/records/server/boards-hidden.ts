/**
 * Relations that were taken off a board. They are kept under the names that they have as they are stated, each record for itself, and shown under those that the
 * graph gives them while records are merged. So what was taken off stays off through a merge and its undoing.
 */
import { edgeId } from './graph-answer.ts'
import { readStatedBy } from './graph-read.ts'
import type { GraphReader } from './graph-scope.ts'

/** The id that a record is shown under. */
export type ShownAs = (entity: string) => string

/** Ids of edges under which the reader is shown what was taken off. Not seen is not named: the id of an edge holds the id of a record. */
export async function shownHidden(reader: GraphReader, hidden: readonly string[], shownAs: ShownAs): Promise<string[]> {
  const names = await shownNames(reader, hidden, shownAs)
  return [...new Set(hidden.flatMap((edge) => names.get(edge) ?? []))]
}

export interface Hiding {
  readonly stored: readonly string[]
  /** As an officer leaves it, who saw what is stored as it is shown. */
  readonly drawn: readonly string[]
  readonly shownAs: ShownAs
}

/** What of it to keep: `unseen` is what the officer was not shown and so cannot have put back. */
export async function keptHidden(
  reader: GraphReader,
  { stored, drawn, shownAs }: Hiding,
): Promise<{ readonly hidden: readonly string[]; readonly unseen: readonly string[] }> {
  const names = await shownNames(reader, [...stored, ...drawn], shownAs)
  const left = new Set(drawn)
  const still = stored.filter((edge) => left.has(names.get(edge) ?? ''))
  const shown = new Set(still.map((edge) => names.get(edge)))
  const fresh = new Set(drawn.filter((edge) => !shown.has(edge)))
  const stated = [...names].filter(([, edge]) => fresh.has(edge))
  for (const [, edge] of stated) fresh.delete(edge)
  return {
    hidden: [...new Set([...still, ...stated.map(([name]) => name), ...fresh])],
    unseen: stored.filter((edge) => !names.has(edge) && !left.has(edge)),
  }
}

const RECORD = /^r[0-9a-f]{32}(?=[.:])/

/** Of all that the records state which these edges are of: for each relation, as it is stated, the edge that shows it. */
async function shownNames(reader: GraphReader, edges: readonly string[], shownAs: ShownAs): Promise<ReadonlyMap<string, string>> {
  const records = new Set(edges.flatMap((edge) => RECORD.exec(edge)?.[0] ?? []))
  const asked = new Set([...records].flatMap((record) => [record, ...(reader.members.get(reader.canonical.get(record) ?? record) ?? [])]))
  const names = new Map<string, string>()
  for (const line of await readStatedBy(reader.context.tx, reader.scope, [...asked])) {
    const [record = '', kind = '', source = '', target = ''] = line.split('\t')
    const shown = { record: shownAs(record), kind, source: shownAs(source), target: shownAs(target) }
    names.set(edgeId({ record, kind, source, target }), edgeId(shown))
  }
  return names
}
