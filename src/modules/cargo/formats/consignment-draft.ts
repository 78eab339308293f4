/**
 * A consignment while its segments or rows still come in. Without any name of a transport document there is no consignment to state. Invariants: an address is
 * kept only of what can be told to be a legal person; amounts in two currencies are never added up, and then there is no amount.
 */
import { legalPersonKey } from '#kernel/cargo-history/legal-person.ts'
import type {
  ConsignmentStatement,
  Stated,
  StatedAmount,
  StatedParty,
  StatedPlace,
  StatedReference,
  StatedSeal,
  StatedWeight,
} from '../model.ts'

export class ConsignmentDraft {
  readonly parties: StatedParty[] = []
  readonly places: StatedPlace[] = []
  readonly goods: Stated[] = []
  readonly hsCodes: Stated[] = []
  readonly weights: StatedWeight[] = []
  readonly containers: { readonly number: Stated; seals: StatedSeal[] }[] = []
  readonly references: StatedReference[] = []
  packages: Stated<number> | undefined
  readonly #freight = new AmountSum()
  readonly #customsValue = new AmountSum()
  #totalValue: StatedAmount | undefined
  #document: Stated | undefined
  #rank = 0
  readonly #byNumber = new Map<string, { readonly number: Stated; seals: StatedSeal[] }>()

  /** More than its head was read: what names another document now opens another consignment. */
  get hasContent(): boolean {
    return this.goods.length > 0 || this.parties.length > 0 || this.weights.length > 0 || this.packages !== undefined
  }

  /** The name with the highest rank stays: BGM 1, other references 2, house 2.25, bill of lading 2.5, CNI 3. */
  name(document: Stated | undefined, rank: number): void {
    if (document === undefined || rank <= this.#rank) return
    this.#document = document
    this.#rank = rank
  }

  /** Outer packages of all goods items; the pointer is that of the first. */
  addPackages(stated: Stated<number> | undefined): void {
    if (stated === undefined) return
    this.packages = this.packages === undefined ? stated : { value: this.packages.value + stated.value, at: this.packages.at }
  }

  addParty(party: StatedParty): void {
    this.parties.push(withoutHome(party))
  }

  /** One of the freight charges. */
  addFreight(amount: StatedAmount | undefined): void {
    this.#freight.add(amount)
  }

  /** Customs value of the whole, or of one of its goods items; a stated whole stands. */
  addCustomsValue(amount: StatedAmount | undefined, of: 'whole' | 'item'): void {
    if (of === 'item') this.#customsValue.add(amount)
    else this.#totalValue ??= amount
  }

  /** A container may be named twice: where the goods are split, and as equipment with its seals. */
  addContainer(number: Stated, seals: StatedSeal[]): void {
    const known = this.#byNumber.get(number.value)
    if (known !== undefined) {
      if (known.seals.length === 0) known.seals = seals
      return
    }
    const container = { number, seals }
    this.#byNumber.set(number.value, container)
    this.containers.push(container)
  }

  statement(): ConsignmentStatement | undefined {
    if (this.#document === undefined) return undefined
    const { parties, places, goods, hsCodes, weights, containers, references, packages } = this
    const statement = { document: this.#document, parties, places, goods, hsCodes, weights, containers, references }
    const [freight, customsValue] = [this.#freight.sum, this.#totalValue ?? this.#customsValue.sum]
    return {
      ...statement,
      ...(packages === undefined ? {} : { packages }),
      ...(freight === undefined ? {} : { freight }),
      ...(customsValue === undefined ? {} : { customsValue }),
    }
  }
}

/** The party without an address that may be a person's home. */
export function withoutHome({ address, ...party }: StatedParty): StatedParty {
  const isCompany = address !== undefined && legalPersonKey({ name: party.name.value, identifier: party.identifier?.value }) !== undefined
  return isCompany ? { ...party, address } : party
}

class AmountSum {
  #sum: StatedAmount | undefined
  #isMixed = false

  add(amount: StatedAmount | undefined): void {
    if (amount === undefined) return
    const held = this.#sum
    this.#isMixed ||= held !== undefined && held.currency !== amount.currency
    this.#sum = held === undefined ? amount : { ...held, value: held.value + amount.value }
  }

  get sum(): StatedAmount | undefined {
    return this.#isMixed ? undefined : this.#sum
  }
}
