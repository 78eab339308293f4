/**
 * `breakwater guard …`: rules of the egress guard, in the hands of two persons. Each makes a key of its own; the public halves are named once on the
 * node; rules are drafted, signed by each on a machine of its own, and accepted. The node works by them from its next start.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { systemClock } from '#platform/clock/clock.ts'
import { readSettings } from '#platform/config/settings.ts'
import { acceptRules, readRules, readRulesText, setUpGuard } from '#platform/guard/rules-file.ts'
import { addSignature } from '#platform/link/directory-store.ts'
import type { PrivateKey } from '#platform/link/jose.ts'
import { makeSigningKey, publicJwk } from '#platform/link/node-keys.ts'
import { openNodeHome } from '../node-home.ts'
import type { CommandOutput } from './usage.ts'

const homeFolder = () => path.resolve(readSettings(process.env).home)

/** A key pair for one person: the private half never leaves its machine. */
export function guardKey({ name, out }: { readonly name: string; readonly out: string }, io: CommandOutput): number {
  const key = makeSigningKey(name)
  writeFileSync(out, JSON.stringify(key), { mode: 0o600, flag: 'wx' })
  writeFileSync(`${out}.public`, JSON.stringify({ kid: key.kid, jwk: publicJwk(key) }), { flag: 'wx' })
  io.out(`${out} stays with ${name}; ${out}.public goes to the node.`)
  return 0
}

export function guardSetUp(files: readonly string[], io: CommandOutput): number {
  const names = setUpGuard(
    homeFolder(),
    files.map((file): unknown => JSON.parse(readFileSync(file, 'utf8'))),
  )
  io.out(`Rules count when two of these sign them: ${names.join(', ')}`)
  return 0
}

/** The rules in force, one version up, to be changed and signed. */
export async function guardDraft({ out }: { readonly out: string }, io: CommandOutput): Promise<number> {
  const rules = await readRules(homeFolder())
  writeFileSync(out, JSON.stringify({ ...rules, version: rules.version + 1 }, null, 2), { flag: 'wx' })
  io.out(`${out}: version ${rules.version + 1}. Change it, then have two persons sign it.`)
  return 0
}

export async function guardSign(
  asked: { readonly file: string; readonly key: string; readonly out: string },
  io: CommandOutput,
): Promise<number> {
  const text = readFileSync(asked.file, 'utf8')
  const { payload } = JSON.parse(text) as { readonly payload?: string }
  const rules = readRulesText(payload === undefined ? text : Buffer.from(payload, 'base64url').toString('utf8'))
  const key = JSON.parse(readFileSync(asked.key, 'utf8')) as PrivateKey
  const { token, signers } = await addSignature(text, key, 'hx-guard+jws')
  writeFileSync(asked.out, token, { flag: 'wx' })
  io.out(`${asked.out}: version ${rules.version}, signed by ${signers.join(', ')}`)
  return 0
}

export async function guardAccept(file: string, io: CommandOutput): Promise<number> {
  const token = readFileSync(file, 'utf8')
  const home = await openNodeHome(readSettings(process.env), systemClock)
  try {
    const { rules, signers } = await acceptRules(home.folder, token)
    await home.database.asWorker('guard.accept', async (tx) => {
      await home.record(tx, {
        event: 'exchange.guard-rules-accepted',
        outcome: 'done',
        facts: null,
        by: 'command:guard accept',
        subjects: [],
        detail: { version: rules.version, signers: signers.join(', ') },
      })
    })
    io.out(`version ${rules.version}, signed by ${signers.join(' and ')}: in force from the next start of the node`)
    return 0
  } finally {
    await home.close()
  }
}
