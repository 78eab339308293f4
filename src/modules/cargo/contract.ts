/** The isomorphic door of the slice: route specifications, wire shapes, permissions, audit events, error codes. Imports zod, the kernel and its own parts only. */

export * from './contract/alert-shapes.ts'
export * from './contract/alerts.ts'
export * from './contract/intake.ts'
export * from './contract/port-actions.ts'
export { pr01 } from './procedures/pr-01-cargo-alert.ts'
export { pr09 } from './procedures/pr-09-port-action.ts'

export const permissions = {
  'cargo.read': {
    meaning: 'See documents, containers, signals and alerts released to the own desk',
    roles: ['officer', 'supervisor'],
    realms: ['customs', 'law-enforcement'],
  },
  'cargo.intake': {
    meaning: 'Take in message files and declaration lists',
    roles: ['officer', 'supervisor'],
    realms: ['customs', 'law-enforcement'],
  },
  'cargo.issue-alert': {
    meaning: 'Issue, update and recall cargo alerts of the own desk',
    roles: ['officer', 'supervisor'],
    realms: ['customs', 'law-enforcement'],
  },
  'cargo.handle-alert': {
    meaning: 'Acknowledge, target, decline, control and close received alerts',
    roles: ['officer', 'supervisor'],
    realms: ['customs', 'law-enforcement'],
  },
  'cargo.request-port-action': {
    meaning: 'Ask a vetted partner for an action in the port',
    roles: ['officer', 'supervisor'],
    realms: ['customs', 'law-enforcement'],
  },
  'cargo.read-port-actions': {
    meaning: 'See port actions the own desk asked for or was asked for',
    roles: ['officer', 'supervisor', 'partner'],
    realms: ['customs', 'law-enforcement', 'partner'],
  },
  'cargo.answer-port-action': {
    meaning: 'Confirm, perform or release a port action',
    roles: ['officer', 'supervisor', 'partner'],
    realms: ['customs', 'law-enforcement', 'partner'],
  },
} as const

export const auditEvents = {
  'cargo.document-received': 'A message file or declaration list was taken in',
  'cargo.documents-listed': 'The list of documents was read',
  'cargo.document-read': 'One document with its warnings was read',
  'cargo.source-read': 'Bytes of a document were read around a pointer',
  'cargo.equipment-listed': 'A page of containers was read',
  'cargo.consignments-listed': 'A page of consignments was read',
  'cargo.container-read': 'Everything about one container was read',
  'cargo.identifier-checked': 'An identifier was checked',
  'cargo.places-searched': 'The public list of places was searched',
  'cargo.alert-previewed': 'A draft alert was checked',
  'cargo.alert-issued': 'A cargo alert was issued',
  'cargo.alerts-listed': 'The list of alerts was read',
  'cargo.alerts-exported': 'The list of alerts was exported',
  'cargo.alert-read': 'One alert was read',
  'cargo.alert-moved': 'A desk acknowledged, targeted, declined, controlled, recorded an outcome or closed',
  'cargo.alert-updated': 'The itinerary of an alert was changed',
  'cargo.alert-recalled': 'An alert was recalled',
  'cargo.statistics-read': 'Hit rates were read',
  'cargo.port-action-requested': 'A port action was requested from a partner',
  'cargo.port-actions-listed': 'The list of port actions was read',
  'cargo.port-action-read': 'One port action was read',
  'cargo.port-action-moved': 'A port action was confirmed, refused, performed or released',
  'cargo.document-processed': 'A document was read in the background',
  'cargo.alert-received': 'An alert of another authority was taken in',
  'cargo.alert-matched': 'A received alert was compared with the own declarations',
  'cargo.alert-progress-received': 'A recipient reported progress or an outcome',
} as const

export const errors = {
  'cargo.document-too-large': 'The document is larger than the limit',
  'cargo.document-empty': 'The document has no bytes',
  'cargo.range': 'The range lies outside the document or is too long',
  'cargo.cursor': 'The page mark is not one this list gave out',
  'cargo.alert-invalid': 'The draft has problems; each is listed with its field',
  'cargo.alert-gate': 'The transfer gate refuses the alert',
  'cargo.alert-no-recipient': 'No desk of the coalition answers for a future port of the itinerary',
  'cargo.partner-unknown': 'No such partner in the places this desk answers for',
  'cargo.until': 'The end of the action lies in the past or beyond the maximum',
  'audit.backlog': 'The log is too far behind: nothing new is released',
} as const
