/** `breakwater node apply | answer | vouch`: the applicant's and the sponsor's side of enrolment. No key is ever typed in by hand. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { systemClock } from '#platform/clock/clock.ts'
import { readSettings } from '#platform/config/settings.ts'
import { pinOfRequest } from '#platform/link/certificates.ts'
import { indexOf } from '#platform/link/directory-index.ts'
import { verifyDirectory } from '#platform/link/directory-store.ts'
import { answerChallenge, applicationOf, applicationSchema, vouch } from '#platform/link/enrolment.ts'
import { readNodeKeys } from '#platform/link/node-keys.ts'
import { readNodeConfig } from '../node-config.ts'
import { type PendingNode, readPending } from '../pending-node.ts'
import { orRefused, refuse, tell } from './refusals.ts'
import type { CommandOutput } from './usage.ts'

const YEAR = 365 * 86_400_000
const homeOf = () => path.resolve(readSettings(process.env).home)
const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

function pendingIn(home: string): PendingNode {
  return (
    readPending(home) ??
    refuse('node.nothing-pending', `No keys in ${home} wait to be admitted: run \`node new\` or \`node rotate\` first.`)
  )
}

export interface Apply {
  /** The organisation as the directory shall state it. */
  readonly org?: string | undefined
  /** Or one that the directory states already. */
  readonly as?: string | undefined
  readonly out: string
  readonly json: boolean
}

export async function nodeApply(asked: Apply, io: CommandOutput): Promise<number> {
  const { json, out } = asked
  return await orRefused({ io, json }, async () => {
    const home = homeOf()
    const pending = pendingIn(home)
    const org = asked.org === undefined ? await statedOrg(home, asked.as ?? '') : applicationSchema.shape.org.parse(readJson(asked.org))
    if (!pending.orgs.includes(org.id)) refuse('enrolment.not-our-organisation', `The keys in ${home} are not for ${org.id}.`)
    const now = systemClock.now().getTime()
    const { certificateRequest, endpoint, keys } = pending
    const tlsSpki = (await pinOfRequest(certificateRequest)) ?? ''
    const application = applicationOf(
      keys,
      { org, node: { id: keys.nodeId, endpoint, tlsSpki, certificateRequest } },
      { from: new Date(now).toISOString(), until: new Date(now + YEAR).toISOString() },
    )
    writeFileSync(out, JSON.stringify(application, null, 2), { flag: 'wx' })
    return tell({ io, json }, { out, org: org.id, node: keys.nodeId }, [`${out} goes to the stewards. It holds public keys only.`])
  })
}

async function statedOrg(home: string, id: string) {
  const token = readFileSync(path.join(home, 'directory.jws'), 'utf8')
  const held = indexOf(await verifyDirectory(token, readNodeConfig(home).trust, undefined)).orgs.get(id)
  if (held === undefined) return refuse('enrolment.not-our-organisation', `The directory has no ${id}.`)
  const { name, kind, realm, country, thirdCountry, units } = held
  return applicationSchema.shape.org.parse({ id, name, kind, realm, country, thirdCountry, units })
}

export interface Answer {
  readonly challenge: string
  readonly out: string
  readonly json: boolean
}

export async function nodeAnswer({ challenge, out, json }: Answer, io: CommandOutput): Promise<number> {
  return await orRefused({ io, json }, async () => {
    const proof = await answerChallenge(readJson(challenge), pendingIn(homeOf()).keys)
    writeFileSync(out, JSON.stringify(proof), { flag: 'wx' })
    return tell({ io, json }, { out, org: proof.application.org.id }, [
      `${out} goes to the member that vouches, and from there to the stewards.`,
    ])
  })
}

export interface Vouch {
  readonly proof: string
  readonly as: string
  readonly out: string
  readonly json: boolean
}

/** With the keys in force: new ones vouch for nobody before they are admitted. */
export async function nodeVouch({ proof, as, out, json }: Vouch, io: CommandOutput): Promise<number> {
  return await orRefused({ io, json }, async () => {
    const vouched = await vouch(readJson(proof), readNodeKeys(homeOf()), as)
    const { org, node, keys } = vouched.application
    writeFileSync(out, JSON.stringify(vouched), { flag: 'wx' })
    return tell({ io, json }, { out, sponsor: as, org: org.id, node: node.id, endpoint: node.endpoint }, [
      `${as} vouches for ${org.id} (${org.name}, ${org.country}) at ${node.endpoint}:`,
      ...org.units.map((unit) => `  desk ${unit.id}: ${unit.name}`),
      ...keys.map(({ kid, use }) => `  key ${kid} (${use})`),
    ])
  })
}
