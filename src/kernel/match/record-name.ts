/**
 * The best pair of names of two records. Each name of one is held against each of the other as long as there are few; of many, first those that share most sounds,
 * so that a record with a flood of names costs no more than `MOST_COMPARED` comparisons. Names given in parts are held against one another by their roles.
 */
import type { PreparedName } from './name.ts'
import { type NamePreset, nameScore } from './name-score.ts'
import { onCurve, PRESET_WEIGHTS, type PresetWeights } from './preset.ts'
import type { PreparedRecord } from './record.ts'
import type { NameParts } from './record-parts.ts'
import { rarityOf } from './record-rarity.ts'
import type { MatchStep } from './record-score.ts'

export interface BestNames {
  readonly score: number
  readonly left: PreparedName
  readonly right: PreparedName
}

const MOST_COMPARED = 64
/** Policy: below this, a given or family name is another one. */
const PART_DIFFERS = 0.5

export function bestNames(left: readonly PreparedName[], right: readonly PreparedName[], preset: NamePreset): BestNames | undefined {
  let best: BestNames | undefined
  for (const [one, other] of comparable(left, right)) {
    // Names of two kinds are weighed as the more special one, whichever side it is on.
    const score = one.kind < other.kind ? nameScore(other, one, preset) : nameScore(one, other, preset)
    if (best === undefined || score > best.score) best = { score, left: one, right: other }
    if (score >= 1) break
  }
  return best
}

function* comparable(left: readonly PreparedName[], right: readonly PreparedName[]): Generator<readonly [PreparedName, PreparedName]> {
  if (left.length * right.length <= MOST_COMPARED) {
    for (const one of left) for (const other of right) yield [one, other]
    return
  }
  const sounds = right.map((name) => new Set(name.core.map((token) => token.phonetic)))
  const ranked = left.flatMap((one) =>
    right.map((other, at) => {
      const shared = one.core.filter((token) => sounds[at]?.has(token.phonetic)).length
      return { one, other, weight: one.norm === other.norm ? 2 : shared / Math.max(one.core.length, other.core.length, 1) }
    }),
  )
  ranked.sort((a, b) => b.weight - a.weight)
  for (const { one, other } of ranked.slice(0, MOST_COMPARED)) yield [one, other]
}

export function nameSteps(a: PreparedRecord, b: PreparedRecord, preset: 'balanced' | 'strict'): readonly MatchStep[] {
  const weights = PRESET_WEIGHTS[preset]
  const strong = weighed(bestNames(a.names, b.names, preset), weights.nameCurve)
  const hasWeak = a.weakNames.length + b.weakNames.length > 0
  const weak = hasWeak
    ? weighed(bestNames([...a.names, ...a.weakNames], [...b.names, ...b.weakNames], preset), weights.nameCurve)
    : undefined
  const isWeak = weak !== undefined && (strong === undefined || weak.logOdds + weights.weakName > strong.logOdds)
  const best = isWeak ? weak : strong
  if (best === undefined) return []
  const [left, right] = [best.left.text, best.right.text]
  return [
    { code: isWeak ? 'weak-name' : 'name', property: 'name', left, right, logOdds: best.logOdds + (isWeak ? weights.weakName : 0) },
    { code: 'name-common', property: 'name', left, right, logOdds: commonness(best, weights) },
    { code: 'name-loose', property: 'name', left, right, logOdds: meetsByChance(best) ? weights.looseName : 0 },
    ...partSteps(a.parts, b.parts, preset),
  ]
}

interface WeighedNames extends BestNames {
  readonly logOdds: number
}

function weighed(names: BestNames | undefined, curve: PresetWeights['nameCurve']): WeighedNames | undefined {
  return names === undefined ? undefined : { ...names, logOdds: onCurve(curve, names.score) }
}

/** Taken only from what lies above the threshold: a common name alone moves a pair down the list and refuses none. */
function commonness({ left, right, logOdds }: WeighedNames, { nameCurve, commonName }: PresetWeights): number {
  const [, top] = nameCurve.at(-1) ?? [1, 0]
  const [, threshold] = nameCurve.at(-2) ?? [0, 0]
  if (logOdds <= threshold) return 0
  return commonName * (1 - Math.min(rarityOf(left), rarityOf(right))) * ((logOdds - threshold) / (top - threshold))
}

/**
 * Where one side is written without its vowels or in syllables that are read in many ways, most short names fit some two words of a longer one. Then words that the
 * other side has beyond cannot be passed over.
 */
function meetsByChance({ left, right }: BestNames): boolean {
  return isLoose(left) !== isLoose(right) && left.core.length !== right.core.length
}

function isLoose({ core }: PreparedName): boolean {
  return core.some((token) => token.isLoose)
}

/** The first role in which the names are others; nothing where a side does not say its roles. */
function partSteps(a: NameParts, b: NameParts, preset: 'balanced' | 'strict'): readonly MatchStep[] {
  for (const [property, left, right] of [
    ['lastName', a.family, b.family],
    ['firstName', a.given, b.given],
  ] as const) {
    const best = bestNames(left, right, preset)
    if (best === undefined || best.score >= PART_DIFFERS) continue
    const logOdds = PRESET_WEIGHTS[preset].namePartsDiffer
    return [{ code: 'name-parts-different', property, left: best.left.text, right: best.right.text, logOdds }]
  }
  return []
}
