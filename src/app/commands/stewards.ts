/** `breakwater steward new`, `breakwater directory succeed`: stewards' keys are made by their holders, and pass on to others by the signatures of both. */
import { readFileSync } from 'node:fs'
import { systemClock } from '#platform/clock/clock.ts'
import { stewardsSchema } from '#platform/link/directory-form.ts'
import { readUnverified } from '#platform/link/directory-store.ts'
import { makeSigningKey, publicJwk } from '#platform/link/node-keys.ts'
import { anchorDigest, inGroups, readAnchor, type Succession } from '#platform/link/stewardship.ts'
import { writeNew } from './new-file.ts'
import { orRefused, tell } from './refusals.ts'
import type { CommandOutput } from './usage.ts'

export interface NewSteward {
  readonly name: string
  /** Stays with the steward; the public half goes beside it, with `.pub` behind its name. */
  readonly out: string
  readonly json: boolean
}

export async function stewardNew({ name, out, json }: NewSteward, io: CommandOutput): Promise<number> {
  return await orRefused({ io, json }, () => {
    const key = makeSigningKey(name)
    writeNew(out, JSON.stringify(key))
    writeNew(`${out}.pub`, JSON.stringify({ kid: name, jwk: publicJwk(key) }))
    return tell({ io, json }, { out, public: `${out}.pub`, kid: name }, [
      `${out} stays with ${name}; ${out}.pub goes to the other stewards.`,
    ])
  })
}

export interface Succeed {
  readonly from: string
  readonly stewards: readonly string[]
  readonly threshold: number
  readonly out: string
  readonly json: boolean
}

/** Unsigned: enough of those in office and enough of those to come sign it with `directory sign`, then it goes into a draft. */
export async function directorySucceed(asked: Succeed, io: CommandOutput): Promise<number> {
  const { out, json } = asked
  return await orRefused({ io, json }, () => {
    const { coalition, steering, threshold } = readUnverified(readFileSync(asked.from, 'utf8'))
    const stewards = stewardsSchema.parse(asked.stewards.map((file): unknown => JSON.parse(readFileSync(file, 'utf8'))))
    const next = readAnchor({ v: 1, coalition, stewards, threshold: asked.threshold })
    const succession: Succession = {
      ...next,
      before: anchorDigest(coalition, { stewards: steering, threshold }),
      at: systemClock.now().toISOString(),
    }
    writeNew(out, JSON.stringify(succession, null, 2))
    const anchor = anchorDigest(coalition, next)
    return tell({ io, json }, { out, coalition, before: succession.before, anchor, stewards: stewards.map(({ kid }) => kid) }, [
      `${out}: from then on ${next.threshold} of ${stewards.map(({ kid }) => kid).join(', ')} sign for ${coalition}.`,
      `${threshold} of ${steering.map(({ kid }) => kid).join(', ')} and ${next.threshold} of the new ones sign it. Its anchor will be`,
      inGroups(anchor),
    ])
  })
}
