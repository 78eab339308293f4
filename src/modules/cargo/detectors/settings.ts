/**
 * Which detectors a desk has switched on, and with which parameters. Invariant: what is not set stands as the detector was shipped; a parameter that the detector
 * does not know, or that is no finite number, is refused when set and ignored when read, and the shipped value stands.
 */
import type { Problem } from '#kernel/result/problem.ts'
import type { CargoDetector } from './dossier.ts'

export interface DetectorSetting {
  readonly enabled: boolean
  readonly parameters: Readonly<Record<string, number>>
}

export interface DetectorSettings {
  readonly byDetector: ReadonlyMap<string, DetectorSetting>
  /** ISO 8601 day: a detector whose review is overdue falls silent and says so. Undefined in replays of an evaluation. */
  readonly today?: string
}

export const AS_SHIPPED: DetectorSettings = { byDetector: new Map() }

export function checkSetting(detector: CargoDetector, setting: DetectorSetting): readonly Problem[] {
  return Object.entries(setting.parameters).flatMap(([name, value]): readonly Problem[] => {
    if (!(name in detector.parameters))
      return [{ code: 'cargo.detector-parameter', at: `parameters.${name}`, message: `${detector.title} has no parameter ${name}.` }]
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
      return [{ code: 'cargo.detector-parameter', at: `parameters.${name}`, message: 'A parameter is a number, zero or more.' }]
    return []
  })
}

/** Undefined: runs. Otherwise why it does not. */
export function whySilent(detector: CargoDetector, settings: DetectorSettings): string | undefined {
  if (settings.byDetector.get(detector.id)?.enabled === false) return 'switched off by this desk'
  if (settings.today !== undefined && settings.today > detector.reviewUntil) return `a review, due on ${detector.reviewUntil}`
  return undefined
}

export function withSetting(detector: CargoDetector, settings: DetectorSettings): CargoDetector {
  const given = settings.byDetector.get(detector.id)?.parameters
  if (given === undefined) return detector
  const valid = Object.entries(given).filter(([name, value]) => name in detector.parameters && Number.isFinite(value) && value >= 0)
  return valid.length === 0 ? detector : { ...detector, parameters: { ...detector.parameters, ...Object.fromEntries(valid) } }
}
