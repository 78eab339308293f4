/**
 * Arrivals from what a desk holds: a function of the set of documents, so that the order in which they came, and a repeat, change nothing. An arrival is one container
 * at one port of the desk on one voyage; where no document says when, there is none, and the container counts as not placed. Nothing is guessed.
 */
import { legalPersonKey } from '#kernel/cargo-history/legal-person.ts'
import type { FlagId } from '#kernel/risk/column-layout.ts'
import type { AlertStated, CargoOfContainers, ConsignmentStated, SightingRow, VoyageRow } from '#modules/cargo'
import { isAboutCall } from './alert-of-call.ts'
import type { ArrivalFacts, ArrivalParty, PartyRoleName } from './facts.ts'
import { indicatorsOf } from './indicator-codes.ts'
import type { NotPlaced } from './not-placed.ts'
import { etaAt, isEta, UNREADABLE } from './stated-eta.ts'

export interface ArrivalDraft {
  readonly container: string
  readonly port: string
  readonly voyageKey: string
  readonly eta: Date
  readonly vessel: string | undefined
  readonly imo: string | undefined
  readonly voyage: string | undefined
  readonly facts: ArrivalFacts
  readonly signals: readonly { readonly signal: string; readonly detector: string; readonly explanation: string }[]
}

export interface FoldWorld {
  readonly containers: readonly string[]
  /** Ports of the desk. */
  readonly ports: ReadonlySet<string>
  readonly numberOf: (partyKey: string) => number | undefined
}

export interface Folded {
  readonly drafts: readonly ArrivalDraft[]
  /** Containers bound for a port of the desk of which no document says when they come. */
  readonly notPlaced: readonly NotPlaced[]
}

/** A consignment without a voyage is of a call at most so long after it was received. */
const LONGEST_WAIT_MS = 120 * 86_400_000
const FULL_CODE = /^[A-Z]{2}[A-Z2-9]{3}$/

export function foldArrivals(cargo: CargoOfContainers, world: FoldWorld): Folded {
  const sightings = Map.groupBy(cargo.sightings, ({ container }) => container)
  const alerts = Map.groupBy(cargo.alerts, ({ container }) => container)
  const signals = Map.groupBy(cargo.signals, ({ container }) => container)
  const consignments = new Map<string, ConsignmentStated[]>()
  for (const each of cargo.consignments)
    for (const container of each.containers) consignments.set(container, [...(consignments.get(container) ?? []), each])
  const drafts: ArrivalDraft[] = []
  const notPlaced: NotPlaced[] = []
  for (const container of world.containers) {
    const stated = {
      container,
      sightings: sightings.get(container) ?? [],
      consignments: consignments.get(container) ?? [],
      alerts: alerts.get(container) ?? [],
    }
    const calls = callsOf(stated, world.ports)
    const bound = [...stated.sightings, ...stated.consignments].filter(({ discharge }) => world.ports.has(code(discharge) ?? ''))
    if (calls.length === 0 && bound.length > 0) notPlaced.push({ container, isUnreadable: bound.some(isTimeUnreadable) })
    const raised = signals.get(container) ?? []
    const evaluated = cargo.evaluated.get(container)
    for (const call of calls)
      drafts.push({
        container,
        ...call,
        facts: factsOf(stated, call, { world, indicators: indicatorsOf(raised, evaluated) }),
        signals: raised.map(({ signal, detector, explanation }) => ({ signal, detector, explanation })),
      })
  }
  return { drafts, notPlaced }
}

/** Keys of the legal persons that the consignments name: they get their numbers before anything is folded. */
export function partyKeysOf(consignments: readonly ConsignmentStated[]): ReadonlySet<string> {
  const keys = consignments.flatMap(({ parties }) =>
    (parties ?? []).map(({ name, identifier }) => legalPersonKey({ name: name.value, identifier: identifier?.value })),
  )
  return new Set(keys.filter((each) => each !== undefined))
}

interface Stated {
  readonly container: string
  readonly sightings: readonly SightingRow[]
  readonly consignments: readonly ConsignmentStated[]
  readonly alerts: readonly AlertStated[]
}

