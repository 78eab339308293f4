/** The detectors of the ledger, and the one function that runs them on an event. */
import { assertNoPersonalFeature, runDetector, type Signal } from '#kernel/signal/signal.ts'
import type { HashText } from '../event.ts'
import type { ReleaseDetector, ReleaseEvidence } from './evidence.ts'
import { readOutside } from './l1-read-outside.ts'
import { unknownHaulier } from './l2-unknown-haulier.ts'
import { fastCollection } from './l3-fast-collection.ts'
import { lateChangeOfHaulier } from './l4-late-change.ts'
import { secondPickUp } from './l5-second-pick-up.ts'
import { movedBeforeInspection } from './l6-moved-before-inspection.ts'
import { outWithoutClearance } from './l7-out-without-clearance.ts'
import { manyReads } from './l8-many-reads.ts'

export const releaseDetectors: readonly ReleaseDetector[] = [
  readOutside,
  unknownHaulier,
  fastCollection,
  lateChangeOfHaulier,
  secondPickUp,
  movedBeforeInspection,
  outWithoutClearance,
  manyReads,
]

for (const detector of releaseDetectors) assertNoPersonalFeature(detector)

export interface ReleaseFindings {
  readonly signals: readonly Signal[]
  readonly notComputable: readonly { readonly detector: string; readonly missing: readonly string[] }[]
}

/** `right` is the id of the ledger, which the signals are about. */
export function evaluateEvent(evidence: ReleaseEvidence, right: string, hash: HashText): ReleaseFindings {
  const signals: Signal[] = []
  const notComputable: { detector: string; missing: readonly string[] }[] = []
  for (const detector of releaseDetectors) {
    const result = runDetector(detector, { input: evidence, subject: { kind: 'release-right', id: right }, hash })
    if ('signal' in result) signals.push(result.signal)
    if ('notComputable' in result) notComputable.push({ detector: detector.id, missing: result.notComputable })
  }
  return { signals, notComputable }
}
