/**
 * The best pair of names of two records. Each name of one is held against each of the other as long as there are few; of many, first those that share most sounds,
 * so that a record with a flood of names costs no more than `MOST_COMPARED` comparisons. Names given in parts are held against one another by their roles.
 */
import type { PreparedName } from './name.ts'
import { compareNames, type NamePreset, nameScore } from './name-score.ts'
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

/** Of pairs that fit as well the one that tells most, so that it does not matter from which side one looks, nor in which order names are given. */
export function bestNames(left: readonly PreparedName[], right: readonly PreparedName[], preset: NamePreset): BestNames | undefined {
  let best: BestNames | undefined
  for (const [one, other] of comparable(left, right)) {
    // Names of two kinds are weighed as the more special one, whichever side it is on.
    const score = one.kind < other.kind ? nameScore(other, one, preset) : nameScore(one, other, preset)
    const pair = { score, left: one, right: other }
    if (best === undefined || score > best.score || (score === best.score && tells(pair) > tells(best))) best = pair
  }
  return best
}

function tells(pair: BestNames): number {
  return (meetsByChance(pair) ? 0 : 2) + Math.min(rarityOf(pair.left), rarityOf(pair.right))
}

function* comparable(left: readonly PreparedName[], right: readonly PreparedName[]): Generator<readonly [PreparedName, PreparedName]> {
  if (left.length * right.length <= MOST_COMPARED) {
    for (const one of left) for (const other of right) yield [one, other]
    return
  }
  const soundsOf = (name: PreparedName) => new Set(name.core.map((token) => token.phonetic))
  const sounds = right.map(soundsOf)
  const ranked = left.flatMap((one) => {
    const own = soundsOf(one)
    return right.map((other, at) => {
      const shared = [...own].filter((sound) => sounds[at]?.has(sound)).length
      return { one, other, weight: one.norm === other.norm ? 2 : shared / Math.max(one.core.length, other.core.length, 1) }
    })
  })
  // Where the cut falls among equals must not depend on the side either.
  ranked.sort((a, b) => b.weight - a.weight || compareTexts(writtenOf(a), writtenOf(b)))
  for (const { one, other } of ranked.slice(0, MOST_COMPARED)) yield [one, other]
}

const writtenOf = ({ one, other }: { readonly one: PreparedName; readonly other: PreparedName }): string =>
  one.norm < other.norm ? `${one.norm}\n${other.norm}` : `${other.norm}\n${one.norm}`

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
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

/** The first role in which the names are others and no word of the one stands for a word of the other; nothing where a side does not say its roles. */
function partSteps(a: NameParts, b: NameParts, preset: 'balanced' | 'strict'): readonly MatchStep[] {
  for (const [property, left, right] of [
    ['lastName', a.family, b.family],
    ['firstName', a.given, b.given],
  ] as const) {
    const best = bestNames(left, right, preset)
    if (best === undefined || best.score >= PART_DIFFERS || sharesWord(best.left, best.right)) continue
    const logOdds = PRESET_WEIGHTS[preset].namePartsDiffer
    return [{ code: 'name-parts-different', property, left: best.left.text, right: best.right.text, logOdds }]
  }
  return []
}

/** An initial, a short form, one of several given names: too little for a match of its own, and nothing against one. */
function sharesWord(a: PreparedName, b: PreparedName): boolean {
  return compareNames(a, b, 'balanced').steps.some(({ code }) => code === 'match-first')
}
