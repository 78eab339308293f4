/** The isomorphic door of the slice: route specifications, wire shapes, permissions, audit events, error codes. Imports zod, the kernel and its own parts only. */

export * from './contract/cases.ts'
export * from './contract/cross-check.ts'
export * from './contract/documents.ts'
export * from './contract/queue.ts'

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
  'procedures.catalogue-read': 'The procedures of the node were read',
  'procedures.parties-searched': 'Desks were looked for that may fill a role',
  'procedures.case-opened': 'A case was opened',
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