type Call = Pick<ArrivalDraft, 'port' | 'voyageKey' | 'eta' | 'vessel' | 'imo' | 'voyage'>

function callsOf({ sightings, consignments, alerts }: Stated, ports: ReadonlySet<string>): readonly Call[] {
  const calls = new Map<string, Call>()
  const take = (port: string | undefined, voyage: VoyageRow | null): void => {
    if (port === undefined || !ports.has(port)) return
    const eta = etaAt(voyage, port)
    if (eta === undefined || eta === UNREADABLE) return
    const vessel = voyage?.vesselName?.value
    const number = voyage?.voyageNumber?.value
    const voyageKey = (number ?? vessel ?? eta.toISOString().slice(0, 10)).toUpperCase().slice(0, 60)
    const before = calls.get(`${port} ${voyageKey}`)
    const imo = voyage?.vesselImo?.value.replace(/^IMO/, '')
    calls.set(`${port} ${voyageKey}`, { port, voyageKey, eta, vessel: vessel ?? before?.vessel, imo: imo ?? before?.imo, voyage: number })
  }
  for (const each of sightings) for (const place of [each.discharge, ...(each.transhipments ?? [])]) take(code(place), each.voyage)
  for (const each of consignments) take(code(each.discharge), each.voyage)
  // An alert can be all that a desk knows of a call; of two that speak of the same one, the later says when.
  for (const alert of alerts.toReversed()) {
    const { eta } = alert
    const port = code(alert.next_port)
    if (eta === null || !isEta(eta) || port === undefined || !ports.has(port) || !isAboutCall(alert, { eta })) continue
    if ([...calls.values()].some((call) => isAboutCall(alert, call))) continue
    const voyageKey = `ALERT ${eta.toISOString().slice(0, 10)}`
    calls.set(`${port} ${voyageKey}`, { port, voyageKey, eta, vessel: undefined, imo: undefined, voyage: undefined })
  }
  return [...calls.values()]
}

function factsOf(
  stated: Stated,
  call: Call,
  { world, indicators }: { readonly world: FoldWorld; readonly indicators: ArrivalFacts['indicators'] },
): ArrivalFacts {
  const alerts = stated.alerts.filter((alert) => isAboutCall(alert, call))
  // The same box comes again with another ship: what was seen then is not of this call.
  const sightings = stated.sightings.filter(({ voyage }) => isOfVoyage(voyage, call))
  const consignments = stated.consignments.filter((each) => belongs(each, call))
  const last = <T>(values: readonly (T | null | undefined)[]): T | undefined =>
    values.findLast((each) => each !== null && each !== undefined) ?? undefined
  const pol = last([...consignments.map(({ loading }) => code(loading)), ...sightings.map(({ loading }) => code(loading))])
  const pod = last([...consignments.map(({ discharge }) => code(discharge)), ...sightings.map(({ discharge }) => code(discharge))])
  const onward = last(sightings.map((each) => code(each.final_place)))
  const hs = last(consignments.map((each) => each.hs))?.replace(/\D/g, '') ?? ''
  const isoType = last(sightings.map((each) => each.iso_type))
  const carrier = last(sightings.map((each) => each.operator))
  const verified = last(sightings.map((each) => (each.verified_weight ? each.weight : null)))
  const weight = verified ?? last([...consignments.map(grossOfBox), ...sightings.map((each) => each.weight)])
  const fullness = last(sightings.map((each) => each.fullness))
  const { parties, isToOrder } = partiesOf(consignments, world)
  const flags: Partial<Record<FlagId, boolean>> = {
    ...(fullness === undefined ? {} : { full: fullness === 'full', empty: fullness === 'empty' }),
    ...(sightings.length === 0 ? {} : { verifiedWeight: verified !== undefined, transhipment: pod !== undefined && pod !== call.port }),
    ...(isoType === undefined ? {} : { reefer: /^..[RH]/.test(isoType) }),
    ...(consignments.length === 0 ? {} : { toOrder: isToOrder }),
    alerted: alerts.length > 0,
  }
  return {
    ...(pol === undefined ? {} : { pol, dispatchCountry: pol.slice(0, 2) }),
    ...(pod === undefined ? {} : { pod }),
    ...(onward === undefined ? {} : { onward }),
    ...(hs.length >= 4 ? { hs4: hs.slice(0, 4) } : {}),
    ...(hs.length >= 6 ? { hs6: hs.slice(0, 6) } : {}),
    ...(isoType === undefined ? {} : { isoType }),
    ...(carrier === undefined ? {} : { carrier }),
    ...(weight === undefined ? {} : { weight }),
    parties,
    flags,
    indicators,
    seals: distinct([...sightings.flatMap(({ seals }) => seals), ...consignments.flatMap(({ seals }) => seals)]),
    bookings: distinct([...sightings.map(({ booking }) => booking), ...consignments.flatMap(({ bookings }) => bookings)]),
    bills: distinct([...consignments.map(({ bill }) => bill), ...sightings.map(({ bill }) => bill)]),
    goods: distinct([...consignments.map(({ goods }) => goods), ...sightings.map(({ goods }) => goods)]),
    alerts: alerts.map(({ alert, originator_authority: authority, originator_desk: desk }) => ({ alert, authority, desk })),
  }
}

