/** What the detectors of the slice look at: one container with everything the desk holds about it. Plain values, built by `assemble-dossier.ts` from what the store holds. */

import type { Tally } from '#kernel/cargo-history/comparison-window.ts'
import type { Position } from '#kernel/geo/distance.ts'
import type { Detector, Evaluation, Fact } from '#kernel/signal/signal.ts'
import type { ConsignmentStatement, EquipmentSighting, Stated } from '../model.ts'

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
  /** When the sender prepared it, as stated. */
  readonly preparedAt?: string
  /** Power of a reefer, where the report says that it was connected or taken off. */
  readonly power?: 'on' | 'off'
  readonly sighting: EquipmentSighting
}

export interface DossierConsignment {
  readonly message: string
  readonly receivedAt: string
  readonly declaration: boolean
  readonly voyage?: string
  /** When the sender prepared it, as stated: of two versions of a bill the later one stands, whichever came first. */
  readonly preparedAt?: string
  /** Day of the bill, ISO 8601: the earliest that any document of the desk gives it. Its history is what lies before that day. */
  readonly day: string
  readonly statement: ConsignmentStatement
}

/** What the desk holds under a key, seen from one day. A later day never matters, and neither does the order in which documents came. */
export interface KeyHistory {
  /** Shipments of earlier days. */
  readonly before: number
  /** Shipments of the day itself, the one that is looked at included. */
  readonly here: number
  /** Day of the last one before, ISO 8601. */
  readonly lastSeen?: string
}

/** What the desk's own records say beyond this container. A key that is not there has nothing to compare with, which is not the same as zero. */
export interface DossierHistory {
  /** By day, kind and key, as `datedKey` writes them. */
  readonly keys: Readonly<Record<string, KeyHistory>>
  /** Distributions and words as seen from a month, as `tallyKey` writes them. */
  readonly tallies: Readonly<Record<string, Tally>>
  /** Other containers that carried one of the seals, and when. */
  readonly sealElsewhere: readonly { readonly seal: string; readonly container: string; readonly at: string }[]
  /** Findings of the last twelve months by place of stuffing and by route. */
  readonly findings: Readonly<Record<string, number>>
}

export interface ContainerDossier {
  readonly container: string
  /** The earliest day on which the desk knows of the box, ISO 8601. */
  readonly day: string
  /** In order of time, over all journeys that the desk has seen. */
  readonly sightings: readonly DossierSighting[]
  readonly consignments: readonly DossierConsignment[]
  readonly history: DossierHistory
  /** The last day that a document states of the box, ISO 8601: of a happening, of a bill, of an arrival that is expected. */
  readonly lastDay?: string
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
