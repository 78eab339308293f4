/** A node as a process of its own, started by another: it says when it is up, ends with its parent, and can be killed and started again. */
import { type ChildProcess, fork } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'

export interface NodeProcessPlan {
  readonly id: string
  readonly home: string
  readonly databaseUrl: string
  readonly webPort: number
  readonly linkPort: number
}

export interface NodeProcess {
  readonly id: string
  readonly url: string
  /** Resolves when the node answers; after a kill, when it answers again. Rejects when it ended at start. */
  up(): Promise<void>
  /** No farewell: the process is gone at once, whatever it was doing. */
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

const CLI = path.resolve(import.meta.dirname, '../cli.ts')
const UP_WITHIN_MS = 60_000
const LAST_LINES = 2000

/** `died`: heard of every end that was not asked for here; whoever hears it starts the node again, and whoever asks for it meanwhile waits for that. */
export function nodeProcess(plan: NodeProcessPlan, died?: () => void): NodeProcess {
  let child: ChildProcess | undefined
  // Who asks while the node is down waits for the next start.
  let running = Promise.withResolvers<void>()
  running.promise.catch(() => undefined)
  let isDown = true
  const logFile = path.join(plan.home, 'node.log')
  const noteDown = (): void => {
    if (isDown) return
    running = Promise.withResolvers<void>()
    running.promise.catch(() => undefined)
    isDown = true
  }
  const start = async (): Promise<void> => {
    const log = openSync(logFile, 'a', 0o600)
    const started = fork(CLI, ['start'], {
      stdio: ['ignore', log, log, 'ipc'],
      env: {
        ...process.env,
        BREAKWATER_HOME: plan.home,
        DATABASE_URL: plan.databaseUrl,
        BREAKWATER_WEB_PORT: String(plan.webPort),
        BREAKWATER_LINK_PORT: String(plan.linkPort),
      },
    })
    closeSync(log)
    child = started
    isDown = false
    const { promise, resolve, reject } = running
    const late = setTimeout(() => reject(new Error(`The node ${plan.id} was not up in time.\n${lastLines(logFile)}`)), UP_WITHIN_MS)
    started.once('message', () => {
      clearTimeout(late)
      resolve()
    })
    started.once('exit', (code) => {
      clearTimeout(late)
      reject(new Error(`The node ${plan.id} ended with ${code ?? 'a signal'}.\n${lastLines(logFile)}`))
      if (child !== started || died === undefined) return
      child = undefined
      noteDown()
      died()
    })
    await promise
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child
    child = undefined
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return
    const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()))
    ending.kill(signal)
    await ended
  }
  return {
    id: plan.id,
    url: `http://127.0.0.1:${plan.webPort}`,
    up: async () => await running.promise,
    start,
    kill: async () => {
      noteDown()
      await end('SIGKILL')
    },
    stop: async () => await end('SIGTERM'),
  }
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').slice(-LAST_LINES)
}
