/** What a node is, in its home: name, organisations, whom it trusts for the directory. Secrets lie beside it in a file of their own. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '#platform/http/app-error.ts'
import type { DirectoryTrust } from '#platform/link/directory-store.ts'

const schema = z.strictObject({
  nodeId: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  title: z.string().max(120),
  orgs: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9.-]{0,79}$/))
    .min(1)
    .max(20),
  demonstration: z.boolean(),
  trust: z.strictObject({
    stewards: z.array(z.strictObject({ kid: z.string(), jwk: z.record(z.string(), z.unknown()) })).min(1),
    threshold: z.number().int().min(1),
  }),
})

export interface NodeConfig {
  readonly nodeId: string
  readonly title: string
  readonly orgs: readonly string[]
  readonly demonstration: boolean
  readonly trust: DirectoryTrust
}

const FILE = 'node.json'

export function writeNodeConfig(home: string, config: NodeConfig): void {
  writeFileSync(path.join(home, FILE), JSON.stringify(config, null, 2), { mode: 0o600 })
}

export function readNodeConfig(home: string): NodeConfig {
  let text: string
  try {
    text = readFileSync(path.join(home, FILE), 'utf8')
  } catch (error) {
    throw new AppError(503, 'node.not-initialised', `There is no node in ${home}: run \`breakwater node init\` first.`, { cause: error })
  }
  return schema.parse(JSON.parse(text))
}
