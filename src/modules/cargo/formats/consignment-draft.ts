/** A consignment while its segments or rows still come in. Without any name of a transport document there is no consignment to state. */
import type { ConsignmentStatement, Stated, StatedParty, StatedPlace, StatedReference, StatedSeal, StatedWeight } from '../model.ts'

export class ConsignmentDraft {
  readonly parties: StatedParty[] = []
  readonly places: StatedPlace[] = []
  readonly goods: Stated[] = []
  readonly hsCodes: Stated[] = []
  readonly weights: StatedWeight[] = []
  readonly containers: { readonly number: Stated; seals: StatedSeal[] }[] = []
  readonly references: StatedReference[] = []
  packages: Stated<number> | undefined
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
    return packages === undefined ? statement : { ...statement, packages }
  }
}
