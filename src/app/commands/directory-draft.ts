/** `breakwater directory draft`: the next version, unsigned. What changes is said aloud, because whoever signs it answers for it. */
import { readFileSync } from 'node:fs'
import { systemClock } from '#platform/clock/clock.ts'
import type { Directory, DirectoryOrg } from '#platform/link/directory.ts'
import { digestOf, readUnverified } from '#platform/link/directory-store.ts'
import { anchorDigest, readSuccession } from '#platform/link/stewardship.ts'
import { asPin, changesBetween } from './directory-changes.ts'
import { writeNew } from './new-file.ts'
import { orRefused, refuse, tell } from './refusals.ts'
import type { CommandOutput } from './usage.ts'

const DAY = 86_400_000

export interface Draft {
  readonly from: string
  readonly out: string
  readonly days: number
  readonly suspend: readonly string[]
  readonly resume: readonly string[]
  readonly leave: readonly string[]
  /** Key ids, or certificates as `pin:…`: a pin may begin with a hyphen, and would read as an option. */
  readonly revoke: readonly string[]
  /** Since when what is revoked or suspended counts as such; now when absent. */
  readonly at?: string | undefined
  readonly succession?: string | undefined
  readonly json: boolean
}

export async function directoryDraft(asked: Draft, io: CommandOutput): Promise<number> {
  const { from, out, days, json } = asked
  return await orRefused({ io, json }, () => {
    const token = readFileSync(from, 'utf8')
    const held = readUnverified(token)
    requireKnown(held, asked)
    const now = systemClock.now()
    const since = asked.at === undefined ? now : new Date(asked.at)
    if (Number.isNaN(since.getTime()) || since > now) refuse('directory.at', 'The instant is none, or lies ahead.')
    const draft: Directory = {
      ...held,
      ...succeeded(held, asked.succession),
      version: held.version + 1,
      issued: now.toISOString(),
      expires: new Date(now.getTime() + days * DAY).toISOString(),
      prevDigest: digestOf(token),
      orgs: held.orgs.map((org) => changed(org, { ...asked, since: since.toISOString() })),
    }
    writeNew(out, JSON.stringify(draft, null, 2))
    const changes = changesBetween(held, draft)
    return tell({ io, json }, { out, version: draft.version, expires: draft.expires, organisations: draft.orgs.length, changes }, [
      `${out}: version ${draft.version}, expires ${draft.expires}, ${draft.orgs.length} organisations. Each steward compares it (directory show), then signs it.`,
      ...changes.map((change) => `  ${change}`),
    ])
  })
}

function requireKnown(held: Directory, { suspend, resume, leave, revoke }: Draft): void {
  const orgs = new Set(held.orgs.map((org) => org.id))
  const nodes = held.orgs.flatMap((org) => org.nodes)
  const revocable = new Set(nodes.flatMap((node) => [...node.tlsSpki.map(asPin), ...node.keys.map((key) => key.kid)]))
  const missing = [...[...suspend, ...resume, ...leave].filter((id) => !orgs.has(id)), ...revoke.filter((name) => !revocable.has(name))]
  if (missing.length > 0) refuse('directory.unknown', `The directory has no ${missing.join(', ')}.`)
}

interface Change extends Pick<Draft, 'suspend' | 'resume' | 'leave' | 'revoke'> {
  readonly since: string
}

function changed(org: DirectoryOrg, by: Change): DirectoryOrg {
  return {
    ...withStatus(org, by),
    nodes: org.nodes.map((node) => ({
      ...node,
      tlsSpki: node.tlsSpki.filter((pin) => !by.revoke.includes(asPin(pin))),
      // The first revocation counts: a later draft does not give a stolen key more time.
      keys: node.keys.map((key) => (by.revoke.includes(key.kid) && key.revokedAt === undefined ? { ...key, revokedAt: by.since } : key)),
    })),
  }
}

function withStatus(org: DirectoryOrg, { suspend, resume, leave, since }: Change): DirectoryOrg {
  if (leave.includes(org.id)) return { ...org, status: 'left', statusFrom: since }
  if (suspend.includes(org.id) && org.status === 'active') return { ...org, status: 'suspended', statusFrom: since }
  if (!resume.includes(org.id)) return org
  // Who has left does not come back under its id: ids are never used again.
  if (org.status !== 'suspended') refuse('directory.resume', `${org.id} is not suspended.`)
  const { statusFrom: _since, ...rest } = org
  return { ...rest, status: 'active' }
}

/** The stewards of the next version; everything from here on is theirs to sign. */
function succeeded(held: Directory, file: string | undefined): Partial<Directory> {
  if (file === undefined) return {}
  const token = readFileSync(file, 'utf8')
  const { coalition, before, stewards, threshold } = readSuccession(token)
  if (coalition !== held.coalition || before !== anchorDigest(held.coalition, { stewards: held.steering, threshold: held.threshold }))
    refuse('directory.succession', 'The succession does not follow on the stewards of this directory.')
  return { steering: stewards, threshold, successions: [...(held.successions ?? []), token] }
}
