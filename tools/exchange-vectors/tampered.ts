/** Envelopes that are wrong in one way each, with the code that a node refuses them with. A node tells the code to its own log, never to the sender. */
import { addressOf, encryptInner, innerOf, outerOf, pushed, recipientsOf, type Sealed, seal, signOuter } from './envelopes.ts'
import { be, es, futureSig, type Member, NOW, nl, oldSig, pinOf, pt, revokedSeal, revokedSig, stranger } from './world.ts'
import { b64u, hex, type Json, json, jwe, jws, jwsWith, publicPart, sha256, type TestKey } from './writer.ts'

type Envelope = Sealed['envelope']

export interface Tampered {
  readonly name: string
  readonly code: string
  readonly envelope: { readonly outer: unknown; readonly jwe: unknown }
  readonly at: string
  readonly pin: string
  readonly now: string
}

interface Where {
  readonly at?: Member
  readonly pin?: string
  readonly now?: string
}

const right = seal(pushed)
const { envelope } = right
const [head = '', payload = '', signature = ''] = envelope.outer.split('.')

/** The node signs other words over the same ciphertext, or over another. */
function stated(change: Json, text: string = envelope.jwe, key: TestKey = be.sig): Envelope {
  return signOuter(json({ ...outerOf(pushed, hex(sha256(text))), ...change }), text, key)
}

const withHeader = (other: object | string): Envelope => ({ ...envelope, outer: jwsWith(other, json(right.outer), be.sig) })
const withPayload = (bytes: string | Uint8Array): Envelope => signOuter(Buffer.from(bytes as string), envelope.jwe, be.sig)
const without = (member: string) => json(Object.fromEntries(Object.entries(right.outer).filter(([name]) => name !== member)))

/** The node sends another ciphertext: everything outside is right. */
const carrying = (text: string): Envelope => stated({}, text)
const cipher = encryptInner(right.innerToken, pushed)
const recut = (change: (made: typeof cipher) => void): Envelope => {
  const made = structuredClone(cipher)
  change(made)
  return carrying(JSON.stringify(made))
}

/** Another inner token, encrypted as the right one is. */
const holding = (token: string): Envelope => carrying(JSON.stringify(encryptInner(token, pushed)))
const inside = (change: Json, key: TestKey = be.seal) => holding(jws('hx-inner+jws', json({ ...innerOf(pushed), ...change }), key))

/** A last sign whose idle bits are set: another spelling of the same bytes. */
function respelled(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return text.slice(0, -1) + (alphabet[alphabet.indexOf(text.at(-1) ?? '') + 1] ?? '')
}

const header = { alg: 'Ed25519', typ: 'hx-outer+jws', kid: be.sig.kid }
/** Signed under `alg` none: nothing at all stands behind the last dot. */
const unsigned = `${b64u(json({ ...header, alg: 'none' }))}.${payload}.`

