/**
 * How many consignments of a port and day each stratum gets. Mandatory ones are all proposed; random and novelty get their share of everything that is
 * proposed, rounded up; the top scores get what is left of the capacity. Mandatory hits never eat the random stratum, because without it nobody learns
 * whether they are worth it: then more is proposed than the capacity, and `overCapacity` says by how many.
 * The parameters are those of selectivity modules: expected rate or capacity, minimum random rate, most hits of a rule without selection. Rates are policy.
 */
export interface SelectionParams {
  /** Consignments that can be controlled; with `expectedRate` too, the smaller of both holds. At least one is given. */
  readonly capacity?: number
  /** Share of the arrivals that can be controlled. */
  readonly expectedRate?: number
  readonly minimumRandomRate: number
  readonly minimumNoveltyRate: number
  /** A consignment with a rule that has hit so often without a selection is proposed for certain. Absent: no such limit. */
  readonly maximumHitsWithoutSelection?: number
}

/** Below this rate the strata do not measure anything; fixed by policy. */
export const LEAST_RATE = 0.05

export interface StrataSizes {
  readonly certain: number
  readonly top: number
  readonly random: number
  readonly novelty: number
  readonly capacity: number
  readonly overCapacity: number
}

export function strataSizes(arrivals: { readonly all: number; readonly certain: number }, params: SelectionParams): StrataSizes {
  const { all, certain } = arrivals
  checkParams(params)
  const capacity = Math.min(
    params.capacity ?? all,
    params.expectedRate === undefined ? all : Math.ceil(share(params.expectedRate, all)),
    all,
  )
  const randomOf = (total: number) => Math.ceil(share(params.minimumRandomRate, total))
  const noveltyOf = (total: number) => Math.ceil(share(params.minimumNoveltyRate, total))
  let total = capacity
  // Grows only for mandatory ones, and never beyond what has arrived.
  while (certain > 0 && total < all && certain + randomOf(total) + noveltyOf(total) > total) total += 1
  const free = total - certain
  const random = Math.min(randomOf(total), free)
  const novelty = Math.min(noveltyOf(total), free - random)
  return { certain, random, novelty, top: free - random - novelty, capacity, overCapacity: total - capacity }
}

/** A product that binary fractions have pushed just above a whole number is that number. */
function share(rate: number, of: number): number {
  const product = rate * of
  const nearest = Math.round(product)
  return Math.abs(product - nearest) < 1e-9 * Math.max(1, of) ? nearest : product
}

function checkParams(params: SelectionParams): void {
  const { capacity, expectedRate, minimumRandomRate, minimumNoveltyRate, maximumHitsWithoutSelection } = params
  const isRate = (rate: number) => rate >= LEAST_RATE && rate <= 1
  if (capacity === undefined && expectedRate === undefined) throw new RangeError('A selection needs a capacity or an expected rate.')
  if (capacity !== undefined && !(Number.isSafeInteger(capacity) && capacity >= 0)) throw new RangeError('A capacity is a whole number.')
  if (expectedRate !== undefined && !(expectedRate >= 0 && expectedRate <= 1)) throw new RangeError('An expected rate is a share.')
  if (!isRate(minimumRandomRate) || !isRate(minimumNoveltyRate))
    throw new RangeError(`Random and novelty need at least ${LEAST_RATE} each.`)
  if (minimumRandomRate + minimumNoveltyRate > 1) throw new RangeError('Random and novelty together exceed everything.')
  const limit = maximumHitsWithoutSelection
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 1)) throw new RangeError('A limit of hits is 1 or more.')
}
