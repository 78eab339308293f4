/**
 * A board keeps the records that were put on it. While some of them are merged, one node stands for all of them to whoever reads, at the first of their places; what
 * is kept then is taken apart again, so that the board is what it was when the judgement is taken back.
 * Invariant: what a reader is not shown, that reader cannot take off the board.
 */
import { AppError } from '#platform/http/app-error.ts'
import { type BoardLayout, MOST_HIDDEN, MOST_NODES } from '../contract.ts'
import { keptHidden, type ShownAs, shownHidden } from './boards-hidden.ts'
import { visibleOf } from './graph-read.ts'
import type { GraphReader } from './graph-scope.ts'

type Node = BoardLayout['nodes'][number]

/** The board as one reader may see it. */
export async function readableLayout(reader: GraphReader, stored: BoardLayout): Promise<BoardLayout> {
  const shownAs: ShownAs = (entity) => reader.canonical.get(entity) ?? entity
  const behind = Map.groupBy(stored.nodes, ({ entity }) => shownAs(entity))
  const visible = await visibleAmong(reader, [...behind.keys(), ...stored.nodes.map(({ entity }) => entity)])
  const nodes: Node[] = []
  for (const [entity, group] of behind) {
    const [first] = group
    if (first === undefined || !visible.has(entity)) continue
    const parts = [...new Set(group.map((node) => node.entity))].filter((part) => visible.has(part))
    nodes.push({ ...first, entity, parts: parts.every((part) => part === entity) ? undefined : parts })
  }
  return { ...stored, nodes, hidden: await shownHidden(reader, stored.hidden, shownAs) }
}

/** What to keep of a layout that was drawn over what is stored, by somebody who read it as it is shown. */
export async function keptLayout(reader: GraphReader, drawn: BoardLayout, stored: BoardLayout | undefined): Promise<BoardLayout> {
  const before = stored?.nodes ?? []
  const shownAs = shownWhenDrawn(reader, drawn.nodes)
  const behind = Map.groupBy(before, ({ entity }) => shownAs(entity))
  const nodes = new Map<string, Node>()
  for (const node of drawn.nodes)
    for (const part of partsOf(node, behind.get(node.entity) ?? [])) if (!nodes.has(part.entity)) nodes.set(part.entity, part)
  const hiding = await keptHidden(reader, { stored: stored?.hidden ?? [], drawn: drawn.hidden, shownAs })
  if (nodes.size > MOST_NODES || hiding.hidden.length > MOST_HIDDEN)
    throw new AppError(422, 'records.board-size', 'More than a board may have, the merged records behind those shown included.')
  const rest = before.filter(({ entity }) => !nodes.has(entity))
  const visible = await visibleAmong(
    reader,
    rest.map(({ entity }) => shownAs(entity)),
  )
  const unseen = rest.filter(({ entity }) => !visible.has(shownAs(entity)))
  return {
    ...drawn,
    // What nobody sees makes room.
    nodes: [...nodes.values(), ...unseen].slice(0, MOST_NODES),
    hidden: [...hiding.hidden, ...hiding.unseen].slice(0, MOST_HIDDEN),
  }
}

/** By what the drawing says itself; only of what it does not say, by what is held to be one now. */
function shownWhenDrawn(reader: GraphReader, drawn: readonly Node[]): ShownAs {
  const canonical = (entity: string): string => reader.canonical.get(entity) ?? entity
  const shown = new Map<string, string>()
  for (const { entity, parts = [] } of drawn) for (const part of parts) shown.set(part, entity)
  for (const { entity } of drawn) shown.set(entity, entity)
  const merged = new Map(drawn.map(({ entity }) => [canonical(entity), entity]))
  return (entity) => shown.get(entity) ?? merged.get(canonical(entity)) ?? canonical(entity)
}

/** The first of them has the place at which the node is shown; the others keep theirs. */
function partsOf({ parts = [], ...node }: Node, [first, ...others]: readonly Node[]): readonly Node[] {
  const known = first === undefined ? [] : [{ ...node, entity: first.entity }, ...others]
  const added = parts.filter((part) => !known.some(({ entity }) => entity === part)).map((entity) => ({ ...node, entity }))
  return known.length + added.length === 0 ? [node] : [...known, ...added]
}

async function visibleAmong({ context, scope }: GraphReader, entities: readonly string[]): Promise<ReadonlySet<string>> {
  return await visibleOf(context.tx, scope.org, [...new Set(entities)])
}
