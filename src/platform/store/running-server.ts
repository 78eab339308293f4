/**
 * Finds, watches and ends the PostgreSQL that runs on a data folder, through its `postmaster.pid`: first line the process, fourth the port.
 * A pid file of a dead process is left alone: PostgreSQL reads in it whether children of that process still hold the data.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface RunningServer {
  readonly pid: number
  readonly port: number
}

export function runningServer(data: string): RunningServer | undefined {
  const file = path.join(data, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n').map(Number)
  if (pid === undefined || port === undefined || !isAlive(pid)) return undefined
  if (isServerOf(pid, data)) return { pid, port }
  // The number went to another process, for which PostgreSQL would refuse to start.
  rmSync(file, { force: true })
  return undefined
}

/** Where the system does not tell what a process is, a living one counts as the server. */
export function isServerOf(pid: number, data: string): boolean {
  if (!isAlive(pid)) return false
  const command = `/proc/${pid}/cmdline`
  try {
    return !existsSync('/proc/self/cmdline') || readFileSync(command, 'utf8').split('\0').includes(data)
  } catch {
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const FAST_SHUTDOWN = { signal: 'SIGINT', within: 15_000 } as const
/** Ends at once; the next start replays the write-ahead log, so nothing committed is lost. */
const IMMEDIATE_SHUTDOWN = { signal: 'SIGQUIT', within: 5_000 } as const

export async function stopServer(data: string): Promise<void> {
  const running = runningServer(data)
  if (running === undefined) return
  for (const { signal, within } of [FAST_SHUTDOWN, IMMEDIATE_SHUTDOWN]) {
    process.kill(running.pid, signal)
    for (let waited = 0; waited < within; waited += 25) {
      if (!isServerOf(running.pid, data)) return
      await sleep(25)
    }
  }
  throw new Error(`PostgreSQL (process ${running.pid}) does not stop.`)
}
