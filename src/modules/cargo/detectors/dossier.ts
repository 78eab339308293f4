/** What the detectors of the slice look at: one container with everything the authority holds about it. Plain values, built by the store. */

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
  readonly sighting: EquipmentSighting
}

export interface DossierConsignment {
  readonly message: string
  readonly receivedAt: string
  readonly declaration: boolean
  readonly statement: ConsignmentStatement
}

/** What the authority's own records say beyond this container. Undefined = nothing to compare with, which is not the same as zero. */
export interface DossierHistory {
  /** Consignments of each company seen before this one, by name as stated; undefined when there is no history to speak of. */
  readonly partyConsignments?: Readonly<Record<string, number>>
  /** Consignments on the route loading–discharge seen before, as `ECGYE-BEANR`. */
  readonly routeConsignments?: Readonly<Record<string, number>>
  /** Other containers that carry one of the seals. */
  readonly sealElsewhere: readonly { readonly seal: string; readonly container: string }[]
}

export interface ContainerDossier {
  readonly container: string
  readonly sightings: readonly DossierSighting[]
  readonly consignments: readonly DossierConsignment[]
  readonly history: DossierHistory
  /** The officer who issued an alert confirmed that the box is painted so although the digit fails. */
  readonly paintedSo?: boolean
}

export type CargoDetector = Detector<ContainerDossier, Readonly<Record<string, number>>>

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
  version: '1',
  owner: 'Coalition risk pack',
  reviewUntil: '2027-05-24',
  legalBasis: 'Regulation (EU) 952/2013 Art 46 (risk management); thresholds are policy of the coalition',
} as const
