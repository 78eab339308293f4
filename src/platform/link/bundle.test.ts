/** Bundle files: the contract of carriers by hand, and every file that is not exactly what a node wrote, refused with its line. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUNDLE_FORMAT, bundleItems, checkBundle, directoryDigest, MAX_BUNDLE_BYTES, writeBundle } from './bundle.ts'
import { answersIn, bundleOut, openBundle, takeBundle } from './bundle-carrier.ts'
import { BundleRefused } from './bundle-lines.ts'
import { type CarrierRig, carrierContract, type NodeName, plainWorld, type RigTake } from './carrier-contract.fixture.ts'
import type { Directory } from './directory.ts'
import { type Envelope, outerDigest, sealEnvelope } from './envelope.ts'
import type { PrivateKey } from './jose.ts'
import { linkFixture, NOW, requestOf } from './link-fixture.ts'
import { makeSigningKey } from './node-keys.ts'
import { signBytes } from './node-signature.ts'

const clock = { now: () => NOW }
let folder: string
let files = 0
const newFile = () => path.join(folder, `${(files += 1)}.bundle`)
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bundle-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A courier who carries each file across and brings the answers back, in one go. */
async function courierRig(): Promise<CarrierRig> {
  const world = plainWorld()
  const takes = new Map<NodeName, RigTake>()
  const bundleWorld = (name: NodeName) => ({ keys: world.keys[name], clock, directory: world.directory })
  return {
    world,
    receive: async (at, take) => void takes.set(at, take),
    carrier: async (of) => ({
      async deliver(org, envelopes) {
        const own = bundleWorld(of)
        const out = bundleOut(org, own)
        expect(await out.deliver(org, envelopes)).toEqual([])
        const [sent, back] = [newFile(), newFile()]
        await out.write(sent)
        const take = takes.get('b')
        if (take === undefined) return []
        const checked = await openBundle(sent, bundleWorld('b'))
        await takeBundle({ in: sent, answers: back, checked }, take, bundleWorld('b'))
        return await (await answersIn(back, await openBundle(back, own), own)).deliver(org, envelopes)
      },
      stop: async () => undefined,
    }),
    stop: async () => undefined,
  }
}

carrierContract({ name: 'bundle', knowsPeer: true, answersLater: true, mostEnvelopes: 10_000 }, courierRig)

const { keys, directory } = linkFixture()
const reading = { nodeId: 'b-node', directory, now: NOW }

async function envelopes(count: number): Promise<readonly Envelope[]> {
  const made: Envelope[] = []
  for (let n = 1; n <= count; n += 1)
    made.push(await sealEnvelope(requestOf({ id: `01a20000-0000-7000-8000-${String(n).padStart(12, '0')}`, seq: n }), keys.a, directory))
  return made
}

let lines: readonly string[]
let three: readonly Envelope[]
beforeAll(async () => {
  three = await envelopes(3)
  const file = newFile()
  await writeBundle(file, { kind: 'envelopes', key: keys.a.sig, from: 'a-node', to: 'b-node', now: NOW, directory, items: three })
  lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
})

/** Base64url signs that differ only in the lowest bit. */
function neighbour(sign: string): string {
  const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return signs[signs.indexOf(sign) ^ 1] ?? ''
}

async function refusalOf(text: string | Buffer, world: Partial<typeof reading> = {}): Promise<string> {
  const file = newFile()
  writeFileSync(file, text)
  return await checkBundle(file, { ...reading, ...world }).then(
    () => 'accepted',
    (error: unknown) => (error instanceof BundleRefused ? `${error.code} ${error.line}` : String(error)),
  )
}
const fileOf = (these: readonly string[]) => these.map((line) => `${line}\n`).join('')
const changed = (at: number, change: (line: string) => string) => fileOf(lines.map((line, index) => (index === at ? change(line) : line)))

/** The file signed anew by whoever changed it. */
function resigned(these: readonly string[], key: PrivateKey = keys.a.sig): string {
  const body = fileOf(these.slice(0, -1))
  const sha256 = createHash('sha256').update(body).digest('hex')
  const signature = signBytes(key, Buffer.from(`${BUNDLE_FORMAT} ${sha256}`)).toString('base64url')
  return `${body}${JSON.stringify({ end: these.length - 2, sha256, kid: key.kid, signature })}\n`
}

