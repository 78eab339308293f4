/** P6: consignee, notify party or description of a bill changed after the box was loaded. */
import type { ConsignmentStatement, Stated } from '../model.ts'
import { type CargoDetector, CLEAR, COMMON, type DossierConsignment, fact, missing, signal } from './dossier.ts'

export const lateChange: CargoDetector = {
  ...COMMON,
  id: 'cargo.late-change',
  title: 'Change after loading',
  parameters: {},
  inputs: ['versions of a bill', 'time of loading'],
  knownLimits: 'Compares versions of the same bill number that this authority received; an amendment under a new number is not seen.',
  innocentAlternatives: ['Goods sold on the way', 'Correction of a typing error', 'Switch bill agreed with the carrier'],
  evaluate(dossier) {
    const loaded = dossier.sightings.find(({ sighting, happenedAt }) => sighting.event === 'loaded' && happenedAt !== undefined)
    const departed = dossier.sightings.find(({ message }) => message === 'BAPLIE')
    if (loaded === undefined && departed === undefined) return missing('a loading report or stowage plan')
    const byBill = new Map<string, DossierConsignment[]>()
    for (const each of dossier.consignments)
      if (!each.declaration) byBill.set(each.statement.document.value, [...(byBill.get(each.statement.document.value) ?? []), each])
    const versions = [...byBill.values()].filter((list) => list.length > 1)
    if (versions.length === 0) return missing('two versions of a bill')
    for (const list of versions) {
      const ordered = list.sort((a, b) => a.receivedAt.localeCompare(b.receivedAt))
      const first = ordered[0]
      const last = ordered.at(-1)
      if (first === undefined || last === undefined) continue
      for (const role of ['consignee', 'notify', 'goods'] as const) {
        const before = valueOf(first.statement, role)
        const after = valueOf(last.statement, role)
        if (before === undefined || after === undefined || before.value.trim().toUpperCase() === after.value.trim().toUpperCase()) continue
        return signal(
          `The ${role} of bill ${first.statement.document.value} was "${before.value}" and became "${after.value}" after loading.`,
          fact(`${role} before`, before),
          fact(`${role} after`, after),
        )
      }
    }
    return CLEAR
  },
}

function valueOf(statement: ConsignmentStatement, role: 'consignee' | 'notify' | 'goods'): Stated | undefined {
  return role === 'goods' ? statement.goods[0] : statement.parties.find((party) => party.role === role)?.name
}
