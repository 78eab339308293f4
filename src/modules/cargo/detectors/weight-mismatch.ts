/** I3: the verified gross mass exceeds declared goods plus tare by more than the larger of a fixed and a relative margin. */
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'

/** Largest common tare of an ISO box, reefers included: without a stated tare the comparison uses it, so that doubt speaks for the box. */
const LARGEST_TARE = 4900

export const weightMismatch: CargoDetector = {
  ...COMMON,
  id: 'cargo.weight-mismatch',
  title: 'Weight',
  parameters: { kilograms: 500, share: 0.05 },
  inputs: ['verified gross mass', 'declared gross weight', 'tare'],
  knownLimits:
    'Fits single-bill boxes; in groupage the declared weights of all bills must be known. Without a stated tare it assumes the heaviest box.',
  innocentAlternatives: [
    'Dunnage and wet packing',
    'A declared weight that leaves the packing out',
    'A bill of the same box that is not yet here',
  ],
  evaluate(dossier, { kilograms = 500, share = 0.05 }) {
    const weights = dossier.sightings.flatMap(({ sighting }) => sighting.weights)
    const verified = weights.findLast((weight) => weight.kind === 'verified-gross')
    const declared = dossier.consignments.flatMap(({ statement }) =>
      statement.containers.length > 1
        ? []
        : statement.weights.filter((weight) => weight.kind === 'consignment-gross' || weight.kind === 'goods-gross').slice(0, 1),
    )
    if (verified === undefined) return missing('verified gross mass')
    const largest = declared.sort((a, b) => b.kilograms.value - a.kilograms.value)[0]
    if (largest === undefined) return missing('declared gross weight of a bill for this box alone')
    const tare = weights.find((weight) => weight.kind === 'tare')
    const expected = largest.kilograms.value + (tare?.kilograms.value ?? LARGEST_TARE)
    const excess = verified.kilograms.value - expected
    if (excess <= Math.max(kilograms, expected * share)) return CLEAR
    return signal(
      `The box weighs ${Math.round(excess)} kg more than declared goods and ${tare === undefined ? 'the heaviest' : 'its'} tare.`,
      fact('verified gross mass', verified.kilograms),
      fact('declared gross weight', largest.kilograms),
      ...(tare === undefined ? [{ name: 'assumed tare', value: LARGEST_TARE }] : [fact('tare', tare.kilograms)]),
    )
  },
}
