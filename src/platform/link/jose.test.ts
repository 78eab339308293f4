import { createHmac, createPrivateKey, createPublicKey, sign as signBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decrypt, encrypt, type JWK, sign, signTogether, verify, verifyTogether } from './jose.ts'
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

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const bytesOf = (part: string) => Buffer.from(part, 'base64url').toString('hex')
/** Other spellings of a part whose bytes a lax reader takes for the same: the last sign carries two or four bits that mean nothing. */
const spellingsOf = (part: string) =>
  [...ALPHABET].map((last) => part.slice(0, -1) + last).filter((other) => other !== part && bytesOf(other) === bytesOf(part))

describe('the negative list of signatures', () => {
  /** Signed in truth by the key, over a header that the wrapper would not write. */
  const signedWith = (header: object | string, body: string = payload.toString()): string => {
    const head = `${b64(header)}.${b64(body)}`
    return `${head}.${signBytes(null, Buffer.from(head), createPrivateKey({ key: { ...key.jwk }, format: 'jwk' })).toString('base64url')}`
  }

  it('takes a token made here from the same parts', async () => {
    expect((await verify('hx-outer+jws', signedWith(good), resolve)).kid).toBe('k1')
  })

  it.each<[string, object | string, string]>([
    ['alg none', { ...good, alg: 'none' }, 'header.alg'],
    ['alg None, in another case', { ...good, alg: 'NoNe' }, 'header.alg'],
    ['alg absent', { typ: good.typ, kid: good.kid }, 'header.alg'],
    ['alg that is a list', { ...good, alg: ['Ed25519'] }, 'header.alg'],
    ['alg EdDSA, which leaves the curve open', { ...good, alg: 'EdDSA' }, 'header.alg'],
    ['alg ES256', { ...good, alg: 'ES256' }, 'header.alg'],
    ['alg RS256', { ...good, alg: 'RS256' }, 'header.alg'],
    ['alg RSA1_5', { ...good, alg: 'RSA1_5' }, 'header.alg'],
    ['zip', { ...good, zip: 'DEF' }, 'header.members'],
    ['enc', { ...good, enc: 'A256GCM' }, 'header.members'],
    ['an unknown crit', { ...good, crit: ['urn:unknown'], 'urn:unknown': true }, 'header.members'],
    ['a crit that is empty', { ...good, crit: [] }, 'header.members'],
    ['b64=false and its crit', { ...good, crit: ['b64'], b64: false }, 'header.members'],
    ['b64=false without crit', { ...good, b64: false }, 'header.members'],
    ['a header jwk', { ...good, jwk: publicJwk(key) }, 'header.members'],
    ['a header jku', { ...good, jku: 'https://keys.example/set' }, 'header.members'],
    ['a header x5u', { ...good, x5u: 'https://keys.example/cert' }, 'header.members'],
    ['a header x5c', { ...good, x5c: ['AAAA'] }, 'header.members'],
    ['a header x5t#S256', { ...good, 'x5t#S256': 'AAAA' }, 'header.members'],
    ['p2c of 100 million', { ...good, alg: 'PBES2-HS256+A128KW', p2c: 100_000_000, p2s: 'AAAA' }, 'header.members'],
    ['typ absent', { alg: good.alg, kid: good.kid }, 'header.typ'],
    ['typ of another document', { ...good, typ: 'hx-evidence+jws' }, 'header.typ'],
    ['typ in another case', { ...good, typ: 'HX-OUTER+JWS' }, 'header.typ'],
    ['typ as a media type', { ...good, typ: 'application/hx-outer+jws' }, 'header.typ'],
    ['typ JWT', { ...good, typ: 'JWT' }, 'header.typ'],
    ['kid absent', { alg: good.alg, typ: good.typ }, 'header.kid'],
    ['kid empty', { ...good, kid: '' }, 'header.kid'],
    ['kid that is a number', { ...good, kid: 1 }, 'header.kid'],
    ['kid over-long', { ...good, kid: 'k'.repeat(121) }, 'header.kid'],
    ['a duplicate alg', '{"alg":"Ed25519","alg":"Ed25519","typ":"hx-outer+jws","kid":"k1"}', 'header.json'],
    ['a duplicate kid, once written with an escape', '{"alg":"Ed25519","typ":"hx-outer+jws","kid":"k2","\\u006bid":"k1"}', 'header.json'],
    ['a member __proto__', '{"alg":"Ed25519","typ":"hx-outer+jws","kid":"k1","__proto__":{}}', 'header.json'],
    ['a header that is no JSON', '{alg:Ed25519}', 'header.json'],
    ['a header of two values', `${JSON.stringify(good)}{}`, 'header.json'],
    ['a header that is null', 'null', 'header.members'],
    ['a header that is a list', '[]', 'header.members'],
    ['a header that is a text', '"Ed25519"', 'header.members'],
  ])('refuses %s', async (_what, header, code) => {
    await expect(verify('hx-outer+jws', signedWith(header), resolve)).rejects.toMatchObject({ name: 'TokenRefused', code })
  })

  it('(L19) refuses HS256 keyed with the public key, in each form in which one may have it', async () => {
    const { x } = publicJwk(key)
    const pem = createPublicKey({ key: { ...publicJwk(key) }, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
    for (const secret of [Buffer.from(String(x), 'base64url'), String(x), pem, JSON.stringify(publicJwk(key))]) {
      const head = `${b64({ ...good, alg: 'HS256' })}.${b64(payload.toString())}`
      const token = `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`
      await expect(verify('hx-outer+jws', token, resolve)).rejects.toMatchObject({ code: 'header.alg' })
    }
  })

  it('refuses every alternative spelling of the last sign of each part', async () => {
    const parts = signedWith(good, '{"a":12}').split('.')
    let tried = 0
    for (const [place, part] of parts.entries())
      for (const spelling of spellingsOf(part)) {
        tried += 1
        await expect(verify('hx-outer+jws', parts.with(place, spelling).join('.'), resolve)).rejects.toMatchObject({
          code: 'token.spelling',
        })
      }
    // A signature of 64 bytes has 15 others; header and payload as many as their length leaves bits free.
    expect(tried).toBe(parts.reduce((sum, part) => sum + [0, 0, 15, 3][part.length % 4]!, 0))
    expect(tried).toBeGreaterThanOrEqual(15)
  })

  it.each<[string, (part: string) => string]>([
    ['one sign of padding', (part) => `${part}=`],
    ['two signs of padding', (part) => `${part}==`],
    ['a blank before', (part) => ` ${part}`],
    ['a blank after', (part) => `${part} `],
    ['a line end', (part) => `${part}\n`],
    ['a blank within', (part) => `${part.slice(0, 3)} ${part.slice(3)}`],
    ['a zero byte', (part) => `${part}\0`],
    ['a sign of plain base64', (part) => `${part.slice(0, -1)}+`],
    ['a percent escape', (part) => `${part}%3D`],
  ])('refuses %s in any part', async (_what, change) => {
    const parts = signedWith(good).split('.')
    for (const [place, part] of parts.entries())
      await expect(verify('hx-outer+jws', parts.with(place, change(part)).join('.'), resolve)).rejects.toMatchObject({
        code: 'token.spelling',
      })
  })

  it.each([
    ['empty', ''],
    ['of two parts', 'a.b'],
    ['of four parts', 'a.b.c.d'],
    ['larger than a token may be', `${'a'.repeat(5 * 1024 * 1024)}.b.c`],
    ['in the JSON form', '{"payload":"e30","signatures":[]}'],
  ])('refuses a token %s', async (_what, token) => {
    await expect(verify('hx-outer+jws', token, resolve)).rejects.toMatchObject({ code: 'token.form' })
  })

  it('refuses an inner token in the outer place and the reverse, and any other type in the place of another', async () => {
    const types = ['hx-outer+jws', 'hx-inner+jws', 'hx-evidence+jws', 'hx-directory+jws'] as const
    for (const made of types)
      for (const place of types)
        if (made !== place)
          await expect(verify(place, await sign(made, payload, key), resolve)).rejects.toMatchObject({ code: 'header.typ' })
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['alg', { alg: 'EdDSA' }, 'key.alg'],
    ['enc', { enc: 'A256GCM' }, 'key.enc'],
    ['use', { use: 'enc' }, 'key.use'],
    ['key_ops', { key_ops: ['deriveBits'] }, 'key.use'],
    ['crv', { crv: 'X25519' }, 'key.curve'],
    ['kty', { kty: 'oct' }, 'key.curve'],
  ])('refuses a key whose own %s says another use', async (_what, change, code) => {
    const token = signedWith(good)
    await verify('hx-outer+jws', token, resolve)
    await expect(verify('hx-outer+jws', token, () => ({ ...publicJwk(key), ...change }))).rejects.toMatchObject({ code })
  })
})

describe('the negative list of ciphertext', () => {
  const mine = makeEncryptionKey('e1')
  const theirs = makeEncryptionKey('e2')
  const pub = (each: typeof mine) => ({ kid: each.kid, jwk: publicJwk(each) })
  interface Recipient {
    header: Record<string, unknown>
    encrypted_key: string
  }
  type Jwe = Record<'protected' | 'iv' | 'ciphertext' | 'tag', string> & { recipients: Recipient[] } & Record<string, unknown>
  const secret = async (count = 1): Promise<Jwe> =>
    JSON.parse(await encrypt(Buffer.from('secret'), [pub(mine), pub(theirs)].slice(0, count)))
  const header = (jwe: Jwe, change: Record<string, unknown>) =>
    (jwe.protected = b64({ ...(JSON.parse(Buffer.from(jwe.protected, 'base64url').toString()) as object), ...change }))

  it.each<[string, (jwe: Jwe) => void, string]>([
    ['zip', (jwe) => header(jwe, { zip: 'DEF' }), 'header.enc'],
    ['wrong enc', (jwe) => header(jwe, { enc: 'A128CBC-HS256' }), 'header.enc'],
    ['a shorter enc', (jwe) => header(jwe, { enc: 'A128GCM' }), 'header.enc'],
    ['enc absent', (jwe) => header(jwe, { enc: undefined }), 'header.enc'],
    ['an unknown crit', (jwe) => header(jwe, { crit: ['urn:unknown'], 'urn:unknown': 1 }), 'header.enc'],
    ['a protected alg', (jwe) => header(jwe, { alg: 'dir' }), 'header.enc'],
    ['a protected p2c of 100 million', (jwe) => header(jwe, { alg: 'PBES2-HS512+A256KW', p2c: 100_000_000, p2s: 'AAAA' }), 'header.enc'],
    ['a protected header that is null', (jwe) => (jwe.protected = b64('null')), 'header.enc'],
    ['a protected header that is no JSON', (jwe) => (jwe.protected = b64('{')), 'header.json'],
    ['a duplicate enc', (jwe) => (jwe.protected = b64('{"enc":"A128GCM","enc":"A256GCM"}')), 'header.json'],
    ['RSA1_5', (jwe) => (jwe.recipients[0]!.header['alg'] = 'RSA1_5'), 'header.alg'],
    ['RSA-OAEP', (jwe) => (jwe.recipients[0]!.header['alg'] = 'RSA-OAEP-256'), 'header.alg'],
    ['alg none', (jwe) => (jwe.recipients[0]!.header['alg'] = 'none'), 'header.alg'],
    ['alg other than the key declares', (jwe) => (jwe.recipients[0]!.header['alg'] = 'ECDH-ES+A128KW'), 'header.alg'],
    ['direct agreement', (jwe) => (jwe.recipients[0]!.header['alg'] = 'ECDH-ES'), 'header.alg'],
    ['p2c of 100 million', (jwe) => Object.assign(jwe.recipients[0]!.header, { alg: 'PBES2-HS256+A128KW', p2c: 1e8 }), 'header.members'],
    ['a header jwk', (jwe) => (jwe.recipients[0]!.header['jwk'] = publicJwk(mine)), 'header.members'],
    ['a header jku', (jwe) => (jwe.recipients[0]!.header['jku'] = 'https://keys.example'), 'header.members'],
    ['a header x5u', (jwe) => (jwe.recipients[0]!.header['x5u'] = 'https://keys.example'), 'header.members'],
    ['a header x5c', (jwe) => (jwe.recipients[0]!.header['x5c'] = ['AAAA']), 'header.members'],
    ['apu and apv', (jwe) => Object.assign(jwe.recipients[0]!.header, { apu: 'QQ', apv: 'Qg' }), 'header.members'],
    ['a recipient without header', (jwe) => Object.assign(jwe, { recipients: [{ encrypted_key: 'AA' }] }), 'header.members'],
    ['a recipient that is null', (jwe) => Object.assign(jwe, { recipients: [null] }), 'token.form'],
    ['10,000 recipients', (jwe) => (jwe.recipients = Array.from({ length: 10_000 }, () => jwe.recipients[0]!)), 'token.recipients'],
    ['65 recipients', (jwe) => (jwe.recipients = Array.from({ length: 65 }, () => jwe.recipients[0]!)), 'token.recipients'],
    ['recipients that are no list', (jwe) => Object.assign(jwe, { recipients: { length: 1 } }), 'token.recipients'],
    ['data beside the ciphertext', (jwe) => (jwe['aad'] = 'AA'), 'token.form'],
    ['an unprotected header', (jwe) => (jwe['unprotected'] = { zip: 'DEF' }), 'token.form'],
    ['an ephemeral key of another curve', (jwe) => header(jwe, { epk: { kty: 'OKP', crv: 'X448', x: 'AA' } }), 'header.epk'],
    ['an ephemeral key that is null', (jwe) => header(jwe, { epk: null }), 'header.epk'],
    ['an ephemeral key of order one', (jwe) => header(jwe, { epk: { kty: 'OKP', crv: 'X25519', x: 'A'.repeat(43) } }), 'token.ciphertext'],
    ['an initial value of another length', (jwe) => (jwe.iv = 'AAAA'), 'token.ciphertext'],
    ['a shorter tag', (jwe) => (jwe.tag = jwe.tag.slice(0, 16)), 'token.ciphertext'],
    ['no ciphertext', (jwe) => (jwe.ciphertext = ''), 'token.ciphertext'],
    ['padding', (jwe) => (jwe.tag += '=='), 'token.spelling'],
    ['white space', (jwe) => (jwe.ciphertext = ` ${jwe.ciphertext}`), 'token.spelling'],
  ])('refuses %s', async (_what, change, code) => {
    const jwe = await secret()
    change(jwe)
    await expect(decrypt(JSON.stringify(jwe), [mine])).rejects.toMatchObject({ name: 'TokenRefused', code })
  })

  it('refuses every alternative spelling of the last sign of each part', async () => {
    const jwe = await secret()
    let tried = 0
    for (const part of ['protected', 'iv', 'ciphertext', 'tag'] as const)
      for (const spelling of spellingsOf(jwe[part])) {
        tried += 1
        await expect(decrypt(JSON.stringify({ ...jwe, [part]: spelling }), [mine])).rejects.toMatchObject({ code: 'token.spelling' })
      }
    for (const spelling of spellingsOf(jwe.recipients[0]!.encrypted_key)) {
      const recipients = [{ ...jwe.recipients[0]!, encrypted_key: spelling }]
      await expect(decrypt(JSON.stringify({ ...jwe, recipients }), [mine])).rejects.toMatchObject({ code: 'token.spelling' })
    }
    // The tag of 16 bytes leaves four bits free.
    expect(tried).toBeGreaterThanOrEqual(15)
  })

  it('refuses one key named for two entries: which of them opens would depend on the reader', async () => {
    const jwe = await secret(2)
    jwe.recipients[1]!.header['kid'] = 'e1'
    await expect(decrypt(JSON.stringify(jwe), [mine])).rejects.toMatchObject({ code: 'token.recipients' })
  })

  it.each([
    ['a duplicate member', (text: string) => text.replace('{', '{"tag":"AAAA",'), 'token.json'],
    ['the compact form', () => 'a.b.c.d.e', 'token.json'],
    ['no JSON', () => '{', 'token.json'],
    ['null', () => 'null', 'token.form'],
    ['a list', () => '[]', 'token.form'],
    ['more than a token may hold', () => `"${'a'.repeat(5 * 1024 * 1024)}"`, 'token.size'],
  ])('refuses %s', async (_what, change, code) => {
    const text = change(JSON.stringify(await secret()))
    await expect(decrypt(text, [mine])).rejects.toMatchObject({ name: 'TokenRefused', code })
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['alg', { alg: 'ECDH-ES' }, 'key.alg'],
    ['enc', { enc: 'A128GCM' }, 'key.enc'],
    ['use', { use: 'sig' }, 'key.use'],
    ['key_ops', { key_ops: ['sign'] }, 'key.use'],
  ])('refuses a key whose own %s says another use, to encrypt and to decrypt', async (_what, change, code) => {
    const text = JSON.stringify(await secret())
    await expect(decrypt(text, [{ ...mine, jwk: { ...mine.jwk, ...change } }])).rejects.toMatchObject({ code })
    await expect(encrypt(Buffer.from('x'), [{ kid: 'e1', jwk: { ...publicJwk(mine), ...change } }])).rejects.toMatchObject({ code })
  })

  it('is not made for nobody, nor for more than 64', async () => {
    for (const count of [0, 65])
      await expect(
        encrypt(
          Buffer.from('x'),
          Array.from({ length: count }, () => pub(mine)),
        ),
      ).rejects.toMatchObject({
        code: 'token.recipients',
      })
  })
})

describe('the negative list of documents signed together', () => {
  it.each<[string, (jws: { payload: string; signatures: Record<string, unknown>[] }) => unknown, string]>([
    ['null', () => null, 'token.form'],
    ['no payload', ({ signatures }) => ({ signatures }), 'token.form'],
    ['signatures that are no list', (jws) => ({ ...jws, signatures: {} }), 'token.form'],
    ['a signature that is null', (jws) => ({ ...jws, signatures: [null] }), 'token.form'],
    ['65 signatures', (jws) => ({ ...jws, signatures: Array.from({ length: 65 }, () => jws.signatures[0]) }), 'token.form'],
    ['an unprotected header', (jws) => ({ ...jws, signatures: [{ ...jws.signatures[0], header: { kid: 'k2' } }] }), 'token.form'],
    ['padding', (jws) => ({ ...jws, payload: `${jws.payload}=` }), 'token.spelling'],
    ['no signature', (jws) => ({ ...jws, signatures: [{ protected: jws.signatures[0]?.['protected'] }] }), 'token.spelling'],
    ['another type', (jws) => ({ ...jws, signatures: [{ ...jws.signatures[0], protected: b64(good) }] }), 'header.typ'],
  ])('refuses %s', async (_what, change, code) => {
    const jws = JSON.parse(await signTogether(payload, [key, other]))
    await expect(verifyTogether(JSON.stringify(change(jws)), resolve)).rejects.toMatchObject({ name: 'TokenRefused', code })
  })

  it('refuses what is no JSON, and counts a key once', async () => {
    await expect(verifyTogether('{', resolve)).rejects.toMatchObject({ name: 'TokenRefused', code: 'token.json' })
    expect([...(await verifyTogether(await signTogether(payload, [key, key]), resolve)).signers]).toEqual(['k1'])
  })
})
