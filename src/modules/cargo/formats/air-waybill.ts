/**
 * What the paragraphs of FWB and FHL say, as consignments: the waybill with route, flights, parties, goods and weights; a house waybill list
 * gives one consignment for each house under its master.
 * Status: IATA Cargo-IMP is not an open standard; paragraphs and fields are from memory (FWB 9 to 17, FHL 2 to 5). What differs in detail
 * is therefore warned about and never refused. Places are IATA codes, kept as stated.
 */
import { parseAwbNumber } from '#kernel/identifiers/awb-number.ts'
import type { FilingKind, PartyRole, Stated, StatedAmount, StatedPlace, Voyage } from '../model.ts'
import { type AirLine, part } from './air-message.ts'
import { ConsignmentDraft } from './consignment-draft.ts'
import type { Draft } from './message-context.ts'
import { joinStated } from './stated-join.ts'

export interface AirSink {
  warn(problem: { readonly code: string; readonly text: string; readonly line: AirLine; readonly element?: number | undefined }): void
  consignment(draft: ConsignmentDraft, kind: FilingKind, handling: readonly Stated[]): void
}

const PARTIES: ReadonlyMap<string, PartyRole> = new Map<string, PartyRole>([
  ['SHP', 'consignor'],
  ['CNE', 'consignee'],
  ['NFY', 'notify'],
  ['AGT', 'forwarder'],
])
/** `020-12345675FRABKK/T10K1000.5`: number, origin, destination. */
const WAYBILL = /^([0-9]{3}-?[0-9]{8})([A-Z]{3})?([A-Z]{3})?$/
/** Pieces and weight: shipment type, pieces, unit, weight; volume and density may follow. */
const QUANTITY = /^[TPSDM]?([0-9]{1,6})([KL])([0-9]{1,9}(?:\.[0-9]{1,3})?)/
const POUND = 0.45359237
const HANDLING_KEPT = 99
const GOODS_KEPT = 500
const ADDRESS_LINES = 2
const CURRENCY = /^[A-Z]{3}$/
const ULD = /^[A-Z][A-Z0-9]{2}[0-9]{4,5}[A-Z0-9]{2}$/

export class AirWaybill {
  readonly voyage: Draft<Voyage> = { places: [] }
  readonly #type: 'FWB' | 'FHL'
  readonly #sink: AirSink
  #master: Stated | undefined
  #draft: ConsignmentDraft | undefined
  #handling: Stated[] = []
  #route: StatedPlace[] = []
  #partyRole: PartyRole | undefined
  #partyName: Stated | undefined
  #partyAddress: Stated[] = []
  #currency: string | undefined

  constructor(type: 'FWB' | 'FHL', sink: AirSink) {
    this.#type = type
    this.#sink = sink
  }

  get hasWaybill(): boolean {
    return this.#master !== undefined
  }

  line(line: AirLine): void {
    const { paragraph, index, fields } = line
    const role = PARTIES.get(paragraph)
    if (role !== undefined) return this.#party(role, line)
    this.#endParty()
    switch (paragraph) {
      case 'AWB':
      case 'MBI':
        if (line.isFirst) this.#waybill(line)
        return
      case 'FLT':
        return this.#flight(line)
      case 'RTG':
        return this.#routing(line)
      case 'HBS':
        return index === 0 ? this.#house(line) : this.#keepHandling(fields.slice(1))
      case 'TXT':
        return void this.#goods(fields.at(-1))
      case 'HTS':
        return void this.#tariff(fields.slice(1))
      case 'CVD':
        return this.#values(line)
      case 'RTD':
        return this.#rating(line)
      case 'SPH':
        return this.#keepHandling(fields.slice(1))
      default:
    }
  }

  end(): void {
    this.#endParty()
    const draft = this.#draft
    const kind: FilingKind = this.#type === 'FWB' ? 'air-waybill' : 'house-waybill'
    this.#draft = undefined
    if (draft !== undefined) this.#sink.consignment(draft, kind, this.#handling)
    this.#handling = []
  }

