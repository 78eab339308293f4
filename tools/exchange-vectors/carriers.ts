/** The three ways an envelope travels: a signed HTTPS request with its answer, an answer over a broker, and files. */
import type { NamedEnvelope } from './envelopes.ts'
import { be, directory, es, NOW, nl, oldSig, pinOf } from './world.ts'
import {
  b64,
  b64u,
  contentDigest,
  ed25519,
  type HttpParameters,
  hex,
  type Json,
  json,
  sha256,
  signatureBase,
  type TestKey,
} from './writer.ts'

const SECONDS = Date.parse(NOW) / 1000
const URL_OF_ES = `https://${es.node}.example:8443/hx/1/messages`
const right: HttpParameters = { created: SECONDS, expires: SECONDS + 300, nonce: 'b25jZS1hbmQtbmV2ZXI', keyid: be.sig.kid, tag: 'hx' }

interface Signed {
  readonly headers: Readonly<Record<string, string>>
  readonly base: string
}

interface HttpParts {
  readonly parameters?: Partial<HttpParameters>
  readonly key?: TestKey
  readonly digest?: string
  readonly components?: readonly (readonly [string, string])[]
  readonly label?: string
}

function signedRequest(
  body: Buffer,
  { parameters = {}, key = be.sig, digest = contentDigest(body), components, label = 'hx' }: HttpParts = {},
): Signed {
  const { base, input } = signatureBase(
    components ?? [
      ['"@method"', 'POST'],
      ['"@target-uri"', URL_OF_ES],
      ['"content-digest"', digest],
    ],
    { ...right, keyid: key.kid, ...parameters },
  )
  const headers = {
    'content-type': 'application/json',
    'content-length': String(body.length),
    'content-digest': digest,
    'signature-input': `${label}=${input}`,
    signature: `${label}=:${b64(ed25519(key, Buffer.from(base)))}:`,
  }
  return { headers, base }
}

export function httpVectors(sent: readonly NamedEnvelope[], evidence: readonly string[]): Json {
  const body = json({ envelopes: sent.map(({ envelope }) => envelope) })
  const request = signedRequest(body)
  const answers = json({ answers: [{ state: 'taken', evidence }, { state: 'refused' }] })
  const requestDigest = contentDigest(body)
  const answered = signatureBase(
    [
      ['"@status"', '200'],
      ['"content-digest"', contentDigest(answers)],
      ['"@method";req', 'POST'],
      ['"@target-uri";req', URL_OF_ES],
      ['"content-digest";req', requestDigest],
    ],
    { ...right, created: SECONDS + 1, expires: SECONDS + 301, keyid: es.sig.kid },
  )
  const { signature: _one, ...unsigned } = request.headers
  const cases: readonly (readonly [string, string, Signed['headers'], Buffer?])[] = [
    ['no signature', 'signature.missing', { 'content-digest': requestDigest }],
    ['no value under its label', 'signature.missing', unsigned],
    ['two signatures', 'signature.labels', { ...request.headers, signature: `${request.headers['signature']}, more=:AAAA:` }],
    [
      'a component less',
      'signature.component-missing',
      signedRequest(body, {
        components: [
          ['"@method"', 'POST'],
          ['"content-digest"', requestDigest],
        ],
      }).headers,
    ],
    ['a component more', 'signature.components', more(body, requestDigest)],
    [
      'an algorithm named',
      'signature.parameters',
      { ...request.headers, 'signature-input': `${request.headers['signature-input']};alg="ed25519"` },
    ],
    ['another tag', 'signature.tag', signedRequest(body, { parameters: { tag: 'other' } }).headers],
    [
      'made six minutes from now',
      'signature.future',
      signedRequest(body, { parameters: { created: SECONDS + 360, expires: SECONDS + 400 } }).headers,
    ],
    ['ended now', 'signature.expired', signedRequest(body, { parameters: { created: SECONDS - 300, expires: SECONDS } }).headers],
    ['six minutes long', 'signature.lifetime', signedRequest(body, { parameters: { expires: SECONDS + 360 } }).headers],
    ['a key that has run out', 'signature.key', signedRequest(body, { key: oldSig }).headers],
    ['a seal in the place of the node key', 'signature.key', signedRequest(body, { key: be.seal }).headers],
    ['another body', 'digest.mismatch', request.headers, json({ envelopes: [] })],
    ['a digest of another algorithm', 'digest.algorithm', signedRequest(body, { digest: 'md5=:AAAA:' }).headers],
    ['a signature over another address', 'signature.wrong', signedRequest(body, { components: elsewhere(requestDigest) }).headers],
  ]
  return {
    now: NOW,
    method: 'POST',
    url: URL_OF_ES,
    pins: { client: pinOf(be.node), server: pinOf(es.node) },
    request: { headers: request.headers, body: body.toString(), base: request.base },
    response: {
      status: 200,
      headers: {
        'content-type': 'application/json',
        'content-length': String(answers.length),
        'content-digest': contentDigest(answers),
        'signature-input': `hx=${answered.input}`,
        signature: `hx=:${b64(ed25519(es.sig, Buffer.from(answered.base)))}:`,
      },
      body: answers.toString(),
      base: answered.base,
    },
    refused: cases.map(([name, code, headers, other]) => ({
      name,
      code,
      headers,
      ...(other === undefined ? {} : { body: other.toString() }),
    })),
  }
}

const elsewhere = (digest: string): readonly (readonly [string, string])[] => [
  ['"@method"', 'POST'],
  ['"@target-uri"', `https://${nl.node}.example:8443/hx/1/messages`],
  ['"content-digest"', digest],
]

