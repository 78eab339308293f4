/** L2: somebody pre-notifies who was not ordered, whose right was revoked, or who never collected in this port. */
import type { Refusal } from '../event.ts'
import { CLEAR, COMMON, factOf, missing, type ReleaseDetector, type ReleaseEvidence, raise, thisEvent } from './evidence.ts'

const WHY: Partial<Readonly<Record<Refusal, string>>> = {
  'not-ordered': 'no holder of the right ordered a transport from it',
  revoked: 'the right was revoked',
}

export const unknownHaulier: ReleaseDetector = {
  ...COMMON,
  id: 'L2',
  title: 'Haulier outside the chain, or seen for the first time',
  parameters: {},
  inputs: ['pre-notifications', 'transport orders', 'earlier collections of the haulier'],
  knownLimits:
    'A haulier of the chain that is bribed or whose account is used by others passes. What counts as first is what this desk has seen; a ledger that is young calls everybody new.',
  innocentAlternatives: [
    'The forwarder forgot to order, or ordered from another desk of the same firm',
    'A subcontractor drives for the haulier that was ordered',
    'A new haulier has won its first contract here',
  ],
  evaluate(evidence) {
    const { event, known } = evidence
    const { body } = event
    if (body.kind === 'refused' && body.act.kind === 'pre-notified') {
      const why = WHY[body.because]
      return why === undefined ? CLEAR : refused(evidence, body.because, why)
    }
    if (body.kind !== 'pre-notified') return CLEAR
    if (known.haulierCollections === undefined) return missing('earlier collections of the haulier')
    if (known.haulierCollections > 0) return CLEAR
    const isKnownHere = evidence.history.some((each) => each.body.kind === 'pre-notified' && each.by.desk === event.by.desk)
    if (isKnownHere) return CLEAR
    return raise(
      `${event.by.desk} pre-notifies ${evidence.right.container} and has not collected a box in this ledger before.`,
      factOf('haulier', event.by.desk, thisEvent(evidence)),
      { name: 'earlier collections', value: 0 },
    )
  },
}

/** One signal for each party and reason: whoever tries again says nothing new. */
function refused(evidence: ReleaseEvidence, because: Refusal, why: string) {
  const { event, history } = evidence
  const isRepeat = history.some(
    ({ by, body }) => by.desk === event.by.desk && body.kind === 'refused' && body.act.kind === 'pre-notified' && body.because === because,
  )
  if (isRepeat) return CLEAR
  const source = thisEvent(evidence)
  return raise(
    `${event.by.desk} (${event.by.role}) tried to pre-notify ${evidence.right.container}: ${why}. It was refused.`,
    factOf('party', event.by.desk, source),
    factOf('role of the party', event.by.role, source),
    factOf('refused because', because, source),
    factOf('tried at', event.at, source),
  )
}
