/** `breakwater start`: runs one node until it is told to stop. */
import { readSettings } from '#platform/config/settings.ts'
import { startNode } from '../node.ts'
import type { CommandOutput } from './usage.ts'

export async function start(io: CommandOutput): Promise<number> {
  const stopped = new Promise<string>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal))
    // Started by another process that is gone: nobody is left to stop us.
    process.once('disconnect', () => resolve('disconnect'))
  })
  const node = await startNode({ settings: readSettings(process.env) })
  if (process.send === undefined) io.out(`${node.nodeId} is up: ${node.url}`)
  else process.send({ up: node.url })
  await stopped
  await node.stop()
  if (process.connected) process.disconnect()
  return 0
}
