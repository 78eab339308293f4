/** The isomorphic door of the slice: rules, watch entries, scores, the daily selection, outcomes and how well each of them does. */
export * from './contract/effectiveness.ts'
export * from './contract/expressions.ts'
export * from './contract/indicators.ts'
export * from './contract/outcomes.ts'
export * from './contract/queue.ts'
export * from './contract/rules.ts'
export * from './contract/scores.ts'
export * from './contract/selection.ts'
export * from './contract/selection-shapes.ts'
export * from './contract/shapes.ts'
export * from './contract/watches.ts'

const REALMS = ['customs', 'law-enforcement'] as const
const OFFICERS = { roles: ['officer', 'supervisor'], realms: REALMS } as const

export const permissions = {
  'targeting.read': { meaning: 'See arrivals, rules, watch entries, scores and outcomes of the own desk', ...OFFICERS },
  'targeting.write-rules': { meaning: 'Draft rules and indicator settings of the own desk, and try them', ...OFFICERS },
  'targeting.release-rules': { meaning: 'Release what another officer of the own desk drafted', ...OFFICERS },
  'targeting.write-watches': { meaning: 'Enter and end watch entries of the own desk', ...OFFICERS },
  'targeting.select': { meaning: 'Propose a selection, decide consignments, record outcomes', ...OFFICERS },
  'targeting.supervise': { meaning: 'Set capacity, have scores learned and put them to work', roles: ['supervisor'], realms: REALMS },
  'targeting.audit': {
    meaning: 'Repeat the draw of a selection of the own desk, or as oversight of one of the own authority',
    roles: ['supervisor', 'data-protection'],
    realms: [...REALMS, 'oversight'],
  },
} as const

export const auditEvents = {
  'targeting.vocabulary-read': 'The vocabulary of rules was read',
  'targeting.rules-listed': 'The list of rules was read',
  'targeting.rule-read': 'One rule with its versions was read',
  'targeting.rule-drafted': 'A draft of a rule was kept',
  'targeting.rule-checked': 'An expression was checked',
  'targeting.rule-submitted': 'A rule was handed to a second officer',
  'targeting.rule-decided': 'A second officer released a rule or sent it back',
  'targeting.rule-withdrawn': 'A rule was ended with its reason',
  'targeting.rule-expired': 'A rule reached its last day and fell silent',
  'targeting.what-if-started': 'A draft rule was run over a past period',
  'targeting.what-if-read': 'Progress or result of a run was read',
  'targeting.what-if-cancelled': 'A run over a past period was stopped',
  'targeting.indicators-listed': 'Settings of the indicators were read',
  'targeting.indicator-proposed': 'Another setting of an indicator was proposed',
  'targeting.indicator-decided': 'A second officer released a setting or sent it back',
  'targeting.watches-listed': 'The list of watch entries was read',
  'targeting.watch-read': 'One watch entry with its hits was read',
  'targeting.watch-entered': 'A watch entry was made',
  'targeting.watch-ended': 'A watch entry was ended before its last day',
  'targeting.watch-expired': 'A watch entry reached its last day',
  'targeting.scores-listed': 'Versions of the score were listed',
  'targeting.score-learning-started': 'A new version of the score was asked for',
  'targeting.score-learned': 'A version of the score was learned; the counts are in the entry',
  'targeting.score-read': 'One version of the score was read',
  'targeting.score-activated': 'A version of the score was put to work',
  'targeting.arrivals-taken': 'Arrivals were made from a document; the counts are in the entry',
  'targeting.document-not-taken': 'A document could not be taken wholly and is tried again; how many containers failed is in the entry',
  'targeting.port-days-listed': 'Arrivals per port and day were read',
  'targeting.queue-listed': 'A page of arrivals was read',
  'targeting.arrival-read': 'One arrival was read',
  'targeting.capacity-set': 'The capacity of a port and day was set',
  'targeting.selection-proposed': 'A selection was proposed',
  'targeting.selection-read': 'A selection was read',
  'targeting.draw-repeated': 'The draw of a selection was repeated',
  'targeting.decided': 'An officer took, left or re-routed consignments',
  'targeting.decision-undone': 'An officer took decisions back',
  'targeting.selection-closed': 'A selection was closed',
  'targeting.outcomes-listed': 'Outcomes owed or recorded were read',
  'targeting.outcome-recorded': 'Outcomes were recorded',
  'targeting.outcomes-overdue': 'Outcomes are owed beyond their day',
  'targeting.effectiveness-read': 'The effectiveness of rules was read',
  'targeting.reviews-listed': 'Rules to be reviewed were listed',
  'targeting.review-answered': 'A review was answered',
  'targeting.sender-report-read': 'What became of the alerts of senders was read',
} as const

export const errors = {
  'targeting.cursor': 'The page mark is not one this list gave out',
  'targeting.period': 'The period is empty or longer than allowed',
  'targeting.rule-invalid': 'The expression has problems; each is listed with its place',
  'targeting.rule-dates': 'The days of the rule do not fit: its last day and its review come within six months',
  'targeting.rule-state': 'That is not open in this state of the rule',
  'targeting.rule-tests': 'A rule needs a passing test that fires and one that does not',
  'targeting.not-own': 'Only the desk that drafted it may change it',
  'targeting.four-eyes': 'A second officer decides: not who wrote or submitted it',
  'targeting.what-if-busy': 'This desk has a run going; stop it or wait',
  'targeting.indicator-parameters': 'The indicator has no such parameter, or the value is none',
  'targeting.indicator-waiting': 'A proposal for this indicator waits already',
  'targeting.indicator-state': 'The proposal is decided already',
  'targeting.watch-dates': 'A watch entry has a last day, at most 180 days after its first',
  'targeting.watch-terms': 'A term cannot be watched for; each problem names its place',
  'targeting.watch-state': 'The entry has ended already',
  'targeting.score-busy': 'A version is being learned',
  'targeting.score-state': 'Only a learned version can be put to work',
  'targeting.port': 'This desk has no arrivals at that port',
  'targeting.no-capacity': 'No capacity is set for this port and day',
  'targeting.no-arrivals': 'Nothing arrives at this port on this day',
  'targeting.selection-closed': 'The selection is closed',
  'targeting.decision-invalid': 'A decision cannot be taken so; each problem names its place',
  'targeting.undecided': 'Proposed consignments are not decided yet',
  'targeting.outcome-recorded': 'An outcome is recorded: the decision stays',
  'targeting.outcome-invalid': 'An outcome is incomplete; each problem names its place',
  'targeting.not-taken': 'Only a taken consignment has an outcome',
} as const
