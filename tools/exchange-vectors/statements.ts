/** Directory, evidence, statements of originators, and the head of a log: each right, and wrong in one way each. */
import { addressOf, idOf, partOf } from './envelopes.ts'
import { be, directory, directoryToken, earlierToken, es, NOW, nl, revokedSeal, stewards, stranger, trust } from './world.ts'
import {
  b64,
  b64u,
  checkpoint,
  consistency,
  cosignature,
  evidenceTokens,
  type GeneralSignature,
  generalJws,
  hex,
  inclusion,
  type Json,
  json,
  jws,
  logName,
  oneOfMany,
  publicPart,
  sha256,
  signedNote,
  type TestKey,
  testKey,
  treeRoot,
} from './writer.ts'

export interface Refused {
  readonly name: string
  readonly code: string
  readonly token: string
}

const bytes = json(directory)
const [first, second, third] = stewards as [TestKey, TestKey, TestKey]
const general = (signatures: readonly unknown[]) => JSON.stringify({ payload: bytes.toString('base64url'), signatures })
const signedBy = (key: TestKey) => oneOfMany(bytes, key)

export function directoryVectors(): Json {
  const forged: GeneralSignature = { protected: signedBy(second).protected, signature: signedBy(first).signature }
  const refused: readonly (readonly [string, string, string])[] = [
    ['one of three signatures', 'directory.threshold', generalJws(bytes, [first])],
    ['one steward twice', 'directory.threshold', generalJws(bytes, [first, first])],
    [
      'a stranger as the second',
      'directory.threshold',
      general([signedBy(first), { ...oneOfMany(bytes, { ...stranger, use: 'steward' }) }]),
    ],
    ['a second signature that does not hold', 'directory.threshold', general([signedBy(first), forged])],
    ['a header without protection', 'token.form', general([{ ...signedBy(first), header: {} }, signedBy(second)])],
    ['another kind of token', 'header.typ', general([oneOfMany(bytes, first, 'hx-outer+jws'), signedBy(second)])],
    ['padding', 'token.spelling', general([{ ...signedBy(first), signature: `${signedBy(first).signature}==` }, signedBy(second)])],
    ['another version of the form', 'directory.form', generalJws(json({ ...directory, v: 2 }), stewards)],
    ['one key id for two keys', 'directory.form', generalJws(json(doubleKid()), stewards)],
    ['the version before', 'directory.rollback', earlierToken],
    ['another document of the same version', 'directory.fork', generalJws(json({ ...directory, coalition: 'other' }), [second, third])],
  ]
  return {
    trust,
    token: directoryToken,
    directory,
    digest: hex(sha256(bytes)),
    earlier: earlierToken,
    succession: successionVectors(),
    refused: refused.map(([name, code, token]): Refused => ({ name, code, token })),
  }
}

/** Over names, keys and threshold alone. */
function anchorDigest(keys: readonly TestKey[], threshold: number): string {
  const names = keys.map(({ kid, jwk }) => [kid, jwk['x']]).sort(([a = ''], [b = '']) => (String(a) < String(b) ? -1 : 1))
  return hex(sha256(json(['breakwater-anchor', directory['coalition'], threshold, names])))
}

const open = (keys: readonly TestKey[]) => keys.map((key) => ({ kid: key.kid, jwk: publicPart(key) }))

/** The first steward leaves, a fourth comes: signed by two before and two after. Then a directory that the new ones sign. */
function successionVectors(): Json {
  const fourth = testKey('steward-4', 'steward')
  const next = [second, third, fourth]
  const statement = {
    v: 1,
    coalition: directory['coalition'],
    stewards: open(next),
    threshold: 2,
    before: anchorDigest(stewards, 2),
    at: NOW,
  }
  const words = json(statement)
  const signed = (keys: readonly TestKey[]) =>
    JSON.stringify({ payload: b64u(words), signatures: keys.map((key) => oneOfMany(words, key, 'hx-stewards+jws')) })
  const withSteps = (successions: readonly string[], keys: readonly TestKey[], part: Json = {}) =>
    generalJws(json({ ...directory, version: 8, prevDigest: hex(sha256(bytes)), steering: open(next), successions, ...part }), keys)
  const step = signed([first, second, fourth])
  const refused: readonly (readonly [string, string, string])[] = [
    ['no succession', 'directory.threshold', withSteps([], [third, fourth])],
    [
      'a succession that one of two outgoing stewards signed',
      'directory.succession',
      withSteps([signed([second, fourth])], [third, fourth]),
    ],
    [
      'a succession that one of two incoming stewards signed',
      'directory.succession',
      withSteps([signed([first, second])], [third, fourth]),
    ],
    [
      'the former stewards named after they handed over',
      'directory.succession',
      withSteps([step], [second, third], { steering: open(stewards) }),
    ],
  ]
  return {
    anchors: { before: anchorDigest(stewards, 2), after: anchorDigest(next, 2) },
    statement,
    token: step,
    directory: withSteps([step], [third, fourth]),
    refused: refused.map(([name, code, token]): Refused => ({ name, code, token })),
  }
}

