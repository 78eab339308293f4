/**
 * `breakwater bundle export`: writes what waits for an organisation into a signed file, for nodes without a network between them. What was written
 * goes on waiting until its answers come back, so that a lost file is written again with the same envelopes.
 */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { systemClock } from '#platform/clock/clock.ts'
import { readSettings } from '#platform/config/settings.ts'
import { bundleOut } from '#platform/link/bundle-carrier.ts'
import type { Directory } from '#platform/link/directory.ts'
import { orgOf } from '#platform/link/directory-store.ts'
import { readNodeKeys } from '#platform/link/node-keys.ts'
import { startNode } from '../node.ts'
import { patiently, recordBundle } from './bundle-work.ts'
import { type CommandOutput, USAGE } from './usage.ts'

export async function bundleExport(
  args: { readonly to?: string | undefined; readonly out?: string | undefined },
  io: CommandOutput,
): Promise<number> {
  const { to, out } = args
  if (to === undefined || out === undefined) {
    io.err(USAGE['bundle export'] ?? '')
    return 2
  }
  if (existsSync(out)) {
    io.err(`${out} exists: a bundle is never written over another file.`)
    return 1
  }
  const settings = readSettings(process.env)
  let directory = (): Directory => {
    throw new Error('The node is still starting.')
  }
  const bundle = bundleOut(to, { keys: readNodeKeys(path.resolve(settings.home)), clock: systemClock, directory: () => directory() })
  const node = await startNode({ settings, offline: bundle })
  try {
    directory = node.services.directory
    if (orgOf(directory(), to) === undefined) {
      io.err(`${to} is not in the directory.`)
      return 1
    }
    const isCollected = await patiently(async () => {
      await node.link.flush(to)
      return bundle.count() > 0 || (await node.link.waiting(to)) === 0
    })
    if (!isCollected) {
      io.err(`${await node.link.waiting(to)} messages wait for ${to}, and the running node is sending to it: try again.`)
      return 1
    }
    const count = bundle.count()
    const { sha256 } = await bundle.write(out)
    await recordBundle(node.services, {
      event: 'exchange.bundle-written',
      outcome: 'done',
      detail: { kind: 'envelopes', to, count, sha256 },
    })
    io.out(`${out}: ${count} ${count === 1 ? 'envelope' : 'envelopes'} for ${to}`)
    const more = (await node.link.waiting(to)) - count
    if (more > 0) io.out(`${more} more wait for the next file, once the answers to this one are imported.`)
    return 0
  } finally {
    await node.stop()
  }
}
