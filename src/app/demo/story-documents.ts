/** The generated voyage of the story, the box that its officer chooses, and the alert that he writes. */
import type { AlertDraftInput } from '#modules/cargo/contract'
import { type Demonstration, demonstrationVoyage } from '../../modules/cargo/generator/demonstration.ts'
import type { GeneratedBox } from '../../modules/cargo/generator/voyage.ts'

const DAY = 86_400_000

/** Documents as each party would receive them. */
export function storyDocuments(now: Date): Demonstration {
  return demonstrationVoyage({ seed: 7, containers: 400, departs: new Date(now.getTime() - DAY) })
}

/** A full box from Guayaquil over Algeciras to Antwerp about which no document contradicts another: the officer knows what no file says. */
export function chooseBox({ voyage }: Demonstration): GeneratedBox {
  const planted = new Set(voyage.planted.map(({ container }) => container))
  const box = voyage.boxes.find(
    (each) =>
      each.discharge === 'BEANR' &&
      each.transhipment === 'ESALG' &&
      each.isFull &&
      each.loading === 'ECGYE' &&
      !planted.has(each.container),
  )
  if (box === undefined) throw new Error('The voyage has no box for Antwerp.')
  return box
}

export function draftFor({ voyage }: Demonstration, box: GeneratedBox, now: Date): AlertDraftInput {
  const eta = (days: number) => new Date(now.getTime() + days * DAY).toISOString()
  return {
    subject: { kind: 'container', number: box.container },
    bill: box.bill,
    booking: box.booking,
    seals: [box.sealAtLoading],
    vesselName: voyage.vessel.name,
    vesselImo: voyage.vessel.imo,
    voyage: voyage.number,
    goods: box.goods.description,
    legs: [
      { role: 'loading', place: 'ECGYE' },
      { role: 'transhipment', place: 'ESALG', eta: eta(9) },
      { role: 'discharge', place: 'BEANR', eta: eta(15) },
    ],
    reasons: ['seal-anomaly', 'yard-anomaly'],
    narrative: 'Seal looks glued; the box stood apart from its row for one night.',
    requested: 'physical-control',
    evaluation: { source: 'B', info: 2 },
    handling: { H: ['H2'], tlp: 'AMBER', pap: 'AMBER', conditions: [] },
    source: { origin: 'own-control' },
  }
}
