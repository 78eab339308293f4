/** `breakwater story`: the first story against fresh nodes as separate processes, with a timeline; with `--kill`, nodes die in the middle. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { foundCoalition } from '../coalition.ts'
import { castOf } from '../demo/cast.ts'
import { eventually } from '../demo/eventually.ts'
import { type Launched, launch, planNodes, removeLaunched } from '../demo/launch.ts'
import { tellStory } from '../demo/story.ts'
import { ORGS } from '../demo/world.ts'
import type { CommandOutput } from './usage.ts'

/** Which node dies as a step begins. It is started again a moment later, while the step goes on. */
const DEATHS: Readonly<Record<string, string>> = { issue: 'be-antwerp', acknowledge: 'ec-guayaquil', control: 'ec-guayaquil' }
const DEAD_FOR_MS = 1500

export async function story(args: { readonly kill: boolean; readonly json: boolean }, io: CommandOutput): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'breakwater-story-'))
  const begun = Date.now()
  const tell = (line: { readonly step: string; readonly says: string; readonly ms: number }): void => {
    const at = Date.now() - begun
    io.out(args.json ? JSON.stringify({ at, ...line }) : `${(at / 1000).toFixed(2).padStart(7)} s  ${line.step.padEnd(20)} ${line.says}`)
  }
  let launched: Launched | undefined
  const restarts: Promise<void>[] = []
  try {
    const nodes = await planNodes(folder)
    await foundCoalition({ name: 'story', orgs: ORGS, nodes, now: new Date(begun), demonstration: true })
    const running = await launch(folder, nodes)
    launched = running
    const secret = randomBytes(12).toString('base64url')
    await running.addOfficers(() => secret)
    const cast = castOf({
      nodes,
      url: (id) => running.process(id).url,
      up: async (id) => await running.process(id).up(),
      password: () => secret,
    })
    tell({
      step: 'start',
      says: `${nodes.map((node) => node.id).join(', ')} are up, each a process with its own database`,
      ms: Date.now() - begun,
    })
    const die = async (id: string): Promise<void> => {
      await running.process(id).kill()
      tell({ step: 'kill', says: `${id} is gone without a word`, ms: 0 })
      restarts.push(
        (async () => {
          await sleep(DEAD_FOR_MS)
          await running.process(id).start()
          tell({ step: 'restart', says: `${id} is back`, ms: DEAD_FOR_MS })
        })(),
      )
    }
    await tellStory({
      tell,
      eventually,
      now: () => new Date(),
      cast: async () => cast,
      before: async (step) => {
        const id = args.kill ? DEATHS[step] : undefined
        if (id !== undefined) await die(id)
      },
    })
    await Promise.all(restarts)
    return 0
  } catch (error) {
    io.err(error instanceof Error ? error.message : String(error))
    return 1
  } finally {
    await Promise.allSettled(restarts)
    await launched?.stop()
    await removeLaunched(folder)
  }
}
