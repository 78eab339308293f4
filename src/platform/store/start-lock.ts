/** Lets one process at a time prepare a data folder. A lock left by a killed process is broken. */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const WAIT_MS = 60_000

export async function withStartLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await takeLock(file)
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

async function takeLock(file: string): Promise<void> {
  for (let waited = 0; waited < WAIT_MS; waited += 50) {
    try {
      const lock = openSync(file, 'wx', 0o600)
      writeSync(lock, String(process.pid))
      closeSync(lock)
      return
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    if (isAbandoned(file)) rmSync(file, { force: true })
    else await sleep(50)
  }
  throw new Error(`Another process has held ${file} for a minute. If none is starting, remove that file.`)
}

function isAbandoned(file: string): boolean {
  try {
    const text = readFileSync(file, 'utf8')
    // Empty: its owner is between making and writing it.
    return text !== '' && !process.kill(Number(text), 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
