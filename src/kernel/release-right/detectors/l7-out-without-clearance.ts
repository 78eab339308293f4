/** L7: the box is out, and customs had not cleared it; or the right was revoked, or nobody matched the truck at the gate. */
import { customsAt } from '../fold.ts'
import { timeOf } from '../instant.ts'
import { CLEAR, COMMON, factOf, type ReleaseDetector, raise, thisEvent } from './evidence.ts'

export const outWithoutClearance: ReleaseDetector = {
  ...COMMON,
  id: 'L7',
  title: 'Left without customs release',
  parameters: {},
  inputs: ['gate-out', 'customs state', 'revocation', 'match at the gate'],
  knownLimits: 'Knows what customs and terminal told the ledger. A clearance that was given and not sent here looks like none.',
  innocentAlternatives: [
    'The clearance was given outside and comes later',
    'The box moved under transit or to a warehouse, which needs no release here',
    'The gate was run by hand while the system was down',
  ],
  evaluate(evidence) {
    const { event, before } = evidence
    if (event.body.kind !== 'gated-out') return CLEAR
    const { occurredAt } = event.body
    const customs = customsAt(before, occurredAt).state
    const clearedLate = customs === 'clear' && timeOf(before.clearedAt ?? '') > timeOf(occurredAt)
    const faults = [
      ...(customs === 'hold' ? ['customs held it'] : []),
      ...(customs === 'none' || clearedLate ? ['customs had not cleared it'] : []),
      ...(before.revoked === undefined ? [] : ['the right was revoked']),
      ...(before.matchedAt === undefined ? ['no truck was matched at the gate'] : []),
    ]
    if (faults.length === 0) return CLEAR
    const source = thisEvent(evidence)
    return raise(
      `${evidence.right.container} left the terminal although ${faults.join(', and ')}.`,
      factOf('left at', occurredAt, source),
      factOf('terminal', event.by.desk, source),
      { name: 'customs state', value: clearedLate ? 'cleared afterwards' : customs },
      { name: 'revoked', value: before.revoked !== undefined },
      { name: 'matched at the gate', value: before.matchedAt !== undefined },
    )
  },
}