function doubleKid(): Json {
  const orgs = structuredClone(directory['orgs']) as { nodes: { keys: { kid: string }[] }[] }[]
  const [own] = orgs[0]?.nodes[0]?.keys ?? []
  const [other] = orgs[1]?.nodes[0]?.keys ?? []
  if (own !== undefined && other !== undefined) other.kid = own.kid
  return { ...directory, orgs }
}

const stated = (digest: string, part: Json): Json => ({
  v: 1,
  message: idOf(1),
  digest,
  to: addressOf(es),
  at: NOW,
  issuer: es.node,
  ...part,
})

export function retrievalOf(digest: string): string {
  return evidenceTokens([stated(digest, { kind: 'retrieval', positive: true })], es.sig)[0] ?? ''
}

export function evidenceVectors(digest: string, greeting: Json): Json {
  const batch = [
    stated(digest, { kind: 'relay', positive: true }),
    stated(digest, { kind: 'handling-accepted', positive: true }),
    stated(digest, { kind: 'delivery', positive: false, code: 'unprocessable' }),
  ]
  const submission = stated(digest, { kind: 'submission', positive: true, issuer: be.node })
  const silence = stated(digest, { kind: 'retrieval', positive: false, code: 'timeout', issuer: be.node })
  const tokens = evidenceTokens(batch, es.sig)
  const alone = evidenceTokens([submission], be.sig, { log: greeting })[0] ?? ''
  const [statement = '', place = '', path = '', signed = ''] = (tokens[0] ?? '').split('~')
  const refused: readonly (readonly [string, string, string])[] = [
    ['three parts', 'evidence.form', [statement, place, path].join('~')],
    ['no place', 'evidence.form', [statement, 'one', path, signed].join('~')],
    ['another place', 'evidence.path', [statement, '1', path, signed].join('~')],
    ['a path too short', 'evidence.path', [statement, place, path.split('.')[0], signed].join('~')],
    ['another statement', 'evidence.path', [json({ ...batch[0], kind: 'retrieval' }).toString('base64url'), place, path, signed].join('~')],
    ['padding in the path', 'token.spelling', [statement, place, `${path}=`, signed].join('~')],
    ['an issuer that did not sign', 'evidence.issuer', evidenceTokens([{ ...batch[0], issuer: be.node }], es.sig)[0] ?? ''],
    ['the key of a stranger', 'key.unknown', evidenceTokens(batch, stranger)[0] ?? ''],
    ['a seal in the place of the node key', 'key.unknown', evidenceTokens(batch, es.seal)[0] ?? ''],
    ['a kind nobody knows', 'payload.schema', evidenceTokens([{ ...batch[0], kind: 'applause' }], es.sig)[0] ?? ''],
    ['a member nobody knows', 'payload.schema', evidenceTokens(batch, es.sig, { more: 1 })[0] ?? ''],
  ]
  return {
    accepted: [
      ...batch.map((evidence, index) => ({ evidence, token: tokens[index] })),
      { evidence: submission, token: alone, log: greeting },
      { evidence: silence, token: evidenceTokens([silence], be.sig)[0] },
    ],
    refused: refused.map(([name, code, token]): Refused => ({ name, code, token })),
  }
}

const about = { v: 1, item: '01a20000-0000-7000-8000-0000000a0001', origin: addressOf(be), at: NOW }
const HANDLING = { H: ['H2'], tlp: 'RED', pap: 'AMBER', conditions: ['no-derivation'], evidenceUse: 'permission' }
const said = (statement: Json, key: TestKey = be.seal) => jws('hx-statement+jws', json(statement), key)
const recall = {
  ...about,
  says: 'recall',
  reason: 'incorrect',
  basis: 'Directive (EU) 2016/680 Art 7(3)',
  answerBy: '2026-11-27T12:00:00.000Z',
}
export const recallToken = said(recall)

