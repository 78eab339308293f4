/**
 * One message against the tables: the place of each segment and the form of its elements, with every departure told.
 * Without a table for the type segments have no place, and their elements are checked all the same.
 */
import { checkElements, type ElementSink, type SegmentForm, segmentForm } from './group-elements.ts'
import { type FaultSink, type GroupPlace, type GroupWalk, openGroups } from './group-walk.ts'
import { type Segment, tagName } from './segment.ts'

export interface MessageCheckOptions {
  readonly type: string
  readonly directory: string
  /** The interchange is of syntax 4. */
  readonly repeats?: boolean
  /** Ordinal of UNH in its document: positions are told from there, whatever was left out on the way. */
  readonly first?: number
  readonly report: FaultSink
}

export class MessageCheck {
  readonly walk: GroupWalk | undefined
  #position = 1
  #tag = 0
  #path = ''
  readonly #first: number | undefined
  readonly #repeats: boolean
  readonly #report: FaultSink

  constructor({ type, directory, first, repeats = false, report }: MessageCheckOptions) {
    this.walk = openGroups(type, directory, report)
    this.#first = first
    this.#repeats = repeats
    this.#report = report
  }

  /** True when the table is of the message's own directory, so that a fault can be held against the sender. */
  get isCertain(): boolean {
    return this.walk?.edition.isExact === true
  }

  segment(segment: Segment): GroupPlace | undefined {
    const { tag } = segment
    this.#position = this.#first === undefined ? this.#position + 1 : segment.ordinal - this.#first + 1
    if (this.walk !== undefined) this.walk.position = this.#position - 1
    const place = this.walk?.segment(tag)
    this.#tag = tag
    this.#path = place?.path ?? ''
    const form = formOf(tag)
    if (form !== undefined) checkElements(segment, form, this.#repeats, this.#elementFault)
    return place
  }

  end(): void {
    this.walk?.end()
  }

  readonly #elementFault: ElementSink = (code, element, component, occurrence = 1) => {
    this.#report({
      code,
      position: this.#position,
      tag: tagName(this.#tag),
      path: this.#path,
      element,
      ...(component === undefined ? {} : { component }),
      ...(occurrence === 1 ? {} : { occurrence }),
    })
  }
}

const forms = new Map<number, SegmentForm>()

function formOf(tag: number): SegmentForm | undefined {
  const known = forms.get(tag)
  if (known !== undefined) return known
  const form = segmentForm(tagName(tag))
  // Only what tables know is kept: hostile tags do not pile up.
  if (form !== undefined) forms.set(tag, form)
  return form
}
