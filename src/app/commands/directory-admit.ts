/** `breakwater directory challenge | admit`: enrolment at the stewards. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { systemClock } from '#platform/clock/clock.ts'
import { certify } from '#platform/link/certificates.ts'
import { readDirectory } from '#platform/link/directory-form.ts'
import { hostsOf } from '#platform/link/endpoint.ts'
import { admit, challengeFor } from '#platform/link/enrolment.ts'
import { changesBetween } from './directory-changes.ts'
import { writeNew } from './new-file.ts'
import type { Welcome } from './node-new.ts'
import { orRefused, tell } from './refusals.ts'
import type { CommandOutput } from './usage.ts'

const DAY = 86_400_000
const YEAR = 365 * DAY
const authoritySchema = z.strictObject({ cert: z.string(), key: z.string() })

export interface MakeChallenge {
  readonly application: string
  readonly out: string
  readonly secret: string
  readonly json: boolean
}

export async function directoryChallenge({ application, out, secret: file, json }: MakeChallenge, io: CommandOutput): Promise<number> {
  return await orRefused({ io, json }, async () => {
    const { challenge, secret } = await challengeFor(JSON.parse(readFileSync(application, 'utf8')))
    writeNew(file, secret)
    writeNew(out, JSON.stringify(challenge))
    const { id } = challenge.application.org
    return tell({ io, json }, { out, secret: file, org: id }, [`${out} goes to ${id}; ${file} stays here.`])
  })
}

export interface Admit {
  readonly proof: string
  readonly secret: string
  readonly draft: string
  readonly out: string
  /** Of the certificates; it signs the one of the new node. */
  readonly authority: string
  readonly welcome: string
  readonly json: boolean
}

export async function directoryAdmit(asked: Admit, io: CommandOutput): Promise<number> {
  const { out, welcome, json } = asked
  return await orRefused({ io, json }, async () => {
    const draft = readDirectory(readFileSync(asked.draft))
    const now = systemClock.now()
    const { directory, application, sponsor } = await admit(draft, {
      proof: JSON.parse(readFileSync(asked.proof, 'utf8')),
      secret: readFileSync(asked.secret, 'utf8'),
      now,
    })
    readDirectory(Buffer.from(JSON.stringify(directory)))
    const authority = authoritySchema.parse(JSON.parse(readFileSync(asked.authority, 'utf8')))
    const { node } = application
    const certificate = await certify(authority, {
      nodeId: node.id,
      hosts: hostsOf(node.endpoint),
      pem: node.certificateRequest,
      from: new Date(now.getTime() - DAY),
      until: new Date(now.getTime() + YEAR),
    })
    const greeting: Welcome = {
      v: 1,
      node: node.id,
      certificate,
      ca: authority.cert,
      anchor: {
        v: 1,
        coalition: draft.coalition,
        stewards: [...draft.steering] as Welcome['anchor']['stewards'],
        threshold: draft.threshold,
      },
    }
    const changes = changesBetween(draft, directory)
    writeNew(out, JSON.stringify(directory, null, 2))
    writeNew(welcome, JSON.stringify(greeting, null, 2))
    return tell({ io, json }, { out, welcome, org: application.org.id, sponsor, changes }, [
      `${out}: ${application.org.id} proved every key, ${sponsor} vouches. Sign it. ${welcome} goes to the node, with the signed directory.`,
      ...changes.map((change) => `  ${change}`),
    ])
  })
}
