/** `breakwater directory show | anchor`: what a directory says, for comparing before it is signed; who its stewards are, for those who shall trust them. */
import { readFileSync } from 'node:fs'
import { systemClock } from '#platform/clock/clock.ts'
import type { Directory } from '#platform/link/directory.ts'
import { readDirectory } from '#platform/link/directory-form.ts'
import { digestOf, isInForce, readUnverified, verifyDirectory } from '#platform/link/directory-store.ts'
import { anchorDigest, inGroups } from '#platform/link/stewardship.ts'
import { changesBetween } from './directory-changes.ts'
import { writeNew } from './new-file.ts'
import { orRefused, tell } from './refusals.ts'
import type { CommandOutput } from './usage.ts'

export interface Show {
  readonly file: string
  /** The version before, for what changes. */
  readonly against?: string | undefined
  readonly json: boolean
}

/** A signed directory or a draft. It is shown, not trusted: signatures are counted against the stewards that the file itself names. */
export async function directoryShow({ file, against, json }: Show, io: CommandOutput): Promise<number> {
  return await orRefused({ io, json }, async () => {
    const text = readFileSync(file, 'utf8')
    const isSigned = 'payload' in (JSON.parse(text) as object)
    const directory = isSigned ? readUnverified(text) : readDirectory(Buffer.from(text))
    const trust = { stewards: directory.steering, threshold: directory.threshold }
    const isComplete = isSigned && (await verifyDirectory(text, trust, undefined).then(Boolean, () => false))
    const anchor = anchorDigest(directory.coalition, trust)
    const changes = against === undefined ? [] : changesBetween(readUnverified(readFileSync(against, 'utf8')), directory)
    const { coalition, version, issued, expires } = directory
    const digest = isSigned ? digestOf(text) : undefined
    return tell(
      { io, json },
      { file, coalition, version, issued, expires, digest, anchor, isComplete, changes, organisations: orgsOf(directory) },
      [
        `${coalition}, version ${version}, issued ${issued}, expires ${expires}`,
        isSigned ? `digest ${inGroups(digest ?? '')}` : 'a draft, signed by nobody',
        `anchor ${inGroups(anchor)}`,
        ...directory.steering.map(({ kid }) => `  steward ${kid}`),
        `  ${directory.threshold} of ${directory.steering.length} must sign${isComplete ? ', and did' : ''}`,
        ...(against === undefined
          ? []
          : changes.length === 0
            ? ['nothing changes but the dates']
            : ['changes:', ...changes.map((change) => `  ${change}`)]),
        ...directory.orgs.map(
          (org) =>
            `${org.id} (${org.country}, ${org.status}): ${org.units.length} desks, ${org.nodes.map(({ id }) => id).join(', ') || 'no node'}`,
        ),
      ],
    )
  })
}

const orgsOf = ({ orgs }: Directory) => {
  const now = systemClock.now()
  return orgs.map(({ id, status, units, nodes }) => ({
    id,
    status,
    desks: units.map((unit) => unit.id),
    nodes: nodes.map((node) => ({
      id: node.id,
      endpoint: node.endpoint,
      keys: node.keys.map((key) => ({ kid: key.kid, use: key.use, from: key.from, until: key.until, inForce: isInForce(key, now) })),
    })),
  }))
}

export interface WriteAnchor {
  readonly from: string
  readonly out: string
  readonly json: boolean
}

/** For another coalition's officers: name, stewards and threshold, with the digest that two of them compare. */
export async function directoryAnchor({ from, out, json }: WriteAnchor, io: CommandOutput): Promise<number> {
  return await orRefused({ io, json }, async () => {
    const token = readFileSync(from, 'utf8')
    const claimed = readUnverified(token)
    const { coalition, steering, threshold } = await verifyDirectory(
      token,
      { stewards: claimed.steering, threshold: claimed.threshold },
      undefined,
    )
    const digest = anchorDigest(coalition, { stewards: steering, threshold })
    writeNew(out, JSON.stringify({ v: 1, coalition, stewards: steering.map(({ kid, jwk }) => ({ kid, jwk })), threshold }, null, 2))
    return tell({ io, json }, { out, coalition, anchor: digest }, [`${out}: anchor of ${coalition}`, inGroups(digest)])
  })
}
