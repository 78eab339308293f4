/** L6: chosen for inspection, and moved before it. */

import { timeOf } from '../instant.ts'
import { CLEAR, COMMON, factOf, hoursBetween, type ReleaseDetector, raise, thisEvent } from './evidence.ts'

export const movedBeforeInspection: ReleaseDetector = {
  ...COMMON,
  id: 'L6',
  title: 'Moved after it was chosen for inspection',
  parameters: {},
  inputs: ['choice for inspection', 'moves in the yard', 'gate-out'],
  knownLimits: 'Sees the moves that the terminal reports. A box opened where it stands does not move.',
  innocentAlternatives: [
    'The move brings the box to the place of inspection',
    'The yard was re-stacked',
    'The choice was withdrawn by telephone and not recorded',
  ],
  evaluate(evidence) {
    const { event, before, history } = evidence
    const { body } = event
    if (before.selectedSince === undefined || (body.kind !== 'moved' && body.kind !== 'gated-out')) return CLEAR
    // A move that is reported late may lie before the choice.
    if (timeOf(body.occurredAt) < timeOf(before.selectedSince)) return CLEAR
    const choice = history.findLastIndex(({ body: each }) => each.kind === 'customs' && each.state === 'selected')
    const chosen = history[choice]
    const after = hoursBetween(before.selectedSince, body.occurredAt)
    return raise(
      body.kind === 'moved'
        ? `${evidence.right.container} was moved in the yard ${after} h after it was chosen for inspection.`
        : `${evidence.right.container} left the terminal ${after} h after it was chosen for inspection.`,
      factOf('move', body.kind, thisEvent(evidence)),
      factOf('moved at', body.occurredAt, thisEvent(evidence)),
      ...(chosen === undefined ? [] : [factOf('chosen at', before.selectedSince, { event: chosen, index: choice })]),
    )
  },
}
