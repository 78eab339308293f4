/**
 * Rules of the node's owner: `guard-rules.jws`, signed by at least two of the persons named in `guard.json`, who are named once, when the guard is set
 * up. The version only rises and is remembered beside the names, so that an older file, or none, is noticed. Without `guard.json` the shipped rules
 * hold. A file that does not verify stops the start: a guard with unknown rules is none.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '#platform/http/app-error.ts'
import { type JWK, TokenRefused, verifyTogether } from '#platform/link/jose.ts'
import { parseStrictJson } from '#platform/link/strict-json.ts'
import { type GuardRules, rulesSchema, SHIPPED_RULES } from './rules.ts'

const NEEDED = 2
const SETUP = 'guard.json'
const RULES = 'guard-rules.jws'

const keySchema = z.strictObject({
  kid: z.string().min(1).max(120),
  jwk: z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().length(43), alg: z.literal('Ed25519') }),
})
const setupSchema = z.strictObject({ v: z.literal(1), keys: z.array(keySchema).min(NEEDED).max(20), version: z.number().int().min(0) })
type Setup = z.infer<typeof setupSchema>

/** Names who may sign rules: at least two persons with keys of their own. Done once. */
export function setUpGuard(home: string, keys: readonly unknown[]): readonly string[] {
  const setup = setupSchema.safeParse({ v: 1, keys, version: 0 })
  if (!setup.success || new Set(setup.data.keys.map(({ jwk }) => jwk.x)).size < keys.length)
    throw new AppError(400, 'guard.keys', `At least ${NEEDED} public keys of different persons are needed.`)
  if (new Set(setup.data.keys.map(({ kid }) => kid)).size < keys.length) throw new AppError(400, 'guard.keys', 'Two keys have one name.')
  if (existsSync(path.join(home, SETUP))) throw new AppError(409, 'guard.keys', 'This guard is set up already.')
  writeFileSync(path.join(home, SETUP), JSON.stringify(setup.data, null, 2), { mode: 0o600, flag: 'wx' })
  return setup.data.keys.map(({ kid }) => kid)
}

/** The rules in force at the start of a node. */
export async function readRules(home: string): Promise<GuardRules> {
  const setup = readSetup(home)
  const file = path.join(home, RULES)
  if (setup === undefined && !existsSync(file)) return SHIPPED_RULES
  if (setup === undefined) throw new AppError(503, 'guard.keys', `${RULES} lies in the home, and nobody was named who may sign it.`)
  if (setup.version === 0 && !existsSync(file)) return SHIPPED_RULES
  if (!existsSync(file)) throw new AppError(503, 'guard.rollback', `The rules of version ${setup.version} are missing.`)
  const { rules } = await verifyRules(readFileSync(file, 'utf8'), setup)
  if (rules.version < setup.version)
    throw new AppError(503, 'guard.rollback', `The rules are of version ${rules.version}; version ${setup.version} was accepted.`)
  return rules
}

/** Takes newer rules in; the node works by them from its next start. */
export async function acceptRules(
  home: string,
  token: string,
): Promise<{ readonly rules: GuardRules; readonly signers: readonly string[] }> {
  const setup = readSetup(home)
  if (setup === undefined) throw new AppError(409, 'guard.keys', 'Nobody was named who may sign rules.')
  const accepted = await verifyRules(token, setup)
  const { version } = accepted.rules
  if (version <= setup.version) throw new AppError(409, 'guard.rollback', `Version ${version} is not newer than ${setup.version}.`)
  replace(path.join(home, RULES), token)
  replace(path.join(home, SETUP), JSON.stringify({ ...setup, version } satisfies Setup, null, 2))
  return accepted
}

async function verifyRules(token: string, setup: Setup): Promise<{ readonly rules: GuardRules; readonly signers: readonly string[] }> {
  const keyOf = (kid: string): JWK | undefined => setup.keys.find((key) => key.kid === kid)?.jwk
  const { payload, signers } = await verifyTogether(token, keyOf, 'hx-guard+jws').catch((error: unknown) => {
    if (error instanceof TokenRefused) throw new AppError(400, 'guard.form', `Not signed rules: ${error.code}.`)
    throw error
  })
  if (signers.size < NEEDED) throw new AppError(403, 'guard.signatures', `The rules have ${signers.size} of ${NEEDED} signatures.`)
  return { rules: readRulesText(Buffer.from(payload).toString('utf8')), signers: [...signers] }
}

/** Rules from text; a wrong value is named with its place. */
export function readRulesText(text: string): GuardRules {
  let value: unknown
  try {
    value = parseStrictJson(text)
  } catch {
    throw new AppError(400, 'guard.form', 'The rules are no JSON.')
  }
  const parsed = rulesSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError(400, 'guard.form', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not rules'}`)
}

function readSetup(home: string): Setup | undefined {
  const file = path.join(home, SETUP)
  if (!existsSync(file)) return undefined
  const parsed = setupSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!parsed.success) throw new AppError(503, 'guard.keys', `${SETUP} is not what was set up.`)
  return parsed.data
}

function replace(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
