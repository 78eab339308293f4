/**
 * Tells peers of a newer directory: a key that was revoked must be known everywhere, not only where it was signed. Each node tells a few neighbours at
 * distances 1, 2, 4, 8 … in the ring of all nodes, so that a version reaches everybody in few steps and no node tells a thousand others; and whoever
 * shows in a message that it works with an older one is told as well. Each peer is told of a version once.
 */
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { Directory } from './directory.ts'
import { indexOf } from './directory-index.ts'
import { digestOf, orgOf } from './directory-store.ts'
import { sendInternal } from './internal.ts'
import type { LinkWorld } from './link-world.ts'
import type { Address } from './message.ts'
import { PART } from './take-directory.ts'

export async function spreadDirectory(tx: Tx, world: LinkWorld): Promise<void> {
  const directory = world.directory()
  const { version } = directory
  const us = Object.keys(world.keys.orgs)
    .sort()
    .find((org) => orgOf(directory, org) !== undefined)
  if (us === undefined) return
  const near = neighbours(directory, world.keys.nodeId)
  await sql`insert into link.peers (from_org, to_org) select ${us}, org from unnest(${near}::text[]) as org on conflict do nothing`.execute(
    tx,
  )
  const { rows } = await sql<{ from_org: string; to_org: string }>`
    update link.peers set told_version = ${version} where told_version < ${version} and shown_version < ${version}
      and (shown_version > 0 or (from_org = ${us} and to_org = any(${near}))) returning from_org, to_org`.execute(tx)
  if (rows.length === 0) return
  const token = world.directoryToken()
  if (token === '') return
  const digest = digestOf(token)
  const packed = gzipSync(token).toString('base64url')
  const parts = Math.ceil(packed.length / PART)
  for (const row of rows) {
    const [from, to] = [addressOf(world, row.from_org), addressOf(world, row.to_org)]
    if (from === undefined || to === undefined) continue
    for (let part = 0; part < parts; part += 1)
      await sendInternal(tx, world, {
        from,
        to,
        kind: 'directory',
        data: { version, part, parts, digest, bytes: packed.slice(part * PART, (part + 1) * PART) },
      })
  }
}

/** Organisations, one for each node, at distances of powers of two behind a node in the ring of all. */
export function neighbours(directory: Directory, nodeId: string): readonly string[] {
  const speakers = new Map<string, string>()
  for (const org of directory.orgs)
    for (const node of org.status === 'active' ? org.nodes : []) if (!speakers.has(node.id)) speakers.set(node.id, org.id)
  const ring = [...speakers.keys()].sort()
  const own = ring.indexOf(nodeId)
  if (own < 0) return []
  const found: string[] = []
  for (let distance = 1; distance < ring.length; distance *= 2) {
    const org = speakers.get(ring[(own + distance) % ring.length] ?? '')
    if (org !== undefined) found.push(org)
  }
  return found
}

/** The link speaks for the node; the envelope needs a desk. A member that is suspended is told nothing and tells nothing. */
function addressOf(world: LinkWorld, org: string): Address | undefined {
  const unit = orgOf(world.directory(), org) === undefined ? undefined : indexOf(world.directory()).orgs.get(org)?.units[0]
  return unit === undefined ? undefined : { org, unit: unit.id }
}
