/**
 * Handling of a piece of information, and its join. What is derived from several sources takes the strictest of each part; only the originator
 * loosens, by a signed statement (`grant.ts`).
 * Codes H0–H3: Europol handling codes as published (Council 6243/18 and 6261/18, via Statewatch 2018/feb). TLP: FIRST, version 2.0. PAP: MISP taxonomy.
 * Laws (property tests): the join is commutative, associative and idempotent, its neutral element is `OPEN`, and it never loosens either side.
 */

export type HandlingCode = 'H0' | 'H1' | 'H2' | 'H3'
export type Tlp = 'CLEAR' | 'GREEN' | 'AMBER' | 'AMBER+STRICT' | 'RED'
export type Pap = 'CLEAR' | 'GREEN' | 'AMBER' | 'RED'
/** Use as evidence: absent = as H1 says; `permission` = asked for each time; `never` = no permission can be asked. */
export type EvidenceUse = 'permission' | 'never'

export interface Handling {
  /** H0 law-enforcement use only; H1 not in proceedings without permission; H2 not onward without permission; H3 other conditions. */
  readonly H: readonly HandlingCode[]
  readonly tlp: Tlp
  readonly pap: Pap
  /** Conditions of H3: typed ones (`CONDITIONS`) are enforced; any other words need a person before every act other than reading. */
  readonly conditions: readonly string[]
  readonly evidenceUse?: EvidenceUse | undefined
}

/** What H3 means when its originator named no condition: written out, so that a typed condition of another source cannot take its place. */
export const UNSTATED = 'ask the originator'

/** No restriction at all: the neutral element of the join. */
export const OPEN: Handling = { H: [], tlp: 'CLEAR', pap: 'CLEAR', conditions: [] }

export const CODES: readonly HandlingCode[] = ['H0', 'H1', 'H2', 'H3']
export const TLP_ORDER: readonly Tlp[] = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED']
export const PAP_ORDER: readonly Pap[] = ['CLEAR', 'GREEN', 'AMBER', 'RED']
const EVIDENCE_ORDER: readonly (EvidenceUse | undefined)[] = [undefined, 'permission', 'never']

export function joinHandling(a: Handling, b: Handling): Handling {
  const evidenceUse = stricter(EVIDENCE_ORDER, a.evidenceUse, b.evidenceUse)
  return {
    H: CODES.filter((code) => a.H.includes(code) || b.H.includes(code)),
    tlp: stricter(TLP_ORDER, a.tlp, b.tlp),
    pap: stricter(PAP_ORDER, a.pap, b.pap),
    conditions: [...new Set([...conditionsOf(a), ...conditionsOf(b)])].sort(),
    ...(evidenceUse === undefined ? {} : { evidenceUse }),
  }
}

function conditionsOf({ H, conditions }: Handling): readonly string[] {
  return H.includes('H3') && conditions.length === 0 ? [UNSTATED] : conditions
}

/** The strictest of any number of parts; of none, open. */
export function joinAll(parts: readonly Handling[]): Handling {
  return parts.reduce(joinHandling, OPEN)
}

/** True when `a` is at least as strict as `b` in every part: the order of the lattice, `a = a ⊔ b`. */
export function isAsStrict(a: Handling, b: Handling): boolean {
  const joined = joinHandling(a, b)
  const own = joinHandling(a, a)
  return (
    joined.tlp === own.tlp &&
    joined.pap === own.pap &&
    joined.evidenceUse === own.evidenceUse &&
    joined.H.length === own.H.length &&
    joined.conditions.length === own.conditions.length
  )
}

function stricter<T>(order: readonly T[], a: T, b: T): T {
  return order.indexOf(a) >= order.indexOf(b) ? a : b
}
