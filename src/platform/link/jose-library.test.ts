/**
 * Tokens made here beside those of `jose`, in both directions: signatures are the same to the byte, and what one side encrypts the other opens.
 * What this test shows for all contents and any number of recipients is why the library need not stand in the way of every message (ADR 20).
 */
import fc from 'fast-check'
import { CompactSign, compactVerify, GeneralEncrypt, generalDecrypt, importJWK } from 'jose'
import { expect, it } from 'vitest'
import { decrypt, encrypt, sign, verify } from './jose.ts'
import { makeEncryptionKey, makeSigningKey, publicJwk } from './node-keys.ts'

const key = makeSigningKey('k1')
const readers = ['e1', 'e2', 'e3'].map(makeEncryptionKey)
const open = (count: number) => readers.slice(0, count).map((each) => ({ kid: each.kid, jwk: publicJwk(each) }))
const library = async (jwk: Parameters<typeof importJWK>[0]) => await importJWK(jwk, jwk.alg)
const bytes = fc.uint8Array({ maxLength: 3000 })
const count = fc.integer({ min: 1, max: readers.length })
const RUNS = { numRuns: 60 }

it('signs to the byte as the library does, and each verifies what the other signed', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, async (payload) => {
      const ours = await sign('hx-outer+jws', payload, key)
      const theirs = await new CompactSign(payload)
        .setProtectedHeader({ alg: 'Ed25519', typ: 'hx-outer+jws', kid: 'k1' })
        .sign(await library(key.jwk))
      expect(ours).toBe(theirs)
      expect(Buffer.from((await compactVerify(ours, await library(publicJwk(key)))).payload).equals(payload)).toBe(true)
      expect(Buffer.from((await verify('hx-outer+jws', theirs, () => publicJwk(key))).payload).equals(payload)).toBe(true)
    }),
    RUNS,
  )
})

it('opens at each recipient what the library encrypted', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, count, async (plain, many) => {
      const jwe = new GeneralEncrypt(plain).setProtectedHeader({ enc: 'A256GCM' })
      for (const { kid, jwk } of open(many)) jwe.addRecipient(await library(jwk)).setUnprotectedHeader({ alg: 'ECDH-ES+A256KW', kid })
      const text = JSON.stringify(await jwe.encrypt())
      for (const reader of readers.slice(0, many)) expect(Buffer.from(await decrypt(text, [reader])).equals(plain)).toBe(true)
    }),
    RUNS,
  )
})

it('is opened by the library at each recipient, and by nobody after any change', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, count, fc.nat(), async (plain, many, place) => {
      const text = await encrypt(plain, open(many))
      for (const reader of readers.slice(0, many)) {
        const jwe = JSON.parse(text)
        jwe.recipients = jwe.recipients.filter((each: { header: { kid: string } }) => each.header.kid === reader.kid)
        const { plaintext } = await generalDecrypt(jwe, await library(reader.jwk), {
          keyManagementAlgorithms: ['ECDH-ES+A256KW'],
          contentEncryptionAlgorithms: ['A256GCM'],
        })
        expect(Buffer.from(plaintext).equals(plain)).toBe(true)
      }
      const at = place % text.length
      const changed = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
      const opened = await Promise.all(
        readers.slice(0, many).map(async (reader) => await decrypt(changed, [reader]).catch(() => undefined)),
      )
      // A change in the entry of one recipient is nothing to the others.
      expect(opened.filter((each) => each === undefined).length).toBeGreaterThan(0)
    }),
    RUNS,
  )
})

it('never uses one initial value or one ephemeral key twice', async () => {
  const seen = new Set<string>()
  for (let each = 0; each < 200; each++) {
    const jwe = JSON.parse(await encrypt(Buffer.from('same'), open(1)))
    seen.add(jwe.iv).add(jwe.protected).add(jwe.recipients[0].encrypted_key)
  }
  expect(seen.size).toBe(600)
})
