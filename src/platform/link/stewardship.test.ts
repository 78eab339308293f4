import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Directory } from './directory.ts'
import { addSignature, digestOf, openDirectoryStore, signDirectory, verifyDirectory } from './directory-store.ts'
import type { PrivateKey } from './jose.ts'
import { linkFixture, NOW } from './link-fixture.ts'
import { makeSigningKey, publicJwk } from './node-keys.ts'
import { anchorDigest, type DirectoryTrust, readAnchor } from './stewardship.ts'

const { stewards: first, directory } = linkFixture()
const second = [1, 2, 3].map((each) => makeSigningKey(`second-${each}`))
const third = [1, 2].map((each) => makeSigningKey(`third-${each}`))
const clock = { now: () => NOW }
const folder = mkdtempSync(path.join(tmpdir(), 'stewards-'))
afterAll(() => rmSync(folder, { recursive: true }))

const trustIn = (keys: readonly PrivateKey[], threshold = 2): DirectoryTrust => ({
  stewards: keys.map((key) => ({ kid: key.kid, jwk: publicJwk(key) })),
  threshold,
})
const named = (keys: readonly PrivateKey[]): Pick<Directory, 'steering' | 'threshold'> => ({
  steering: trustIn(keys).stewards,
  threshold: 2,
})

async function succession(from: readonly PrivateKey[], to: readonly PrivateKey[], signers = [...from.slice(0, 2), ...to.slice(0, 2)]) {
  let text = JSON.stringify({
    v: 1,
    coalition: 'test',
    ...trustIn(to),
    before: anchorDigest('test', trustIn(from)),
    at: NOW.toISOString(),
  })
  for (const key of signers) text = (await addSignature(text, key, 'hx-stewards+jws')).token
  return text
}

describe('stewards hand over', () => {
  it('by the signatures of enough of those before and of those after: nodes follow what they pinned', async () => {
    const handed = { ...directory, ...named(second), version: 6, successions: [await succession(first, second)] }
    expect((await verifyDirectory(await signDirectory(handed, second), trustIn(first), directory)).version).toBe(6)
    // Those who handed over sign no more.
    await expect(verifyDirectory(await signDirectory(handed, first), trustIn(first), directory)).rejects.toMatchObject({
      code: 'directory.threshold',
    })
  })

  it('also to a node that slept through several of them, and to one that pinned in the middle', async () => {
    const successions = [await succession(first, second), await succession(second, third)]
    const token = await signDirectory({ ...directory, ...named(third), version: 9, successions }, third)
    for (const pinned of [first, second, third]) expect((await verifyDirectory(token, trustIn(pinned), undefined)).version).toBe(9)
    await expect(verifyDirectory(token, trustIn([makeSigningKey('stranger')], 1), undefined)).rejects.toMatchObject({
      code: 'directory.threshold',
    })
  })

  it.each<[string, () => Promise<string>, string]>([
    ['too few of those before signed', async () => await succession(first, second, [first[0]!, ...second]), 'directory.succession'],
    ['too few of those after signed', async () => await succession(first, second, [...first, second[0]!]), 'directory.succession'],
    [
      'one of those before signed twice',
      async () => await succession(first, second, [first[0]!, first[0]!, ...second]),
      'directory.succession',
    ],
    ['it does not follow on what is pinned', async () => await succession(third, second), 'directory.threshold'],
  ])('is refused when %s', async (_what, made, code) => {
    const handed = { ...directory, ...named(second), version: 6, successions: [await made()] }
    await expect(verifyDirectory(await signDirectory(handed, second), trustIn(first), directory)).rejects.toMatchObject({ code })
  })

  it('is refused when the directory names others than those who follow', async () => {
    const handed = { ...directory, ...named(third), version: 6, successions: [await succession(first, second)] }
    await expect(verifyDirectory(await signDirectory(handed, [...second, ...third]), trustIn(first), directory)).rejects.toMatchObject({
      code: 'directory.succession',
    })
  })

  it('for good: those who handed over take nothing back by leaving it out, also after a restart', async () => {
    const before = await signDirectory(directory, first)
    writeFileSync(path.join(folder, 'directory.jws'), before)
    const store = await openDirectoryStore(folder, trustIn(first), clock)
    const handed = {
      ...directory,
      ...named(second),
      version: 6,
      prevDigest: digestOf(before),
      successions: [await succession(first, second)],
    }
    const after = await signDirectory(handed, second)
    await store.accept(after)
    const back = await signDirectory({ ...directory, version: 7, prevDigest: digestOf(after) }, first)
    await expect(store.accept(back)).rejects.toMatchObject({ code: 'directory.succession' })
    const again = await openDirectoryStore(folder, trustIn(first), clock)
    await expect(again.accept(back)).rejects.toMatchObject({ code: 'directory.succession' })
    expect(again.current(NOW).version).toBe(6)
  })
})

describe('an anchor', () => {
  const anchor = { v: 1, coalition: 'test', ...trustIn(first) }

  it('has one digest however it is written, and another for every other meaning', () => {
    const digest = anchorDigest('test', trustIn(first))
    expect(anchorDigest('test', trustIn(first.toReversed()))).toBe(digest)
    const others = [
      anchorDigest('tests', trustIn(first)),
      anchorDigest('test', trustIn(first, 1)),
      anchorDigest('test', trustIn(first.slice(0, 2))),
    ]
    expect(new Set([digest, ...others]).size).toBe(4)
  })

  it.each<[string, unknown]>([
    ['more must sign than there are', { ...anchor, threshold: 4 }],
    ['one key stands under two names', { ...anchor, stewards: [anchor.stewards[0], { ...anchor.stewards[0], kid: 'other' }] }],
    [
      'one name stands for two keys',
      { ...anchor, stewards: [anchor.stewards[0], { ...anchor.stewards[1], kid: anchor.stewards[0]?.kid }] },
    ],
    ['a private key is in it', { ...anchor, stewards: first }],
    ['it is no anchor', { coalition: 'test' }],
  ])('is refused when %s', (_what, value) => {
    expect(() => readAnchor(value)).toThrow(expect.objectContaining({ code: 'directory.anchor' }))
  })
})
