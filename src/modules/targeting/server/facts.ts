/**
 * What is known of an arrival when rules, watch entries and scores look at it: places, goods, equipment, legal persons, facts and indicators. Kept with the arrival,
 * so that a new rule is tried on it as it stood. Invariant: nothing of a natural person is in it but that a party is one.
 */
import { packContainer } from '#kernel/cargo-history/container-key.ts'
import type { FlagId, IndicatorId } from '#kernel/risk/column-layout.ts'
import type { ConsignmentRow, PartyKey } from '#kernel/risk/column-row.ts'
import { dayNumber } from './desk.ts'

export const PARTY_ROLES = ['shipper', 'consignee', 'notify', 'forwarder'] as const
export type PartyRoleName = (typeof PARTY_ROLES)[number]

/** A legal person with its number at this desk, or the bare fact that a natural person stands there. */
export type ArrivalParty =
  | { readonly name: string; readonly norm: string; readonly key: number; readonly identifier?: string }
  | 'natural-person'

export interface ArrivalFacts {
  readonly pol?: string
  readonly pod?: string
  readonly onward?: string
  readonly dispatchCountry?: string
  readonly hs4?: string
  readonly hs6?: string
  readonly isoType?: string
  readonly carrier?: string
  readonly weight?: number
  readonly parties: Readonly<Partial<Record<PartyRoleName, ArrivalParty>>>
  readonly flags: Readonly<Partial<Record<FlagId, boolean>>>
  readonly indicators: Readonly<Partial<Record<IndicatorId, boolean>>>
  readonly seals: readonly string[]
  readonly bookings: readonly string[]
  readonly bills: readonly string[]
  readonly goods: readonly string[]
  /** Alerts of other authorities that this desk received, with who sent them. */
  readonly alerts: readonly { readonly alert: string; readonly authority: string; readonly desk: string }[]
}

export interface ArrivalSubject {
  readonly container: string
  readonly day: string
  readonly imo: string | undefined
  readonly vessel: string | undefined
  readonly facts: ArrivalFacts
}

/** The row that rules read. */
export function consignmentRow(
  { facts, day, container }: Pick<ArrivalSubject, 'facts' | 'day' | 'container'>,
  label: Pick<ConsignmentRow, 'port' | 'outcome' | 'probability'> = {},
): ConsignmentRow {
  const party = (role: PartyRoleName): PartyKey | undefined => {
    const stated = facts.parties[role]
    return stated === undefined || stated === 'natural-person' ? stated : stated.key
  }
  return {
    pol: facts.pol,
    pod: facts.pod,
    onward: facts.onward,
    dispatchCountry: facts.dispatchCountry,
    hs4: facts.hs4,
    isoType: facts.isoType,
    carrier: facts.carrier,
    weight: facts.weight,
    day: dayNumber(day),
    container: packContainer(container),
    shipper: party('shipper'),
    consignee: party('consignee'),
    notify: party('notify'),
    forwarder: party('forwarder'),
    flags: facts.flags,
    indicators: facts.indicators,
    ...label,
  }
}

/** Names of legal persons by role, for screens. */
export function legalName(facts: ArrivalFacts, role: PartyRoleName): string | undefined {
  const party = facts.parties[role]
  return party === undefined || party === 'natural-person' ? undefined : party.name
}
