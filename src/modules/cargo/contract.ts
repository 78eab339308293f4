/** The isomorphic door of the slice: route specifications, wire shapes, permissions, audit events, error codes. Imports zod, the kernel and its own parts only. */

export * from './contract/alert-exports.ts'
export * from './contract/alert-shapes.ts'
export * from './contract/alerts.ts'
export * from './contract/answers.ts'
export * from './contract/channels.ts'
export * from './contract/declaration-mappings.ts'
export * from './contract/drop-folder.ts'
export * from './contract/feedback.ts'
export * from './contract/intake.ts'
export * from './contract/life.ts'
export * from './contract/port-actions.ts'
export * from './contract/reroutes.ts'
export * from './contract/vessel.ts'
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
  'cargo.manage-channels': {
    meaning: 'Open and close ways in for machines',
    roles: ['supervisor'],
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
  'cargo.answers-listed': 'The answers made for senders were listed',
  'cargo.answer-read': 'One answer for a sender was taken out',
  'cargo.answer-explained': 'One answer for a sender was read in words',
  'cargo.answer-sent': 'An officer noted that an answer was sent',
  'cargo.mappings-listed': 'Saved mappings of columns were read',
  'cargo.mapping-proposed': 'The columns of a table were looked at',
  'cargo.mapping-tried': 'A mapping was tried on a table',
  'cargo.document-mapped': 'A table was given its mapping and read again',
  'cargo.channel-opened': 'A way in for a machine was opened',
  'cargo.channels-listed': 'Ways in for machines were read',
  'cargo.channel-rotated': 'A way in for a machine was given another token',
  'cargo.channel-closed': 'A way in for a machine was closed',
  'cargo.drop-folder-read': 'The state of the drop folder of a desk was read',
  'cargo.document-delivered': 'A machine delivered a document',
  'cargo.source-read': 'Bytes of a document were read around a pointer',
  'cargo.equipment-listed': 'A page of containers was read',
  'cargo.consignments-listed': 'A page of consignments was read',
  'cargo.container-read': 'Everything about one container was read',
  'cargo.vessels-listed': 'Vessels with stowage plans were listed',
  'cargo.vessel-read': 'One vessel with its stowage plans was read',
  'cargo.stowage-read': 'The boxes of one stowage plan were read',
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
  'cargo.reroute-noticed': 'A document was found to contradict the itinerary of an alert',
  'cargo.reroutes-listed': 'Changed routes of alerts were read',
  'cargo.reroute-confirmed': 'The originator changed the itinerary after a document',
  'cargo.reroute-dismissed': 'A changed route was dismissed',
  'cargo.reroute-told': 'A receiving desk told the originator of a changed route',
  'cargo.reroute-told-us': 'A recipient told of a changed route',
  'cargo.overdue-listed': 'Overdue alerts were read',
  'cargo.feedback-read': 'Figures of alerts by sender, receiver and indicator were read',
  'cargo.alert-report-made': 'The monthly report on the alerts of a desk was made',
  'cargo.alert-reports-listed': 'The list of monthly reports was read',
  'cargo.alert-report-read': 'A monthly report was read',
  'cargo.alert-file-made': 'An alert was written to a file for a recipient without a node',
  'cargo.alert-views-read': 'What the recipients of an alert were sent was read',
  'cargo.statistics-read': 'Hit rates were read',
  'cargo.port-action-requested': 'A port action was requested from a partner',
  'cargo.port-actions-listed': 'The list of port actions was read',
  'cargo.port-action-read': 'One port action was read',
  'cargo.port-action-moved': 'A port action was confirmed, refused, performed or released',
  'cargo.document-processed': 'A document was read in the background',
  'cargo.signals-withdrawn': 'Signals about a container or an alert no longer held and left the queue',
  'cargo.alert-received': 'An alert of another authority was taken in',
  'cargo.alert-matched': 'A received alert was compared with the own declarations',
  'cargo.alert-erased': 'An alert was erased at the end of its retention',
  'cargo.alert-progress-received': 'A recipient reported progress or an outcome',
  'cargo.alert-update-received': 'The originator sent an alert with another itinerary',
  'cargo.alert-withdrawal-received': 'The originator took an alert back',
  'cargo.port-action-received': 'An authority asked this partner for a port action',
  'cargo.port-action-progress-received': 'The other side of a port action reported a step',
} as const

export const errors = {
  'cargo.document-too-large': 'The document is larger than the limit',
  'cargo.document-empty': 'The document has no bytes',
  'cargo.document-state': 'The document is being read',
  'cargo.no-table': 'The document is no table with a header row',
  'cargo.mapping': 'The mapping has problems; each is listed with its place',
  'cargo.channels-many': 'The desk has as many open ways in as it may',
  'cargo.channel-over': 'The way in is closed or past its day',
  'cargo.channel': 'The token opens no channel',
  'cargo.channel-limit': 'The channel has delivered what it may deliver in a day',
  'cargo.range': 'The range lies outside the document or is too long',
  'cargo.cursor': 'The page mark is not one this list gave out',
  'cargo.alert-invalid': 'The draft has problems; each is listed with its field',
  'cargo.alert-gate': 'The transfer gate refuses the alert',
  'cargo.alert-no-recipient': 'No desk of the coalition answers for a future port of the itinerary',
  'cargo.reroute-decided': 'The changed route was decided already, or the itinerary is another now',
  'cargo.period': 'The first day does not lie before the last, or the span is too long',
  'cargo.export-form': 'The alert does not fit into the form that was asked for',
  'cargo.partner-unknown': 'No such partner in the places this desk answers for',
  'cargo.until': 'The end of the action lies in the past or beyond the maximum',
  'audit.backlog': 'The log is too far behind: nothing new is released',
} as const