const outerCases: readonly (readonly [string, string, { readonly outer: unknown; readonly jwe: unknown }, Where?])[] = [
  ['an envelope whose parts are no texts', 'envelope.form', { outer: envelope.outer, jwe: 5 }],
  ['an outer token longer than 64 KiB', 'envelope.size', stated({ ctx: 'x'.repeat(65_536) })],
  ['two parts instead of three', 'token.form', { ...envelope, outer: `${head}.${payload}` }],
  ['padding', 'token.spelling', { ...envelope, outer: `${envelope.outer}==` }],
  ['another spelling of the same signature', 'token.spelling', { ...envelope, outer: `${head}.${payload}.${respelled(signature)}` }],
  ['a header that is no JSON', 'header.json', withHeader('{"alg":"Ed25519"')],
  [
    'a member of the header twice',
    'header.json',
    withHeader(`{"alg":"Ed25519","typ":"hx-outer+jws","kid":"${be.sig.kid}","kid":"${be.sig.kid}"}`),
  ],
  ['a key brought along', 'header.members', withHeader({ ...header, jwk: publicPart(be.sig) })],
  ['a critical header', 'header.members', withHeader({ ...header, crit: ['b64'], b64: false })],
  ['the older name of the algorithm', 'header.alg', withHeader({ ...header, alg: 'EdDSA' })],
  ['no algorithm', 'header.alg', { ...envelope, outer: unsigned }],
  ['an inner token in the outer place', 'header.typ', { ...envelope, outer: right.innerToken }],
  ['no key id', 'header.kid', withHeader({ alg: 'Ed25519', typ: 'hx-outer+jws' })],
  ['a key that is in no directory', 'key.unknown', signOuter(json(right.outer), envelope.jwe, stranger)],
  ['a key revoked an hour ago', 'key.unknown', signOuter(json(right.outer), envelope.jwe, revokedSig)],
  ['a key that has run out', 'key.unknown', signOuter(json(right.outer), envelope.jwe, oldSig)],
  ['a key that is not yet valid', 'key.unknown', signOuter(json(right.outer), envelope.jwe, futureSig)],
  ['the seal in the place of the node key', 'key.unknown', signOuter(json(right.outer), envelope.jwe, be.seal)],
  ['the key of a suspended organisation', 'key.unknown', stated({ from: { ...addressOf(pt), node: pt.node } }, envelope.jwe, pt.sig)],
  [
    'a payload changed after signing',
    'token.signature',
    { ...envelope, outer: `${head}.${b64u(json({ ...right.outer, urgency: 'immediate' }))}.${signature}` },
  ],
  ['a payload that is no JSON', 'payload.json', withPayload('{"v":1,')],
  ['a payload that is no UTF-8', 'payload.json', withPayload(Uint8Array.from([0x7b, 0xff, 0x7d]))],
  ['a member of the payload twice', 'payload.json', withPayload(JSON.stringify(right.outer).replace('{"v":1', '{"v":1,"v":1'))],
  ['a member nobody knows', 'payload.schema', stated({ priority: 'high' })],
  ['another version', 'payload.schema', stated({ v: 2 })],
  ['an id that is no UUID of version 7', 'payload.schema', stated({ id: '01a20000-0000-4000-8000-000000000001' })],
  ['an instant with an offset', 'payload.schema', stated({ created: '2026-11-24T13:00:00+01:00' })],
  ['a kind nobody knows', 'payload.schema', stated({ kind: 'gossip' })],
  ['no desk addressed', 'payload.schema', stated({ to: [] })],
  ['no end', 'payload.schema', withPayload(without('expires'))],
  ['a place before the first', 'payload.schema', stated({ seq: 0 })],
  ['the node of another organisation', 'envelope.signer', stated({}, envelope.jwe, nl.sig)],
  ['another node at the other end of the connection', 'envelope.peer', envelope, { pin: pinOf(nl.node) }],
  ['a desk of another organisation', 'envelope.unit', stated({ from: { org: be.org, unit: nl.desk, node: be.node } })],
  ['nobody here is addressed', 'envelope.not-for-us', envelope, { at: nl }],
  ['made ten minutes from now', 'envelope.future', stated({ created: '2026-11-24T12:10:00.000Z' })],
  ['ended ten minutes ago', 'envelope.expired', stated({ expires: '2026-11-24T11:50:00.000Z' })],
  [
    'another ciphertext than was signed',
    'envelope.cipher',
    { ...envelope, jwe: JSON.stringify(encryptInner(right.innerToken, { ...pushed, number: 99 })) },
  ],
]

