/** R7: the box was filled at a place where boxes with findings were filled in the last twelve months. */
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'
import { newestFilings, presentJourney } from './journey-view.ts'
import { codeOf, placeOf } from './statement-parts.ts'

export const stuffingPlace: CargoDetector = {
  ...COMMON,
  code: 'R7',
  id: 'cargo.stuffing-place',
  title: 'Place of stuffing with findings',
  parameters: { findings: 1 },
  inputs: ['place of receipt', 'findings of the last twelve months by place of receipt'],
  knownLimits:
    'Knows findings that were reported back to this desk. A place stands for all who fill boxes there; a place of receipt that is the port itself says nothing and is left alone.',
  innocentAlternatives: ['A large packing station that many use', 'A finding in a box of another shipper'],
  evaluate(dossier, { findings = 1 }) {
    const { sightings, consignments } = presentJourney(dossier)
    const places = [
      ...newestFilings(consignments).map(({ statement }) => statement.places),
      ...sightings.map(({ sighting }) => sighting.places),
    ]
    let wasStated = false
    for (const stated of places) {
      const receipt = placeOf(stated, 'receipt')
      const code = codeOf(receipt)
      if (receipt === undefined || code === undefined || code === codeOf(placeOf(stated, 'loading'))) continue
      wasStated = true
      const count = dossier.history.findings[`place ${code}`] ?? 0
      if (count >= findings)
        return signal(
          `Boxes from ${code} had ${count} ${count === 1 ? 'finding' : 'findings'} in the last twelve months.`,
          fact('place of receipt', receipt),
          {
            name: 'findings',
            value: count,
          },
        )
    }
    return wasStated ? CLEAR : missing('place of receipt other than the port')
  },
}
