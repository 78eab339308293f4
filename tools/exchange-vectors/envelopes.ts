/** Envelopes that are right: each with what stands in it, layer by layer. */
import { gzipSync } from 'node:zlib'
import { be, directoryToken, es, formerEnc, type Member, NOW, nl, pinOf } from './world.ts'
import { b64, b64u, hex, type Json, type Jwe, jcs, json, jwe, jws, matchFrame, publicPart, sha256, type TestKey } from './writer.ts'

/** gzip without compression, and without the name of the machine: the same bytes everywhere. */
function packed(text: string): string {
  const bytes = gzipSync(text, { level: 0 })
  bytes[9] = 255
  return b64u(bytes)
}

export const idOf = (number: number): string => `01a20000-0000-7000-8000-${String(number).padStart(12, '0')}`
export const addressOf = ({ org, desk }: Member) => ({ org, unit: desk })
const HANDLING = { H: ['H2'], tlp: 'AMBER', pap: 'AMBER', conditions: [] }

export interface Sealing {
  readonly number: number
  readonly from: Member
  readonly to: readonly Member[]
  readonly kind: string
  readonly body: { readonly type: string; readonly data: unknown }
  readonly seq: number
  readonly prev: string
  /** Instead of the newest key of each addressed organisation. */
  readonly sealedTo?: readonly TestKey[]
  /** More or other members of the outer payload. */
  readonly outer?: Json
  /** More or other members of the inner payload. */
  readonly inner?: Json
}

export interface Sealed {
  readonly envelope: { readonly outer: string; readonly jwe: string }
  readonly outer: Json
  readonly digest: string
  readonly innerToken: string
  readonly inner: Json
}

export function innerOf({ number, from, to, body, inner }: Sealing): Json {
  return {
    id: idOf(number),
    author: from.org,
    recipients: to.map(addressOf),
    purpose: 'customs-control',
    legalBasis: { act: 'Regulation (EU) 952/2013', art: '46' },
    handling: HANDLING,
    evaluation: { source: 'B', info: 2 },
    personalData: { yes: false, categories: [] },
    retention: RETENTION,
    body,
    ...inner,
  }
}

export function outerOf(sealing: Sealing, cipher: string): Json {
  const { number, from, to, kind, seq, prev, outer } = sealing
  return {
    v: 1,
    id: idOf(number),
    from: { ...addressOf(from), node: from.node },
    to: to.map(addressOf),
    kind,
    urgency: 'routine',
    created: NOW,
    expires: '2026-11-30T12:00:00.000Z',
    ctx: 'conformance',
    seq,
    prev,
    cipher,
    dirVersion: 7,
    ...outer,
  }
}

export const recipientsOf = (to: readonly Member[]) => to.map(({ enc }) => ({ kid: enc.kid, jwk: publicPart(enc) }))

/** Two steps, so that a vector can put something else between them. */
export function encryptInner(innerToken: string, sealing: Pick<Sealing, 'to' | 'number' | 'sealedTo'>): Jwe {
  const named = sealing.sealedTo?.map((key) => ({ kid: key.kid, jwk: publicPart(key) }))
  return jwe(Buffer.from(innerToken), named ?? recipientsOf(sealing.to), `envelope ${sealing.number}`)
}

export function signOuter(payload: Uint8Array, cipherText: string, key: TestKey): Sealed['envelope'] {
  return { outer: jws('hx-outer+jws', payload, key), jwe: cipherText }
}

export function seal(sealing: Sealing): Sealed {
  const inner = innerOf(sealing)
  const innerToken = jws('hx-inner+jws', json(inner), sealing.from.seal)
  const text = JSON.stringify(encryptInner(innerToken, sealing))
  const outer = outerOf(sealing, hex(sha256(text)))
  return { envelope: signOuter(json(outer), text, sealing.from.sig), outer, digest: hex(sha256(json(outer))), innerToken, inner }
}

const RETENTION = { reviewAt: '2026-12-24T12:00:00.000Z', deleteBy: '2027-02-24T12:00:00.000Z' }

/** The originator's word for one part, or for the head of the whole. */
export function partOf(
  owner: Member,
  about: { readonly item: string; readonly part: string; readonly what: Json; readonly handling: Json },
): Json {
  const { item, part, what, handling } = about
  return {
    v: 1,
    item,
    origin: addressOf(owner),
    at: NOW,
    says: 'part',
    part,
    digest: hex(sha256(jcs(what))),
    handling,
    purpose: 'customs-control',
    eraseAt: RETENTION.deleteBy,
    evaluation: { source: 'B', info: 2 },
    legalBasis: { act: 'Regulation (EU) 952/2013', art: '46' },
  }
}

interface Item extends Json {
  readonly item: string
  readonly title: string
  readonly fields: readonly { readonly id: string; readonly handling: Json }[]
  readonly attachments: readonly { readonly sha256: string; readonly handling: Json }[]
}

/** With the word for each part; the head binds as the strictest of them, which is the one of the reason here. */
function proved(owner: Member, piece: Item): Json {
  const { item, title, fields, attachments } = piece
  const parts = [
    ...[...fields, ...attachments].map(({ handling, ...what }) => ({
      part: 'id' in what ? String(what.id) : String((what as { sha256: unknown }).sha256),
      what,
      handling,
    })),
    { part: '*', what: { title }, handling: HANDLING },
  ]
  return { ...piece, parts: parts.map((part) => jws('hx-statement+jws', json(partOf(owner, { item, ...part })), owner.seal)) }
}

