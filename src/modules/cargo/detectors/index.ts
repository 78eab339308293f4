/** The detectors of the slice, and the one function that runs them over a dossier. Detectors of the release ledger (L) belong to the slice that keeps it. */
import { assertNoPersonalFeature, runDetector, type Signal } from '#kernel/signal/signal.ts'
import { clone } from './clone.ts'
import { consigneeToOrder } from './consignee-to-order.ts'
import { description } from './description.ts'
import { detour } from './detour.ts'
import { dormantParty } from './dormant-party.ts'
import type { CargoDetector, ContainerDossier } from './dossier.ts'
import { dwell } from './dwell.ts'
import { filingDisagreement } from './filing-disagreement.ts'
import { firstTimeParty } from './first-time-party.ts'
import { identity } from './identity.ts'
import { itineraryMismatch } from './itinerary-mismatch.ts'
import { lateChange } from './late-change.ts'
import { lightFruit } from './light-fruit.ts'
import { newGoods } from './new-goods.ts'
import { newRoute } from './new-route.ts'
import { powerGap } from './power-gap.ts'
import { reeferOff } from './reefer-off.ts'
import { reeferSetting } from './reefer-setting.ts'
import { returnedCargo } from './returned-cargo.ts'
import { sealChange } from './seal-change.ts'
import { type DetectorSettings, whySilent, withSetting } from './settings.ts'
import { sharedAddress } from './shared-address.ts'
import { shortLeadTime } from './short-lead-time.ts'
import { stuffingPlace } from './stuffing-place.ts'
import { typeChange } from './type-change.ts'
import { unusualTranshipment } from './unusual-transhipment.ts'
import { weightMismatch } from './weight-mismatch.ts'

export const detectors: readonly CargoDetector[] = [
  identity,
  typeChange,
  weightMismatch,
  clone,
  sealChange,
  itineraryMismatch,
  filingDisagreement,
  description,
  firstTimeParty,
  newGoods,
  consigneeToOrder,
  sharedAddress,
  dormantParty,
  lateChange,
  newRoute,
  unusualTranshipment,
  shortLeadTime,
  detour,
  returnedCargo,
  dwell,
  stuffingPlace,
  reeferSetting,
  reeferOff,
  powerGap,
  lightFruit,
]

for (const detector of detectors) assertNoPersonalFeature(detector)

/** What the module contract and the documentation say of each. */
export const detectorDocs = detectors.map(({ id, version, code, title, knownLimits }) => ({
  id,
  version,
  title: `${code} ${title}`,
  knownLimits,
}))

export interface DossierFindings {
  readonly signals: readonly Signal[]
  readonly notComputable: readonly { readonly detector: string; readonly missing: readonly string[] }[]
}

/** A detector that a desk switched off, or whose review is overdue, stands among those that could not say, with the reason. */
export function evaluateDossier(dossier: ContainerDossier, settings: DetectorSettings, hash: (text: string) => string): DossierFindings {
  const signals: Signal[] = []
  const notComputable: { detector: string; missing: readonly string[] }[] = []
  for (const detector of detectors) {
    const silent = whySilent(detector, settings)
    if (silent !== undefined) {
      notComputable.push({ detector: detector.id, missing: [silent] })
      continue
    }
    const run = { input: dossier, subject: { kind: 'container', id: dossier.container }, hash }
    const result = runDetector(withSetting(detector, settings), run)
    if ('signal' in result) signals.push(result.signal)
    if ('notComputable' in result) notComputable.push({ detector: detector.id, missing: result.notComputable })
  }
  return { signals, notComputable }
}
