/** The isomorphic door of the slice: route specifications, wire shapes, permissions, audit events, error codes. Imports zod, the kernel and its own parts only. */

export * from './contract/calendar.ts'
export * from './contract/cases.ts'
export * from './contract/cross-check.ts'
export * from './contract/documents.ts'
export * from './contract/hand-over.ts'
export * from './contract/notices.ts'
export * from './contract/queue.ts'
export * from './contract/statistics.ts'

const EVERY_REALM = [
  'law-enforcement',
  'customs',
  'judicial',
  'prison',
  'administrative',
  'financial-intelligence',
  'ministry',
  'partner',
] as const

export const permissions = {
  'procedures.read-queue': {
    meaning: 'See the work queue of the own desk',
    roles: ['officer', 'supervisor', 'partner'],
    realms: EVERY_REALM,
  },
  'procedures.read-notices': {
    meaning: 'Read the notices of the own desk and mark them as read',
    roles: ['officer', 'supervisor', 'partner'],
    realms: EVERY_REALM,
  },
  'procedures.hand-over': {
    meaning: 'Read the hand-over sheet of the own desk, hand a shift over, receive one',
    roles: ['officer', 'supervisor'],
    realms: EVERY_REALM,
  },
  'procedures.use-feed': {
    meaning: 'Make and revoke calendar feeds of the deadlines of the own desk',
    roles: ['officer', 'supervisor'],
    realms: EVERY_REALM,
  },
  'procedures.read-statistics': {
    meaning: 'Read and export statistics of procedures, without small cells, of the cases the own desk may see',
    roles: ['officer', 'supervisor'],
    realms: EVERY_REALM,
  },
  'procedures.read-catalogue': {
    meaning: 'Read the procedures with their clocks, forms and legal bases',
    roles: ['officer', 'supervisor', 'partner', 'data-protection'],
    realms: [...EVERY_REALM, 'oversight'],
  },
  'procedures.open-case': {
    meaning: 'Open a case of a procedure that the own desk may open',
    roles: ['officer', 'supervisor'],
    realms: EVERY_REALM,
  },
  'procedures.read-case': {
    meaning: 'Read a case the own desk takes part in',
    roles: ['officer', 'supervisor', 'partner'],
    realms: EVERY_REALM,
  },
  'procedures.take-step': {
    meaning: 'Take steps and keep drafts in a case of the own desk, as its role allows',
    roles: ['officer', 'supervisor', 'partner'],
    realms: EVERY_REALM,
  },
} as const

export const auditEvents = {
  'procedures.queue-read': 'The work queue of a desk was read',
  'procedures.cases-acknowledged': 'Several cases were acknowledged at once',
  'procedures.notices-listed': 'The notices of a desk were listed',
  'procedures.notices-counted': 'The unread notices of a desk were counted',
  'procedures.notices-read': 'A person marked notices as read',
  'procedures.notices-mailed': 'Mail about notices was sent to the mailbox of a desk',
  'procedures.notices-erased': 'Notices, notes of hand-overs and ended calendar feeds were erased, their time being up',
  'procedures.feeds-listed': 'An officer listed the own calendar feeds',
  'procedures.feed-made': 'An officer made a calendar feed of the deadlines of a desk',
  'procedures.feed-revoked': 'A calendar feed was revoked',
  'procedures.feed-read': 'A calendar feed was read by its secret address, or somebody tried an address that is none',
  'procedures.sheet-read': 'The hand-over sheet of a desk was read',
  'procedures.hand-overs-listed': 'The hand-overs of a desk were listed with their notes',
  'procedures.handed-over': 'An officer handed a shift over',
  'procedures.hand-over-received': 'An officer received a shift',
  'procedures.statistics-read': 'Statistics of a procedure were read',
  'procedures.statistics-exported': 'Statistics of a procedure were exported',
  'procedures.catalogue-read': 'The procedures of the node were read',
  'procedures.parties-searched': 'Desks were looked for that may fill a role',
  'procedures.case-opened': 'A case was opened',
  'procedures.parties-set': 'The desks of a role were named in a draft',
  'procedures.case-read': 'A case was read',
  'procedures.case-moved': 'A case moved by a transition',
  'procedures.case-received': 'A case, or a step of one, came from another authority',
  'procedures.step-overtaken': 'A step crossed with one of another party and has no effect',
  'procedures.draft-read': 'The draft of a step was read',
  'procedures.draft-saved': 'The draft of a step was kept',
  'procedures.values-purged': 'Values of a case were erased',
  'procedures.clock-rung': 'A clock reached a rung or ran out',
  'procedures.documents-listed': 'The documents of a case were listed',
  'procedures.certificate-read': 'A case was read as a document for a role',
  'procedures.certificate-exported': 'A certificate was exported',
  'procedures.signature-added': 'Evidence of a signature made outside was added to a case',
  'procedures.file-added': 'A file was added to a case',
  'procedures.file-received': 'A file of a case, or a piece of one, came from another authority',
  'procedures.file-asked': 'The bytes of a file of a case were asked for',
  'procedures.file-read': 'Bytes of a file of a case were read',
  'procedures.manifest-made': 'A transmission outside the system was recorded and its manifest sent',
  'procedures.manifest-received': 'A transmission manifest came from another authority',
  'procedures.manifest-exported': 'A transmission manifest was exported',
  'procedures.links-read': 'A case was checked against what the authority holds already',
  'procedures.follow-up-opened': 'A follow-up was opened',
  'procedures.follow-up-closed': 'A follow-up was closed',
  'procedures.follow-ups-listed': 'The follow-ups of a desk were listed',
} as const

export const errors = {
  'procedures.refused':
    'The transition is not open from this state, for this role, or a guard failed; the failed term is named with its basis',
  'procedures.conflict': 'Somebody moved the case meanwhile; load it again',
  'procedures.cursor': 'The page mark is not one this list gave out',
  'procedures.feeds': 'An officer has as many calendar feeds as anybody may have',
  'procedures.shift': 'A shift began in the future, or too long ago',
  'procedures.own-hand-over': 'Nobody receives a shift from himself',
  'procedures.period': 'Not a period of this procedure, or it has not ended',
  'procedures.fields': 'A required field is missing or outside its code list',
  'procedures.party': 'A desk cannot fill the role, or nobody fills a role that the step needs',
  'audit.backlog': 'The log is too far behind: nothing new is released',
  'procedures.draft-size': 'The draft is larger than a draft may be',
  'procedures.digest': 'The signature is not over the certificate as it is exported; the digest that it must be over is named',
  'procedures.file-roles': 'A file cannot be released to a role; the rule is named',
  'procedures.file-size': 'The file is larger than may travel in the system: it goes with a transmission manifest',
  'procedures.manifest': 'The manifest does not say what it must; the problems are listed with the rule',
  'procedures.follow-up': 'The follow-up is closed already',
} as const
