/** `breakwater directory sign | accept`: each steward signs on a machine of its own; a node takes the directory in, and nodes tell each other. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { systemClock } from '#platform/clock/clock.ts'
import { readSettings } from '#platform/config/settings.ts'
import { addSignature, openDirectoryStore, readUnverified } from '#platform/link/directory-store.ts'
import { readSuccession } from '#platform/link/stewardship.ts'
import { readNodeConfig } from '../node-config.ts'
import { writeNew } from './new-file.ts'
import { orRefused, tell } from './refusals.ts'
import type { CommandOutput } from './usage.ts'

export const stewardKey = z.strictObject({
  kid: z.string().min(1).max(120),
  jwk: z.looseObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), d: z.string() }),
})

export interface Sign {
  readonly file: string
  readonly steward: string
  readonly out: string
  readonly json: boolean
}

/** Adds one steward's signature to a draft, or to what others have signed: a directory, or a succession of stewards. */
export async function directorySign({ file, steward, out, json }: Sign, io: CommandOutput): Promise<number> {
  return await orRefused({ io, json }, async () => {
    const key = stewardKey.parse(JSON.parse(readFileSync(steward, 'utf8')))
    const text = readFileSync(file, 'utf8')
    const { token: unsigned } = await addSignature(text, key)
    const isSuccession = isReadAs(readSuccession, unsigned)
    if (!isSuccession) readUnverified(unsigned)
    const { token, signers } = await addSignature(text, key, isSuccession ? 'hx-stewards+jws' : 'hx-directory+jws')
    writeNew(out, token)
    return tell({ io, json }, { out, kind: isSuccession ? 'succession' : 'directory', signers }, [
      `${out}: signed by ${signers.join(', ')}`,
    ])
  })
}

function isReadAs(read: (token: string) => unknown, token: string): boolean {
  try {
    read(token)
    return true
  } catch {
    return false
  }
}

/** Into the node in BREAKWATER_HOME; a running one takes it within a minute and tells its peers. */
export async function directoryAccept(
  { file, json }: { readonly file: string; readonly json: boolean },
  io: CommandOutput,
): Promise<number> {
  return await orRefused({ io, json }, async () => {
    const home = path.resolve(readSettings(process.env).home)
    const store = await openDirectoryStore(home, readNodeConfig(home).trust, systemClock)
    const { version, expires } = await store.accept(readFileSync(file, 'utf8'))
    return tell({ io, json }, { version, expires }, [`version ${version} is in force until ${expires}`])
  })
}
