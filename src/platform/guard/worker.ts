/** The guard's thread: takes packages as text, answers a denial or nothing for each. It holds the rules and nothing else. */
import { parentPort, workerData } from 'node:worker_threads'
import { checkPackage } from './check.ts'
import { rulesSchema } from './rules.ts'

const rules = rulesSchema.parse(workerData)

parentPort?.on('message', ({ id, now, packages }: { id: number; now: number; packages: readonly string[] }) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread has no origin
  parentPort?.postMessage({ id, denials: packages.map((text) => checkPackage(text, rules, now) ?? null) })
})
