/** The isomorphic door of the slice: route specifications, wire shapes, permissions, audit events, error codes. Imports zod, the kernel and its own parts only. */

export * from './contract/chains.ts'
export * from './contract/codes.ts'
export * from './contract/incidents.ts'
export * from './contract/integrity.ts'
export * from './contract/message-files.ts'
export * from './contract/messages.ts'
export * from './contract/partners.ts'
export * from './contract/rights.ts'
export * from './contract/shapes.ts'

const AUTHORITY = ['customs', 'law-enforcement'] as const

export const permissions = {
  'alliance.use-rights': {
    meaning: 'See the own links in chains of release rights, and act on them',
    roles: ['partner'],
    realms: ['partner'],
  },
  'alliance.read-standing': { meaning: 'See the own vetting', roles: ['partner'], realms: ['partner'] },
  'alliance.report-incidents': { meaning: 'Report incidents to the customs desk of a port', roles: ['partner'], realms: ['partner'] },
  'alliance.read-incidents': {
    meaning: 'See incidents the own desk reported or got',
    roles: ['partner', 'officer', 'supervisor'],
    realms: ['partner', ...AUTHORITY],
  },
  'alliance.answer-incidents': { meaning: 'Answer incidents of partners', roles: ['officer', 'supervisor'], realms: AUTHORITY },
  'alliance.read-chains': {
    meaning: 'See chains of release rights and their signals in the ports of the own desk',
    roles: ['officer', 'supervisor'],
    realms: ['customs'],
  },
  'alliance.decide': {
    meaning: 'Hold, clear and revoke in the ledger of the ports of the own desk',
    roles: ['officer', 'supervisor'],
    realms: ['customs'],
  },
  'alliance.read-partners': { meaning: 'See the register of partners', roles: ['officer', 'supervisor'], realms: ['customs'] },
  'alliance.vet-partners': {
    meaning: 'Invite, confirm, suspend and withdraw partners',
    roles: ['officer', 'supervisor'],
    realms: ['customs'],
  },
  'alliance.read-integrity': {
    meaning: 'Read integrity reports; the desk must be the integrity desk they were sent to',
    roles: ['officer', 'supervisor'],
    realms: ['law-enforcement', 'customs', 'administrative'],
  },
  'alliance.answer-integrity': {
    meaning: 'Answer integrity reports; the desk must be the integrity desk they were sent to',
    roles: ['officer', 'supervisor'],
    realms: ['law-enforcement', 'customs', 'administrative'],
  },
} as const

export const auditEvents = {
  'alliance.rights-listed': 'A partner listed its own links',
  'alliance.right-read': 'A release right was read',
  'alliance.right-released': 'A line released a container',
  'alliance.right-transferred': 'A right was passed on',
  'alliance.transport-ordered': 'A transport was ordered',
  'alliance.pre-notified': 'A haulier announced vehicle and driver',
  'alliance.gate-asked': 'A terminal asked whether a box may be collected',
  'alliance.move-reported': 'A terminal reported a discharge or a gate-out',
  'alliance.right-revoked': 'A right was revoked',
  'alliance.parties-searched': 'A partner looked for a party to pass a right to',
  'alliance.messages-received': 'Release messages were taken in',
  'alliance.file-received': 'A file of release messages came in',
  'alliance.files-listed': 'A partner listed its files of messages',
  'alliance.file-read': 'What became of a file of messages was read',
  'alliance.file-taken': 'A file of messages was carried out in the background',
  'alliance.codes-listed': 'Codes of parties in messages were listed',
  'alliance.code-entered': 'An officer said which partner a code means',
  'alliance.code-changed': 'A code was confirmed or ended',
  'alliance.event-appended': 'An event was chained to the ledger of a release right',
  'alliance.reach-noted':
    'Somebody without a part in a right looked at it or acted on it; the entry is the same whether there is such a right or not',
  'alliance.chains-listed': 'The list of chains was read',
  'alliance.chain-read': 'One chain was read whole',
  'alliance.signals-listed': 'Signals of the ledger were listed',
  'alliance.signal-raised': 'A signal was raised on a release right',
  'alliance.customs-state-set': 'Customs held, cleared or selected a container',
  'alliance.chains-verified': 'All chains were checked for alteration',
  'alliance.partners-listed': 'The register of partners was read',
  'alliance.partner-invited': 'A partner was invited or vetted anew',
  'alliance.partner-changed': 'A partner was confirmed, suspended, resumed or withdrawn',
  'alliance.standing-read': 'A partner read its own standing',
  'alliance.incident-reported': 'A partner reported an incident',
  'alliance.incidents-listed': 'Incidents were listed',
  'alliance.incident-read': 'One incident was read',
  'alliance.incident-answered': 'An incident was answered',
  'alliance.integrity-desks-read': 'The list of integrity desks was read',
  'alliance.integrity-submitted': 'An integrity report came in',
  'alliance.integrity-followed': 'An integrity report was followed up by its receipt',
  'alliance.integrity-added': 'Something was added to an integrity report',
  'alliance.integrity-listed': 'Integrity reports were listed',
  'alliance.integrity-read': 'An integrity report was read',
  'alliance.integrity-answered': 'An integrity report was answered',
  'alliance.erased': 'What was kept to its last day was erased',
  'alliance.salts-destroyed': 'Salts of voyages were destroyed: their tokens of vehicles and drivers mean nothing any more',
} as const

export const errors = {
  'alliance.not-vetted': 'The vetting of this partner is not in force',
  'alliance.refused': 'The ledger refuses; the problem names the reason',
  'alliance.port': 'No desk of this node answers for that port, or not the own one',
  'alliance.name': 'Container or voyage have signs that no such name has',
  'alliance.chain-broken': 'The ledger of this right was altered; nothing is chained to it until somebody has looked',
  'alliance.until': 'The end of a hold lies in the past or too far ahead, or is missing',
  'alliance.time': 'The time lies ahead',
  'alliance.cursor': 'The page mark is not one this list gave out',
  'alliance.partner-unknown': 'No such desk of the partner realm in the directory',
  'alliance.partner-state': 'The standing of the partner does not allow this step',
  'alliance.code-time': 'A code ends after it begins, ahead, within three years',
  'alliance.code-taken': 'The code means somebody in force already; end that first',
  'alliance.file-empty': 'The file has no bytes',
  'alliance.second-officer': 'Another officer must take this step',
  'alliance.expiry': 'The vetting must end ahead, within three years',
  'alliance.conflict': 'Somebody changed it in the meantime',
  'alliance.desk-unknown': 'No such integrity desk',
  'alliance.thread-full': 'The thread has reached its limit',
  'audit.backlog': 'The log is too far behind: nothing new is released',
} as const
