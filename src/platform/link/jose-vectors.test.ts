/**
 * Public vectors for JOSE: what the library does with them, and that our wrapper refuses every one that is invalid and, with the reason,
 * every valid one that our policy does not know. Sources and licences: conformance/wycheproof-jws, conformance/rfc7520.
 * The only test that imports `jose`: it says what the wrapper cannot leave to the library.
 */
import { readFileSync } from 'node:fs'
import {
  compactDecrypt,
  compactVerify,
  type FlattenedJWE,
  type FlattenedJWS,
  flattenedDecrypt,
  flattenedVerify,
  type GeneralJWE,
  type GeneralJWS,
  generalDecrypt,
  generalVerify,
  importJWK,
} from 'jose'
import { describe, expect, it } from 'vitest'
import { decrypt, type JWK, type PrivateKey, sign, TokenRefused, verify, verifyTogether } from './jose.ts'
import { publicJwk } from './node-keys.ts'

interface Case {
  readonly tcId: number
  readonly comment: string
  readonly result: 'valid' | 'invalid'
  readonly jws: string
}
interface Group {
  readonly comment: string
  readonly key: JWK & { readonly keys?: readonly JWK[] }
  readonly tests: readonly Case[]
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../../../conformance/${file}`, import.meta.url), 'utf8')) as T
}

const SIGNATURES = 'json_web_signature_test.json'
const KEYS = 'json_web_key_test.json'
const groupsOf = (file: string) => read<Group[]>(`wycheproof-jws/${file}`)
const casesOf = (file: string) => groupsOf(file).flatMap((group) => group.tests.map((test) => ({ ...test, group })))

/** The keys that a token may mean: the one of the group, or those of the set with its key id. */
function meant({ key }: Group, jws: string): readonly JWK[] {
  const { kid } = headerOf(jws)
  return key.keys === undefined ? [key] : key.keys.filter((each) => each.kid === kid)
}

function headerOf(jws: string): { readonly alg?: string; readonly kid?: string } {
  try {
    return JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString())
  } catch {
    return {}
  }
}

async function rawVerdict(group: Group, jws: string): Promise<'valid' | 'invalid'> {
  try {
    const [jwk] = meant(group, jws)
    await compactVerify(jws, await importJWK(jwk ?? {}, jwk?.alg ?? headerOf(jws).alg))
    return 'valid'
  } catch {
    return 'invalid'
  }
}

async function codeOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt
    return 'accepted'
  } catch (error) {
    // Anything else than a refusal is a fault of the wrapper.
    if (error instanceof TokenRefused) return error.code
    throw error
  }
}

async function wrapperCode(group: Group, jws: string): Promise<string> {
  const keys = meant(group, jws)
  return await codeOf(verify('hx-outer+jws', jws, () => (keys.length === 1 ? keys[0] : undefined)))
}

function count(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

interface Example {
  readonly file: string
  readonly input: {
    readonly payload?: string
    readonly plaintext?: string
    readonly key?: JWK | readonly JWK[]
    readonly pwd?: string
    readonly alg: string | readonly string[]
    readonly enc?: string
  }
  readonly output: Partial<Record<Form, unknown>>
}
type Form = 'compact' | 'json' | 'json_flat'
/** Which of them it is, the form says. */
type Token = string & FlattenedJWS & GeneralJWS & FlattenedJWE & GeneralJWE

const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi']
const openPart = (jwk: JWK): JWK => Object.fromEntries(Object.entries(jwk).filter(([member]) => !PRIVATE.includes(member))) as JWK
const examples = read<Example[]>('rfc7520/cookbook.json')
const formsOf = (example: Example) =>
  Object.entries(example.output) as [Form, string & FlattenedJWS & GeneralJWS & FlattenedJWE & GeneralJWE][]

function keysOf({ key }: Example['input']): readonly JWK[] {
  return key === undefined ? [] : Array.isArray(key) ? (key as readonly JWK[]) : [key as JWK]
}

/** The key of RFC 8037: tokens made with it are the same in every run. */
const OWN: PrivateKey = {
  kid: 'own',
  jwk: examples.filter((each) => each.file === 'curve25519/jws.json').flatMap((each) => keysOf(each.input))[0] ?? {},
}

const LAX = 'the library reads lax base64: blanks, padding and stray bits of a last sign; the wrapper knows one spelling'
const SAME = 'a fault of the vectors: the token is that of the valid case 357, sign by sign; the padding it should carry was lost'
const TOLERANT = 'the vectors tolerate a foreign sign inside a part; the library refuses it, and so does the wrapper'
const NAMING =
  'the key names another algorithm (PS256, or "ES521" for ES512) than the token; the library holds to the key, and so does the wrapper'
const USE = 'the library does not look at "use" of a key it imports; the wrapper does'
const SECRET = 'the library takes a shared secret of any length but none, whatever its "alg" says; the wrapper knows no shared secrets'
const WEAK = 'the library does not weigh an RSA key beyond its length; the wrapper knows no RSA'
const SET =
  'a rule about sets of keys, and the library was given the one key that the id means first; the directory decides that for the wrapper'

/** Where the library and the vectors differ: case, what the library says, why. */
const DIFFERENCES: readonly (readonly [file: string, tcId: number, library: 'valid' | 'invalid', why: string])[] = [
  [SIGNATURES, 346, 'invalid', NAMING],
  [SIGNATURES, 347, 'invalid', NAMING],
  [SIGNATURES, 350, 'invalid', NAMING],
  [SIGNATURES, 351, 'invalid', NAMING],
  [SIGNATURES, 353, 'valid', USE],
  [SIGNATURES, 354, 'valid', USE],
  [SIGNATURES, 360, 'valid', LAX],
  [SIGNATURES, 365, 'valid', LAX],
  [SIGNATURES, 367, 'valid', SAME],
  [SIGNATURES, 368, 'valid', LAX],
  [SIGNATURES, 370, 'valid', SAME],
  [SIGNATURES, 372, 'invalid', TOLERANT],
  [SIGNATURES, 373, 'invalid', TOLERANT],
  [SIGNATURES, 375, 'valid', LAX],
  [KEYS, 1, 'valid', SET],
  [KEYS, 4, 'valid', SET],
  [KEYS, 7, 'valid', WEAK],
  [KEYS, 9, 'valid', WEAK],
  [KEYS, 10, 'valid', SECRET],
  [KEYS, 11, 'valid', SECRET],
  [KEYS, 12, 'valid', SECRET],
  [KEYS, 21, 'valid', USE],
  [KEYS, 25, 'valid', SECRET],
  [KEYS, 26, 'valid', SECRET],
]

/** How many cases the wrapper refuses with which code. Valid ones fall for our policy alone: an algorithm outside it, or a second spelling. */
const REFUSALS = {
  [SIGNATURES]: {
    valid: { 'header.alg': 44, 'token.spelling': 2 },
    invalid: { 'header.alg': 318, 'token.form': 18, 'header.json': 6, 'header.members': 1, 'token.spelling': 12 },
  },
  [KEYS]: { valid: { 'header.alg': 5 }, invalid: { 'header.alg': 21 } },
} as const

describe.each([SIGNATURES, KEYS] as const)('Wycheproof %s', (file) => {
  it('agrees with the library but for the known differences', async () => {
    const found: unknown[] = []
    for (const { group, jws, result, tcId } of casesOf(file)) {
      const verdict = await rawVerdict(group, jws)
      if (verdict !== result) found.push([tcId, verdict])
    }
    expect(found).toEqual(DIFFERENCES.filter((each) => each[0] === file).map(([, tcId, verdict]) => [tcId, verdict]))
  })

  it('is refused whole by the wrapper: what is invalid, and for our policy what is valid', async () => {
    const codes = { valid: [] as string[], invalid: [] as string[] }
    for (const { group, jws, result } of casesOf(file)) codes[result].push(await wrapperCode(group, jws))
    expect({ valid: count(codes.valid), invalid: count(codes.invalid) }).toEqual(REFUSALS[file])
  })

  it('brings no key that the wrapper would use, whatever it signed', async () => {
    const token = await sign('hx-outer+jws', Buffer.from('{}'), OWN)
    for (const { key } of groupsOf(file))
      for (const jwk of key.keys ?? [key]) expect(await codeOf(verify('hx-outer+jws', token, () => jwk))).toBe('key.curve')
  })
})

/** The same damage done to a token of ours: parts that were lost or swapped stay so, and a change within a part is made at the same place. */
function graft(own: readonly string[], { from, to }: { readonly from: readonly string[]; readonly to: readonly string[] }): string {
  return to
    .map((part, index) => {
      const same = from.indexOf(part)
      const before = from[index]
      const target = own[index]
      if (part === '') return ''
      if (same >= 0) return own[same]
      if (before === undefined || target === undefined || to.length !== from.length) return part
      const shorter = Math.min(part.length, before.length)
      let head = 0
      while (head < shorter && part[head] === before[head]) head++
      let tail = 0
      while (tail < shorter - head && part.at(-1 - tail) === before.at(-1 - tail)) tail++
      return target.slice(0, head) + part.slice(head, part.length - tail) + target.slice(target.length - tail)
    })
    .join('.')
}

it('refuses every damage of the Wycheproof set when it is done to a token of our own', async () => {
  const token = await sign('hx-outer+jws', Buffer.from('{"a":1}'), OWN)
  const resolve = (kid: string) => (kid === OWN.kid ? publicJwk(OWN) : undefined)
  await verify('hx-outer+jws', token, resolve)
  const codes: string[] = []
  for (const { tests } of groupsOf(SIGNATURES)) {
    const from = tests.find((each) => each.result === 'valid')?.jws.split('.')
    if (from === undefined) continue
    // Cases 367 and 370 carry no damage. Valid cases of the same group are damage too: other bytes, or foreign signs in them.
    const damaged = tests.map((each) => each.jws).filter((jws) => jws !== from.join('.'))
    for (const jws of damaged)
      codes.push(await codeOf(verify('hx-outer+jws', graft(token.split('.'), { from, to: jws.split('.') }), resolve)))
  }
  expect(codes.length).toBe(376)
  expect([...new Set(codes)].sort()).toEqual(['header.alg', 'header.json', 'token.form', 'token.signature', 'token.spelling'])
})

/** What the library read with each of the keys of an example: the text, or its refusal. */
async function readings({ input }: Example, form: Form, token: Token) {
  const algs: readonly string[] = typeof input.alg === 'string' ? [input.alg] : input.alg
  const keys = input.pwd === undefined ? keysOf(input) : [input.pwd]
  return await Promise.all(
    keys.map(async (each, index) => {
      const alg = algs[index] ?? ''
      try {
        if (input.plaintext === undefined) {
          const jwk = each as JWK
          const key = await importJWK(jwk.kty === 'oct' ? jwk : openPart(jwk), jwk.alg ?? alg)
          const whole = attached(token, input.payload ?? '')
          const read = { compact: compactVerify, json: generalVerify, json_flat: flattenedVerify }[form] as typeof compactVerify
          return Buffer.from((await read(whole, key)).payload).toString()
        }
        const key = typeof each === 'string' ? Buffer.from(each) : await importJWK(each, each.alg ?? alg)
        const read = { compact: compactDecrypt, json: generalDecrypt, json_flat: flattenedDecrypt }[form] as typeof compactDecrypt
        return Buffer.from((await read(token, key, { keyManagementAlgorithms: [...algs], maxPBES2Count: 8192 })).plaintext).toString()
      } catch (error) {
        return { refused: (error as { code?: string }).code }
      }
    }),
  )
}

/** A payload sent beside the token is put back before it is verified. */
function attached<T>(token: T, payload: string): T {
  const encoded = Buffer.from(payload).toString('base64url')
  if (typeof token === 'string') return token.replace('..', `.${encoded}.`) as T
  return (token as { payload?: string }).payload === undefined ? { ...token, payload: encoded } : token
}

const NO_RSA15 = 'RSAES-PKCS1-v1_5 is left out of the library: padding oracles'
const NO_RECIPIENTS = 'the general form needs its list of recipients (RFC 7516, section 7.2.1), and the example has none'
const NO_CRIT = 'the example is wrong: b64=false must be listed in "crit" (RFC 7797, section 6)'

/** What the library does not read: form, place of the key, code of the library, why. Everything else it reads to the letter. */
const UNREAD: readonly (readonly [file: string, form: Form, key: number, code: string, why: string])[] = [
  ['jwe/5_1.key_encryption_using_rsa_v15_and_aes-hmac-sha2.json', 'compact', 0, 'ERR_JOSE_NOT_SUPPORTED', NO_RSA15],
  ['jwe/5_1.key_encryption_using_rsa_v15_and_aes-hmac-sha2.json', 'json', 0, 'ERR_JOSE_NOT_SUPPORTED', NO_RSA15],
  ['jwe/5_1.key_encryption_using_rsa_v15_and_aes-hmac-sha2.json', 'json_flat', 0, 'ERR_JOSE_NOT_SUPPORTED', NO_RSA15],
  ['jwe/5_5.key_agreement_using_ecdh-es_with_aes-cbc-hmac-sha2.json', 'json', 0, 'ERR_JWE_INVALID', NO_RECIPIENTS],
  ['jwe/5_6.direct_encryption_using_aes-gcm.json', 'json', 0, 'ERR_JWE_INVALID', NO_RECIPIENTS],
  ['jwe/5_13.encrypting_to_multiple_recipients.json', 'json', 0, 'ERR_JOSE_NOT_SUPPORTED', NO_RSA15],
  ['curve25519/ecdh-es.json', 'json', 0, 'ERR_JWE_INVALID', NO_RECIPIENTS],
  ['rfc7797/4.2.hmac-sha2_b64_false.json', 'json', 0, 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED', NO_CRIT],
  ['rfc7797/4.2.hmac-sha2_b64_false.json', 'json_flat', 0, 'ERR_JWS_INVALID', NO_CRIT],
]

/** Why the wrapper refuses an example: the code it gives, and the rule of ours behind it. */
const POLICY = {
  algorithm: ['header.alg', 'signatures are Ed25519 under that name; RSA, ECDSA, HMAC and the older name EdDSA are outside our policy'],
  flat: ['token.form', 'the flattened form is not used: signatures are compact or general, ciphertext is general'],
  unprotected: ['token.form', 'unprotected headers and data beside the ciphertext are not used'],
  detached: ['token.form', 'a payload is never sent beside its token'],
  plain: ['token.spelling', 'a payload is base64url; b64=false is not used'],
  compactJwe: ['token.json', 'ciphertext has the general form alone'],
  header: [
    'header.enc',
    'the protected header of ciphertext holds A256GCM and the ephemeral key, nothing else: no "alg", "kid", "zip", "p2c"',
  ],
  recipients: ['token.recipients', 'ciphertext names its recipients; direct encryption and direct agreement are not used'],
} as const
type Rule = keyof typeof POLICY

const SIGNED: Partial<Record<Form, Rule>> = { compact: 'algorithm', json: 'algorithm', json_flat: 'flat' }
const ENCRYPTED: Partial<Record<Form, Rule>> = { compact: 'compactJwe', json: 'header', json_flat: 'flat' }
const DIRECT: Partial<Record<Form, Rule>> = { compact: 'compactJwe', json: 'recipients', json_flat: 'recipients' }
const BESIDE: Partial<Record<Form, Rule>> = { json: 'unprotected', json_flat: 'unprotected' }

const RULES: Readonly<Record<string, Partial<Record<Form, Rule>>>> = {
  'jws/4_1.rsa_v15_signature.json': SIGNED,
  'jws/4_2.rsa-pss_signature.json': SIGNED,
  'jws/4_3.ecdsa_signature.json': SIGNED,
  'jws/4_4.hmac-sha2_integrity_protection.json': SIGNED,
  'jws/4_5.signature_with_detached_content.json': { compact: 'algorithm', json: 'detached', json_flat: 'flat' },
  'jws/4_6.protecting_specific_header_fields.json': BESIDE,
  'jws/4_7.protecting_content_only.json': BESIDE,
  'jws/4_8.multiple_signatures.json': { json: 'unprotected' },
  'jwe/5_1.key_encryption_using_rsa_v15_and_aes-hmac-sha2.json': ENCRYPTED,
  'jwe/5_2.key_encryption_using_rsa-oaep_with_aes-gcm.json': ENCRYPTED,
  'jwe/5_3.key_wrap_using_pbes2-aes-keywrap_with-aes-cbc-hmac-sha2.json': ENCRYPTED,
  'jwe/5_4.key_agreement_with_key_wrapping_using_ecdh-es_and_aes-keywrap_with_aes-gcm.json': ENCRYPTED,
  'jwe/5_5.key_agreement_using_ecdh-es_with_aes-cbc-hmac-sha2.json': DIRECT,
  'jwe/5_6.direct_encryption_using_aes-gcm.json': DIRECT,
  'jwe/5_7.key_wrap_using_aes-gcm_keywrap_with_aes-cbc-hmac-sha2.json': ENCRYPTED,
  'jwe/5_8.key_wrap_using_aes-keywrap_with_aes-gcm.json': ENCRYPTED,
  'jwe/5_9.compressed_content.json': ENCRYPTED,
  'jwe/5_10.including_additional_authentication_data.json': BESIDE,
  'jwe/5_11.protecting_specific_header_fields.json': BESIDE,
  'jwe/5_12.protecting_content_only.json': BESIDE,
  'jwe/5_13.encrypting_to_multiple_recipients.json': { json: 'unprotected' },
  'curve25519/ecdh-es.json': DIRECT,
  'curve25519/jws.json': SIGNED,
  'rfc7797/4.2.hmac-sha2_b64_false.json': { json: 'plain', json_flat: 'flat' },
  'rfc7797/hmac-sha2_b64_false.json': { compact: 'plain', json: 'plain', json_flat: 'flat' },
  '6.nesting_signatures_and_encryption.json#sign': { compact: 'algorithm' },
  '6.nesting_signatures_and_encryption.json#encrypt': ENCRYPTED,
}

it('has every example', () => {
  expect(examples.map((each) => each.file).toSorted()).toEqual(Object.keys(RULES).toSorted())
})

describe.each(examples)('RFC 7520, 7797 and 8037: $file', (example) => {
  it('is read by the library to the letter, but for the known differences', async () => {
    const text = example.input.plaintext ?? example.input.payload
    const unread: unknown[] = []
    for (const [form, token] of formsOf(example))
      for (const [index, reading] of (await readings(example, form, token)).entries())
        if (reading !== text) unread.push([form, index, reading])
    expect(unread).toEqual(
      UNREAD.filter((each) => each[0] === example.file).map(([, form, index, code]) => [form, index, { refused: code }]),
    )
  })

  it('is refused by the wrapper with the rule behind it', async () => {
    const [jwk] = keysOf(example.input)
    const given: Partial<Record<Form, string>> = {}
    for (const [form, token] of formsOf(example)) {
      const text = typeof token === 'string' ? token : JSON.stringify(token)
      if (example.input.plaintext !== undefined) given[form] = await codeOf(decrypt(text, [{ kid: jwk?.kid ?? '', jwk: jwk ?? {} }]))
      else if (form === 'compact') given[form] = await codeOf(verify('hx-outer+jws', text, () => jwk))
      else given[form] = await codeOf(verifyTogether(text, () => jwk))
    }
    expect(given).toEqual(Object.fromEntries(Object.entries(RULES[example.file] ?? {}).map(([form, rule]) => [form, POLICY[rule][0]])))
  })
})

it('knows none of the keys of RFC 7520 but reads each with the library', async () => {
  const token = await sign('hx-outer+jws', Buffer.from('{}'), OWN)
  for (const { jwk } of read<{ jwk: JWK }[]>('rfc7520/keys.json')) {
    expect(await codeOf(verify('hx-outer+jws', token, () => jwk))).toBe('key.curve')
    const alg = jwk.alg ?? { EC: 'ES512', RSA: 'PS384', oct: 'HS256' }[jwk.kty as string] ?? ''
    const key = await importJWK(jwk, alg)
    expect(key instanceof Uint8Array ? 'secret' : key.type).toBe(jwk.kty === 'oct' ? 'secret' : jwk.d === undefined ? 'public' : 'private')
  }
})
