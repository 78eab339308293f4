/** I5: the seal set differs between two sightings, a seal sits on two boxes, or a placeholder stands where a seal should. */
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'

const PLACEHOLDER = /^(?:NIL|NA|N\/A|NONE|NO ?SEAL|X+|0+|-+)$/i

export const sealChange: CargoDetector = {
  ...COMMON,
  id: 'cargo.seal-change',
  title: 'Seals',
  parameters: {},
  inputs: ['seal numbers', 'order of sightings', 'seals on other boxes'],
  knownLimits:
    'Cannot see a seal that was copied with its number. Customs may replace a seal after a control: their seal is then among the new ones.',
  innocentAlternatives: [
    'Customs or the terminal opened and resealed the box',
    'A seal was left out of a short message',
    'Two seals, of which each message names one',
  ],
  evaluate(dossier) {
    const sealed = dossier.sightings.filter(({ sighting }) => sighting.seals.length > 0)
    if (sealed.length === 0) return missing('seal numbers')
    const placeholder = sealed.flatMap(({ sighting }) => sighting.seals).find((seal) => PLACEHOLDER.test(seal.number.value.trim()))
    if (placeholder !== undefined)
      return signal(`"${placeholder.number.value}" stands where a seal number should.`, fact('seal', placeholder.number))
    const shared = dossier.history.sealElsewhere[0]
    if (shared !== undefined) {
      const own = sealed.flatMap(({ sighting }) => sighting.seals).find((seal) => seal.number.value === shared.seal)
      if (own !== undefined)
        return signal(`Seal ${shared.seal} is also on ${shared.container}.`, fact('seal', own.number), {
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
