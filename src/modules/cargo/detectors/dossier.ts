/** What the detectors of the slice look at: one container with everything the desk holds about it. Plain values, built by `assemble-dossier.ts` from what the store holds. */

import type { Position } from '#kernel/geo/distance.ts'
import type { Detector, Evaluation, Fact } from '#kernel/signal/signal.ts'
import type { ConsignmentStatement, EquipmentSighting, Stated, StatedParty } from '../model.ts'

export interface DossierSighting {
  readonly message: string
  /** ISO 8601: when it happened as stated, otherwise undefined. */
  readonly happenedAt?: string
  readonly receivedAt: string
  /** Place of the event or of the report, UN/LOCODE, with its position where the list states one. */
  readonly place?: { readonly code: string; readonly latitude?: number; readonly longitude?: number }
  readonly voyage?: string
  /** When the ship of a stowage plan left, as stated. */
  readonly departsAt?: string
  /** Power of a reefer, where the report says that it was connected or taken off. */
  readonly power?: 'on' | 'off'
  readonly sighting: EquipmentSighting
}

export interface DossierConsignment {
  readonly message: string
  readonly receivedAt: string
  readonly declaration: boolean
  readonly voyage?: string
  /** Day of departure as its message states it; what was received without one counts by the day of receipt. */
  readonly shippedAt?: string
  readonly statement: ConsignmentStatement
}

/** What the desk knew under a key when it read the document that first gave it. */
export interface KeyHistory {
  /** Shipments in documents read earlier. */
  readonly before: number
  /** Shipments in that document itself, this one included. */
  readonly here: number
  /** Day of the last one before, ISO 8601. */
  readonly lastSeen?: string
}

/** What the desk's own records say beyond this container. A key that is not there has nothing to compare with, which is not the same as zero. */
export interface DossierHistory {
  /** By kind and key, as `historyKey` writes them. */
  readonly keys: Readonly<Record<string, KeyHistory>>
  /** Counts by what they are counted under, for distributions and mixes: kind and key, then bin, word or company. */
  readonly tallies: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Other containers that carried one of the seals, and when. */
  readonly sealElsewhere: readonly { readonly seal: string; readonly container: string; readonly at: string }[]
  /** Findings of the last twelve months by place of stuffing and by route. */
  readonly findings: Readonly<Record<string, number>>
}

export interface ContainerDossier {
  readonly container: string
  /** In order of time, over all journeys that the desk has seen. */
  readonly sightings: readonly DossierSighting[]
  readonly consignments: readonly DossierConsignment[]
  readonly history: DossierHistory
  /** ISO 8601: what lies before belongs to earlier journeys of the box. */
  readonly journeyFrom?: string
  /** Positions of the places that the consignments name, by UN/LOCODE. */
  readonly positions?: Readonly<Record<string, Position>>
  /** The officer who issued an alert confirmed that the box is painted so although the digit fails. */
  readonly paintedSo?: boolean
}

export interface CargoDetector extends Detector<ContainerDossier, Readonly<Record<string, number>>> {
  /** Of the catalogue of indicators: I identity, P parties, R routes, F refrigerated goods. */
  readonly code: string
}

/** Members that some formats state beyond the common shape; absent, an indicator says that it cannot compute. */
export interface AddressedParty extends StatedParty {
  readonly address?: Stated
}

export interface ValuedStatement extends ConsignmentStatement {
  readonly freight?: Stated<number>
  readonly customsValue?: Stated<number>
}

export function fact(name: string, stated: Stated | Stated<number>): Fact {
  return { name, value: stated.value, at: stated.at }
}

export const CLEAR: Evaluation = { kind: 'clear' }

export function missing(...fields: readonly string[]): Evaluation {
  return { kind: 'not-computable', missing: fields }
}

export function signal(explanation: string, ...facts: readonly Fact[]): Evaluation {
  return { kind: 'signal', explanation, facts }
}

/** What every detector of the slice has in common. */
export const COMMON = {
  version: '2',
  owner: 'Coalition risk pack',
  reviewUntil: '2027-05-24',
  legalBasis: 'Regulation (EU) 952/2013 Art 46 (risk management); thresholds are policy of the coalition',
} as const
