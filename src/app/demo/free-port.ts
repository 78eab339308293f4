/**
 * Ports that stand in a plan before their node listens: the wanted one when it is free, else another. The kernel gives ports from 32768 on to whoever asks for
 * any; one of those may be somebody else's before the node is up. So these lie below, and each process begins elsewhere and goes on from there.
 */
import { createServer } from 'node:net'

const FIRST = 20_000
const COUNT = 12_000
/** Apart for processes started one after another. */
let at = (process.pid * 997) % COUNT

export async function freePort(wanted?: number): Promise<number> {
  if (wanted !== undefined && (await isFree(wanted))) return wanted
  for (let tries = 0; tries < COUNT; tries++) {
    at = (at + 1) % COUNT
    const port = FIRST + at
    if (await isFree(port)) return port
  }
  throw new Error(`No port from ${FIRST} to ${FIRST + COUNT - 1} is free.`)
}

async function isFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
