/** The isomorphic door of the slice: route specifications, wire shapes, permissions, audit events, error codes. Imports zod, the kernel and its own parts only. */

export * from './contract/cases.ts'
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
} as const

export const errors = {
  'procedures.refused':
    'The transition is not open from this state, for this role, or a guard failed; the failed term is named with its basis',
  'procedures.conflict': 'Somebody moved the case meanwhile; load it again',
  'procedures.cursor': 'The page mark is not one this list gave out',
  'procedures.fields': 'A required field is missing or outside its code list',
  'procedures.party': 'A desk cannot fill the role, or nobody fills a role that the step needs',
  'procedures.draft-size': 'The draft is larger than a draft may be',
} as const
