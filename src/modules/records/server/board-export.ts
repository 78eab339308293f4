/** A board as a file, as far as it is for the reader: what hangs between the records on it, without the relations that were taken off, through its kinds and its window. */
import type { RecordEntity } from '#kernel/record/entity.ts'
import { printEntityLine } from '#kernel/record/ftm-lines.ts'
import { commonSchema, isReference } from '#kernel/record/model.ts'
import { toPlain } from '#kernel/record/plain-ftm.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { boardLayout, exportBoard } from '../contract.ts'
import { type DrawnBoard, printGexf, printGraphml } from './board-export-xml.ts'
import { boardOf } from './boards.ts'
import { readableLayout } from './boards-layout.ts'
import { csvLine } from './export-csv.ts'
import { edgesOf, nodesOf } from './graph-answer.ts'
import { expand } from './graph-expand.ts'
import { type GraphReader, openGraph } from './graph-scope.ts'
import type { ReadableFragment } from './read-fragments-readable.ts'
import { sizedOf, takeReadable } from './read-fragments-room.ts'

const FILES = {
  gexf: { extension: 'gexf', mediaType: 'application/gexf+xml' },
  graphml: { extension: 'graphml', mediaType: 'application/graphml+xml' },
  csv: { extension: 'csv', mediaType: 'text/csv; charset=utf-8' },
  ftm: { extension: 'ftm.json', mediaType: 'application/x-ndjson; charset=utf-8' },
} as const

export const exportBoardRoute = handle(exportBoard, async ({ board, format }, context) => {
  const { reader, drawn } = await drawnBoard(context, board)
  context.about({ kind: 'board', id: board })
  const { extension, mediaType } = FILES[format]
  const print = {
    gexf: () => printGexf(drawn),
    graphml: () => printGraphml(drawn),
    csv: () => printEdges(drawn),
    ftm: async () => await printRecords(reader, drawn),
  }
  return { fileName: `board-${board}.${extension}`, mediaType, text: await print[format]() }
})

async function drawnBoard(context: CaseContext, board: string): Promise<{ readonly reader: GraphReader; readonly drawn: DrawnBoard }> {
  const row = await boardOf(context, board)
  const stored = boardLayout.parse(row.layout)
  const asked = { layers: stored.layers.join(','), from: stored.from, to: stored.to }
  const opened = await openGraph(context, asked)
  const layout = await readableLayout(opened, stored)
  const places = new Map(layout.nodes.map((node) => [node.entity, node]))
  const { reader, graph, found, shown } = await expand(opened, { ...asked, seeds: [...places.keys()], hops: 0, most: 0 })
  const nodes = await nodesOf(
    reader,
    shown.map((each) => each.id),
    new Map(shown.map((each) => [each.id, each.degree])),
  )
  const hidden = new Set(layout.hidden)
  return {
    reader,
    drawn: {
      title: row.title,
      at: row.at,
      nodes: nodes.map((node) => ({ ...node, place: places.get(node.entity) })),
      edges: edgesOf(reader, graph, found.edges).filter((edge) => !hidden.has(edge.edge)),
      leftOut: found.edgesLeftOut,
    },
  }
}

function printEdges({ nodes, edges, leftOut }: DrawnBoard): string {
  const captions = new Map(nodes.map((node) => [node.entity, node.caption]))
  const head = ['edge', 'kind', 'directed', 'source', 'source caption', 'target', 'target caption', 'from', 'to', 'statements']
  const lines = edges.map(({ edge, kind, directed, source, target, from = '', to = '', statements }) =>
    csvLine([
      edge,
      kind,
      directed ? 'yes' : 'no',
      source,
      captions.get(source) ?? '',
      target,
      captions.get(target) ?? '',
      from,
      to,
      String(statements),
    ]),
  )
  const joined = new Set(edges.flatMap(({ source, target }) => [source, target]))
  // Records without a relation are on the board too.
  for (const { entity, caption } of nodes) if (!joined.has(entity)) lines.push(csvLine(['', '', '', entity, caption, '', '', '', '', '0']))
  if (leftOut > 0) lines.push(csvLine([`${leftOut} more relations are not in this file`]))
  return `${[csvLine(head), ...lines].join('\r\n')}\r\n`
}

/** One line for each record on the board and each that is a relation on it, merged ones together, under the ids of this node. */
async function printRecords(reader: GraphReader, { nodes, edges }: DrawnBoard): Promise<string> {
  const { tx, facts } = reader.context
  const wanted = new Set([...nodes.map((node) => node.entity), ...edges.flatMap((edge) => edge.entity ?? [])])
  const lines: string[] = []
  const ids = [...wanted]
  let bytes = 0
  for (let at = 0; at < ids.length; at += PAGE) {
    const some = ids.slice(at, at + PAGE)
    const entities = some.flatMap((id) => reader.members.get(id) ?? [id])
    const found = await sizedOf(tx, facts.authority, { entities, mostRead: MOST_FRAGMENTS, isUnrestricted: true })
    if (found.length > MOST_FRAGMENTS) throw tooLarge()
    const fragments: ReadableFragment[] = []
    const taken = await takeReadable(tx, facts, {
      asked: found,
      mostBytes: MOST_BYTES - bytes,
      take: (some) => void fragments.push(...some),
    })
    if (taken.read < found.length) throw tooLarge()
    bytes += taken.bytes
    const byRecord = Map.groupBy(fragments, (fragment) => reader.canonical.get(fragment.entity) ?? fragment.entity)
    for (const id of some) for (const entity of entitiesOf(reader, id, byRecord.get(id) ?? [])) lines.push(printEntityLine(toPlain(entity)))
  }
  return lines.map((line) => `${line}\n`).join('')
}
const PAGE = 1000
/** Policy: a board is a drawing that people read; of thousands of sources the collections are exported. A file that lacks something of a record is not given out. */
const MOST_FRAGMENTS = 200_000
const MOST_BYTES = 128 * 1024 * 1024

const tooLarge = () =>
  new AppError(409, 'records.export-size', 'What is stated of the records on the board is too much for one file: export their collections.')

/** One, unless sources hold it to be of kinds that no record can be at once; then one for each of the others, under the id of that part. */
function entitiesOf(reader: GraphReader, id: string, fragments: readonly ReadableFragment[]): readonly RecordEntity[] {
  const groups: { id: string; schema: string; properties: Map<string, Set<string>> }[] = []
  for (const { entity, schema, values } of fragments) {
    let group = groups.find((each) => commonSchema(each.schema, schema) !== undefined)
    if (group === undefined) {
      group = { id: groups.length === 0 ? id : entity, schema, properties: new Map() }
      groups.push(group)
    }
    group.schema = commonSchema(group.schema, schema) ?? group.schema
    for (const [prop, value] of values) {
      const stated = isReference(schema, prop) ? (reader.canonical.get(value) ?? value) : value
      group.properties.set(prop, (group.properties.get(prop) ?? new Set()).add(stated))
    }
  }
  return groups.map((group) => ({
    id: group.id,
    schema: group.schema,
    properties: Object.fromEntries([...group.properties].map(([prop, values]) => [prop, [...values]])),
    context: {},
  }))
}
