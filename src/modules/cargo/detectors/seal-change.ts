/** I5: the seal set differs between two sightings, a seal sits on two boxes, or a placeholder stands where a seal should. */
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'
import { presentJourney, timeOf } from './journey-view.ts'

const PLACEHOLDER = /^(?:NIL|NA|N\/A|NONE|NO ?SEAL|X+|0+|-+)$/i

export const sealChange: CargoDetector = {
  ...COMMON,
  code: 'I5',
  id: 'cargo.seal-change',
  title: 'Seals',
  parameters: { months: 12 },
  inputs: ['seal numbers', 'order of sightings', 'seals on other boxes'],
  knownLimits:
    'Cannot see a seal that was copied with its number. Customs may replace a seal after a control: their seal is then among the new ones.',
  innocentAlternatives: [
    'Customs or the terminal opened and resealed the box',
    'A seal was left out of a short message',
    'Two seals, of which each message names one',
  ],
  evaluate(dossier, { months = 12 }) {
    const sealed = presentJourney(dossier).sightings.filter(({ sighting }) => sighting.seals.length > 0)
    if (sealed.length === 0) return missing('seal numbers')
    const placeholder = sealed.flatMap(({ sighting }) => sighting.seals).find((seal) => isPlaceholderSeal(seal.number.value))
    if (placeholder !== undefined)
      return signal(`"${placeholder.number.value}" stands where a seal number should.`, fact('seal', placeholder.number))
    for (const shared of dossier.history.sealElsewhere) {
      const own = sealed.find(
        (each) => isNear(timeOf(each), shared.at, months) && each.sighting.seals.some(({ number }) => number.value === shared.seal),
      )
      const seal = own?.sighting.seals.find(({ number }) => number.value === shared.seal)
      if (seal !== undefined)
        return signal(`Seal ${shared.seal} is also on ${shared.container}.`, fact('seal', seal.number), {
          name: 'other container',
          value: shared.container,
        })
    }
    for (let index = 1; index < sealed.length; index++) {
      const before = sealed[index - 1]
      const after = sealed[index]
      if (before === undefined || after === undefined) continue
      const known = new Set(before.sighting.seals.map((seal) => seal.number.value))
      const first = before.sighting.seals[0]
      const changed = after.sighting.seals.find((seal) => !known.has(seal.number.value))
      // A seal of customs that was added is a control, not a change.
      if (changed === undefined || changed.issuer === 'customs' || first === undefined) continue
      return signal(
        `The seal was ${first.number.value} in ${before.message} and ${changed.number.value} in ${after.message}.`,
        fact('seal before', first.number),
        fact('seal after', changed.number),
      )
    }
    return CLEAR
  },
}

const MONTH = 30.44 * 86_400_000

function isNear(a: string, b: string, months: number): boolean {
  return Math.abs(Date.parse(a) - Date.parse(b)) <= months * MONTH
}

/** A word that stands where a number should. */
export function isPlaceholderSeal(text: string): boolean {
  return PLACEHOLDER.test(text.trim())
}
