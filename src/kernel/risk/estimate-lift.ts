/**
 * How many times more a rule finds than controls drawn at random, and what follows for the rule. The interval of the ratio is made from the two intervals
 * (method of variance estimates recovery), so it holds for small counts and says something even where random controls found nothing: then there is
 * no ratio and no upper end, but a lower one.
 * A rule whose whole interval lies below the share of the random stratum is proposed for retirement; a person decides.
 * Source: A. Donner, G. Y. Zou, "Closed-form confidence intervals for functions of the normal mean and standard deviation", Statistical Methods in Medical
 * Research 21 (2012), the formula for a ratio. Known limit: controls that are in both samples make the true interval narrower than the one given.
 */
import { type Estimate, hajek, type Sample } from './estimate.ts'

export interface Lift {
  /** Undefined where random controls found nothing yet. */
  readonly ratio: number | undefined
  readonly low: number
  /** Undefined: no upper end. */
  readonly high: number | undefined
  readonly rule: Estimate
  readonly random: Estimate
  readonly isRankable: boolean
}

/** The random stratum is estimated once and held against many rules. */
export function liftOver(random: Iterable<Sample>): (rule: Iterable<Sample>) => Lift {
  const base = hajek(random)
  return (rule) => liftBetween(hajek(rule), base)
}

export function liftBetween(rule: Estimate, random: Estimate): Lift {
  const isRankable = rule.isRankable && random.isRankable
  const [p, q] = [rule.share, random.share]
  if (p === undefined || q === undefined) return { ratio: undefined, low: 0, high: undefined, rule, random, isRankable }
  const product = p * q
  const [ruleLow, ruleHigh] = [rule.low * (2 * p - rule.low), rule.high * (2 * p - rule.high)]
  const [randomLow, randomHigh] = [random.low * (2 * q - random.low), random.high * (2 * q - random.high)]
  return {
    ratio: q > 0 ? p / q : undefined,
    low: lowerRoot(product, ruleLow, randomHigh),
    high: randomLow > 0 ? (product + Math.sqrt(Math.max(0, product * product - ruleHigh * randomLow))) / randomLow : undefined,
    rule,
    random,
    isRankable,
  }
}

/** (b − √(b² − a·c)) / c without its loss of digits, and with its limit at c = 0. */
function lowerRoot(b: number, a: number, c: number): number {
  const divisor = b + Math.sqrt(Math.max(0, b * b - a * c))
  return divisor > 0 ? a / divisor : 0
}

export type Review = 'keep' | 'propose-retirement' | 'too-few-controls'

/** What the figures propose for a rule at its review. */
export function reviewOf({ rule, random, isRankable }: Lift): Review {
  if (!isRankable || random.share === undefined) return 'too-few-controls'
  return rule.high < random.share ? 'propose-retirement' : 'keep'
}
