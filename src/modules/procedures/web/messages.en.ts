import { messages as ofCases } from './cases.messages.en.ts'
import { messages as ofDocuments } from './documents.messages.en.ts'

export const messages = {
  ...ofCases,
  ...ofDocuments,
  'queue.title': 'Work queue',
  'queue.open': 'To do ({n})',
  'queue.overdue': 'Overdue ({n})',
  'queue.waiting': 'Waiting for others ({n})',
  'queue.done': 'Done',
  'queue.filter': 'Which cases',
  'queue.empty': 'Nothing here. What comes in for this desk appears by itself.',
  'queue.since': '{state} since {when}',
  'queue.with': 'with {party}',
  'queue.noClock': 'no clock runs',
  'queue.withdrawn': 'withdrawn',
} as const
