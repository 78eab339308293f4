/**
 * MOA and TCC of a consignment: what the freight costs and what the goods are worth to customs. TCC says what a charge is for, the MOA behind it how much.
 * Source: 5025 of D23A: 23 charge amount, 40 declared value of a goods item, 43 of the consignment, 64 freight charge, 144 transport charges. 8023: freight
 * charges begin with 1 in UN/ECE Recommendation 23 (from memory). Amounts of any other kind are left where they stand.
 */
import { type Segment, tagOf } from '#kernel/edifact/segment.ts'
import type { StatedAmount } from '../model.ts'
import type { ConsignmentDraft } from './consignment-draft.ts'
import type { MessageContext } from './message-context.ts'

const TCC = tagOf('TCC')
const MOA = tagOf('MOA')
/** Segments that stand between a charge and its amount. */
const OF_CHARGE: ReadonlySet<number> = new Set(['LOC', 'FTX', 'CUX', 'PRI', 'EQN', 'PCD', 'MOA', 'QTY'].map(tagOf))
const FREIGHT = /^1[0-9]{5}$/
const CURRENCY = /^[A-Z]{3}$/

export class AmountWalk {
  readonly #context: MessageContext
  #charge: 'freight' | 'other' | undefined
  /** Code 5025 under which this consignment states its freight; the other codes say the same again. */
  #freightCode = ''

  constructor(context: MessageContext) {
    this.#context = context
  }

  /** Another consignment begins. */
  reset(): void {
    this.#charge = undefined
    this.#freightCode = ''
  }

  segment(consignment: ConsignmentDraft, segment: Segment): void {
    if (segment.tag === TCC) this.#charge = FREIGHT.test(segment.text(1)) ? 'freight' : 'other'
    else if (!OF_CHARGE.has(segment.tag)) this.#charge = undefined
    if (segment.tag === MOA) this.#amount(consignment, segment)
  }

  #amount(consignment: ConsignmentDraft, segment: Segment): void {
    const code = segment.text(1)
    if (code === '40' || code === '43') consignment.addCustomsValue(this.#stated(segment), code === '43' ? 'whole' : 'item')
    const isFreight = code === '64' || code === '144' || (code === '23' && this.#charge === 'freight')
    if (!isFreight || this.#charge === 'other') return
    if (this.#freightCode === '') this.#freightCode = code
    if (this.#freightCode === code) consignment.addFreight(this.#stated(segment))
  }

  #stated(segment: Segment): StatedAmount | undefined {
    const amount = this.#context.statedNumber(segment, 1, 2)
    const currency = segment.text(1, 3).toUpperCase()
    return amount === undefined || !CURRENCY.test(currency) ? amount : { ...amount, currency }
  }
}