  #waybill(line: AirLine): void {
    const field = line.paragraph === 'MBI' ? line.fields[1] : line.fields[0]
    const quantity = line.paragraph === 'MBI' ? line.fields[2] : line.fields[1]
    const [, number = '', origin = '', destination = ''] = WAYBILL.exec(field?.value ?? '') ?? []
    if (field === undefined || number === '')
      return this.#sink.warn({
        code: 'air.no-waybill',
        text: 'The line names no air waybill number that can be read.',
        line,
        element: field?.at.element,
      })
    this.#master = part(field, 0, number.length)
    const checked = parseAwbNumber(number)
    if (!checked.ok)
      this.#sink.warn({ code: 'awb-number.check-digit', text: checked.problems[0]?.message ?? '', line, element: field.at.element })
    this.#route = placesOf(field, { from: number.length, origin, destination })
    this.voyage.places.push(...this.#route)
    if (this.#type === 'FHL' || this.#master === undefined) return
    this.#draft = new ConsignmentDraft()
    this.#draft.name(this.#master, 3)
    this.#draft.references.push({ code: 'AWB', number: this.#master })
    this.#draft.places.push(...this.#route)
    this.#quantity(this.#draft, quantity, line)
  }

  /** `HBS/HOUSE1/FRABKK/5/K500.0/10/ELECTRONICS`: number, route, pieces, weight, slac, goods. */
  #house(line: AirLine): void {
    this.end()
    const [, number, route, pieces, weight, , goods] = line.fields
    if (number === undefined || number.value === '')
      return this.#sink.warn({ code: 'air.no-waybill', text: 'A house waybill has no number; it is not used.', line, element: 1 })
    const draft = new ConsignmentDraft()
    this.#draft = draft
    draft.name(number, 3)
    draft.references.push({ code: 'HWB', number })
    if (this.#master !== undefined) draft.references.push({ code: 'MWB', number: this.#master })
    if (route !== undefined && /^[A-Z]{6}$/.test(route.value))
      draft.places.push(...placesOf(route, { from: 0, origin: route.value.slice(0, 3), destination: route.value.slice(3) }))
    const count = /^[0-9]{1,6}$/.test(pieces?.value ?? '') ? Number(pieces?.value) : undefined
    if (pieces !== undefined && count !== undefined) draft.addPackages({ value: count, at: pieces.at })
    this.#weight(draft, weight, line)
    this.#goods(goods)
  }

  #quantity(draft: ConsignmentDraft, field: Stated | undefined, line: AirLine): void {
    const [, pieces = '', unit = '', weight = ''] = QUANTITY.exec(field?.value ?? '') ?? []
    if (field === undefined || pieces === '')
      return this.#sink.warn({ code: 'air.quantity', text: 'Pieces and weight cannot be read.', line, element: field?.at.element })
    draft.addPackages({ value: Number(pieces), at: field.at })
    draft.weights.push({ kind: 'consignment-gross', kilograms: { value: Number(weight) * (unit === 'L' ? POUND : 1), at: field.at } })
  }

  #weight(draft: ConsignmentDraft, field: Stated | undefined, line: AirLine): void {
    const [, unit = '', weight = ''] = /^([KL])([0-9]{1,9}(?:\.[0-9]{1,3})?)$/.exec(field?.value ?? '') ?? []
    if (field === undefined || unit === '')
      return this.#sink.warn({ code: 'air.quantity', text: 'The weight cannot be read.', line, element: field?.at.element })
    draft.weights.push({ kind: 'consignment-gross', kilograms: { value: Number(weight) * (unit === 'L' ? POUND : 1), at: field.at } })
  }

  /** `FLT/LH772/12/TG921/13`: flights with their days. A day without a month is no time and is not taken for one. */
  #flight({ fields }: AirLine): void {
    const flight = fields.slice(1).find(({ value }) => /^[A-Z0-9]{2}[0-9]{3,4}[A-Z]?$/.test(value))
    if (flight === undefined) return
    this.voyage.voyageNumber ??= flight
    const carrier = part(flight, 0, 2)
    if (carrier !== undefined) this.voyage.carrier ??= carrier
  }

  /** `RTG/BKKLH/SYDTG`: places on the way, each with its carrier; the last is the destination. */
  #routing({ fields }: AirLine): void {
    const stops = fields.slice(1).filter(({ value }) => /^[A-Z]{3}[A-Z0-9]{0,2}$/.test(value))
    for (const stop of stops.slice(0, -1)) {
      const place = part(stop, 0, 3)
      if (place === undefined || this.voyage.places.length >= HANDLING_KEPT) continue
      this.voyage.places.push({ role: 'transhipment', place })
      this.#draft?.places.push({ role: 'transhipment', place })
    }
  }

  /** Name, street and place in the lines behind the word, or behind NAM, ADR and LOC in newer versions. Contact and account are not read. */
  #party(role: PartyRole, { index, fields }: AirLine): void {
    if (this.#partyRole !== role) this.#endParty()
    this.#partyRole = role
    const [word, field] = [fields[0]?.value ?? '', fields[1]]
    if (field === undefined || field.value === '') return
    if (word === 'NAM' || (word === '' && index === 1)) this.#partyName ??= field
    else if (role !== 'forwarder' && (word === 'ADR' || word === 'LOC' || (word === '' && (index === 2 || index === 3))))
      if (this.#partyAddress.length < ADDRESS_LINES && /[0-9A-Z]{3}/i.test(field.value)) this.#partyAddress.push(field)
  }

  #endParty(): void {
    const [draft, role, name] = [this.#draft, this.#partyRole, this.#partyName]
    const address = joinStated(this.#partyAddress)
    this.#partyRole = undefined
    this.#partyName = undefined
    this.#partyAddress = []
    if (draft === undefined || role === undefined || name === undefined || draft.parties.some((party) => party.role === role)) return
    draft.addParty(address === undefined ? { role, name } : { role, name, address })
  }

  /** `CVD/EUR/PP/PP/NVD/1200.00/XXX`: currency, charge codes, value for carriage, for customs, insured. NCV: no value for customs. */
  #values({ fields }: AirLine): void {
    const [currency, value] = [fields[1]?.value ?? '', fields[5]]
    if (CURRENCY.test(currency)) this.#currency = currency
    if (value !== undefined) this.#draft?.addCustomsValue(this.#amount(value, value.value), 'whole')
  }

  #amount(field: Stated, text: string): StatedAmount | undefined {
    if (!/^[0-9]{1,12}(?:\.[0-9]{1,3})?$/.test(text)) return undefined
    const amount = { value: Number(text), at: field.at }
    return this.#currency === undefined ? amount : { ...amount, currency: this.#currency }
  }

  /** Goods (NG, NC), tariff codes (NH), unit load devices (NU) and the total (T) of a rate line. */
  #rating({ fields }: AirLine): void {
    for (const [at, field] of fields.entries()) {
      if (field.value.startsWith('T') && !/^N[A-Z]$/.test(fields[at - 1]?.value ?? ''))
        this.#draft?.addFreight(this.#amount(field, field.value.slice(1)))
      const next = fields[at + 1]
      if (next === undefined) return
      if (field.value === 'NG' || field.value === 'NC') this.#goods(next)
      if (field.value === 'NH') this.#tariff([next])
      if (field.value === 'NU' && ULD.test(next.value)) this.#draft?.references.push({ code: 'ULD', number: next })
    }
  }

  #goods(field: Stated | undefined): void {
    const goods = this.#draft?.goods
    if (field === undefined || field.value === '' || goods === undefined || goods.length >= GOODS_KEPT) return
    if (!goods.some(({ value }) => value === field.value)) goods.push(field)
  }

  #tariff(fields: readonly Stated[]): void {
    for (const field of fields) if (/^[0-9]{4,14}$/.test(field.value)) this.#draft?.hsCodes.push(field)
  }

  #keepHandling(fields: readonly Stated[]): void {
    for (const field of fields) if (/^[A-Z]{3}$/.test(field.value) && this.#handling.length < HANDLING_KEPT) this.#handling.push(field)
  }
}

function placesOf(
  field: Stated,
  { from, origin, destination }: { readonly from: number; readonly origin: string; readonly destination: string },
): StatedPlace[] {
  const loading = origin === '' ? undefined : part(field, from, from + 3)
  const discharge = destination === '' ? undefined : part(field, from + 3, from + 6)
  return [
    ...(loading === undefined ? [] : [{ role: 'loading' as const, place: loading }]),
    ...(discharge === undefined ? [] : [{ role: 'discharge' as const, place: discharge }]),
  ]
}
