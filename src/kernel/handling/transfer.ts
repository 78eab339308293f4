/**
 * The gate for information that comes from or goes to a third country. The rules are data: condition, citation, and what a refusal says.
 * Sources: Directive (EU) 2016/680 Art 35(1)(a)–(e), Art 38; the inbound rule is policy of the coalition, and labelled so.
 */
export interface TransferFacts {
  readonly direction: 'inbound' | 'outbound'
  readonly thirdCountry: boolean
  readonly purpose: string | null
  readonly hasHandling: boolean
  readonly personalData: boolean
  readonly origin: string
  /** The authority the information came from agreed to passing it on. */
  readonly originatorAgreed: boolean
  /** The recipient is competent for preventing, detecting or investigating offences; absent = the caller has no recipient in view. */
  readonly recipientCompetent?: boolean
  /** Ground of an outbound transfer of personal data. */
  readonly ground?: 'adequacy' | 'safeguards' | 'derogation'
}

export interface GateRule {
  readonly id: string
  readonly basis: string
  readonly kind: 'law' | 'policy'
  readonly because: string
  readonly fails: (facts: TransferFacts) => boolean
}

export type GateDecision = {
  readonly decision: 'pass' | 'refuse'
  readonly because: string
  readonly basis: string
  readonly rule: string
}

export const GATE: readonly GateRule[] = [
  {
    id: 'purpose',
    basis: 'Directive (EU) 2016/680 Art 35(1)(a)',
    kind: 'law',
    because: 'A transfer needs a purpose of preventing, detecting or investigating offences, or of customs control.',
    fails: (facts) => facts.purpose === null || facts.purpose === 'port-security' || facts.purpose === 'data-protection-supervision',
  },
  {
    id: 'handling',
    basis: 'Coalition policy: no information without handling',
    kind: 'policy',
    because: 'The handling code must be set before anything leaves.',
    fails: (facts) => !facts.hasHandling,
  },
  {
    id: 'prior-authorisation',
    basis: 'Directive (EU) 2016/680 Art 35(1)(c) and (e)',
    kind: 'law',
    because: 'Information of another authority needs that authority’s agreement before it is passed on.',
    fails: (facts) => facts.origin === 'foreign-authority' && !facts.originatorAgreed,
  },
  {
    id: 'competent-recipient',
    basis: 'Directive (EU) 2016/680 Art 35(1)(b)',
    kind: 'law',
    because: 'Personal data may go to a third country only to an authority competent for these purposes.',
    fails: (facts) => facts.direction === 'outbound' && facts.thirdCountry && facts.personalData && facts.recipientCompetent === false,
  },
  {
    id: 'ground',
    basis: 'Directive (EU) 2016/680 Art 35(1)(d), Arts 36–38',
    kind: 'law',
    because: 'Personal data may go to a third country only on adequacy, safeguards or a derogation.',
    fails: (facts) => facts.direction === 'outbound' && facts.thirdCountry && facts.personalData && facts.ground === undefined,
  },
]

export function decideTransfer(facts: TransferFacts): GateDecision {
  const failed = GATE.find((rule) => rule.fails(facts))
  if (failed !== undefined)
    return {
      decision: 'refuse',
      because: failed.because,
      basis: failed.basis,
      rule: failed.id,
    }
  return {
    decision: 'pass',
    because: facts.thirdCountry
      ? 'Source in a third country: purpose, handling and prior agreement are in order.'
      : 'No third country is involved.',
    basis: 'Directive (EU) 2016/680 Art 35(1)',
    rule: 'all',
  }
}
