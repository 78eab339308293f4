/** Fresh nodes as processes of their own for a figure, with the people of the story. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { foundCoalition } from '../src/app/coalition.ts'
import { castOf } from '../src/app/demo/cast.ts'
import { type Launched, launch, planNodes } from '../src/app/demo/launch.ts'
import type { Cast } from '../src/app/demo/story.ts'
import { ORGS } from '../src/app/demo/world.ts'

export interface BenchCoalition {
  readonly launched: Launched
  readonly cast: Cast
  home(id: string): string
  stop(): Promise<void>
}

const PASSWORD = 'bench password of no account'

export async function benchCoalition(): Promise<BenchCoalition> {
  process.env['BREAKWATER_LOG'] ??= 'warn'
  const folder = mkdtempSync(path.join(tmpdir(), 'breakwater-bench-'))
  const nodes = await planNodes(folder)
  await foundCoalition({ name: 'bench', orgs: ORGS, nodes, now: new Date(), demonstration: true })
  const launched = await launch(folder, nodes)
  await launched.addOfficers(() => PASSWORD)
  const url = (id: string) => launched.process(id).url
  return {
    launched,
    cast: castOf({ nodes, url, up: async (id) => await launched.process(id).up(), password: () => PASSWORD }),
    home: (id) => path.join(folder, id),
    stop: async () => {
      await launched.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
