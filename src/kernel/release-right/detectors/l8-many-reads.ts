/** L8: one account reads many releases in which its desk has no part, more than nearly all accounts of its role. */
import { quantile } from '#kernel/stats/quantile.ts'
import { CLEAR, COMMON, factOf, missing, type ReleaseDetector, raise, thisEvent } from './evidence.ts'

export const manyReads: ReleaseDetector = {
  ...COMMON,
  id: 'L8',
  title: 'One account reads many unrelated releases',
  parameters: { share: 0.995, leastAccounts: 20, leastReads: 5 },
  inputs: ['reads of releases by account token', 'reads of other accounts of the role'],
  knownLimits:
    'Accounts that several people share hide one of them, and one person with several accounts is counted apart. With fewer than 200 accounts of a role the bound is the highest of the others.',
  innocentAlternatives: [
    'A new employee looks around or is trained',
    'A system of the partner asks in its own name for many boxes',
    'A list of containers of another firm was pasted by mistake',
  ],
  evaluate(evidence, { share = 0.995, leastAccounts = 20, leastReads = 5 }) {
    const { event, known } = evidence
    if (event.body.kind !== 'read' || event.by.role === 'customs' || event.by.role === 'system') return CLEAR
    const reads = known.accountReads
    if (reads === undefined) return missing('reads of the account')
    if (reads.own < leastReads || reads.wasRaised) return CLEAR
    if (reads.others.length < leastAccounts) return missing(`${leastAccounts} other accounts of the role`)
    const bound = quantile(reads.others, share) ?? 0
    if (reads.own <= bound) return CLEAR
    return raise(
      `One account of ${event.by.desk} read ${reads.own} releases in seven days in which it has no part; ${share * 100} % of ${reads.others.length} other accounts of ${event.by.role}s read at most ${bound}.`,
      factOf('desk of the account', event.by.desk, thisEvent(evidence)),
      { name: 'role', value: event.by.role },
      { name: 'unrelated releases read', value: reads.own },
      { name: 'bound of the role', value: bound },
      { name: 'other accounts of the role', value: reads.others.length },
    )
  },
}
