import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Directory, DirectoryOrg } from './directory.ts'
import { digestOf, keyInForce, openDirectoryStore, signDirectory, verifyDirectory } from './directory-store.ts'
import type { PrivateKey } from './jose.ts'
import { linkFixture, NOW } from './link-fixture.ts'
import { makeSigningKey, publicJwk } from './node-keys.ts'

const { stewards, directory } = linkFixture()
const trust = { stewards: stewards.map((key) => ({ kid: key.kid, jwk: publicJwk(key) })), threshold: 2 }
const folder = mkdtempSync(path.join(tmpdir(), 'directory-'))
const clock = { now: () => NOW }
afterAll(() => rmSync(folder, { recursive: true }))

async function storeWith(token: string) {
  const home = mkdtempSync(path.join(folder, 'home-'))
  writeFileSync(path.join(home, 'directory.jws'), token)
  return await openDirectoryStore(home, trust, clock)
}

describe('a directory', () => {
  it('holds with two stewards', async () => {
    expect((await verifyDirectory(await signDirectory(directory, stewards.slice(0, 2)), trust, undefined)).version).toBe(5)
  })

  it('does not hold with one steward signing twice', async () => {
    const token = JSON.parse(await signDirectory(directory, [stewards[0]!]))
    token.signatures.push(token.signatures[0])
    await expect(verifyDirectory(JSON.stringify(token), trust, undefined)).rejects.toMatchObject({ code: 'directory.threshold' })
  })

  it('does not believe stewards that it names itself', async () => {
    const strangers = [1, 2].map((each) => makeSigningKey(`stranger-${each}`))
    const own = {
      ...directory,
      steering: strangers.map((key) => ({ kid: key.kid, jwk: publicJwk(key) as Record<string, unknown> })),
      threshold: 1,
    }
    await expect(verifyDirectory(await signDirectory(own, strangers), trust, undefined)).rejects.toMatchObject({
      code: 'directory.threshold',
    })
  })

  it('does not believe a stranger who took a steward’s key id', async () => {
    const impostors = [makeSigningKey('steward-1'), makeSigningKey('steward-2')]
    await expect(verifyDirectory(await signDirectory(directory, impostors), trust, undefined)).rejects.toMatchObject({
      code: 'directory.threshold',
    })
  })

  it('is not rolled back, and not forked', async () => {
    const older = await signDirectory({ ...directory, version: 4 }, stewards)
    await expect(verifyDirectory(older, trust, directory)).rejects.toMatchObject({ code: 'directory.rollback' })
    const fork = await signDirectory({ ...directory, coalition: 'other' }, stewards)
    await expect(verifyDirectory(fork, trust, directory)).rejects.toMatchObject({ code: 'directory.fork' })
  })

  it('stops everything when it has expired or is missing', async () => {
    const empty = await openDirectoryStore(folder, trust, clock)
    expect(() => empty.current(NOW)).toThrow(expect.objectContaining({ code: 'directory.missing' }))
    const token = await signDirectory(directory, stewards)
    writeFileSync(path.join(folder, 'directory.jws'), token)
    const store = await openDirectoryStore(folder, trust, clock)
    expect(store.current(NOW).version).toBe(5)
    expect(() => store.current(new Date(directory.expires))).toThrow(expect.objectContaining({ code: 'directory.expired' }))
    const next = { ...directory, version: 6, prevDigest: digestOf(token), expires: '2027-06-01T00:00:00.000Z' }
    await store.accept(await signDirectory(next, stewards))
    expect(store.current(new Date(directory.expires)).version).toBe(6)
    expect((await openDirectoryStore(folder, trust, clock)).current(NOW).version).toBe(6)
    await expect(store.accept(token)).rejects.toMatchObject({ code: 'directory.rollback' })
  })

  it('is the same one whoever of the stewards signed it', async () => {
    const [one, two, three] = stewards as [PrivateKey, PrivateKey, PrivateKey]
    const token = await signDirectory(directory, [one, two])
    expect(digestOf(token)).toBe(digestOf(await signDirectory(directory, [three, one])))
    const store = await storeWith(token)
    const after = { ...directory, version: 6, prevDigest: digestOf(await signDirectory(directory, [two, three])) }
    expect((await store.accept(await signDirectory(after, stewards))).version).toBe(6)
  })

  it('that was made from another version than the one held is a fork', async () => {
    const store = await storeWith(await signDirectory(directory, stewards))
    const other = await signDirectory({ ...directory, expires: '2026-12-02T00:00:00.000Z' }, stewards)
    const fork = await signDirectory({ ...directory, version: 6, prevDigest: digestOf(other) }, stewards)
    await expect(store.accept(fork)).rejects.toMatchObject({ code: 'directory.fork' })
    expect(store.current(NOW).version).toBe(5)
  })

  it('that has expired already is not taken: it would only stop the node', async () => {
    const token = await signDirectory(directory, stewards)
    const store = await storeWith(token)
    const old = { ...directory, version: 6, prevDigest: digestOf(token), issued: '2026-11-01T00:00:00.000Z', expires: NOW.toISOString() }
    await expect(store.accept(await signDirectory(old, stewards))).rejects.toMatchObject({ code: 'directory.expired' })
  })

  it('of another coalition is not taken, even when the same stewards signed it', async () => {
    const other = await signDirectory({ ...directory, version: 7, coalition: 'other' }, stewards)
    await expect(verifyDirectory(other, trust, directory)).rejects.toMatchObject({ code: 'directory.coalition' })
  })

  it('that is laid into the home and refused is put aside; the one in force goes on, also after a new start', async () => {
    const home = mkdtempSync(path.join(folder, 'laid-'))
    const file = path.join(home, 'directory.jws')
    const good = await signDirectory(directory, stewards)
    writeFileSync(file, good)
    const store = await openDirectoryStore(home, trust, clock)
    const bad = await signDirectory({ ...directory, version: 6 }, stewards.slice(0, 1))
    writeFileSync(file, bad)
    await expect(store.refresh()).rejects.toMatchObject({ code: 'directory.threshold' })
    await store.refresh()
    expect(store.current(NOW).version).toBe(5)
    expect([readFileSync(file, 'utf8'), readFileSync(`${file}.refused`, 'utf8')]).toEqual([good, bad])
    expect((await openDirectoryStore(home, trust, clock)).current(NOW).version).toBe(5)
  })

  const [first] = directory.orgs as [DirectoryOrg]
  const firstNode = first.nodes[0] as DirectoryOrg['nodes'][number]
  it.each<[string, Partial<Directory>]>([
    ['an organisation stands twice', { orgs: [first, { ...first, units: [] }] }],
    ['a desk belongs to two', { orgs: [first, { ...first, id: 'org.x', nodes: [] }] }],
    ['a key stands with two nodes', { orgs: [first, { ...first, id: 'org.x', units: [], nodes: [{ ...firstNode, id: 'x-node' }] }] }],
    [
      'a private key slipped in',
      { orgs: [{ ...first, nodes: [{ ...firstNode, keys: firstNode.keys.map((key) => ({ ...key, jwk: { ...key.jwk, d: 'x' } })) }] }] },
    ],
    ['it expires before it is issued', { expires: '2026-11-01T00:00:00.000Z' }],
    ['a time is none', { orgs: [{ ...first, statusFrom: 'yesterday' }] }],
  ])('is refused, however many signed it, when %s', async (_what, change) => {
    await expect(verifyDirectory(await signDirectory({ ...directory, ...change }, stewards), trust, undefined)).rejects.toMatchObject({
      code: 'directory.form',
    })
  })

  it('keeps a key out of force before, after, and from its revocation on', () => {
    const [org] = directory.orgs
    const node = org!.nodes[0]!
    const revoked = { ...org!, nodes: [{ ...node, keys: node.keys.map((key) => ({ ...key, revokedAt: NOW.toISOString() })) }] }
    expect(keyInForce(org!, 'seal', NOW)).toHaveLength(1)
    expect(keyInForce(org!, 'seal', new Date('2025-01-01'))).toHaveLength(0)
    expect(keyInForce(org!, 'seal', new Date('2027-01-01'))).toHaveLength(0)
    expect(keyInForce(revoked, 'seal', NOW)).toHaveLength(0)
    expect(keyInForce(revoked, 'seal', new Date(NOW.getTime() - 1))).toHaveLength(1)
  })
})