function belongs({ discharge, voyage, received_at: receivedAt }: ConsignmentStated, call: Call): boolean {
  const port = code(discharge)
  if (port !== undefined && port !== call.port) return false
  if (voyage?.voyageNumber !== undefined && call.voyage !== undefined) return isOfVoyage(voyage, call)
  return call.eta.getTime() - receivedAt.getTime() <= LONGEST_WAIT_MS
}

/** Goods in several boxes weigh together what none of the boxes weighs. */
function grossOfBox({ containers, gross }: ConsignmentStated): number | null {
  return new Set(containers).size === 1 ? gross : null
}

/** A report without a voyage may be of any. */
function isOfVoyage(voyage: VoyageRow | null, call: Call): boolean {
  const number = voyage?.voyageNumber?.value
  return number === undefined || call.voyage === undefined || number.toUpperCase() === call.voyage.toUpperCase()
}

const ROLES: Readonly<Record<string, PartyRoleName>> = {
  consignor: 'shipper',
  consignee: 'consignee',
  notify: 'notify',
  forwarder: 'forwarder',
}

function partiesOf(
  consignments: readonly ConsignmentStated[],
  world: FoldWorld,
): Pick<ArrivalFacts, 'parties'> & { readonly isToOrder: boolean } {
  const parties: Partial<Record<PartyRoleName, ArrivalParty>> = {}
  let isToOrder = false
  for (const each of consignments)
    for (const { role, name, identifier } of each.parties ?? []) {
      const place = ROLES[role]
      if (place === undefined) continue
      if (place === 'consignee') isToOrder = /^to (?:the )?order\b/i.test(name.value.trim())
      if (place === 'consignee' && isToOrder) continue
      const norm = legalPersonKey({ name: name.value, identifier: identifier?.value })
      const key = norm === undefined ? undefined : world.numberOf(norm)
      // A name that cannot be told to be a legal person's is kept by nobody here.
      parties[place] =
        norm === undefined || key === undefined
          ? 'natural-person'
          : {
              name: name.value.slice(0, 200),
              norm,
              key,
              ...(identifier === undefined ? {} : { identifier: identifier.value.slice(0, 60) }),
            }
    }
  return { parties, isToOrder }
}

function isTimeUnreadable({ discharge, voyage }: Pick<SightingRow, 'discharge' | 'voyage'>): boolean {
  return etaAt(voyage, code(discharge) ?? '') === UNREADABLE
}

function code(text: string | null | undefined): string | undefined {
  const place = text?.trim().toUpperCase()
  return place !== undefined && FULL_CODE.test(place) ? place : undefined
}

function distinct(texts: readonly (string | null)[]): readonly string[] {
  return [...new Set(texts.filter((text) => text !== null && text !== '').map((text) => (text as string).slice(0, 500)))].slice(0, 20)
}
