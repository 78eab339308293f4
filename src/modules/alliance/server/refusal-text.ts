/** What a person reads when the ledger refuses, in the order in which somebody would ask. */
import type { Refusal } from '#kernel/release-right/event.ts'

export const REFUSAL_TEXT: Readonly<Record<Refusal, string>> = {
  'not-holder': 'The right is with another party.',
  'already-passed': 'You passed the right on; it is no longer yours to give.',
  'already-ordered': 'A transport is ordered; the right can be passed on no more.',
  'already-collected': 'The box has left.',
  'not-released': 'The box is not released.',
  'already-released': 'The box is released already.',
  revoked: 'The right was revoked.',
  'not-ordered': 'No holder of the right ordered this transport from you.',
  'not-pre-notified': 'No vehicle was announced.',
  'wrong-vehicle-or-driver': 'Vehicle and driver are not those announced.',
  'not-ready': 'The box cannot be collected yet.',
  'party-not-vetted': 'The party you name is not vetted for this.',
  'same-party': 'A right is passed to another party.',
  'not-your-role': 'This step is not for your part in the chain.',
}
