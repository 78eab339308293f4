/** I1: the container number fails its check digit, an officer confirmed that it is painted so, or nobody here has ever seen its owner's prefix. */
import { containerCheckDigit, looksLikeContainerNumber, parseContainerNumber } from '#kernel/identifiers/container-number.ts'
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'
import { known } from './history-keys.ts'

export const identity: CargoDetector = {
  ...COMMON,
  code: 'I1',
  id: 'cargo.identity',
  title: 'Container number',
  parameters: { neededBoxes: 2000 },
  inputs: ['container number', 'painted-so confirmation', 'owner prefixes seen before'],
  knownLimits:
    'Sees arithmetic and prefixes only: a cloned but valid number passes. In real files about one number in ten thousand fails, mostly by typing. There is no open register of owners: a prefix is new when this desk has not seen it among the boxes it knows.',
  innocentAlternatives: [
    'A digit was mistyped in the message',
    'The box has a number outside ISO 6346, as shipper-owned boxes may',
    'A new owner or a leased box',
  ],
  evaluate(dossier, { neededBoxes = 2000 }) {
    const { container, day, history } = dossier
    if (!looksLikeContainerNumber(container)) return missing('container number of the ISO 6346 shape')
    const stated = dossier.sightings.slice(0, 1).map(({ sighting }) => fact('container', sighting.container))
    if (parseContainerNumber(container).ok) {
      const prefix = container.slice(0, 4)
      const { before, here } = known(history, { kind: 'owner', key: prefix, day })
      if (known(history, { kind: 'boxes', key: 'all', day }).before < neededBoxes || before > 0 || here !== 1) return CLEAR
      return signal(`No box of the owner ${prefix} was seen here before.`, ...stated, { name: 'owner prefix', value: prefix })
    }
    const digit = containerCheckDigit(container.slice(0, 10))
    const facts = [...dossier.sightings.map(({ sighting }) => fact('container', sighting.container)), { name: 'right digit', value: digit }]
    if (dossier.paintedSo === true)
      return signal(`An officer confirmed that the box is painted ${container}, although its check digit would be ${digit}.`, ...facts, {
        name: 'painted so',
        value: true,
      })
    return signal(`The check digit of ${container} would be ${digit}.`, ...facts)
  },
}
