/** L3: a box leaves faster after its release than any box of this receiver ever did: whoever knows what is inside hurries. */
import { CLEAR, COMMON, factOf, minutesBetween, missing, type ReleaseDetector, raise, thisEvent } from './evidence.ts'

export const fastCollection: ReleaseDetector = {
  ...COMMON,
  id: 'L3',
  title: 'Collected faster than ever',
  parameters: { leastEarlier: 5 },
  inputs: ['time of release', 'time of gate-out', 'earlier collections of the receiver'],
  knownLimits:
    'The first receiver stands for the consignee, which the ledger does not know. With few earlier boxes the fastest is a matter of chance.',
  innocentAlternatives: [
    'Perishable or urgent goods',
    'The release came late, when the truck stood ready',
    'A new contract with a faster haulier',
  ],
  evaluate(evidence, { leastEarlier = 5 }) {
    const { event, before, known } = evidence
    if (event.body.kind !== 'gated-out') return CLEAR
    const [release] = before.passings
    if (release === undefined) return missing('release')
    const earlier = known.receiverMinutes ?? []
    if (earlier.length < leastEarlier) return missing(`${leastEarlier} earlier collections of the receiver`)
    const fastest = Math.min(...earlier)
    const minutes = minutesBetween(release.at, event.body.occurredAt)
    // A gate-out that is stated before its release is another fault (L7).
    if (minutes < 0 || minutes >= fastest) return CLEAR
    return raise(
      `${evidence.right.container} left ${minutes} minutes after its release to ${release.to}; the fastest of ${earlier.length} earlier boxes took ${fastest}.`,
      factOf('minutes from release to gate-out', minutes, thisEvent(evidence)),
      { name: 'first receiver', value: release.to },
      { name: 'fastest before', value: fastest },
      { name: 'earlier boxes', value: earlier.length },
    )
  },
}
