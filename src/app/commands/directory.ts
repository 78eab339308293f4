/**
 * `breakwater directory …`: the stewards' side. A draft is made from the directory in force, each steward signs it on a machine of its own, and a node
 * takes it in once enough have signed; nodes tell each other. Applicants come in by challenge and proof (`node-enrol.ts`).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { systemClock } from '#platform/clock/clock.ts'
import { readSettings } from '#platform/config/settings.ts'
import type { Directory, DirectoryOrg } from '#platform/link/directory.ts'
import { addSignature, digestOf, openDirectoryStore, readUnverified } from '#platform/link/directory-store.ts'
import { admit, challengeFor } from '#platform/link/enrolment.ts'
import type { PrivateKey } from '#platform/link/jose.ts'
import { readNodeConfig } from '../node-config.ts'
import type { CommandOutput } from './usage.ts'

const DAY = 86_400_000

export interface Draft {
  readonly from: string
  readonly out: string
  readonly days: number
  readonly suspend: readonly string[]
  readonly revoke: readonly string[]
}

/** The next version, unsigned: renewed, with organisations suspended or keys revoked from now on. */
export function directoryDraft({ from, out, days, suspend, revoke }: Draft, io: CommandOutput): number {
  const token = readFileSync(from, 'utf8')
  const held = readUnverified(token)
  const now = systemClock.now()
  const known = new Set(held.orgs.flatMap((org) => org.nodes.flatMap((node) => node.keys.map((key) => key.kid))))
  const missing = [...suspend.filter((id) => !held.orgs.some((org) => org.id === id)), ...revoke.filter((kid) => !known.has(kid))]
  if (missing.length > 0) {
    io.err(`The directory has no ${missing.join(', ')}.`)
    return 1
  }
  const draft: Directory = {
    ...held,
    version: held.version + 1,
    issued: now.toISOString(),
    expires: new Date(now.getTime() + days * DAY).toISOString(),
    prevDigest: digestOf(token),
    orgs: held.orgs.map((org) => changed(org, { suspend, revoke, now: now.toISOString() })),
  }
  writeNew(out, JSON.stringify(draft, null, 2))
  io.out(`${out}: version ${draft.version}, expires ${draft.expires}, ${draft.orgs.length} organisations. Compare it, then sign it.`)
  return 0
}

function changed(
  org: DirectoryOrg,
  by: { readonly suspend: readonly string[]; readonly revoke: readonly string[]; readonly now: string },
): DirectoryOrg {
  return {
    ...org,
    ...(by.suspend.includes(org.id) ? { status: 'suspended' as const } : {}),
    nodes: org.nodes.map((node) => ({
      ...node,
      keys: node.keys.map((key) => (by.revoke.includes(key.kid) && key.revokedAt === undefined ? { ...key, revokedAt: by.now } : key)),
    })),
  }
}

/** Adds one steward's signature to a draft, or to a directory that others have signed. */
export async function directorySign(
  asked: { readonly file: string; readonly steward: string; readonly out: string },
  io: CommandOutput,
): Promise<number> {
  const key = JSON.parse(readFileSync(asked.steward, 'utf8')) as PrivateKey
  const { token, signers } = await addSignature(readFileSync(asked.file, 'utf8'), key)
  writeFileSync(asked.out, token, { mode: 0o600 })
  io.out(`${asked.out}: signed by ${signers.join(', ')}`)
  return 0
}

/** Into the node in BREAKWATER_HOME; a running one takes it within a minute and tells its peers. */
export async function directoryAccept(file: string, io: CommandOutput): Promise<number> {
  const home = path.resolve(readSettings(process.env).home)
  const store = await openDirectoryStore(home, readNodeConfig(home).trust)
  const directory = await store.accept(readFileSync(file, 'utf8'))
  io.out(`version ${directory.version} is in force until ${directory.expires}`)
  return 0
}

export async function directoryChallenge(
  asked: { readonly application: string; readonly out: string; readonly secret: string },
  io: CommandOutput,
): Promise<number> {
  const { challenge, secret } = await challengeFor(JSON.parse(readFileSync(asked.application, 'utf8')))
  writeNew(asked.out, JSON.stringify(challenge))
  writeNew(asked.secret, secret)
  io.out(`${asked.out} goes to ${challenge.application.org.id}; ${asked.secret} stays here.`)
  return 0
}

export async function directoryAdmit(
  asked: { readonly proof: string; readonly secret: string; readonly draft: string; readonly out: string },
  io: CommandOutput,
): Promise<number> {
  const draft = JSON.parse(readFileSync(asked.draft, 'utf8')) as Directory
  const { directory, sponsor } = await admit(draft, {
    proof: JSON.parse(readFileSync(asked.proof, 'utf8')),
    secret: readFileSync(asked.secret, 'utf8'),
    now: systemClock.now(),
  })
  writeNew(asked.out, JSON.stringify(directory, null, 2))
  io.out(`${asked.out}: every key was proved, ${sponsor} vouches. Sign it.`)
  return 0
}

/** Nothing is ever overwritten: a challenge used twice, or a draft mixed up, would not be noticed. */
function writeNew(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600, flag: 'wx' })
}