const innerCases: readonly (readonly [string, string, Envelope, Where?])[] = [
  ['a ciphertext that is no JSON', 'token.json', carrying('not JSON')],
  ['a member of the ciphertext twice', 'token.json', carrying(JSON.stringify(cipher).replace('{"protected"', '{"iv":"AAAA","protected"'))],
  ['more beside the ciphertext', 'token.form', carrying(JSON.stringify({ ...cipher, aad: 'AAAA' }))],
  ['no recipient of the key', 'token.recipients', recut((made) => made.recipients.splice(0))],
  [
    'one key named twice',
    'token.recipients',
    carrying(JSON.stringify(jwe(Buffer.from(right.innerToken), [...recipientsOf([es]), ...recipientsOf([es])], 'twice'))),
  ],
  ['another spelling of the tag', 'token.spelling', recut((made) => (made.tag = `${made.tag}==`))],
  ['compression', 'header.enc', recut((made) => (made.protected = b64u(json({ enc: 'A256GCM', zip: 'DEF' }))))],
  ['another content encryption', 'header.enc', recut((made) => (made.protected = b64u(json({ enc: 'A128GCM' }))))],
  [
    'an ephemeral key of another curve',
    'header.epk',
    recut((made) => (made.protected = b64u(json({ enc: 'A256GCM', epk: { kty: 'EC', crv: 'P-256', x: 'AAAA' } })))),
  ],
  [
    'another key management',
    'header.alg',
    recut((made) => (made.recipients[0] = { header: { alg: 'RSA1_5', kid: es.enc.kid }, encrypted_key: 'AAAA' })),
  ],
  [
    'a header of a recipient with more',
    'header.members',
    recut((made) => (made.recipients[0] = { header: { alg: 'ECDH-ES+A256KW', kid: es.enc.kid, apu: 'AAAA' }, encrypted_key: 'AAAA' })),
  ],
  [
    'encrypted to somebody else',
    'token.not-for-us',
    carrying(JSON.stringify(jwe(Buffer.from(right.innerToken), recipientsOf([nl]), 'elsewhere'))),
  ],
  ['a ciphertext changed', 'token.ciphertext', recut((made) => (made.ciphertext = `AAAA${made.ciphertext.slice(4)}`))],
  ['no token within', 'token.form', holding('hello')],
  ['an outer token within', 'header.typ', holding(jws('hx-outer+jws', json(right.outer), be.seal))],
  ['a seal of another organisation', 'key.unknown', inside({}, nl.seal)],
  ['the node key in the place of the seal', 'key.unknown', inside({}, be.sig)],
  ['a seal revoked an hour ago, the message dated two hours back', 'key.unknown', backdated()],
  ['content changed after sealing', 'token.signature', holding(changedInner())],
  ['a member of the content that nobody knows', 'payload.schema', inside({ priority: 'high' })],
  ['no handling', 'payload.schema', inside({ handling: undefined })],
  ['a handling code nobody knows', 'payload.schema', inside({ handling: { H: ['H9'], tlp: 'AMBER', pap: 'AMBER', conditions: [] } })],
  ['another id within', 'envelope.id', inside({ id: '01a20000-0000-7000-8000-000000000777' })],
  ['another author within', 'envelope.author', inside({ author: nl.org })],
  ['other recipients within', 'envelope.recipients', inside({ recipients: [addressOf(nl)] })],
  ['passed on as if it had been addressed so', 'key.unknown', passedOn()],
]

function changedInner(): string {
  const [at = '', , mark = ''] = right.innerToken.split('.')
  return `${at}.${b64u(json({ ...right.inner, purpose: 'anything' }))}.${mark}`
}

function backdated(): Envelope {
  const text = JSON.stringify(encryptInner(jws('hx-inner+jws', json(innerOf(pushed)), revokedSeal), pushed))
  return stated({ created: '2026-11-24T10:00:00.000Z' }, text)
}

/** What `es.customs` got it encrypts again for `nl.police`, under its own outer signature: the inner seal is not its own. */
function passedOn(): Envelope {
  const text = JSON.stringify(jwe(Buffer.from(right.innerToken), recipientsOf([nl]), 'passed on'))
  return stated({ from: { ...addressOf(es), node: es.node }, to: [addressOf(nl)] }, text, es.sig)
}

export function tamperedEnvelopes(): readonly Tampered[] {
  return [...outerCases, ...innerCases].map(([name, code, wrong, where = {}]) => {
    const isPassedOn = name.startsWith('passed on')
    const isPt = name.includes('suspended')
    const at = where.at ?? (isPassedOn ? nl : es)
    const sender = isPassedOn ? es : isPt ? pt : be
    return { name, code, envelope: wrong, at: at.node, pin: where.pin ?? pinOf(sender.node), now: where.now ?? NOW }
  })
}
