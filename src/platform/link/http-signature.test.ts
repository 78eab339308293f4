/** The signature between nodes: what is accepted is exactly what was signed, once, now, for this address, by a node of the directory. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { httpbis } from 'http-message-signatures'
import { expect, it } from 'vitest'
import type { Directory } from './directory.ts'
import {
  type RequestMessage,
  type ResponseMessage,
  signRequest,
  signResponse,
  type Verdict,
  verifyRequest,
  verifyResponse,
} from './http-signature.ts'
import type { PrivateKey } from './jose.ts'
import { linkFixture, NOW } from './link-fixture.ts'
import { makeSigningKey } from './node-keys.ts'
import { signBytes } from './node-signature.ts'
import { nonceWindow } from './nonce-window.ts'

const { keys, directory } = linkFixture()
const URL_OF_B = 'https://b.example/hx/1/messages'
const MINUTE = 60_000

const after = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE)
const plain = (text = '{"envelopes":[]}'): RequestMessage => ({
  method: 'POST',
  url: URL_OF_B,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(text),
})
const signed = async (message = plain(), key: PrivateKey = keys.a.sig) => await signRequest(message, { key, now: NOW })
const check = async (message: RequestMessage, world: { now?: Date; directory?: Directory } = {}) =>
  await verifyRequest(message, { directory, now: NOW, nonces: nonceWindow(), ...world })
const withHeader = (message: RequestMessage, name: string, change: (value: string) => string): RequestMessage => ({
  ...message,
  headers: { ...message.headers, [name]: change(message.headers[name] ?? '') },
})
const refusal = (verdict: Verdict) => (verdict.kind === 'reject' ? verdict.code : 'accepted')

/** A signature by the library with free choice of what the profile fixes. */
async function freely(part: {
  fields?: string[]
  params?: string[]
  values?: Record<string, string | Date>
  key?: PrivateKey
  digest?: string
  name?: string
}): Promise<RequestMessage> {
  const key = part.key ?? keys.a.sig
  const message = plain()
  const digest = part.digest ?? `sha-256=:${createHash('sha256').update(message.body).digest('base64')}:`
  const { headers } = await httpbis.signMessage(
    {
      name: part.name ?? 'hx',
      fields: part.fields ?? ['"@method"', '"@target-uri"', '"content-digest"'],
      params: part.params ?? ['created', 'expires', 'nonce', 'keyid', 'tag'],
      paramValues: { created: NOW, expires: after(5), nonce: 'n-1', keyid: key.kid, tag: 'hx', ...part.values },
      key: { sign: async (base) => signBytes(key, base) },
    },
    { ...message, headers: { ...message.headers, 'content-digest': digest } },
  )
  return { ...message, headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])) }
}

it('accepts what a node of the directory signed, and says which node', async () => {
  const verdict = await check(await signed())
  expect(verdict).toMatchObject({ kind: 'accept', signer: { kid: keys.a.sig.kid, node: { id: 'a-node' } } })
})

it('accepts both digests of the profile, alone and together', async () => {
  const { body } = plain()
  const of = (name: string, hash: string) => `${name}=:${createHash(hash).update(body).digest('base64')}:`
  const [one, other] = [of('sha-256', 'sha256'), of('sha-512', 'sha512')]
  for (const digest of [one, other, `${one}, ${other}`]) expect(refusal(await check(await freely({ digest })))).toBe('accepted')
})

it('refuses an unsigned message, which the library answers with null', async () => {
  expect(await httpbis.verifyMessage({ keyLookup: async () => null }, plain())).toBeNull()
  expect(refusal(await check(plain()))).toBe('signature.missing')
})

it.each(['signature', 'signature-input'])('refuses a message with its %s gone', async (name) => {
  const message = await signed()
  const { [name]: _gone, ...headers } = message.headers
  expect(refusal(await check({ ...message, headers }))).toBe('signature.missing')
})

it.each([
  ['@method', 'signature.component-missing', { fields: ['"@target-uri"', '"content-digest"'] }],
  ['@target-uri', 'signature.component-missing', { fields: ['"@method"', '"content-digest"'] }],
  ['content-digest', 'signature.component-missing', { fields: ['"@method"', '"@target-uri"'] }],
  ['nothing', 'signature.component-missing', { fields: [] }],
  ['more than the profile', 'signature.components', { fields: ['"@method"', '"@target-uri"', '"content-digest"', '"content-type"'] }],
  ['another order', 'signature.components', { fields: ['"@target-uri"', '"@method"', '"content-digest"'] }],
])('refuses a signature whose coverage is off: %s', async (_what, code, part) => {
  expect(refusal(await check(await freely(part)))).toBe(code)
})