export function statementVectors(): Json {
  const accepted = [
    recall,
    { ...recall, field: 'reason' },
    { ...about, says: 'marking', handling: HANDLING, fields: { container: { ...HANDLING, tlp: 'AMBER' } } },
    {
      ...about,
      says: 'grant',
      request: '01a20000-0000-7000-8000-0000000b0001',
      capability: 'disseminate',
      holder: es.org,
      recipient: nl.org,
      until: '2026-12-24T12:00:00.000Z',
    },
    { ...about, says: 'denial', request: '01a20000-0000-7000-8000-0000000b0001' },
    partOf(be, {
      item: about.item,
      part: 'reason',
      what: { id: 'reason', label: 'Reason', value: 'Seal differs from the bill' },
      handling: HANDLING,
    }),
  ]
  const refused: readonly (readonly [string, string, string])[] = [
    ['a recall of what another released', 'statement.signer', said(recall, es.seal)],
    ['signed by a node, not by the organisation', 'key.unknown', said(recall, be.sig)],
    [
      'a seal revoked since, the statement dated before',
      'statement.signer',
      said({ ...recall, at: '2026-11-24T10:00:00.000Z' }, revokedSeal),
    ],
    ['made after the seal runs out', 'statement.signer', said({ ...recall, at: '2027-06-01T00:00:00.000Z' })],
    ['something nobody can say', 'payload.schema', said({ ...about, says: 'praise' })],
    ['an inner token in its place', 'header.typ', jws('hx-inner+jws', json(recall), be.seal)],
  ]
  return {
    accepted: accepted.map((statement) => ({ statement, token: said(statement) })),
    refused: refused.map(([name, code, token]): Refused => ({ name, code, token })),
  }
}

const leaves = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'].map((text) => sha256(text))
const name = logName(be.node)
const notes = new Map([3, 7].map((size) => [size, signedNote(checkpoint(name, leaves.slice(0, size)), name, be.log)]))
const witnessed = { name: logName(es.node), key: es.log, seconds: Date.parse(NOW) / 1000 }

/** What `be.customs` tells `es.customs` after it had shown size 3 before, and had seen that log at size 2. */
export const greeting: Json = {
  head: notes.get(7),
  since: 3,
  proof: consistency(leaves, 3).map(b64),
  cosigned: {
    size: 2,
    line: cosignature(checkpoint(logName(es.node), leaves.slice(0, 2)), { name, key: be.log, seconds: witnessed.seconds }),
  },
}

export function logVectors(): Json {
  const extra = Buffer.concat([sha256('salt'), Buffer.from('{"event":"exchange.message-received"}')])
  const withEntry = [...leaves.slice(0, 4), sha256(extra), ...leaves.slice(5)]
  const text = checkpoint(name, withEntry)
  const proof = [
    'c2sp.org/tlog-proof@v1',
    `extra ${b64(extra)}`,
    'index 4',
    ...inclusion(withEntry, 4).map(b64),
    '',
    signedNote(text, name, be.log),
  ]
  const forked = [sha256('another'), ...leaves.slice(1)]
  return {
    name,
    witness: witnessed.name,
    leaves: leaves.map(b64),
    sizes: [...notes].map(([size, note]) => ({ size, root: b64(treeRoot(leaves.slice(0, size))), note })),
    cosignature: { size: 7, at: NOW, line: cosignature(checkpoint(name, leaves), witnessed) },
    consistency: { first: 3, second: 7, proof: consistency(leaves, 3).map(b64) },
    inconsistent: [
      { name: 'a proof too short', first: 3, second: 7, proof: consistency(leaves, 3).slice(0, -1).map(b64) },
      { name: 'a proof too long', first: 3, second: 7, proof: [...consistency(leaves, 3), sha256('x')].map(b64) },
      { name: 'the proof of a log whose first entry was rewritten', first: 3, second: 7, proof: consistency(forked, 3).map(b64) },
    ],
    proofFile: proof.join('\n') + cosignature(text, witnessed),
    refusedNotes: [
      { name: 'the key of another log', code: 'note.signature', note: signedNote(checkpoint(name, leaves), name, es.log) },
      { name: 'a text changed after signing', code: 'note.signature', note: notes.get(7)?.replace('\n7\n', '\n8\n') },
      { name: 'no signature', code: 'note.form', note: checkpoint(name, leaves) },
      { name: 'a hyphen for the dash', code: 'note.signature-line', note: notes.get(7)?.replace('\n— ', '\n- ') },
    ],
    greeting,
  }
}
