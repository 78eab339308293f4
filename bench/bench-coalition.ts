/** Fresh nodes as processes of their own for a figure, with the people of the story. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { foundCoalition } from '../src/app/coalition.ts'
import { castOf } from '../src/app/demo/cast.ts'
import { type Launched, launch, planNodes, removeLaunched } from '../src/app/demo/launch.ts'
import type { Cast } from '../src/app/demo/story.ts'
import { ORGS } from '../src/app/demo/world.ts'
import type { DirectoryOrg } from '../src/platform/link/directory.ts'
import { signDirectory } from '../src/platform/link/directory-store.ts'
import { directoryKeys, makeNodeKeys } from '../src/platform/link/node-keys.ts'

export interface BenchCoalition {
  readonly launched: Launched
  readonly cast: Cast
  /** Of every officer, for a figure taken in a browser. */
  readonly password: string
  home(id: string): string
  stop(): Promise<void>
}

const PASSWORD = 'bench password of no account'

/** With `more` organisations in the directory, each with a node and keys that nobody runs. `only`: the nodes that run, where a figure is of one. */
export async function benchCoalition({
  more = 0,
  only,
}: {
  readonly more?: number
  readonly only?: readonly string[]
} = {}): Promise<BenchCoalition> {
  process.env['BREAKWATER_LOG'] ??= 'warn'
  const folder = mkdtempSync(path.join(tmpdir(), 'breakwater-bench-'))
  const nodes = await planNodes(folder)
  const founded = await foundCoalition({ name: 'bench', orgs: ORGS, nodes, now: new Date(), demonstration: true })
  if (more > 0) {
    const { directory, stewards } = founded
    const token = await signDirectory(
      { ...directory, orgs: [...directory.orgs, ...manyOrgs(more)] },
      stewards.slice(0, directory.threshold),
    )
    for (const { home } of nodes) writeFileSync(path.join(home, 'directory.jws'), token, { mode: 0o600 })
  }
  const launched = await launch(
    folder,
    nodes.filter(({ id }) => only?.includes(id) !== false),
  )
  await launched.addOfficers(() => PASSWORD)
  const url = (id: string) => launched.process(id).url
  return {
    launched,
    password: PASSWORD,
    cast: castOf({ nodes, url, up: async (id) => await launched.process(id).up(), password: () => PASSWORD }),
    home: (id) => path.join(folder, id),
    stop: async () => {
      await launched.stop()
      await removeLaunched(folder)
    },
  }
}

function manyOrgs(count: number): readonly DirectoryOrg[] {
  const validity = { from: new Date(Date.now() - 86_400_000).toISOString(), until: new Date(Date.now() + 31 * 86_400_000).toISOString() }
  return Array.from({ length: count }, (_, index) => {
    const [id, node] = [`bench.org${index}`, `bench-node-${index}`]
    const keys = makeNodeKeys(node, [id], { key: '', cert: '', ca: '' })
    const desk = {
      id: `${id}.desk`,
      name: `Desk ${index}`,
      services: [],
      places: [],
      purposes: ['customs-control'],
      zone: 'UTC',
      calendar: 'BE',
    }
    return {
      id,
      name: `Organisation ${index}`,
      kind: 'customs',
      realm: 'customs',
      country: 'BE',
      thirdCountry: false,
      status: 'active',
      units: [desk],
      nodes: [
        {
          id: node,
          endpoint: `https://node-${index}.example`,
          tlsSpki: [randomBytes(32).toString('base64url')],
          keys: directoryKeys(keys, id, validity),
        },
      ],
    }
  })
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
