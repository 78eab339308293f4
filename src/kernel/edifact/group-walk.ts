/**
 * The segments of one message, one after the other, each with its place in the structure. No tree, no look-ahead: what is known is the
 * last segment and how often each open group has come.
 * A segment that fits in several places takes the first that leaves out nothing mandatory; failing that, one more repetition than allowed;
 * failing that, the place that leaves out least. One that fits nowhere further on but comes late, or opens an earlier group once more,
 * is given that place, so that one segment out of order costs one fault. Any other has no place, and the walk stays.
 */

import { findEdition, type KnownEdition } from './group-editions.ts'
import type { StructureFault } from './group-fault.ts'
import { type GroupNode, type SegmentNode, type Step, triggerOf } from './group-structure.ts'
import { tagName } from './segment.ts'

/** One object is reused for all segments of a walk: whoever keeps it copies it. */
export interface GroupPlace {
  /** `SG5/SG6/LOC`. The same text object for the same place. */
  readonly path: string
  /** How often each group of the path has come, and last how often the segment, each counted from 1. */
  readonly repetition: readonly number[]
}

export type FaultSink = (fault: StructureFault) => void

/** Undefined: no table knows the message type; its segments are read without structure. */
export function openGroups(type: string, directory: string, report: FaultSink = () => {}): GroupWalk | undefined {
  const edition = findEdition(type, directory)
  return edition === undefined ? undefined : new GroupWalk(edition, report)
}

export class GroupWalk {
  readonly edition: KnownEdition
  /** Segments so far, UNH included. */
  position = 1
  readonly #report: FaultSink
  readonly #place: { path: string; repetition: number[] }
  /** How often the open group at each depth has come, from depth 1 on. */
  readonly #counts: number[] = []
  /** One list for each depth, so that none has to change its length. */
  readonly #repetitions: number[][] = []
  #node: SegmentNode
  #count = 1
  /** How often each group and each segment, by its number, has come inside the open group of that serial number. */
  readonly #groups: Tally
  readonly #segments: Tally
  /** Serial number of the open group at each depth. */
  readonly #serials: number[] = [1]
  #serial = 1

  constructor(edition: KnownEdition, report: FaultSink) {
    this.edition = edition
    this.#report = report
    this.#node = edition.structure.start
    this.#groups = newTally(edition.structure.groups)
    this.#segments = newTally(edition.structure.segments)
    this.#place = { path: 'UNH', repetition: [1] }
  }

  /** The next segment by its packed tag. Undefined: it has no place; the fault is reported. */
  segment(tag: number): GroupPlace | undefined {
    this.position++
    const node = this.#node
    if (tag === node.tag && this.#count < node.most) {
      this.#segments.times[node.number] = ++this.#count
      this.#place.repetition[node.depth] = this.#count
      return this.#place
    }
    const steps = this.edition.structure.waysFrom(node).byTag.get(tag)
    if (steps === undefined) return this.#outOfPlace(tag)
    const [first] = steps
    const step = first !== undefined && this.#isClean(first) ? first : this.#choose(steps)
    for (const missing of step.missing) this.#fault('segment.missing', missing, this.position - 1)
    return this.#take(step)
  }

  /** UNT has come: says what is missing. */
  end(): void {
    for (const missing of this.edition.structure.waysFrom(this.#node).missingAtEnd) this.#fault('segment.missing', missing, this.position)
  }

  #isClean(step: Step): boolean {
    return step.missing.length === 0 && !this.#isBeyond(step)
  }

  #isBeyond({ kind, to }: Step): boolean {
    if (kind === 'again') return this.#count >= to.most
    return kind === 'repeat' && (this.#groups.times[to.group.number] as number) >= to.group.most
  }

  #choose(steps: readonly Step[]): Step {
    let best = steps[0] as Step
    let least = Number.POSITIVE_INFINITY
    for (const step of steps) {
      // One too many is a smaller fault than one left out.
      const cost = step.missing.length * 2 + (this.#isBeyond(step) ? 1 : 0)
      if (cost < least) {
        best = step
        least = cost
      }
    }
    return best
  }

  #take({ kind, to }: Step): GroupPlace {
    return kind === 'again' || kind === 'on' ? this.#stand(to) : this.#openGroup(to)
  }

  #openGroup(trigger: SegmentNode): GroupPlace {
    const { number, most, depth } = trigger.group
    const times = tally(this.#groups, number, this.#serials[depth - 1] as number)
    this.#serials[depth] = ++this.#serial
    this.#counts[depth - 1] = times
    if (times > most) this.#fault('group.too-many', trigger, this.position)
    return this.#stand(trigger)
  }

  #stand(node: SegmentNode): GroupPlace {
    const { depth } = node
    const times = tally(this.#segments, node.number, this.#serials[depth] as number)
    const repetition = this.#repetitionAt(depth)
    for (let at = 0; at < depth; at++) repetition[at] = this.#counts[at] as number
    repetition[depth] = times
    this.#node = node
    this.#count = times
    this.#place.path = node.path
    this.#place.repetition = repetition
    if (times > node.most) this.#fault('segment.too-many', node, this.position)
    return this.#place
  }

  #repetitionAt(depth: number): number[] {
    while (this.#repetitions.length <= depth) this.#repetitions.push(Array.from({ length: this.#repetitions.length + 1 }, () => 1))
    return this.#repetitions[depth] as number[]
  }

  #outOfPlace(tag: number): GroupPlace | undefined {
    const name = tagName(tag)
    if (!this.edition.structure.tags.has(tag)) {
      this.#report({ code: 'segment.unknown', position: this.position, tag: name, path: '' })
      return undefined
    }
    const earlier = this.#earlier(tag)
    if (earlier === undefined) {
      this.#report({ code: 'segment.misplaced', position: this.position, tag: name, path: '' })
      return undefined
    }
    this.#fault('segment.misplaced', earlier, this.position)
    return earlier.isTrigger ? this.#openGroup(earlier) : this.#late(earlier)
  }

  /**
   * The nearest place before here, in a group that is open: a segment that comes late, or a group that may open again because nothing
   * mandatory stands between. What hangs under a group is never given to the head of the message.
   */
  #earlier(tag: number): SegmentNode | undefined {
    const { depth } = this.#node
    let { group, index }: { group: GroupNode | undefined; index: number } = this.#node
    for (; group !== undefined; index = group.index, group = group.parent) {
      let isPassable = true
      for (let at = index - 1; at >= 0; at--) {
        const item = group.items[at] as SegmentNode | GroupNode
        const first = item.kind === 'group' ? triggerOf(item) : item
        if (first.tag === tag && (item.kind === 'group' ? isPassable : group.depth > 0 || depth === 0)) return first
        if (item.isMandatory) isPassable = false
      }
    }
    return undefined
  }

  /** The walk stays where it is. */
  #late(node: SegmentNode): GroupPlace {
    const times = tally(this.#segments, node.number, this.#serials[node.depth] as number)
    return { path: node.path, repetition: [...this.#counts.slice(0, node.depth), times] }
  }

  #fault(code: StructureFault['code'], node: SegmentNode, position: number): void {
    this.#report({ code, position, tag: node.name, path: node.path })
  }
}

interface Tally {
  readonly times: Int32Array
  readonly within: Int32Array
}

function newTally(numbers: number): Tally {
  return { times: new Int32Array(numbers + 1), within: new Int32Array(numbers + 1) }
}

/** Once more inside the group of that serial number, or for the first time. */
function tally({ times, within }: Tally, number: number, serial: number): number {
  const count = within[number] === serial ? (times[number] as number) + 1 : 1
  within[number] = serial
  times[number] = count
  return count
}