const item = {
  item: '01a20000-0000-7000-8000-0000000a0001',
  origin: addressOf(be),
  kind: 'push',
  title: 'Reefer with a second seal',
  fields: [
    { id: 'container', label: 'Container', value: 'MSKU0000006', handling: { H: [], tlp: 'AMBER', pap: 'GREEN', conditions: [] } },
    { id: 'reason', label: 'Reason', value: 'Seal differs from the bill', handling: HANDLING },
  ],
  attachments: [{ sha256: hex(sha256('scan')), name: 'scan.png', size: 4, handling: HANDLING }],
  evaluation: { source: 'B', info: 2 },
  legalBasis: { act: 'Regulation (EU) 952/2013', art: '46' },
  grants: [],
}
const question = { ...item, item: '01a20000-0000-7000-8000-0000000a0002', kind: 'request', title: 'Was it seen?', attachments: [] }
const answer = {
  ...item,
  item: '01a20000-0000-7000-8000-0000000a0003',
  origin: addressOf(es),
  kind: 'response',
  title: 'It was',
  attachments: [],
  answers: question.item,
}

export const pushed: Sealing = {
  number: 1,
  from: be,
  to: [es],
  kind: 'push',
  seq: 1,
  prev: '',
  body: { type: 'exchange.item', data: proved(be, item) },
}

export interface Given {
  /** Of `link.evidence` and of the log's greeting, which are made elsewhere. */
  readonly retrieval: (digest: string) => string
  readonly recall: string
  readonly greeting: Json
}

export interface NamedEnvelope extends Sealed {
  readonly name: string
  readonly at: string
  readonly pin: string
}

export function acceptedEnvelopes({ retrieval, recall, greeting }: Given): readonly NamedEnvelope[] {
  const first = seal(pushed)
  const second = seal({
    ...pushed,
    number: 2,
    kind: 'request',
    seq: 2,
    prev: first.digest,
    body: { type: 'exchange.item', data: proved(be, question) },
    outer: { urgency: 'urgent', log: greeting },
    inner: { case: 'case-7' },
  })
  const third = seal({
    ...pushed,
    number: 3,
    to: [es, nl],
    kind: 'recall',
    seq: 3,
    prev: second.digest,
    outer: { urgency: 'immediate' },
    body: { type: 'exchange.statement', data: { token: recall } },
  })
  const link = {
    purpose: 'evidence',
    handling: { H: [], tlp: 'AMBER', pap: 'CLEAR', conditions: [] },
    evaluation: { source: 'A', info: 1 },
  }
  const all: readonly (readonly [string, Member, Sealed])[] = [
    ['a push to one desk', es, first],
    ['a request, second in its sequence, with the head of the log', es, second],
    ['a recall to the desks of two organisations, as the first takes it', es, third],
    ['the same envelope, as the second takes it', nl, third],
    [
      'a push to the old and the new key of one organisation',
      es,
      seal({ ...pushed, number: 10, seq: 6, prev: 'f'.repeat(64), sealedTo: [formerEnc, es.enc] }),
    ],
    ['a push to the old key alone', es, seal({ ...pushed, number: 11, seq: 7, prev: 'f'.repeat(64), sealedTo: [formerEnc] })],
    [
      'a response that proves which request it answers',
      be,
      seal({
        number: 4,
        from: es,
        to: [be],
        kind: 'response',
        seq: 1,
        prev: '',
        outer: { replyTo: idOf(2), reqDigest: second.digest },
        body: { type: 'exchange.item', data: proved(es, answer) },
      }),
    ],
    [
      'evidence that comes as a message',
      be,
      seal({
        number: 5,
        from: es,
        to: [be],
        kind: 'evidence',
        seq: 2,
        prev: 'f'.repeat(64),
        outer: { replyTo: idOf(1) },
        inner: link,
        body: { type: 'link.evidence', data: { token: retrieval(first.digest) } },
      }),
    ],
    [
      'what is asked for again',
      be,
      seal({
        number: 6,
        from: es,
        to: [be],
        kind: 'resend',
        seq: 3,
        prev: 'f'.repeat(64),
        inner: link,
        body: { type: 'link.resend', data: { from: 2, to: 3 } },
      }),
    ],
    [
      'a newer directory',
      es,
      seal({
        ...pushed,
        number: 7,
        kind: 'directory',
        seq: 4,
        prev: third.digest,
        inner: link,
        body: { type: 'link.directory', data: { version: 7, part: 0, parts: 1, bytes: packed(directoryToken) } },
      }),
    ],
    [
      'a hit/no-hit query',
      es,
      seal({
        ...pushed,
        number: 8,
        kind: 'match',
        seq: 5,
        prev: 'f'.repeat(64),
        inner: {
          case: 'case-7',
          handling: { H: ['H2'], tlp: 'AMBER+STRICT', pap: 'AMBER', conditions: [] },
          personalData: { yes: true, categories: ['match keys, concealed'] },
        },
        body: {
          type: 'match.query',
          data: {
            query: idOf(9),
            purpose: 'customs-control',
            class: 'asset',
            epoch: 1,
            caseRef: 'case-7',
            approved: false,
            frame: b64(matchFrame([sha256('no element')])),
          },
        },
      }),
    ],
  ]
  return all.map(([name, at, sealed]) => ({
    name,
    at: at.node,
    pin: pinOf((sealed.outer['from'] as { readonly node: string }).node),
    ...sealed,
  }))
}