it.each([
  ['no created', 'signature.parameters', { params: ['expires', 'nonce', 'keyid', 'tag'] }],
  ['no expires', 'signature.parameters', { params: ['created', 'nonce', 'keyid', 'tag'] }],
  ['no nonce', 'signature.parameters', { params: ['created', 'expires', 'keyid', 'tag'] }],
  ['no keyid', 'signature.parameters', { params: ['created', 'expires', 'nonce', 'tag'] }],
  ['no tag', 'signature.parameters', { params: ['created', 'expires', 'nonce', 'keyid'] }],
  [
    'an algorithm stated',
    'signature.parameters',
    { params: ['created', 'expires', 'nonce', 'keyid', 'tag', 'alg'], values: { alg: 'hmac-sha256' } },
  ],
  ['another tag', 'signature.tag', { values: { tag: 'web-bot-auth' } }],
  ['a key nobody has', 'signature.key', { values: { keyid: 'd-node#sig-1' } }],
  ['the name of another key', 'signature.wrong', { values: { keyid: keys.b.sig.kid } }],
  ['created after now and the skew', 'signature.future', { values: { created: after(5.1), expires: after(6) } }],
  ['expired', 'signature.expired', { values: { created: after(-5), expires: NOW } }],
  ['valid for too long', 'signature.lifetime', { values: { expires: after(6) } }],
  ['expiring before it was created', 'signature.lifetime', { values: { created: after(4), expires: after(3) } }],
])('refuses %s', async (_what, code, part) => {
  expect(refusal(await check(await freely(part)))).toBe(code)
})

it('accepts a clock that is five minutes ahead, and not a second more', async () => {
  expect(refusal(await check(await freely({ values: { created: after(5), expires: after(6) } })))).toBe('accepted')
  const late = new Date(after(5).getTime() + 1000)
  expect(refusal(await check(await freely({ values: { created: late, expires: after(6) } })))).toBe('signature.future')
})

it('refuses the same message a second time, until its signature has expired anyway', async () => {
  const message = await signed()
  const nonces = nonceWindow()
  const at = async (now: Date) => refusal(await verifyRequest(message, { directory, now, nonces }))
  expect(await at(NOW)).toBe('accepted')
  expect(await at(NOW)).toBe('signature.replay')
  expect(await at(after(4.9))).toBe('signature.replay')
  expect(await at(after(5))).toBe('signature.expired')
})

it('keeps nonces of a key within a bound: a full window refuses and does not forget, and other keys keep their room', () => {
  const window = nonceWindow(2)
  const note = (keyid: string, nonce: string, now = NOW) => window.note({ keyid, nonce, until: after(5) }, now)
  expect([note('a', '1'), note('a', '2'), note('a', '3'), note('a', '1'), note('b', '1')]).toEqual(['new', 'new', 'full', 'seen', 'new'])
  expect(note('a', '3', after(5))).toBe('new')
})

it('a message that is refused uses up no nonce', async () => {
  const message = await signed()
  const nonces = nonceWindow()
  const world = { directory, now: NOW, nonces }
  expect(refusal(await verifyRequest({ ...message, body: Buffer.from('other') }, world))).toBe('digest.mismatch')
  expect(refusal(await verifyRequest(message, world))).toBe('accepted')
})

it('a stranger cannot use up the nonce of another', async () => {
  const nonces = nonceWindow()
  const forged = await freely({ key: { kid: keys.a.sig.kid, jwk: makeSigningKey('x').jwk } })
  expect(refusal(await verifyRequest(forged, { directory, now: NOW, nonces }))).toBe('signature.wrong')
  expect(refusal(await verifyRequest(await freely({}), { directory, now: NOW, nonces }))).toBe('accepted')
})

it.each([
  ['a wrong one', 'digest.mismatch', () => `sha-256=:${createHash('sha256').update('x').digest('base64')}:`],
  ['a short one', 'digest.mismatch', () => 'sha-256=:AAAA:'],
  ['an algorithm of the past', 'digest.algorithm', () => `md5=:${createHash('md5').update(plain().body).digest('base64')}:`],
  ['none at all', 'digest.form', () => ''],
  ['text for bytes', 'digest.form', () => 'sha-256="abc"'],
  ['a right one beside a wrong one', 'digest.mismatch', (right: string) => `${right}, sha-512=:AAAA:`],
  ['the same name twice', 'digest.form', (right: string) => `sha-256=:AAAA:, ${right}`],
])('refuses as digest: %s', async (_what, code, digest) => {
  const right = `sha-256=:${createHash('sha256').update(plain().body).digest('base64')}:`
  expect(refusal(await check(await freely({ digest: digest(right) })))).toBe(code)
})

