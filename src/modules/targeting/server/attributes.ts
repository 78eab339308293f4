/**
 * What a score may look at, and the values of an arrival. Goods, route, equipment, consignment and legal persons; the kernel refuses anything else before it learns.
 * Identity of a container or a bill is none: a score must speak of kinds of consignments.
 */
import { INDICATORS } from '#kernel/risk/column-layout.ts'
import type { Attribute, PartyValue, RiskRow } from '#kernel/risk/scorecard-fairness.ts'
import { type ArrivalFacts, type PartyRoleName } from './facts.ts'

export const ATTRIBUTES: readonly Attribute[] = [
  { id: 'hs6', kind: 'category', speaksOf: 'goods' },
  { id: 'hs4', kind: 'category', speaksOf: 'goods' },
  { id: 'loading', kind: 'category', speaksOf: 'route' },
  { id: 'discharge', kind: 'category', speaksOf: 'route' },
  { id: 'onward', kind: 'category', speaksOf: 'route' },
  { id: 'dispatch', kind: 'category', speaksOf: 'route' },
  { id: 'equipment', kind: 'category', speaksOf: 'equipment' },
  { id: 'carrier', kind: 'category', speaksOf: 'consignment' },
  { id: 'shipper', kind: 'category', speaksOf: 'legal-person' },
  { id: 'consignee', kind: 'category', speaksOf: 'legal-person' },
  { id: 'forwarder', kind: 'category', speaksOf: 'legal-person' },
  { id: 'indicators', kind: 'category', speaksOf: 'consignment' },
  { id: 'weight', kind: 'number', speaksOf: 'consignment' },
  { id: 'indicatorCount', kind: 'number', speaksOf: 'consignment' },
]

export function riskRow(facts: ArrivalFacts): RiskRow {
  const party = (role: PartyRoleName): PartyValue | undefined => {
    const stated = facts.parties[role]
    if (stated === undefined) return undefined
    return stated === 'natural-person' ? { kind: 'natural-person' } : { kind: 'legal-person', key: stated.norm.slice(0, 200) }
  }
  const raised = INDICATORS.filter((id) => facts.indicators[id] === true)
  const isEvaluated = Object.keys(facts.indicators).length > 0
  return {
    hs6: facts.hs6,
    hs4: facts.hs4,
    loading: facts.pol,
    discharge: facts.pod,
    onward: facts.onward,
    dispatch: facts.dispatchCountry,
    equipment: facts.isoType,
    carrier: facts.carrier,
    shipper: party('shipper'),
    consignee: party('consignee'),
    forwarder: party('forwarder'),
    indicators: isEvaluated ? raised.join(' ') || 'none' : undefined,
    weight: facts.weight,
    indicatorCount: isEvaluated ? raised.length : undefined,
  }
}
