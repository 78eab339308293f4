/** The indicators that the slice `cargo` computes, as this slice shows and sets them. */
import { detectors } from '#modules/cargo'

export { writeSetting } from '#modules/cargo'

export interface Indicator {
  readonly id: string
  readonly version: string
  readonly title: string
  readonly knownLimits: string
  readonly legalBasis: string
  readonly innocentAlternatives: readonly string[]
  readonly parameters: Readonly<Record<string, number>>
}

export const indicators: readonly Indicator[] = detectors
