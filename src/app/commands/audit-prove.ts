/** `breakwater audit prove` and `breakwater audit check`: a proof of one entry, and its check on any machine, offline. */
import { readFileSync, writeFileSync } from 'node:fs'
import { NoteRefused } from '#kernel/merkle/note.ts'
import { checkProof, proveEntry } from '#platform/audit/entry-proof.ts'
import { type LogPublicKey, logKey } from '#platform/audit/log-key.ts'
import { systemClock } from '#platform/clock/clock.ts'
import { readSettings } from '#platform/config/settings.ts'
import { logOrigin, readNodeKeys } from '#platform/link/node-keys.ts'
import { openNodeHome } from '../node-home.ts'
import type { CommandOutput } from './usage.ts'

export async function auditProve(asked: { readonly entry: string; readonly out?: string | undefined }, io: CommandOutput): Promise<number> {
  const home = await openNodeHome(readSettings(process.env), systemClock)
  try {
    const text = await home.database.asWorker('audit.prove', async (tx) => await proveEntry(tx, asked.entry))
    if (text === undefined) {
      io.err('There is no such entry under a signed checkpoint, or it was erased.')
      return 1
    }
    if (asked.out === undefined) io.out(text.trimEnd())
    else writeFileSync(asked.out, text, { flag: 'wx' })
    const keys = readNodeKeys(home.folder)
    const { name, publicKey } = logKey(logOrigin(keys.nodeId), keys.log.jwk)
    io.err(`Check it with: breakwater audit check FILE --key ${name}+${Buffer.from(publicKey).toString('base64')}`)
    return 0
  } finally {
    await home.close()
  }
}

export interface Check {
  readonly file: string
  /** `NAME+BASE64` of the log, as its owner or the directory states it. */
  readonly key: string
  readonly witnesses: readonly string[]
  readonly json: boolean
}

export function auditCheck({ file, key, witnesses, json }: Check, io: CommandOutput): number {
  const log = readKey(key)
  const known = witnesses.map(readKey)
  if (log === undefined || known.includes(undefined)) {
    io.err('A key is written NAME+BASE64, with 32 bytes.')
    return 2
  }
  try {
    const proof = checkProof(readFileSync(file, 'utf8'), log, known as LogPublicKey[])
    if (json) io.out(JSON.stringify({ valid: true, ...proof }))
    else {
      io.out(`valid: entry ${proof.index + 1} of ${proof.size} in ${proof.origin}`)
      for (const { name, at } of proof.witnesses) io.out(`  seen by ${name} at ${at}`)
      io.out(JSON.stringify(proof.entry, null, 2))
    }
    return 0
  } catch (error) {
    if (!(error instanceof NoteRefused)) throw error
    if (json) io.out(JSON.stringify({ valid: false, code: error.code }))
    else io.out(`NOT valid: ${error.code}`)
    return 1
  }
}

function readKey(text: string): LogPublicKey | undefined {
  const cut = text.indexOf('+')
  const publicKey = Buffer.from(text.slice(cut + 1), 'base64')
  return cut > 0 && publicKey.length === 32 ? { name: text.slice(0, cut), publicKey } : undefined
}
