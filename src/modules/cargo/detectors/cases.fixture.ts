/** For each indicator: dossiers with a hit, the nearest without, and those of which it cannot say anything. */
import { stated } from './dossier.fixture.ts'
import type { ContainerDossier } from './dossier.ts'

export type Case = readonly [what: string, given: ContainerDossier]
export type DetectorCases = Readonly<
  Record<string, { readonly hits: readonly Case[]; readonly clear: readonly Case[]; readonly missing: readonly Case[] }>
>

export const seal = (number: string, issuer: 'carrier' | 'customs' = 'carrier') => ({ number: stated(number), issuer })
export const kg = (kind: 'verified-gross' | 'tare' | 'consignment-gross', kilograms: number) => ({ kind, kilograms: stated(kilograms) })
