/** I3: the verified gross mass exceeds declared goods plus tare, and what such goods usually leave over, by more than the larger of a fixed and a relative margin. */
import { comparedWith, isThin, NO_TALLY } from '#kernel/cargo-history/comparison-window.ts'
import { countIn, quantileOfBins, RESIDUAL_BIN } from '#kernel/cargo-history/tally-bins.ts'
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'
import { monthOf, tally } from './history-keys.ts'
import { newestFilings, presentJourney } from './journey-view.ts'
import { grossOf, headingsOf } from './statement-parts.ts'

/** Largest common tare of an ISO box, reefers included: without a stated tare the comparison uses it, so that doubt speaks for the box. */
const LARGEST_TARE = 4900

export const weightMismatch: CargoDetector = {
  ...COMMON,
  code: 'I3',
  id: 'cargo.weight-mismatch',
  title: 'Weight',
  parameters: { kilograms: 500, share: 0.05, neededResiduals: 50 },
  inputs: ['verified gross mass', 'declared gross weight', 'tare from any sighting', 'usual residual of the HS heading'],
  knownLimits:
    'Fits single-bill boxes; in groupage the declared weights of all bills must be known. Without a stated tare it assumes the heaviest box. What a heading usually leaves over is known from 50 boxes of the twelve months before on; while those are fewer, the month of the bill counts, too.',
  innocentAlternatives: [
    'Dunnage and wet packing',
    'A declared weight that leaves the packing out',
    'A bill of the same box that is not yet here',
  ],
  evaluate(dossier, { kilograms = 500, share = 0.05, neededResiduals = 50 }) {
    const { sightings, consignments } = presentJourney(dossier)
    const verified = sightings.flatMap(({ sighting }) => sighting.weights).findLast(({ kind }) => kind === 'verified-gross')
    if (verified === undefined) return missing('verified gross mass')
    const alone = newestFilings(consignments).flatMap(({ statement, day }) => {
      const gross = statement.containers.length > 1 ? undefined : grossOf(statement)
      return gross === undefined ? [] : [{ statement, day, gross }]
    })
    const declared = alone.sort((a, b) => b.gross.value - a.gross.value)[0]
    if (declared === undefined) return missing('declared gross weight of a bill for this box alone')
    const tare = dossier.sightings.flatMap(({ sighting }) => sighting.weights).findLast(({ kind }) => kind === 'tare')
    const heading = headingsOf(declared.statement.hsCodes, 4)[0]?.heading
    const known =
      heading === undefined ? NO_TALLY : tally(dossier.history, { kind: 'residual', key: heading, month: monthOf(declared.day) })
    const residuals = comparedWith(known, isThin(known, neededResiduals))
    const usual = countIn(residuals) < neededResiduals ? 0 : Math.max(0, quantileOfBins(residuals, 0.5, RESIDUAL_BIN) ?? 0)
    const expected = declared.gross.value + (tare?.kilograms.value ?? LARGEST_TARE) + usual
    const excess = verified.kilograms.value - expected
    if (excess <= Math.max(kilograms, expected * share)) return CLEAR
    return signal(
      `The box weighs ${Math.round(excess)} kg more than declared goods and ${tare === undefined ? 'the heaviest' : 'its'} tare.`,
      fact('verified gross mass', verified.kilograms),
      fact('declared gross weight', declared.gross),
      ...(tare === undefined ? [{ name: 'assumed tare', value: LARGEST_TARE }] : [fact('tare', tare.kilograms)]),
      ...(usual === 0 ? [] : [{ name: `usual residual of heading ${heading ?? ''}`, value: usual }]),
    )
  },
}