describe('a bundle file', () => {
  it('holds a header, one envelope a line and a signed footer, and reads back the same', async () => {
    expect(await refusalOf(fileOf(lines))).toBe('accepted')
    expect(lines).toHaveLength(5)
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      format: 'hx-bundle/1',
      kind: 'envelopes',
      from: 'a-node',
      to: 'b-node',
      count: 3,
      created: NOW.toISOString(),
      directory: { version: 5, digest: directoryDigest(directory) },
    })
    const file = newFile()
    writeFileSync(file, fileOf(lines))
    const read: unknown[] = []
    for await (const { outer, jwe } of bundleItems(file, 'envelopes', await checkBundle(file, reading))) read.push({ outer, jwe })
    expect(read).toEqual(three)
  })

  it('that is another one when it is read again is not believed', async () => {
    const file = newFile()
    writeFileSync(file, fileOf(lines))
    const checked = await checkBundle(file, reading)
    // Well formed, and signed by nobody for this file.
    const [one] = await envelopes(1)
    writeFileSync(
      file,
      changed(3, () => JSON.stringify({ n: 3, ...one })),
    )
    const read = async () => {
      for await (const _ of bundleItems(file, 'envelopes', checked)) continue
    }
    await expect(read()).rejects.toMatchObject({ code: 'bundle.changed', line: 5 })
  })

  it('is for its owner alone and never written over another', async () => {
    const file = newFile()
    const bundle = { kind: 'envelopes', key: keys.a.sig, from: 'a-node', to: 'b-node', now: NOW, directory, items: three } as const
    await writeBundle(file, bundle)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    await expect(writeBundle(file, bundle)).rejects.toThrow('EEXIST')
    expect(await refusalOf(readFileSync(file))).toBe('accepted')
  })

  it.each<[string, string, () => string | Buffer]>([
    ['an empty file', 'bundle.truncated 1', () => ''],
    ['a header alone', 'bundle.truncated 2', () => fileOf(lines.slice(0, 1))],
    ['cut after a line', 'bundle.truncated 4', () => fileOf(lines.slice(0, 3))],
    ['cut within a line', 'bundle.truncated 3', () => fileOf(lines).slice(0, fileOf(lines.slice(0, 2)).length + 50)],
    ['without the last line feed', 'bundle.truncated 5', () => fileOf(lines).slice(0, -1)],
    ['an envelope left out at the end', 'bundle.truncated 4', () => fileOf(lines.filter((_, index) => index !== 3))],
    ['an envelope left out in the middle', 'bundle.order 3', () => fileOf(lines.filter((_, index) => index !== 2))],
    ['two lines swapped', 'bundle.order 2', () => fileOf([0, 2, 1, 3, 4].map((index) => lines[index] ?? ''))],
    ['a line twice', 'bundle.order 3', () => fileOf([0, 1, 1, 2, 3, 4].map((index) => lines[index] ?? ''))],
    [
      'an envelope twice, numbered as if it were another',
      'bundle.duplicate 3',
      () => changed(2, () => (lines[1] ?? '').replace('"n":1', '"n":2')),
    ],
    [
      'an envelope added after the last',
      'bundle.added 5',
      () => fileOf([...lines.slice(0, 4), (lines[1] ?? '').replace('"n":1', '"n":4'), lines[4] ?? '']),
    ],
    ['a line added after the end', 'bundle.added 6', () => fileOf([...lines, '{}'])],
    ['an empty line after the end', 'bundle.added 6', () => fileOf([...lines, ''])],
    ['another version', 'bundle.version 1', () => changed(0, (line) => line.replace('hx-bundle/1', 'hx-bundle/2'))],
    ['no object', 'bundle.form 1', () => changed(0, () => '[]')],
    ['no JSON', 'bundle.form 3', () => changed(2, () => 'x')],
    ['blanks in a line', 'bundle.form 3', () => changed(2, (line) => line.replace('{', '{ '))],
    ['a member twice', 'bundle.form 3', () => changed(2, (line) => line.replace('{"n":2,', '{"n":2,"n":2,'))],
    ['a member more', 'bundle.form 3', () => changed(2, (line) => line.replace('}', ',"more":1}'))],
    ['carriage returns', 'bundle.form 1', () => fileOf(lines).replaceAll('\n', '\r\n')],
    ['a byte order mark', 'bundle.form 1', () => `\uFEFF${fileOf(lines)}`],
    ['bytes that are no text', 'bundle.encoding 1', () => Buffer.concat([Buffer.from([0xff]), Buffer.from(fileOf(lines))])],
    [
      'a line longer than any envelope',
      'bundle.line-size 3',
      () => changed(2, (line) => line.replace('"jwe":"', `"jwe":"${'x'.repeat(2_200_000)}`)),
    ],
    ['more than a bundle may hold', 'bundle.form 1', () => changed(0, (line) => line.replace('"count":3', '"count":10001'))],
    ['another count', 'bundle.truncated 5', () => changed(0, (line) => line.replace('"count":3', '"count":4'))],
    ['another time of writing', 'bundle.digest 5', () => changed(0, (line) => line.replace('2026-11-24', '2026-11-25'))],
    ['another sender', 'bundle.digest 5', () => changed(0, (line) => line.replace('a-node', 'c-node'))],
    [
      'another digest',
      'bundle.digest 5',
      () => changed(4, (line) => line.replace(/"sha256":"(.)/, (_, digit: string) => `"sha256":"${digit === 'f' ? 'e' : 'f'}`)),
    ],
    [
      'another spelling of the signature',
      'bundle.form 5',
      () => changed(4, (line) => line.replace(/(.)"}$/, (_, last: string) => `${neighbour(last)}"}`)),
    ],
    ['another signature', 'bundle.signature 5', () => changed(4, (line) => line.replace(/"signature":"..../, '"signature":"AAAA'))],
    ['the key of another node', 'bundle.signer 5', () => changed(4, (line) => line.replace(keys.a.sig.kid, keys.c.sig.kid))],
    ['a key nobody has', 'bundle.signer 5', () => changed(4, (line) => line.replace(keys.a.sig.kid, 'nobody'))],
    ['signed anew by another node', 'bundle.signer 5', () => resigned(lines, keys.c.sig)],
    [
      'signed anew with a key of the same name',
      'bundle.signature 5',
      () => resigned(lines, { kid: keys.a.sig.kid, jwk: makeSigningKey('x').jwk }),
    ],
    [
      'for another node',
      'bundle.not-for-us 1',
      () => resigned(lines.map((line, index) => (index === 0 ? line.replace('b-node', 'c-node') : line))),
    ],
    [
      'another directory of our version',
      'bundle.directory 1',
      () => resigned(lines.map((line, index) => (index === 0 ? line.replace(directoryDigest(directory), 'a'.repeat(64)) : line))),
    ],
  ])('refuses %s', async (_what, refusal, text) => {
    expect(await refusalOf(text())).toBe(refusal)
  })

  it('signed anew by its own sender it is that sender’s bundle', async () => {
    expect(await refusalOf(resigned(lines))).toBe('accepted')
  })

  it('refuses a signer whose key was revoked, and takes a directory of another version', async () => {
    const [a, ...others] = directory.orgs
    if (a === undefined) throw new Error('The fixture has no organisation.')
    const revokedAt = new Date(NOW.getTime() - 1).toISOString()
    const nodes = a.nodes.map((node) => ({ ...node, keys: node.keys.map((key) => ({ ...key, revokedAt })) }))
    const revoked: Directory = { ...directory, version: 6, orgs: [{ ...a, nodes }, ...others] }
    expect(await refusalOf(fileOf(lines), { directory: revoked })).toBe('bundle.signer 5')
    expect(await refusalOf(fileOf(lines), { directory: { ...directory, version: 6 } })).toBe('accepted')
  })

  it('refuses a file that is too large before it reads it', async () => {
    const file = newFile()
    const handle = await open(file, 'w')
    // A hole, not bytes.
    await handle.truncate(MAX_BUNDLE_BYTES + 1)
    await handle.close()
    await expect(checkBundle(file, reading)).rejects.toMatchObject({ code: 'bundle.too-large', line: 0 })
  })

  it('no single changed byte is accepted', async () => {
    const text = fileOf(lines)
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: text.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const bytes = Buffer.from(text)
        bytes[at] = (bytes[at] ?? 0) ^ mask
        expect(await refusalOf(bytes)).not.toBe('accepted')
      }),
      { numRuns: 500 },
    )
  })
})

