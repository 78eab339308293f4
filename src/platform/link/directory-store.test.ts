import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { keyInForce, openDirectoryStore, signDirectory, verifyDirectory } from './directory-store.ts'
import { linkFixture, NOW } from './link-fixture.ts'
import { makeSigningKey, publicJwk } from './node-keys.ts'

const { stewards, directory } = linkFixture()
const trust = { stewards: stewards.map((key) => ({ kid: key.kid, jwk: publicJwk(key) })), threshold: 2 }
const folder = mkdtempSync(path.join(tmpdir(), 'directory-'))
afterAll(() => rmSync(folder, { recursive: true }))

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
    const empty = await openDirectoryStore(folder, trust)
    expect(() => empty.current(NOW)).toThrow(expect.objectContaining({ code: 'directory.missing' }))
    writeFileSync(path.join(folder, 'directory.jws'), await signDirectory(directory, stewards))
    const store = await openDirectoryStore(folder, trust)
    expect(store.current(NOW).version).toBe(5)
    expect(() => store.current(new Date(directory.expires))).toThrow(expect.objectContaining({ code: 'directory.expired' }))
    await store.accept(await signDirectory({ ...directory, version: 6, expires: '2027-06-01T00:00:00.000Z' }, stewards))
    expect(store.current(new Date(directory.expires)).version).toBe(6)
    expect((await openDirectoryStore(folder, trust)).current(NOW).version).toBe(6)
    await expect(store.accept(await signDirectory(directory, stewards))).rejects.toMatchObject({ code: 'directory.rollback' })
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
