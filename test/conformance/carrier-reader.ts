/** What the second reader makes of logs, HTTP signatures, answers over a broker, files and frames. Written from the pages; shares nothing with `src`. */
import { createDecipheriv, createHash, createPublicKey, hkdfSync, verify as verifyRaw } from 'node:crypto'
import { type Directory, digestOf, nodeKey, Refused, sha256 } from './reader.ts'
import { strictJson } from './strict-json.ts'

type Json = Record<string, unknown>

function holds(x: unknown, bytes: string, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: String(x) }, format: 'jwk' })
  return signature.length === 64 && verifyRaw(null, Buffer.from(bytes), key, signature)
}

export interface Signer {
  readonly name: string
  /** Public key, base64url. */
  readonly x: string
}

const noteKeyId = ({ name, x }: Signer, type: number) => sha256(name, Uint8Array.of(10, type), Buffer.from(x, 'base64url')).subarray(0, 4)

/** The checkpoint in a note that this log signed, with the instants of the witnesses that stand under it. */
export function readNote(note: string, log: Signer, witnesses: readonly Signer[] = []) {
  const cut = note.lastIndexOf('\n\n')
  if (cut < 0 || !note.endsWith('\n')) throw new Refused('note.form')
  const text = note.slice(0, cut + 1)
  const lines = note
    .slice(cut + 2, -1)
    .split('\n')
    .map((line) => {
      const [, name, mark] = /^— ([^\s+]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
      if (name === undefined || mark === undefined) throw new Refused('note.signature-line')
      return { name, bytes: Buffer.from(mark, 'base64') }
    })
  const of = (signer: Signer, type: number) =>
    lines.filter(({ name, bytes }) => name === signer.name && bytes.subarray(0, 4).equals(noteKeyId(signer, type)))
  if (!of(log, 1).some(({ bytes }) => holds(log.x, text, bytes.subarray(4)))) throw new Refused('note.signature')
  const seen = witnesses.flatMap((witness) =>
    of(witness, 4).flatMap(({ bytes }) => {
      const seconds = Number(bytes.readBigUInt64BE(4))
      return holds(witness.x, `cosignature/v1\ntime ${seconds}\n${text}`, bytes.subarray(12))
        ? [new Date(seconds * 1000).toISOString()]
        : []
    }),
  )
  const [origin, size, root = ''] = text.split('\n')
  return { origin, size: Number(size), root: Buffer.from(root, 'base64'), seen }
}

export interface Grown {
  readonly first: { readonly size: number; readonly root: Buffer }
  readonly second: { readonly size: number; readonly root: Buffer }
  readonly proof: readonly Buffer[]
}

/** RFC 9162, 2.1.4.2. */
export function isConsistent({ first, second, proof }: Grown): boolean {
  if (first.size === second.size) return proof.length === 0 && first.root.equals(second.root)
  const isPower = Number.isInteger(Math.log2(first.size))
  const [begin, ...steps] = isPower ? [first.root, ...proof] : proof
  if (begin === undefined) return false
  let [place, last] = [first.size - 1, second.size - 1]
  const up = () => {
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  while (place % 2 === 1) up()
  let [older, newer] = [begin, begin]
  for (const step of steps) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      older = sha256(Uint8Array.of(1), step, older)
      newer = sha256(Uint8Array.of(1), step, newer)
      while (place % 2 === 0 && place !== 0) up()
    } else newer = sha256(Uint8Array.of(1), newer, step)
    up()
  }
  return last === 0 && older.equals(first.root) && newer.equals(second.root)
}

export interface HttpMessage {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** What each component stands for. */
  readonly components: Readonly<Record<string, string>>
}

