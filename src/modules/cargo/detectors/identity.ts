/** I1: the container number fails its check digit, or an officer confirmed that it is painted so. */
import { containerCheckDigit, looksLikeContainerNumber, parseContainerNumber } from '#kernel/identifiers/container-number.ts'
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'

export const identity: CargoDetector = {
  ...COMMON,
  id: 'cargo.identity',
  title: 'Container number',
  parameters: {},
  inputs: ['container number', 'painted-so confirmation'],
  knownLimits:
    'Sees arithmetic only: a cloned but valid number passes. In real files about one number in ten thousand fails, mostly by typing.',
  innocentAlternatives: ['A digit was mistyped in the message', 'The box has a number outside ISO 6346, as shipper-owned boxes may'],
  evaluate(dossier) {
    const { container } = dossier
    if (!looksLikeContainerNumber(container)) return missing('container number of the ISO 6346 shape')
    if (parseContainerNumber(container).ok) return CLEAR
    const digit = containerCheckDigit(container.slice(0, 10))
    const stated = dossier.sightings.map(({ sighting }) => fact('container', sighting.container))
    const facts = [...stated, { name: 'right digit', value: digit }]
    if (dossier.paintedSo === true)
      return signal(`An officer confirmed that the box is painted ${container}, although its check digit would be ${digit}.`, ...facts, {
        name: 'painted so',
        value: true,
      })
    return signal(`The check digit of ${container} would be ${digit}.`, ...facts)
  },
}
