/**
 * Valid interchanges of any message type, made from the tables and a seed: for tests of whole chains and for measuring. Values have the
 * right form and no meaning.
 * Invariant: the same options give the same bytes; reading them back finds each segment at its intended place, and nothing to report.
 */
import { createSeededRandom, type SeededRandom } from '../stats/seeded-random.ts'
import { findEdition, type KnownEdition } from './group-editions.ts'
import { type ElementForm, segmentForm, type ValueForm } from './group-elements.ts'
import type { GroupNode, SegmentNode } from './group-structure.ts'
import { type PrintedElement, printSegment } from './print.ts'

export interface GenerateOptions {
  readonly type: string
  readonly directory: string
  readonly seed: number
  readonly messages?: number
  /** How likely each optional segment and element is; 0 gives the smallest message. */
  readonly fill?: number
  /** About where optional segments of a message stop. */
  readonly segments?: number
  readonly syntax?: '3' | '4'
}

export interface GeneratedInterchange {
  readonly text: string
  /** Place of each segment of each message, UNH and UNT left out. */
  readonly places: readonly (readonly GeneratedPlace[])[]
}

export interface GeneratedPlace {
  readonly path: string
  readonly repetition: readonly number[]
}

/** More would only make more of the same. */
const MOST_REPETITIONS = 3

export function generateInterchange(options: GenerateOptions): GeneratedInterchange {
  const { type, directory, seed, messages = 1, syntax = '3' } = options
  const edition = findEdition(type, directory)
  if (edition === undefined) throw new RangeError(`No table knows messages of type ${type}.`)
  const random = createSeededRandom(seed)
  const reference = String(random.integer(1, 99_999_999))
  const places: (readonly GeneratedPlace[])[] = []
  const texts = Array.from({ length: messages }, (_, index) => {
    const message = new MessageWriter(edition, random, options)
    message.group(edition.structure.root, [])
    places.push(message.places)
    const number = String(index + 1)
    const header = printSegment('UNH', [number, identifierOf(edition)])
    return `${header}${message.text}${printSegment('UNT', [String(message.places.length + 2), number])}`
  })
  const date = syntax === '4' ? '20260901' : '260901'
  const text = [
    printSegment('UNB', [['UNOC', syntax], 'SENDER', 'RECIPIENT', [date, '0600'], reference]),
    ...texts,
    printSegment('UNZ', [String(messages), reference]),
  ].join('')
  return { text, places }
}

class MessageWriter {
  text = ''
  readonly places: GeneratedPlace[] = []
  readonly #edition: KnownEdition
  readonly #random: SeededRandom
  readonly #fill: number
  readonly #segments: number
  readonly #syntax: '3' | '4'
  #last: SegmentNode

  constructor(edition: KnownEdition, random: SeededRandom, { fill = 0.3, segments = 200, syntax = '3' }: GenerateOptions) {
    this.#edition = edition
    this.#random = random
    this.#fill = fill
    this.#segments = segments
    this.#syntax = syntax
    this.#last = edition.structure.start
  }

  group(group: GroupNode, repetition: readonly number[]): void {
    for (const item of group.items) {
      const node = item.kind === 'group' ? (item.items[0] as SegmentNode) : item
      const times = Math.max(item.isMandatory ? 1 : 0, this.#times(item))
      for (let time = 1; time <= times; time++) {
        if (!item.isMandatory && !this.#isFirstPlace(node)) break
        if (item.kind === 'group') this.group(item, [...repetition, time])
        else this.#segment(item, [...repetition, time])
      }
    }
  }

  /** A segment belongs to the first place that fits: another place that would take it is not left open. */
  #isFirstPlace(node: SegmentNode): boolean {
    return this.#last === node || this.#edition.structure.waysFrom(this.#last).byTag.get(node.tag)?.[0]?.to === node
  }

  #times(item: SegmentNode | GroupNode): number {
    if (this.places.length >= this.#segments) return 0
    let times = 0
    while (times < Math.min(item.most, MOST_REPETITIONS) && this.#random.chance(this.#fill)) times++
    return times
  }

  #segment(node: SegmentNode, repetition: readonly number[]): void {
    const form = segmentForm(node.name)
    const elements = (this.#syntax === '4' ? form?.repeating : form?.flat) ?? []
    this.text += printSegment(
      node.name,
      elements.map((element) => this.#element(element)),
    )
    this.places.push({ path: node.path, repetition })
    this.#last = node
  }

  #element({ isMandatory, isComposite, values }: ElementForm): PrintedElement {
    if (!isMandatory && !this.#random.chance(this.#fill)) return ''
    const printed: string[] = values.map((value) => (value.isMandatory || this.#random.chance(this.#fill) ? this.#value(value) : ''))
    const [first] = values
    if (first !== undefined && printed.join('') === '') printed[0] = this.#value(first)
    return isComposite ? printed : (printed[0] ?? '')
  }

  #value({ type, longest }: ValueForm): string {
    // Now and then as long as it may be.
    const length = this.#random.chance(0.05) ? longest : this.#random.integer(1, Math.min(longest, 12))
    const signs = Array.from({ length }, () => this.#random.pick(type === 'n' ? DIGITS : type === 'a' ? LETTERS : SIGNS)).join('')
    if (type !== 'n') return signs
    return length > 2 && this.#random.chance(0.3) ? `${signs.slice(0, -2)}.${signs.slice(-2)}` : signs
  }
}

const DIGITS = [...'0123456789']
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
/** With the service characters, which have to be released. */
const SIGNS = [...LETTERS, ...DIGITS, ..."abc +:'?*.,-/"]

function identifierOf({ type, directory }: KnownEdition): string[] {
  if (type === 'CONTRL') return [type, 'D', '3', 'UN']
  return [type, directory.slice(0, 1), directory.slice(1), 'UN']
}
