import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decrypt, encrypt, type JWK, sign, verify } from './jose.ts'
import { makeEncryptionKey, makeSigningKey, publicJwk } from './node-keys.ts'

const key = makeSigningKey('k1')
const other = makeSigningKey('k2')
const resolve = (kid: string): JWK | undefined => ({ k1: publicJwk(key), k2: publicJwk(other) })[kid]
const payload = Buffer.from('{"a":1}')
const b64 = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const tampered = async (header: unknown): Promise<string> => {
  const [, body, signature] = (await sign('hx-outer+jws', payload, key)).split('.')
  return `${b64(header)}.${body}.${signature}`
}
const good = { alg: 'Ed25519', typ: 'hx-outer+jws', kid: 'k1' }

describe('signatures', () => {
  it('round-trip', async () => {
    const token = await sign('hx-outer+jws', payload, key)
    expect(Buffer.from((await verify('hx-outer+jws', token, resolve)).payload).toString()).toBe('{"a":1}')
  })

  it.each([
    ['no algorithm', { ...good, alg: 'none' }, 'header.alg'],
    ['the older name', { ...good, alg: 'EdDSA' }, 'header.alg'],
    ['a symmetric algorithm', { ...good, alg: 'HS256' }, 'header.alg'],
    ['another type of token', { ...good, typ: 'hx-inner+jws' }, 'header.typ'],
    ['a key inside', { ...good, jwk: publicJwk(key) }, 'header.members'],
    ['a place to fetch the key', { ...good, jku: 'https://evil.example' }, 'header.members'],
    ['a certificate address', { ...good, x5u: 'https://evil.example' }, 'header.members'],
    ['critical extensions', { ...good, crit: ['b64'], b64: false }, 'header.members'],
    ['compression', { ...good, zip: 'DEF' }, 'header.members'],
    ['no key id', { alg: good.alg, typ: good.typ }, 'header.kid'],
    ['an unknown key', { ...good, kid: 'k9' }, 'key.unknown'],
    ['the key of somebody else', { ...good, kid: 'k2' }, 'token.signature'],
    ['a doubled member', '{"alg":"none","alg":"Ed25519","typ":"hx-outer+jws","kid":"k1"}', 'header.json'],
  ])('are refused with %s', async (_what, header, code) => {
    await expect(verify('hx-outer+jws', await tampered(header), resolve)).rejects.toMatchObject({ code })
  })

  it('are refused when the public key was used as a shared secret', async () => {
    const secret = Buffer.from(String(publicJwk(key).x), 'base64url')
    const head = `${b64({ ...good, alg: 'HS256' })}.${b64(payload.toString())}`
    const token = `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`
    await expect(verify('hx-outer+jws', token, resolve)).rejects.toMatchObject({ code: 'header.alg' })
  })

  it('are refused in any second spelling of the same bytes', async () => {
    const token = await sign('hx-outer+jws', payload, key)
    const [header, body, signature = ''] = token.split('.')
    const last = signature.at(-1) ?? ''
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const twin = alphabet[alphabet.indexOf(last) ^ 1] ?? ''
    for (const spelling of [
      `${signature}=`,
      `${signature.slice(0, -1)}${twin}`,
      `${signature} `,
      signature.replaceAll('-', '+').replaceAll('_', '/') + '\n',
    ])
      await expect(verify('hx-outer+jws', `${header}.${body}.${spelling}`, resolve)).rejects.toMatchObject({ code: 'token.spelling' })
  })

  it('never verify after any change of one sign', async () => {
    const token = await sign('hx-outer+jws', payload, key)
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom('A', 'B', '_', '.', '0'), async (at, sign_) => {
        fc.pre(token[at] !== sign_)
        await expect(verify('hx-outer+jws', token.slice(0, at) + sign_ + token.slice(at + 1), resolve)).rejects.toBeDefined()
      }),
      { numRuns: 150 },
    )
  })
})

describe('encryption', () => {
  const mine = makeEncryptionKey('e1')
  const theirs = makeEncryptionKey('e2')
  const pub = (each: typeof mine) => ({ kid: each.kid, jwk: publicJwk(each) })

  it.each([1, 2])('round-trips to %i recipients', async (count) => {
    const jwe = await encrypt(Buffer.from('secret'), [pub(mine), pub(theirs)].slice(0, count))
    expect(Buffer.from(await decrypt(jwe, [mine])).toString()).toBe('secret')
    if (count === 2) expect(Buffer.from(await decrypt(jwe, [theirs])).toString()).toBe('secret')
  })

  it('is refused for a key that is not a recipient', async () => {
    const jwe = await encrypt(Buffer.from('secret'), [pub(mine)])
    await expect(decrypt(jwe, [theirs])).rejects.toMatchObject({ code: 'token.not-for-us' })
  })

  it.each<[string, (jwe: Record<string, never>) => void, string]>([
    ['another content algorithm', (jwe) => Object.assign(jwe, { protected: b64({ enc: 'A128CBC-HS256', epk: {} }) }), 'header.enc'],
    ['compression', (jwe) => Object.assign(jwe, { protected: b64({ enc: 'A256GCM', zip: 'DEF' }) }), 'header.enc'],
    ['an unprotected member', (jwe) => Object.assign(jwe, { unprotected: { x: 1 } }), 'token.form'],
    [
      'another key algorithm',
      (jwe) => Object.assign((jwe['recipients'] as unknown as { header: object }[])[0]?.header ?? {}, { alg: 'dir' }),
      'header.alg',
    ],
    ['no recipient', (jwe) => Object.assign(jwe, { recipients: [] }), 'token.recipients'],
    ['a changed tag', (jwe) => Object.assign(jwe, { tag: 'AAAAAAAAAAAAAAAAAAAAAA' }), 'token.ciphertext'],
    ['padding', (jwe) => Object.assign(jwe, { iv: `${String(jwe['iv'])}=` }), 'token.spelling'],
  ])('is refused with %s', async (_what, change, code) => {
    const jwe = JSON.parse(await encrypt(Buffer.from('secret'), [pub(mine)]))
    change(jwe)
    await expect(decrypt(JSON.stringify(jwe), [mine])).rejects.toMatchObject({ code })
  })

  it('refuses a key of another curve', async () => {
    await expect(encrypt(Buffer.from('x'), [{ kid: 'k1', jwk: publicJwk(key) }])).rejects.toMatchObject({ code: 'key.curve' })
  })
})
