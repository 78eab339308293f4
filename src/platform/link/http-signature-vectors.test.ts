/** RFC 9421 Appendix B: what the library does with each published message, and why our profile refuses it. Source and licence: conformance/rfc9421. */
import { createHash, createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createVerifier, httpbis } from 'http-message-signatures'
import { expect, it } from 'vitest'
import { type RequestMessage, type ResponseMessage, verifyRequest, verifyResponse } from './http-signature.ts'
import type { JWK } from './jose.ts'
import { linkFixture } from './link-fixture.ts'
import { signBytes, verifyBytes } from './node-signature.ts'
import { nonceWindow } from './nonce-window.ts'

interface Case {
  readonly name: string
  readonly message: 'request' | 'response'
  readonly key: string
  readonly algorithm: string
  readonly base: string
  readonly signatureInput: string
  readonly signature: string
}
interface Vectors {
  readonly keys: Readonly<Record<string, JWK>>
  readonly request: { readonly method: string; readonly url: string; readonly headers: Record<string, string>; readonly body: string }
  readonly response: { readonly status: number; readonly headers: Record<string, string>; readonly body: string }
  readonly responseDigestOfBase: string
  readonly cases: readonly Case[]
  readonly proxy: Pick<Case, 'name' | 'key' | 'algorithm' | 'base'> & { readonly request: Vectors['request'] }
}

const vectors = JSON.parse(readFileSync(new URL('../../../conformance/rfc9421/appendix-b.json', import.meta.url), 'utf8')) as Vectors
/** The instant the examples were signed. */
const SIGNED_AT = new Date(1_618_884_473_000)

const keyNamed = (name: string): JWK => vectors.keys[name] as JWK

function keyObject(name: string): KeyObject {
  const jwk = keyNamed(name)
  if (jwk.kty === 'oct') return createSecretKey(Buffer.from(jwk.k ?? '', 'base64url'))
  return createPublicKey({ key: jwk as Record<string, string>, format: 'jwk' })
}

function signed(each: Case): RequestMessage | ResponseMessage {
  const message = each.message === 'request' ? vectors.request : { ...vectors.response }
  const headers = { ...message.headers }
  if (each.message === 'response') headers['content-digest'] = vectors.responseDigestOfBase
  headers['signature-input'] = each.signatureInput
  headers['signature'] = each.signature
  return { ...message, headers, body: Buffer.from(message.body) }
}

const all = [
  ...vectors.cases.map((each) => ({ ...each, wire: signed(each) })),
  { ...vectors.proxy, wire: { ...vectors.proxy.request, body: Buffer.from(vectors.proxy.request.body) } as RequestMessage },
]

it('has every case of B.2 and the proxy of B.3', () => {
  expect(all.map((each) => each.name)).toEqual(['B.2.1', 'B.2.2', 'B.2.3', 'B.2.4', 'B.2.5', 'B.2.6', 'B.3'])
})

it.each(all)(
  '$name ($algorithm): the library builds the published base and finds the signature good',
  async ({ wire, key, algorithm, base }) => {
    const bases: string[] = []
    const verifier = createVerifier(keyObject(key), algorithm)
    const result = await httpbis.verifyMessage(
      {
        tolerance: 1e12,
        keyLookup: async () => ({
          verify: async (data, signature, parameters) => {
            bases.push(data.toString('utf8'))
            return await verifier(data, signature, parameters)
          },
        }),
      },
      wire as RequestMessage,
    )
    expect(bases).toEqual([base])
    expect(result).toBe(true)
  },
)

it.each(all)('$name: the same signature over a base with one other byte is not good', async ({ wire, key, algorithm }) => {
  const verifier = createVerifier(keyObject(key), algorithm)
  const verify = httpbis.verifyMessage(
    {
      tolerance: 1e12,
      keyLookup: async () => ({ verify: async (data, signature) => await verifier(Buffer.concat([data, Buffer.from(' ')]), signature) }),
    },
    wire as RequestMessage,
  )
  // The library's HMAC comparison answers undefined or false; what it never answers is true.
  expect(await verify).not.toBe(true)
})

it('B.2.6: our own Ed25519 gives the published signature and finds it good, and no other key does', () => {
  const { base, signature } = vectors.cases[5] as Case
  const raw = Buffer.from(signature.slice('sig-b26=:'.length, -1), 'base64')
  const jwk = keyNamed('test-key-ed25519')
  expect(signBytes({ kid: 'test-key-ed25519', jwk }, Buffer.from(base)).equals(raw)).toBe(true)
  expect(verifyBytes(jwk, Buffer.from(base), raw)).toBe(true)
  expect(verifyBytes(jwk, Buffer.from(`${base} `), raw)).toBe(false)
  expect(verifyBytes(keyNamed('test-key-ecc-p256'), Buffer.from(base), raw)).toBe(false)
  expect(createPrivateKey({ key: jwk as Record<string, string>, format: 'jwk' }).asymmetricKeyType).toBe('ed25519')
})

it('the digest of the response in the text is wrong, and the one in the base of B.2.4 is right', () => {
  const real = `sha-512=:${createHash('sha512').update(vectors.response.body).digest('base64')}:`
  expect(vectors.responseDigestOfBase).toBe(real)
  expect(vectors.response.headers['content-digest']).not.toBe(real)
})

/** Why the profile `hx` refuses each, though every signature is good: all cover something else than the profile asks for. */
const REFUSALS: Readonly<Record<string, string>> = {
  'B.2.1': 'signature.component-missing',
  'B.2.2': 'signature.component-missing',
  'B.2.3': 'signature.component-missing',
  'B.2.4': 'signature.component-missing',
  'B.2.5': 'signature.component-missing',
  'B.2.6': 'signature.component-missing',
  'B.3': 'signature.component-missing',
}

it.each(all)('$name: our profile refuses it, with the reason', async ({ name, wire }) => {
  const world = { directory: linkFixture().directory, now: SIGNED_AT, nonces: nonceWindow() }
  const verdict =
    'status' in wire
      ? await verifyResponse(wire, { ...vectors.request, body: Buffer.from(vectors.request.body) }, world)
      : await verifyRequest(wire, world)
  expect(verdict).toEqual({ kind: 'reject', code: REFUSALS[name] })
})
