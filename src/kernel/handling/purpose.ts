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
    id: 'criminal-investigation',
    title: 'Investigation and prosecution of criminal offences',
    realms: ['law-enforcement', 'judicial'],
    basis: 'Directive (EU) 2016/680 Art 1(1); national law of criminal procedure',
    mark: 'V',
  },
  {
    id: 'execution-of-sentences',
    title: 'Execution of criminal penalties',
    realms: ['judicial', 'prison'],
    basis: 'Directive (EU) 2016/680 Art 1(1)',
    mark: 'V',
  },
  {
    id: 'prison-security',
    title: 'Safety and order in prisons, and prevention of crime from within them',
    realms: ['prison'],
    basis: 'National prison law of each state, stated in each notice',
    mark: 'D',
  },
  {
    id: 'administrative-enforcement',
    title: 'Integrity of permits, subsidies, tenders and other administrative decisions',
    realms: ['administrative'],
    basis: 'National administrative law; Regulation (EU) 2016/679 Art 6(1)(e)',
    mark: 'M',
  },
  {
    id: 'financial-investigation',
    title: 'Analysis and suspension of suspicious transactions',
    realms: ['financial-intelligence', 'law-enforcement'],
    basis: 'Directive (EU) 2024/1640 Art 24; Regulation (EU) 2024/1624 Art 69',
    mark: 'V',
  },
  {
    id: 'policy-coordination',
    title: 'Coordination of measures, initiatives and legislation, without data of cases',
    realms: ['ministry'],
    basis: 'Hamburg Declaration of 7 May 2024',
    mark: 'D',
  },
  {
    id: 'order-compliance',
    title: 'Answering an order or a request of an authority',
    realms: ['partner'],
    basis: 'Legal basis stated in each order',
    mark: 'D',
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
