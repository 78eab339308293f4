/**
 * Faults for tests and the demonstration: each makes one document contradict another, as the detectors look for it.
 * Only full boxes to or through the Union are used, and no box gets two faults, so that each finding has one cause.
 */
import type { SeededRandom } from '#kernel/stats/seeded-random.ts'
import { NEW_CONSIGNOR, OTHER_CONSIGNEE } from './catalogue.ts'
import { withWrongDigit } from './container-numbers.ts'
import type { GeneratedBox } from './voyage.ts'

export const FAULTS = [
  'wrong-digit',
  'clone',
  'seal-swap',
  'seal-reuse',
  'seal-placeholder',
  'weight-gap',
  'itinerary-mismatch',
  'vague-description',
  'first-time-party',
  'late-change',
  'reefer-setting',
  'new-route',
] as const
export type Fault = (typeof FAULTS)[number]

export function plantFaults(
  boxes: GeneratedBox[],
  wanted: Partial<Record<Fault, number>>,
  random: SeededRandom,
): { readonly fault: Fault; readonly container: string }[] {
  const planted: { fault: Fault; container: string }[] = []
  const free = boxes.filter(({ isFull, loading }) => isFull && loading === 'ECGYE')
  for (const fault of FAULTS)
    for (let count = 0; count < (wanted[fault] ?? 0); count++) {
      const at = fault === 'reefer-setting' ? free.findIndex(({ goods }) => goods.hs === '080390') : random.integer(0, free.length - 1)
      const box = free[at]
      if (box === undefined) break
      free.splice(at, 1)
      plant(fault, box, free[0])
      planted.push({ fault, container: box.container })
    }
  return planted
}

function plant(fault: Fault, box: GeneratedBox, other: GeneratedBox | undefined): void {
  switch (fault) {
    case 'wrong-digit':
      box.container = withWrongDigit(box.container)
      return
    case 'seal-swap':
      box.sealAtDischarge = `GX${box.sealAtLoading.slice(2)}`
      return
    case 'seal-reuse':
      if (other !== undefined) box.sealAtGate = box.sealAtLoading = box.sealAtDischarge = other.sealAtLoading
      return
    case 'seal-placeholder':
      box.sealAtGate = box.sealAtLoading = box.sealAtDischarge = 'NIL'
      return
    case 'weight-gap':
      box.verifiedKg = box.declaredKg + box.tareKg + Math.max(1400, Math.round(box.declaredKg * 0.12))
      return
    case 'itinerary-mismatch':
      box.reportedDischarge = box.discharge === 'NLRTM' ? 'BEANR' : 'NLRTM'
      return
    case 'vague-description':
      box.goods = { ...box.goods, description: 'GENERAL CARGO' }
      return
    case 'first-time-party':
      box.consignor = NEW_CONSIGNOR
      return
    case 'reefer-setting':
      box.setTemperature = -18
      return
    case 'new-route':
      box.delivery = box.discharge = box.reportedDischarge = 'BEZEE'
      box.transhipment = 'PTSIE'
      return
    case 'clone':
    case 'late-change':
      // Told by an extra document: `cloneReport` and `amendedReport` of the demonstration.
      return
  }
}

/** What the amended cargo report says after the ship has left. */
export function amended(box: GeneratedBox): GeneratedBox {
  return { ...box, consignee: OTHER_CONSIGNEE }
}
