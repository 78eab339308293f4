/** L1: a release is read by a party without a part in it. The first step of a theft by an insider is to look. */
import { partiesOf } from '../fold.ts'
import { CLEAR, COMMON, factOf, type ReleaseDetector, raise, thisEvent } from './evidence.ts'

export const readOutside: ReleaseDetector = {
  ...COMMON,
  id: 'L1',
  title: 'Release read outside its chain',
  parameters: {},
  inputs: ['reads of the release', 'parties of the right'],
  knownLimits:
    'Sees reads in this ledger only: what is read in the system of a terminal or a line, or told by word, leaves no trace here. A party of the chain that misuses its own link is not found.',
  innocentAlternatives: [
    'A forwarder looks for a box whose right it expects, before it was passed on',
    'A container number was mistyped',
    'A branch of the same firm acts under another desk',
  ],
  evaluate(evidence) {
    const { event, before, history } = evidence
    if (event.body.kind !== 'read' || event.by.role === 'customs' || event.by.role === 'system') return CLEAR
    // Before it is released there is nothing to take.
    if (before.passings.length === 0 || partiesOf(before).has(event.by.desk)) return CLEAR
    // One signal for each account and release: a repeat says nothing new.
    const { account } = event.body
    const release = history.findLastIndex(({ body }) => body.kind === 'released')
    if (history.slice(release).some(({ body, by }) => body.kind === 'read' && body.account === account && by.desk === event.by.desk))
      return CLEAR
    const source = thisEvent(evidence)
    return raise(
      `${event.by.desk} (${event.by.role}) read the release of ${evidence.right.container}, in which it has no part.`,
      factOf('reader', event.by.desk, source),
      factOf('role of the reader', event.by.role, source),
      factOf('read at', event.at, source),
      { name: 'links of the chain at that time', value: before.passings.length },
    )
  },
}
