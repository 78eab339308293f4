/**
 * The structure of a message: its segments and groups with how often each may come, made from a compact text.
 * Notation: `BGM! DTM9 9(RFF! DTM9)` – tag, repetitions beyond one, `!` for mandatory; a group in brackets behind its repetitions. Groups
 * count in the order of their brackets: SG1, SG2. UNH stands before the text and UNT behind it.
 * From each segment the ways on are fixed: which segment may come next, and what mandatory ones that leaves out. They are worked out
 * when first asked for.
 * Source: ISO 9735-1, 7.4 and 8 (segment groups and their processing).
 */
import { tagOf } from './segment.ts'

export interface SegmentNode {
  readonly kind: 'segment'
  /** Counted in the order of the text, from 1; 0 is UNH. */
  readonly number: number
  readonly tag: number
  readonly name: string
  /** `SG5/SG6/LOC`. */
  readonly path: string
  readonly most: number
  readonly isMandatory: boolean
  readonly group: GroupNode
  /** Place among the items of its group; the first one is the trigger. */
  readonly index: number
  readonly isTrigger: boolean
  /** Groups that are open around it. */
  readonly depth: number
}

export interface GroupNode {
  readonly kind: 'group'
  /** Counted in the order of the text; 0 is the message itself. */
  readonly number: number
  readonly path: string
  readonly most: number
  readonly isMandatory: boolean
  readonly parent: GroupNode | undefined
  readonly index: number
  readonly depth: number
  readonly items: (SegmentNode | GroupNode)[]
}

/** A way from one segment to the next. */
export interface Step {
  readonly to: SegmentNode
  /** `again`: the segment repeats; `on`: further in an open group; `open`: a new group; `repeat`: an open group once more. */
  readonly kind: 'again' | 'on' | 'open' | 'repeat'
  /** Mandatory segments that are left out on the way; for a group, its trigger. */
  readonly missing: readonly SegmentNode[]
}

export interface Ways {
  /** In the order of the structure. */
  readonly byTag: ReadonlyMap<number, readonly Step[]>
  /** What is missing when the message ends here. */
  readonly missingAtEnd: readonly SegmentNode[]
}

export class Structure {
  readonly root: GroupNode
  readonly groups: number
  readonly segments: number
  /** Stands for UNH. */
  readonly start: SegmentNode
  readonly tags: ReadonlySet<number>
  /** By the number of the segment. */
  readonly #ways: (Ways | undefined)[]

  constructor(text: string) {
    const { root, groups, segments, tags } = parseStructure(text)
    this.root = root
    this.groups = groups
    this.segments = segments
    this.#ways = Array.from({ length: segments + 1 }, () => undefined)
    this.tags = tags
    this.start = {
      kind: 'segment',
      number: 0,
      tag: tagOf('UNH'),
      name: 'UNH',
      path: 'UNH',
      most: 1,
      isMandatory: true,
      group: root,
      index: -1,
      isTrigger: true,
      depth: 0,
    }
  }

  waysFrom(node: SegmentNode): Ways {
    return this.#ways[node.number] ?? this.#find(node)
  }

  #find(node: SegmentNode): Ways {
    const ways = findWays(node)
    this.#ways[node.number] = ways
    return ways
  }
}

/** The segment that opens a group. */
export function triggerOf(group: GroupNode): SegmentNode {
  return group.items[0] as SegmentNode
}

function findWays(from: SegmentNode): Ways {
  const byTag = new Map<number, Step[]>()
  let missing: readonly SegmentNode[] = []
  const add = (to: SegmentNode, kind: Step['kind']): void => {
    const known = byTag.get(to.tag)
    const step = { to, kind, missing }
    if (known === undefined) byTag.set(to.tag, [step])
    else known.push(step)
  }
  // A trigger comes once in its group: again is the group again.
  if (!from.isTrigger) add(from, 'again')
  let group = from.group
  let index = from.index + 1
  for (;;) {
    for (; index < group.items.length; index++) {
      const item = group.items[index] as SegmentNode | GroupNode
      const first = item.kind === 'group' ? triggerOf(item) : item
      add(first, item.kind === 'group' ? 'open' : 'on')
      if (item.isMandatory) missing = [...missing, first]
    }
    if (group.parent === undefined) return { byTag, missingAtEnd: missing }
    add(triggerOf(group), 'repeat')
    index = group.index + 1
    group = group.parent
  }
}

const ITEM = /\s*(?:([A-Z]{3})(\d*)(!?)|(\d+)(!?)\(|(\)))/y

/** Throws on a text that is not in the notation: the tables are our own. */
function parseStructure(text: string): { root: GroupNode; groups: number; segments: number; tags: Set<number> } {
  const root: GroupNode = {
    kind: 'group',
    number: 0,
    path: '',
    most: 1,
    isMandatory: true,
    parent: undefined,
    index: 0,
    depth: 0,
    items: [],
  }
  const tags = new Set<number>()
  let group = root
  let groups = 0
  let segments = 0
  ITEM.lastIndex = 0
  for (let read = ITEM.exec(text); read !== null; read = ITEM.exec(text)) {
    const [, tag, repetitions, mandatory, groupRepetitions, groupMandatory, end] = read
    if (end !== undefined) {
      if (group.parent === undefined || group.items.length === 0) throw new Error(`The structure closes a group that is not open: ${text}`)
      group = group.parent
    } else if (tag === undefined) {
      const opened: GroupNode = {
        kind: 'group',
        number: ++groups,
        path: join(group.path, `SG${groups}`),
        most: Number(groupRepetitions),
        isMandatory: groupMandatory === '!',
        parent: group,
        index: group.items.length,
        depth: group.depth + 1,
        items: [],
      }
      group.items.push(opened)
      group = opened
    } else {
      const isTrigger = group.items.length === 0 && group.parent !== undefined
      group.items.push({
        kind: 'segment',
        number: ++segments,
        tag: tagOf(tag),
        name: tag,
        path: join(group.path, tag),
        most: repetitions === '' ? 1 : Number(repetitions),
        isMandatory: mandatory === '!',
        group,
        index: group.items.length,
        isTrigger,
        depth: group.depth,
      })
      tags.add(tagOf(tag))
      if (isTrigger && (mandatory !== '!' || repetitions !== ''))
        throw new Error(`A group opens with ${tag}, which has to come once: ${text}`)
    }
    if (ITEM.lastIndex === text.length) {
      if (group !== root) break
      return { root, groups, segments, tags }
    }
  }
  throw new Error(`The structure cannot be read: ${text}`)
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`
}
