/**
 * Dated statements and relations of some records in order of time: dates that are values (born, seized, departed), values that hold from then until then, and
 * relations with their time. Days are the grain; a year comes before its months.
 */
import { propertyOf } from '#kernel/record/model.ts'
import { handle } from '#platform/http/route.ts'
import { type StatementView, showTimeline } from '../contract.ts'
import { edgesOf } from './graph-answer.ts'
import { seedsOf } from './graph-expand.ts'
import { type GraphReader, localGraph, openGraph, snapshotGraph } from './graph-scope.ts'
import { stretchOf, windowOf } from './graph-time.ts'
import { statementViews } from './read-fragments.ts'
import type { ReadableFragment } from './read-fragments-readable.ts'
import { type Counted, sizedOf, takeInRoom } from './read-fragments-room.ts'
import { recordRows } from './record-rows.ts'

interface Dated {
  readonly entity: string
  readonly prop: string
  readonly from: string
  readonly to?: string
  readonly with: readonly string[]
}

export const showTimelineRoute = handle(showTimeline, async (input, context) => {
  const { tx, facts } = context
  const reader = await openGraph(context, { from: input.from, to: input.to })
  const asked = await seedsOf(reader, input.entities)
  for (const id of asked.slice(0, MOST_LOGGED)) context.about({ kind: 'record', id })
  const window = windowOf(input)
  const stated = await statedDates(reader, asked)
  const dated = [...stated.dates, ...(await datedRelations(reader, asked))]
    .filter(({ from, to }) => {
      const stretch = stretchOf(from, to ?? from)
      return window === undefined || (stretch.from < window.until && stretch.to >= window.from)
    })
    .sort(inTime)
  const shown = dated.slice(0, input.most)
  const rows = await recordRows(tx, facts, [...new Set(shown.map((each) => each.entity))])
  return {
    items: shown.flatMap((each) => {
      const row = rows.get(each.entity)
      return row === undefined ? [] : [{ ...each, with: [...each.with], caption: row.caption, schema: row.schema }]
    }),
    leftOut: dated.length - shown.length,
    sourcesLeftOut: stated.leftOut,
  }
})
const MOST_LOGGED = 500
/** Policy: of so many entries of sources, and so many bytes of what they say, dates are looked for. */
const MOST_FRAGMENTS = 100_000
const MOST_BYTES = 64 * 1024 * 1024

function inTime(a: Dated, b: Dated): number {
  const [first, second] = [stretchOf(a.from, '').from, stretchOf(b.from, '').from]
  if (first !== second) return first < second ? -1 : 1
  const [left, right] = [a, b].map((each) => [each.from, each.entity, each.prop, each.to ?? '', ...each.with].join(' ')) as [string, string]
  return left < right ? -1 : left > right ? 1 : 0
}

interface StatedDates {
  readonly dates: readonly Dated[]
  /** Entries of sources in which none were looked for. */
  readonly leftOut: Counted
}

async function statedDates(reader: GraphReader, asked: readonly string[]): Promise<StatedDates> {
  const { tx, facts } = reader.context
  const entities = asked.flatMap((id) => reader.members.get(id) ?? [id])
  const sources = await sizedOf(tx, facts.authority, { entities, mostRead: MOST_FRAGMENTS, isUnrestricted: true })
  const found = new Map<string, Dated>()
  const take = async (fragments: readonly ReadableFragment[]): Promise<void> => {
    const schemata = new Map(fragments.map((each) => [each.fragment, each.schema]))
    for (const statement of await statementViews(tx, facts, fragments)) {
      const schema = schemata.get(statement.statement.split('/')[0] ?? '') ?? ''
      const dated = datedOf(statement, { schema, entity: reader.canonical.get(statement.entity) ?? statement.entity })
      // Two sources that say the same make one entry.
      if (dated !== undefined) found.set(JSON.stringify(dated), dated)
    }
  }
  const leftOut = await takeInRoom(tx, facts, { found: sources, mostRead: MOST_FRAGMENTS, mostBytes: MOST_BYTES, take })
  return { dates: [...found.values()], leftOut }
}

function datedOf(
  { prop, value, from, to }: StatementView,
  { schema, entity }: { readonly schema: string; readonly entity: string },
): Dated | undefined {
  const type = propertyOf(schema, prop)?.type
  if (type === 'date') return { entity, prop, from: value, with: [] }
  const begins = from ?? to
  if (begins === undefined) return undefined
  return { entity, prop, from: begins, ...(to === undefined ? {} : { to }), with: type === 'entity' ? [value] : [] }
}

async function datedRelations(reader: GraphReader, asked: readonly string[]): Promise<readonly Dated[]> {
  const local = localGraph(reader)
  const graph = (await local.read(asked)) ? await local.graph() : (await snapshotGraph(reader, {})).graph
  const wanted = new Set(asked.flatMap((id) => graph.nodeOf(id) ?? []))
  const touching = new Set<number>()
  for (const node of wanted)
    for (let slot = graph.graph.offsets[node] as number; slot < (graph.graph.offsets[node + 1] as number); slot++)
      touching.add(graph.graph.edges[slot] as number)
  const owners = new Set(asked)
  return edgesOf(reader, graph, touching).flatMap(({ source, target, kind, from, to }) => {
    const begins = from ?? to
    if (begins === undefined) return []
    const entity = owners.has(source) ? source : target
    return [{ entity, prop: kind, from: begins, ...(to === undefined ? {} : { to }), with: [entity === source ? target : source] }]
  })
}
