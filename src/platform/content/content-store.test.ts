import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ContentStore, openContentStore } from './content-store.ts'

let folder: string
let store: ContentStore
const key = randomBytes(32)
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'content-'))
  store = openContentStore(folder, key)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function* inChunks(bytes: Buffer, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function collect(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts)
}
const placeOf = (sha256: string) => path.join(folder, sha256.slice(0, 2), sha256)

it.each([0, 1, 1024 * 1024, 1024 * 1024 + 1, 3_000_000])(
  'gives back %i bytes and any range of them, stored encrypted under their address',
  async (size) => {
    const bytes = randomBytes(size)
    const put = await store.put(inChunks(bytes, 70_001), 10_000_000)
    expect(put).toEqual({ sha256: createHash('sha256').update(bytes).digest('hex'), size })
    expect((await collect(store.get(put.sha256))).equals(bytes)).toBe(true)
    const from = Math.floor(size / 3)
    expect(Buffer.from(await store.slice(put.sha256, from, size)).equals(bytes.subarray(from))).toBe(true)
    if (size > 64) expect(readFileSync(placeOf(put.sha256)).includes(bytes.subarray(0, 64))).toBe(false)
  },
)

it('keeps one copy of the same bytes, and leaves nothing behind when the limit is passed', async () => {
  const bytes = Buffer.from('the same')
  await store.put(inChunks(bytes, 3), 100)
  await store.put(inChunks(bytes, 5), 100)
  await expect(store.put(inChunks(randomBytes(200), 50), 100)).rejects.toThrow('cargo.document-too-large')
  expect(readdirSync(path.join(folder, 'incoming'))).toEqual([])
})

it('refuses a changed byte, swapped frames, a missing end and another key', async () => {
  const bytes = randomBytes(2_500_000)
  const { sha256 } = await store.put(inChunks(bytes, 1_000_000), 10_000_000)
  const whole = readFileSync(placeOf(sha256))
  const changed = Buffer.from(whole)
  changed[100] = (changed[100] ?? 0) ^ 1
  writeFileSync(placeOf(sha256), changed)
  await expect(collect(store.get(sha256))).rejects.toThrow()
  const frame = 1024 * 1024 + 16
  writeFileSync(
    placeOf(sha256),
    Buffer.concat([
      whole.subarray(0, 36),
      whole.subarray(36 + frame, 36 + 2 * frame),
      whole.subarray(36, 36 + frame),
      whole.subarray(36 + 2 * frame),
    ]),
  )
  await expect(collect(store.get(sha256))).rejects.toThrow()
  for (const kept of [36, 36 + frame, 36 + 2 * frame]) {
    writeFileSync(placeOf(sha256), whole.subarray(0, kept))
    await expect(collect(store.get(sha256))).rejects.toThrow()
  }
  writeFileSync(placeOf(sha256), whole)
  await expect(collect(openContentStore(folder, randomBytes(32)).get(sha256))).rejects.toThrow()
})

it('answers an unknown or malformed address alike', async () => {
  await expect(collect(store.get('0'.repeat(64)))).rejects.toThrow('not-found')
  await expect(collect(store.get('../../etc/passwd'))).rejects.toThrow('not-found')
})

describe('bytes with a key of their own', () => {
  const put = async (bytes: Buffer) => await store.erasable.put(inChunks(bytes, 70_001), 10_000_000)
  const stored = ({ name }: { readonly name: string }) => path.join(folder, 'erasable', name.slice(0, 2), name)

  it('are given back to whoever has the key, any range of them, and lie beside others of the same bytes', async () => {
    const bytes = randomBytes(2_500_000)
    const [one, two] = [await put(bytes), await put(bytes)]
    expect(one).toMatchObject({ sha256: two.sha256, size: bytes.length })
    expect(one.name).not.toBe(two.name)
    expect(Buffer.from(await store.erasable.slice(one, 1_000_000, 1_100_000)).equals(bytes.subarray(1_000_000, 1_100_000))).toBe(true)
    await expect(store.erasable.slice({ ...one, key: two.key }, 0, 10)).rejects.toThrow()
    await expect(collect(store.get(one.sha256))).rejects.toThrow('not-found')
  })

  it('are opened by nothing but that key: neither by the key of the node, nor by another node', async () => {
    const one = await put(Buffer.from('a person of whom nothing is to be left'))
    const copy = readFileSync(stored(one))
    mkdirSync(path.dirname(placeOf(one.name)), { recursive: true })
    writeFileSync(placeOf(one.name), copy)
    await expect(collect(store.get(one.name))).rejects.toThrow()
    await expect(openContentStore(folder, randomBytes(32)).erasable.slice(one, 0, 10)).rejects.toThrow()
  })

  it('are taken off the disk once, and no other file is', async () => {
    const [one, two] = [await put(Buffer.from('one')), await put(Buffer.from('two'))]
    await store.erasable.remove(one.name)
    await store.erasable.remove(one.name)
    await store.erasable.remove(`../${two.name}`)
    expect(existsSync(stored(one))).toBe(false)
    await expect(store.erasable.slice(one, 0, 3)).rejects.toThrow('not-found')
    expect(Buffer.from(await store.erasable.slice(two, 0, 3)).toString()).toBe('two')
  })
})
