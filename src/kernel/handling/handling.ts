/**
 * Handling codes and their join. Information derived from several sources takes the strictest of each part; only the originator loosens.
 * Codes H0–H3: Europol handling codes as published (Council 6243/18 and 6261/18, via Statewatch 2018/feb). TLP: FIRST, version 2.0. PAP: MISP taxonomy.
 * Laws (property tests): the join is commutative, associative, idempotent, and never loosens either side.
 */

export type HandlingCode = 'H0' | 'H1' | 'H2' | 'H3'
export type Tlp = 'CLEAR' | 'GREEN' | 'AMBER' | 'AMBER+STRICT' | 'RED'
export type Pap = 'CLEAR' | 'GREEN' | 'AMBER' | 'RED'

export interface Handling {
  /** H0 law-enforcement use only; H1 not in proceedings without permission; H2 not onward without permission; H3 other conditions. */
  readonly H: readonly HandlingCode[]
  readonly tlp: Tlp
  readonly pap: Pap
  /** Conditions of H3 in words; unknown words need a person before every act other than reading. */
  readonly conditions: readonly string[]
}

export type Capability = 'read' | 'disseminate' | 'use-in-proceedings' | 'act-on' | 'share-private'

const TLP_ORDER: readonly Tlp[] = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED']
const PAP_ORDER: readonly Pap[] = ['CLEAR', 'GREEN', 'AMBER', 'RED']
const CODES: readonly HandlingCode[] = ['H0', 'H1', 'H2', 'H3']

export function joinHandling(a: Handling, b: Handling): Handling {
  return {
    H: CODES.filter((code) => a.H.includes(code) || b.H.includes(code)),
    tlp: stricter(TLP_ORDER, a.tlp, b.tlp),
    pap: stricter(PAP_ORDER, a.pap, b.pap),
    conditions: [...new Set([...a.conditions, ...b.conditions])].sort(),
  }
}

/** What the codes leave to a holder who is not the originator. */
export function capabilitiesOf(handling: Handling): readonly Capability[] {
  const capabilities: Capability[] = ['read']
  const conditional = handling.H.includes('H3') || handling.conditions.length > 0
  if (!handling.H.includes('H2') && handling.tlp !== 'RED' && !conditional) capabilities.push('disseminate')
  if (!handling.H.includes('H1') && !conditional) capabilities.push('use-in-proceedings')
  if (handling.pap !== 'RED' && !conditional) capabilities.push('act-on')
  if (handling.tlp === 'CLEAR' && handling.H.length === 0 && !conditional) capabilities.push('share-private')
  return capabilities
}

function stricter<T>(order: readonly T[], a: T, b: T): T {
  return order.indexOf(a) >= order.indexOf(b) ? a : b
}
