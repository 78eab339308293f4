/** `breakwater node apply | answer | vouch`: the applicant's and the sponsor's side of enrolment. No key is ever typed in by hand. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { systemClock } from '#platform/clock/clock.ts'
import { readSettings } from '#platform/config/settings.ts'
import { answerChallenge, applicationOf, applicationSchema, vouch } from '#platform/link/enrolment.ts'
import { readNodeKeys, spkiOf } from '#platform/link/node-keys.ts'
import type { CommandOutput } from './usage.ts'

const YEAR = 365 * 86_400_000

/** From the organisation as the directory shall state it, and the keys of the node in BREAKWATER_HOME. */
export function nodeApply(asked: { readonly org: string; readonly endpoint: string; readonly out: string }, io: CommandOutput): number {
  const keys = readNodeKeys(path.resolve(readSettings(process.env).home))
  const now = systemClock.now().getTime()
  const org = applicationSchema.shape.org.parse(JSON.parse(readFileSync(asked.org, 'utf8')))
  const application = applicationOf(
    keys,
    { org, node: { id: keys.nodeId, endpoint: asked.endpoint, tlsSpki: spkiOf(keys.tls.cert) } },
    { from: new Date(now).toISOString(), until: new Date(now + YEAR).toISOString() },
  )
  writeFileSync(asked.out, JSON.stringify(application, null, 2), { flag: 'wx' })
  io.out(`${asked.out} goes to the stewards. It holds public keys only.`)
  return 0
}

export async function nodeAnswer(asked: { readonly challenge: string; readonly out: string }, io: CommandOutput): Promise<number> {
  const keys = readNodeKeys(path.resolve(readSettings(process.env).home))
  const proof = await answerChallenge(JSON.parse(readFileSync(asked.challenge, 'utf8')), keys)
  writeFileSync(asked.out, JSON.stringify(proof), { flag: 'wx' })
  io.out(`${asked.out} goes to the member that vouches, and from there to the stewards.`)
  return 0
}

export async function nodeVouch(
  asked: { readonly proof: string; readonly as: string; readonly out: string },
  io: CommandOutput,
): Promise<number> {
  const keys = readNodeKeys(path.resolve(readSettings(process.env).home))
  const vouched = await vouch(JSON.parse(readFileSync(asked.proof, 'utf8')), keys, asked.as)
  const { org, node } = vouched.application
  writeFileSync(asked.out, JSON.stringify(vouched), { flag: 'wx' })
  io.out(`${asked.as} vouches for ${org.id} (${org.name}, ${org.country}) at ${node.endpoint}.`)
  return 0
}