function more(body: Buffer, digest: string): Signed['headers'] {
  const [method, , content] = elsewhere(digest)
  const components = [method, ['"@target-uri"', URL_OF_ES], content, ['"content-type"', 'application/json']]
  return signedRequest(body, { components: components as unknown as readonly (readonly [string, string])[] }).headers
}

export function brokerVectors({ envelope, outer, digest }: NamedEnvelope, evidence: readonly string[]): Json {
  const answers = JSON.stringify([{ digest, answer: { state: 'taken', evidence } }])
  const signature = b64u(ed25519(es.sig, Buffer.from(`hx-answers/1 ${answers}`)))
  const { org } = outer['from'] as { readonly org: string }
  const sealed = { kid: es.sig.kid, signature, answers }
  return {
    subject: 'hx.es_customs.routine',
    again: 'hx.es_customs.again',
    answerTo: 'hx.be_customs.answer',
    messageId: hex(sha256(`${org} ${String(outer['id'])} ${digest}`)),
    payload: JSON.stringify(envelope),
    answer: JSON.stringify(sealed),
    answers: JSON.parse(answers) as unknown,
    refused: [
      { name: 'an answer changed on its way', answer: JSON.stringify({ ...sealed, answers: answers.replace('taken', 'token') }) },
      { name: 'another kind of signature', answer: JSON.stringify({ ...sealed, signature: b64u(ed25519(es.sig, Buffer.from(answers))) }) },
      { name: 'a seal in the place of the node key', answer: JSON.stringify({ ...sealed, kid: es.seal.kid }) },
    ],
  }
}

interface BundleParts {
  readonly kind: 'envelopes' | 'answers'
  readonly from: string
  readonly to: string
  readonly items: readonly Json[]
  readonly key: TestKey
  readonly header?: Json
}

function bundle({ kind, from, to, items, key, header = {} }: BundleParts): string {
  const head = {
    format: 'hx-bundle/1',
    kind,
    from,
    to,
    count: items.length,
    created: NOW,
    directory: { version: directory['version'], digest: hex(sha256(json(directory))) },
    ...header,
  }
  const text = [head, ...items.map((item, index) => ({ n: index + 1, ...item }))].map((line) => `${JSON.stringify(line)}\n`).join('')
  return text + footer(text, items.length, key)
}

function footer(text: string, end: number, key: TestKey): string {
  const digest = hex(sha256(text))
  return `${JSON.stringify({ end, sha256: digest, kid: key.kid, signature: b64u(ed25519(key, Buffer.from(`hx-bundle/1 ${digest}`))) })}\n`
}

export interface Bundles {
  readonly envelopes: string
  readonly answers: string
  readonly refused: readonly { readonly name: string; readonly code: string; readonly line: number; readonly text: string }[]
}

export function bundleVectors(sent: readonly NamedEnvelope[], evidence: readonly string[]): Bundles {
  const parts: BundleParts = {
    kind: 'envelopes',
    from: be.node,
    to: es.node,
    items: sent.map(({ envelope }) => ({ ...envelope })),
    key: be.sig,
  }
  const answers = sent.map(({ digest }, index) => ({ digest, answer: index === 0 ? { state: 'taken', evidence } : { state: 'refused' } }))
  const whole = bundle(parts)
  const lines = whole.split('\n').slice(0, -1)
  const cut = (from: readonly string[]) => from.map((line) => `${line}\n`).join('')
  const [head = '', one = '', two = '', end = ''] = lines
  const refused: readonly (readonly [string, string, number, string])[] = [
    ['another format', 'bundle.version', 1, cut([head.replace('hx-bundle/1', 'hx-bundle/2'), one, two, end])],
    ['a blank in the header', 'bundle.form', 1, cut([head.replace(',', ', '), one, two, end])],
    ['for another node', 'bundle.not-for-us', 1, bundle({ ...parts, to: nl.node })],
    [
      'another document of this version of the directory',
      'bundle.directory',
      1,
      bundle({ ...parts, header: { directory: { version: 7, digest: '0'.repeat(64) } } }),
    ],
    ['two items in the wrong order', 'bundle.order', 2, cut([head, two, one, end])],
    ['one item twice', 'bundle.duplicate', 3, bundle({ ...parts, items: [parts.items[0] ?? {}, parts.items[0] ?? {}] })],
    ['an item left out', 'bundle.truncated', 3, cut([head, one, end])],
    ['an item added', 'bundle.added', 4, cut([head, one, two, two.replace('"n":2', '"n":3'), end])],
    ['something behind the end', 'bundle.added', 5, cut([head, one, two, end, end])],
    ['no end', 'bundle.truncated', 4, cut([head, one, two])],
    ['no line feed at the end', 'bundle.truncated', 4, whole.slice(0, -1)],
    ['a digest of other lines', 'bundle.digest', 4, cut([head, one, two]) + footer(cut([head, one]), 2, be.sig)],
    ['the key of another node', 'bundle.signer', 4, bundle({ ...parts, key: nl.sig })],
    ['the key id of the right node, the key of another', 'bundle.signature', 4, bundle({ ...parts, key: { ...nl.sig, kid: be.sig.kid } })],
  ]
  return {
    envelopes: whole,
    answers: bundle({ kind: 'answers', from: es.node, to: be.node, items: answers, key: es.sig }),
    refused: refused.map(([name, code, line, text]) => ({ name, code, line, text })),
  }
}