it('refuses labels that are doubled, added or not the same', async () => {
  const message = await signed()
  const double = (value: string) => `${value}, ${value}`
  const second = (value: string) => `${value}, ${value.replace(/^hx=/, 'other=')}`
  for (const change of [double, second]) {
    expect(refusal(await check(withHeader(message, 'signature-input', change)))).toBe('signature.labels')
    expect(refusal(await check(withHeader(message, 'signature', change)))).toBe('signature.labels')
    expect(refusal(await check(withHeader(withHeader(message, 'signature', change), 'signature-input', change)))).toBe('signature.labels')
  }
  expect(refusal(await check(withHeader(message, 'signature', (value) => value.replace(/^hx=/, 'other='))))).toBe('signature.labels')
})

it('refuses another address, method and body', async () => {
  const message = await signed()
  expect(refusal(await check({ ...message, url: 'https://c.example/hx/1/messages' }))).toBe('signature.wrong')
  expect(refusal(await check({ ...message, method: 'PUT' }))).toBe('signature.wrong')
  expect(refusal(await check({ ...message, body: Buffer.from('{}') }))).toBe('digest.mismatch')
})

it('refuses keys that are revoked, out of date, of another use, or of an organisation that left', async () => {
  const message = await signed()
  const [a, ...others] = directory.orgs
  if (a === undefined) throw new Error('The fixture has no organisation.')
  const withKeys = (part: object): Directory => ({
    ...directory,
    orgs: [{ ...a, nodes: a.nodes.map((node) => ({ ...node, keys: node.keys.map((key) => ({ ...key, ...part })) })) }, ...others],
  })
  const code = async (other: Directory) => refusal(await check(message, { directory: other }))
  expect(await code(withKeys({ revokedAt: after(-1).toISOString() }))).toBe('signature.key')
  expect(await code(withKeys({ revokedAt: after(1).toISOString() }))).toBe('accepted')
  expect(await code(withKeys({ until: NOW.toISOString() }))).toBe('signature.key')
  expect(await code(withKeys({ use: 'seal' }))).toBe('signature.key')
  expect(await code({ ...directory, orgs: [{ ...a, status: 'suspended' }, ...others] })).toBe('signature.key')
})

it('no single changed byte in the signed fields or the body is accepted', async () => {
  const message = await signed(plain('{"envelopes":[{"outer":"a","jwe":"b"}]}'))
  const parts = ['signature', 'signature-input', 'content-digest', 'body'] as const
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...parts), fc.nat(), fc.integer({ min: 32, max: 126 }), async (part, at, code) => {
      const text = part === 'body' ? Buffer.from(message.body).toString() : (message.headers[part] ?? '')
      const index = at % text.length
      const changed = `${text.slice(0, index)}${String.fromCharCode(code)}${text.slice(index + 1)}`
      fc.pre(changed !== text)
      const other = part === 'body' ? { ...message, body: Buffer.from(changed) } : withHeader(message, part, () => changed)
      expect((await check(other)).kind).toBe('reject')
    }),
    { numRuns: 300 },
  )
})

async function exchange() {
  const request = await signed()
  const verdict = await check(request)
  if (verdict.kind === 'reject') throw new Error(verdict.code)
  const plainAnswer: ResponseMessage = { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from('{"answers":[]}') }
  const sign = async (key = keys.b.sig) => await signResponse(plainAnswer, { request, nonce: verdict.nonce }, { key, now: NOW })
  return { request, plainAnswer, sign, world: { directory, now: NOW } }
}

it('an answer is accepted for the request it answers, and says who signed', async () => {
  const { request, sign, world } = await exchange()
  expect(await verifyResponse(await sign(), request, world)).toMatchObject({ kind: 'accept', signer: { node: { id: 'b-node' } } })
})

it('an answer is refused when it is unsigned, changed, late, or for another request', async () => {
  const { request, plainAnswer, sign, world } = await exchange()
  const answer = await sign()
  const code = async (message: ResponseMessage, to = request, now = NOW) => refusal(await verifyResponse(message, to, { ...world, now }))
  expect(await code(plainAnswer)).toBe('signature.missing')
  expect(await code({ ...answer, body: Buffer.from('{"answers":[1]}') })).toBe('digest.mismatch')
  expect(await code({ ...answer, status: 202 })).toBe('signature.wrong')
  expect(await code(answer, request, after(5))).toBe('signature.expired')
  // The same bytes asked again: only the nonce tells the two requests apart.
  expect(await code(answer, await signed())).toBe('signature.other-request')
  expect(await code(answer, await signed(plain('{"envelopes":[1]}')))).toBe('signature.wrong')
  expect(await code(await sign({ kid: 'd', jwk: makeSigningKey('d').jwk }))).toBe('signature.key')
})

it('a signed request is no answer, and a signed answer no request', async () => {
  const { request, sign, world } = await exchange()
  const answer = await sign()
  expect(refusal(await verifyResponse({ ...answer, headers: request.headers, body: request.body }, request, world))).toBe(
    'signature.component-missing',
  )
  expect(refusal(await check({ ...request, headers: answer.headers, body: answer.body }))).toBe('signature.component-missing')
})
