/** Tells every peer of a newer directory, once a version: a key that was revoked must be known everywhere, not only where it was signed. */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { indexOf } from './directory-index.ts'
import { sendInternal } from './internal.ts'
import type { LinkWorld } from './link-world.ts'
import type { Address } from './message.ts'

export async function spreadDirectory(tx: Tx, world: LinkWorld): Promise<void> {
  const { version } = world.directory()
  const { rows } = await sql<{ from_org: string; to_org: string }>`
    update link.peers set told_version = ${version} where told_version < ${version} returning from_org, to_org`.execute(tx)
  for (const row of rows) {
    const [from, to] = [addressOf(world, row.from_org), addressOf(world, row.to_org)]
    if (from !== undefined && to !== undefined)
      await sendInternal(tx, world, { from, to, kind: 'directory', data: { token: world.directoryToken() } })
  }
}

/** The link speaks for the node; the envelope needs a desk. */
function addressOf(world: LinkWorld, org: string): Address | undefined {
  const unit = indexOf(world.directory()).orgs.get(org)?.units[0]
  return unit === undefined ? undefined : { org, unit: unit.id }
}
