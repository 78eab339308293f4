/** The detectors of the slice, and the one function that runs them over a dossier. */
import { assertNoPersonalFeature, runDetector, type Signal } from '#kernel/signal/signal.ts'
import { clone } from './clone.ts'
import { description } from './description.ts'
import type { CargoDetector, ContainerDossier } from './dossier.ts'
import { firstTimeParty } from './first-time-party.ts'
import { identity } from './identity.ts'
import { itineraryMismatch } from './itinerary-mismatch.ts'
import { lateChange } from './late-change.ts'
import { newRoute } from './new-route.ts'
import { reeferSetting } from './reefer-setting.ts'
import { sealChange } from './seal-change.ts'
import { weightMismatch } from './weight-mismatch.ts'

export const detectors: readonly CargoDetector[] = [
  identity,
  weightMismatch,
  sealChange,
  clone,
  itineraryMismatch,
  description,
  firstTimeParty,
  lateChange,
  reeferSetting,
  newRoute,
]

for (const detector of detectors) assertNoPersonalFeature(detector)

/** What the module contract and the documentation say of each. */
export const detectorDocs = detectors.map(({ id, version, title, knownLimits }) => ({ id, version, title, knownLimits }))

export interface DossierFindings {
  readonly signals: readonly Signal[]
  readonly notComputable: readonly { readonly detector: string; readonly missing: readonly string[] }[]
}

export function evaluateDossier(dossier: ContainerDossier, hash: (text: string) => string): DossierFindings {
  const signals: Signal[] = []
  const notComputable: { detector: string; missing: readonly string[] }[] = []
  for (const detector of detectors) {
    const result = runDetector(detector, { input: dossier, subject: { kind: 'container', id: dossier.container }, hash })
    if ('signal' in result) signals.push(result.signal)
    if ('notComputable' in result) notComputable.push({ detector: detector.id, missing: result.notComputable })
  }
  return { signals, notComputable }
}