const INPUT = /^hx=(\(([^)]*)\);created=(\d+);expires=(\d+);nonce="([^"]{1,200})";keyid="([^"]{1,200})";tag="hx")$/

/** The node that signed, and its nonce; undefined for anything that is not exactly what the profile asks. */
export function readSignature({ headers, body, components }: HttpMessage, world: { readonly directory: Directory; readonly now: number }) {
  const digest = createHash('sha256').update(body).digest('base64')
  if (headers['content-digest'] !== `sha-256=:${digest}:`) return undefined
  const [, input, list, created, expires, nonce, keyid] = INPUT.exec(headers['signature-input'] ?? '') ?? []
  const [, mark] = /^hx=:([A-Za-z0-9+/=]+):$/.exec(headers['signature'] ?? '') ?? []
  if (input === undefined || mark === undefined || nonce === undefined || keyid === undefined) return undefined
  if (list !== Object.keys(components).join(' ')) return undefined
  const [begin, end, at] = [Number(created), Number(expires), world.now / 1000]
  if (begin > at + 300 || end <= at || end <= begin || end - begin > 300) return undefined
  const signer = nodeKey(world.directory, keyid, world.now)
  const base = [...Object.entries(components).map(([name, value]) => `${name}: ${value}`), `"@signature-params": ${input}`].join('\n')
  if (signer === undefined || !holds(signer.jwk['x'], base, Buffer.from(mark, 'base64'))) return undefined
  return { node: signer.node.id, nonce, base }
}

export function readAnswers(text: string, world: { readonly directory: Directory; readonly now: number }) {
  const { kid, signature, answers } = strictJson(text) as Json
  const signer = nodeKey(world.directory, String(kid), world.now)
  const mark = Buffer.from(String(signature), 'base64url')
  if (signer === undefined || mark.toString('base64url') !== signature || !holds(signer.jwk['x'], `hx-answers/1 ${String(answers)}`, mark))
    return undefined
  return { node: signer.node.id, answers: strictJson(String(answers)) }
}

/** Header and items of a file that is whole, in order and signed; throws otherwise. */
export function readBundle(text: string, world: { readonly directory: Directory; readonly now: number; readonly node: string }) {
  const lines = text.split('\n')
  if (lines.pop() !== '') throw new Refused('bundle.truncated')
  const values = lines.map((line) => {
    const value = strictJson(line) as Json
    if (JSON.stringify(value) !== line) throw new Refused('bundle.form')
    return value
  })
  const [header, ...rest] = values
  const footer = rest.pop()
  if (header?.['format'] !== 'hx-bundle/1') throw new Refused('bundle.version')
  if (header['to'] !== world.node) throw new Refused('bundle.not-for-us')
  const { version, digest } = header['directory'] as { readonly version: number; readonly digest: string }
  if (version === world.directory.version && digest !== digestOf(JSON.stringify(world.directory))) throw new Refused('bundle.directory')
  if (footer?.['end'] === undefined) throw new Refused('bundle.truncated')
  if (rest.length !== header['count'] || rest.some(({ n }, at) => n !== at + 1)) throw new Refused('bundle.order')
  const seen = new Set(rest.map((item) => item['digest'] ?? digestOf(Buffer.from(String(item['outer']).split('.')[1] ?? '', 'base64url'))))
  if (seen.size !== rest.length) throw new Refused('bundle.duplicate')
  const sha = digestOf(
    lines
      .slice(0, -1)
      .map((line) => `${line}\n`)
      .join(''),
  )
  if (footer['end'] !== header['count'] || footer['sha256'] !== sha) throw new Refused('bundle.digest')
  const signer = nodeKey(world.directory, String(footer['kid']), world.now)
  if (signer === undefined || signer.node.id !== header['from']) throw new Refused('bundle.signer')
  if (!holds(signer.jwk['x'], `hx-bundle/1 ${sha}`, Buffer.from(String(footer['signature']), 'base64url')))
    throw new Refused('bundle.signature')
  return { header, items: rest }
}

/** Slots and proof of a frame; undefined for the refusal. */
export function readFrame(text: string) {
  const bytes = Buffer.from(text, 'base64')
  const count = bytes[1] ?? 0
  if (bytes.length !== 2114 || bytes[0] !== 1 || count < 1 || count > 64) return undefined
  return {
    slots: Array.from({ length: count }, (_, at) => bytes.subarray(2 + at * 32, 34 + at * 32)),
    proof: bytes.subarray(2050),
  }
}

/** The handle behind an output, when its tag stands in the set. */
export function handleIn(set: Buffer, output: Buffer): Buffer | undefined {
  for (let at = 0; at < set.length; at += 32)
    if (set.subarray(at, at + 16).equals(output.subarray(0, 16)))
      return Buffer.from(set.subarray(at + 16, at + 32).map((byte, index) => byte ^ (output[16 + index] ?? 0)))
  return undefined
}

export function entryBehind(handle: Buffer, epoch: { readonly secretKey: string; readonly requester: string }): string {
  const info = `breakwater match handle|${epoch.requester}`
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(epoch.secretKey, 'hex'), '', info, 32))
  const cipher = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false)
  const text = Buffer.concat([cipher.update(handle), cipher.final()]).toString('hex')
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
}
