/** P6: consignee, notify party or description of a bill changed after the box was loaded. */
import { filingDifferences } from '#kernel/cargo-history/filing-versions.ts'
import { type CargoDetector, CLEAR, COMMON, type DossierConsignment, fact, missing, signal } from './dossier.ts'
import { filingOf } from './filing-of.ts'
import { billOf, byVersion, presentJourney, timeOf, versionOf } from './journey-view.ts'
import { saysTheSame } from './statement-order.ts'

const FIELDS: ReadonlySet<string> = new Set(['consignee', 'notify', 'goods'])

export const lateChange: CargoDetector = {
  ...COMMON,
  code: 'P6',
  id: 'cargo.late-change',
  title: 'Change after loading',
  parameters: {},
  inputs: ['versions of a bill', 'time of loading'],
  knownLimits:
    'Compares versions of the same bill number that this desk received; an amendment under a new number is not seen. Goes by the time at which the later version was prepared, or else received.',
  innocentAlternatives: ['Goods sold on the way', 'Correction of a typing error', 'Switch bill agreed with the carrier'],
  evaluate(dossier) {
    const { sightings, consignments } = presentJourney(dossier)
    const loaded = sightings.find(({ sighting, happenedAt }) => sighting.event === 'loaded' && happenedAt !== undefined)
    const departed = sightings.find(({ message }) => message === 'BAPLIE')
    const loadedAt = loaded?.happenedAt ?? (departed === undefined ? undefined : timeOf(departed))
    if (loadedAt === undefined) return missing('a loading report or stowage plan')
    const versions = versionsOf(consignments.filter(({ declaration }) => !declaration))
    if (versions.length === 0) return missing('two versions of a bill')
    for (const [first, ...rest] of versions)
      for (const later of rest) {
        if (first === undefined || Date.parse(versionOf(later)) < Date.parse(loadedAt)) continue
        const change = filingDifferences(filingOf(first), filingOf(later)).find(({ field }) => FIELDS.has(field))
        if (change === undefined) continue
        const [before, after] = [first, later].map(({ statement }) =>
          change.field === 'goods' ? statement.goods[0] : statement.parties.find(({ role }) => role === change.field)?.name,
        )
        if (before === undefined || after === undefined) continue
        return signal(
          `The ${change.field} of bill ${billOf(first)} was "${before.value}" and became "${after.value}" after loading.`,
          fact(`${change.field} before`, before),
          fact(`${change.field} after`, after),
        )
      }
    return CLEAR
  },
}

function versionsOf(consignments: readonly DossierConsignment[]): readonly (readonly DossierConsignment[])[] {
  const byBill = new Map<string, DossierConsignment[]>()
  for (const each of byVersion(consignments)) {
    const earlier = byBill.get(billOf(each)) ?? []
    const before = earlier.at(-1)
    // What was only sent again is no other version.
    if (before === undefined || !saysTheSame(before.statement, each.statement)) byBill.set(billOf(each), [...earlier, each])
  }
  return [...byBill.values()].filter(({ length }) => length > 1)
}
