/** L5: somebody comes for a box that is gone. The rightful haulier who finds an empty place is how most thefts come to light. */
import { CLEAR, COMMON, factOf, type ReleaseDetector, raise, thisEvent } from './evidence.ts'

const TRIES: readonly string[] = ['pre-notified', 'gate-matched', 'gated-out']

export const secondPickUp: ReleaseDetector = {
  ...COMMON,
  id: 'L5',
  title: 'Second attempt on a collected box',
  parameters: {},
  inputs: ['gate-out', 'attempts after it'],
  knownLimits: 'Needs the gate-out to be reported: when a box leaves without a report, the second attempt is an ordinary one.',
  innocentAlternatives: [
    'The gate-out was reported twice by two systems',
    'A haulier repeats a pre-notification after its work is done',
    'The wrong container was reported as gone',
  ],
  evaluate(evidence) {
    const { event, before, history } = evidence
    const { body } = event
    if (body.kind !== 'refused' || body.because !== 'already-collected' || !TRIES.includes(body.act.kind)) return CLEAR
    const isRepeat = history.some(
      (each) =>
        each.by.desk === event.by.desk &&
        each.body.kind === 'refused' &&
        each.body.because === 'already-collected' &&
        each.body.act.kind === body.act.kind,
    )
    if (isRepeat) return CLEAR
    const source = thisEvent(evidence)
    return raise(
      `${event.by.desk} tried to collect ${evidence.right.container}, which had left at ${before.collected?.at ?? 'an unknown time'}.`,
      factOf('party', event.by.desk, source),
      factOf('attempt', body.act.kind, source),
      factOf('tried at', event.at, source),
      { name: 'left at', value: before.collected?.at ?? '' },
    )
  },
}