describe('answers by hand', () => {
  const worldOf = (name: NodeName) => ({ keys: keys[name], clock, directory: () => directory })

  async function answered(by: NodeName = 'b') {
    const file = newFile()
    const items = three.map((envelope) => ({ digest: outerDigest(envelope.outer), answer: { state: 'refused' } as const }))
    await writeBundle(file, { kind: 'answers', key: keys[by].sig, from: `${by}-node`, to: 'a-node', now: NOW, directory, items })
    return await answersIn(file, await openBundle(file, worldOf('a')), worldOf('a'))
  }

  it('count for the envelopes they name, and only up to the first that has none', async () => {
    const [one, two, three_] = three
    const [, , , other] = await envelopes(4)
    if (one === undefined || two === undefined || three_ === undefined || other === undefined) throw new Error('Four were asked for.')
    const carrier = await answered()
    expect(await carrier.deliver('org.b', three)).toHaveLength(3)
    expect(await carrier.deliver('org.b', [one, other, three_])).toHaveLength(1)
    expect(await carrier.deliver('org.b', [other, one])).toEqual([])
  })

  it('count only from the node of the organisation that was written to', async () => {
    await expect((await answered('c')).deliver('org.b', three)).rejects.toThrow('does not answer for org.b')
  })

  it('a bundle larger than a batch is taken in batches, and says how far the node came', async () => {
    const many = await envelopes(130)
    const out = bundleOut('org.b', worldOf('a'))
    await out.deliver('org.b', many.slice(0, 100))
    await out.deliver('org.b', many.slice(100))
    await expect(out.deliver('org.c', many.slice(0, 1))).rejects.toThrow('not for org.c')
    const file = newFile()
    expect(out.count()).toBe(130)
    await out.write(file)
    const checked = await openBundle(file, worldOf('b'))
    const sizes: number[] = []
    const take: RigTake = async (batch) => {
      sizes.push(batch.length)
      return batch.slice(0, sizes.length === 2 ? 10 : 64).map(() => ({ state: 'taken', evidence: [] }) as const)
    }
    expect(await takeBundle({ in: file, answers: newFile(), checked }, take, worldOf('b'))).toEqual({
      taken: 74,
      refused: 0,
      unanswered: 56,
    })
    expect(sizes).toEqual([64, 64])
  })
})
