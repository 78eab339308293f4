/** The isomorphic door of the slice: messages and their evidence, pieces of information, originator control, the directory. */
import { anchorErrors, anchorEvents } from './contract/directory.ts'

export * from './contract/control.ts'
export * from './contract/directory.ts'
export * from './contract/items.ts'
export * from './contract/messages.ts'

const AUTHORITIES = { roles: ['officer', 'supervisor'], realms: ['customs', 'law-enforcement'] } as const

export const permissions = {
  'exchange.read': { meaning: 'See messages and information of the own desk, their evidence, and the directory', ...AUTHORITIES },
  'exchange.write': { meaning: 'Release, pass on, recall and answer information for the own desk', ...AUTHORITIES },
  'exchange.release': { meaning: 'Release as the second person, grant and deny permission, change a marking', ...AUTHORITIES },
  'exchange.anchor': {
    meaning: 'Propose, confirm and end trust in the directory of another coalition',
    roles: ['supervisor'],
    realms: AUTHORITIES.realms,
  },
} as const

export const auditEvents = {
  'exchange.messages-listed': 'The list of messages was read',
  'exchange.message-read': 'The routing and evidence of a message were read',
  'exchange.directory-read': 'The directory was read',
  ...anchorEvents,
  'exchange.message-received': 'A message of another organisation was taken in',
  'exchange.envelope-refused': 'An envelope was refused; the reason is in the entry',
  'exchange.bundle-written': 'What waited for an organisation was written into a file, to be carried by hand',
  'exchange.bundle-read': 'A file of another node was taken in',
  'exchange.bundle-refused': 'A file was refused as a whole; code and line are in the entry',
  'exchange.evidence-refused': 'Evidence of another node was refused',
  'exchange.evidence-late': 'No evidence came in time; the node stated so itself',
  'exchange.log-fork': 'The log of a peer is not the one that was seen before',
  'exchange.egress-denied': 'The guard denied a message on its way out or in',
  'exchange.guard-rules-accepted': 'Rules of the guard, signed by two persons, were taken in',
  'exchange.item-previewed': 'The release screen of a piece of information was drawn',
  'exchange.item-created': 'A piece of information was written',
  'exchange.item-released': 'A second person decided on a release',
  'exchange.items-listed': 'The list of information was read',
  'exchange.item-read': 'A piece of information was read',
  'exchange.item-exported': 'A piece of information was exported',
  'exchange.item-received': 'A piece of information was taken in',
  'exchange.item-expired': 'A piece of information reached its end and was erased',
  'exchange.item-passed-on': 'A piece of information was passed on',
  'exchange.item-recalled': 'A piece of information was taken back',
  'exchange.statement-received': 'A recall, marking, grant or denial of an originator was taken in',
  'exchange.statement-refused': 'A statement that its originator did not make was refused',
  'exchange.recall-settled': 'A recall was answered',
  'exchange.permission-asked': 'A permission of the originator was asked for',
  'exchange.permission-answered': 'A permission was granted or denied',
  'exchange.permissions-listed': 'The list of permissions was read',
  'exchange.marking-changed': 'The handling of released information was changed',
  'exchange.feedback-given': 'Feedback on information was given',
  'exchange.subscribed': 'A desk asked to be told of a case',
  'exchange.attachment-uploaded': 'The bytes of an attachment were taken in',
  'exchange.attachment-erased': 'Bytes that no piece of information of the desk had were destroyed',
  'exchange.attachment-read': 'Bytes of an attachment were read',
  'exchange.attachment-asked': 'An attachment was asked for',
} as const

export const errors = {
  'exchange.cursor': 'The page mark is not one this list gave out',
  ...anchorErrors,
  'exchange.item-invalid': 'The information cannot be released as it stands; the problems are listed',
  'exchange.gate': 'The transfer gate refuses a recipient',
  'exchange.not-held': 'An attachment or a source it is derived from is not held by this desk',
  'exchange.derive': 'The handling of a source does not allow deriving from it',
  'exchange.same-person': 'The second person must be another one',
  'exchange.state': 'That is not open in this state',
  'exchange.permission-needless': 'The handling allows it already',
  'exchange.recipient': 'No such desk or authority in the directory',
  'exchange.withheld': 'The handling withholds it: ask the originator for permission',
  'exchange.reference': 'A reference is needed, for example the number of the proceedings',
  'audit.backlog': 'The log is too far behind: nothing new is released',
} as const
