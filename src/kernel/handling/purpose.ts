/** Purposes a session may state, as data. Each names the realm it belongs to and the law it rests on; `mark` says how far the text was checked. */
export interface Purpose {
  readonly id: string
  readonly title: string
  readonly realms: readonly string[]
  readonly basis: string
  /** V read in a source, M from memory (shown as not verified), D policy of the product. */
  readonly mark: 'V' | 'M' | 'D'
}

export const PURPOSES: readonly Purpose[] = [
  {
    id: 'customs-control',
    title: 'Customs risk management and control of goods',
    realms: ['customs', 'law-enforcement'],
    basis: 'Regulation (EU) 952/2013 Art 46; national customs law of the originator',
    mark: 'M',
  },
  {
    id: 'crime-prevention',
    title: 'Prevention, detection or investigation of criminal offences',
    realms: ['customs', 'law-enforcement'],
    basis: 'Directive (EU) 2016/680 Art 1(1)',
    mark: 'V',
  },
  {
    id: 'port-security',
    title: 'Carrying out a port action requested by an authority',
    realms: ['partner'],
    basis: 'Legal basis stated in each request (PR-09)',
    mark: 'D',
  },
  {
    id: 'data-protection-supervision',
    title: 'Supervision of processing, lawfulness and integrity of the log',
    realms: ['oversight'],
    basis: 'Directive (EU) 2016/680 Art 25',
    mark: 'V',
  },
]

export function purposesOf(realm: string): readonly Purpose[] {
  return PURPOSES.filter((purpose) => purpose.realms.includes(realm))
}
