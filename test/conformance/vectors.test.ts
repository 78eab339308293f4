/** This node against `conformance/exchange`: it reads what a second writer wrote, and refuses what is wrong with the code that the files state. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { evaluatedText, type MatchInput, parseMatchKey } from '#kernel/match-key/match-key.ts'
import { readCheckpoint } from '#kernel/merkle/note.ts'
import { isConsistent } from '#kernel/merkle/proof.ts'
import { checkProof } from '#platform/audit/entry-proof.ts'
import { base64, cosignedAt, openNote, sha256 } from '#platform/audit/log-key.ts'
import { greetingSchema } from '#platform/audit/witness.ts'
import { checkPackage } from '#platform/guard/check.ts'
import { SHIPPED_RULES } from '#platform/guard/rules.ts'
import { checkBundle } from '#platform/link/bundle.ts'
import type { Directory } from '#platform/link/directory.ts'
import { digestOf, verifyDirectory } from '#platform/link/directory-store.ts'
import { admit, answerChallenge } from '#platform/link/enrolment.ts'
import { evidenceReader } from '#platform/link/evidence.ts'
import { verifyRequest, verifyResponse } from '#platform/link/http-signature.ts'
import { answersSchema, batchSchema } from '#platform/link/https-wire.ts'
import type { JWK, PrivateKey } from '#platform/link/jose.ts'
import { openAnswers } from '#platform/link/nats-answers.ts'
import { againSubject, answerSubject, envelopeSubject } from '#platform/link/nats-inbox.ts'
import type { NodeKeys } from '#platform/link/node-keys.ts'
import { nonceWindow } from '#platform/link/nonce-window.ts'
import { openWhole } from '#platform/link/received.ts'
import { readStatement } from '#platform/link/statement.ts'
import { anchorDigest } from '#platform/link/stewardship.ts'
import { assemble } from '#platform/module/assemble.ts'
import { finalizeAll } from '#platform/oprf/oprf.ts'
import { findHandle } from '#platform/oprf/tag-set.ts'
import { modules } from '../../src/app/modules.ts'
import { readProofs } from '../../src/modules/exchange/server/proofs.ts'
import { itemMessage } from '../../src/modules/exchange/server/wire.ts'
import { readFrame } from '../../src/modules/matching/server/frame.ts'
import { entryOf, handleFor } from '../../src/modules/matching/server/handle.ts'
import { exchangeVectors } from '../../tools/make-exchange-vectors.ts'
import {
  broker,
  bundles,
  directory,
  encryptionKeys,
  enrolment,
  envelopes,
  evidence,
  FOLDER,
  http,
  keys,
  log,
  match,
  statements,
  tampered,
  textOf,
} from './vector-files.ts'

const NOW = new Date(directory.now)
const parsed = directory.directory as unknown as Directory
const trust = { ...directory.trust, stewards: directory.trust.stewards.map(({ kid, jwk }) => ({ kid, jwk: jwk as JWK })) }
const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work()
    return 'accepted'
  } catch (error) {
    return (error as { readonly code?: string }).code ?? String(error)
  }
}

function keysOf(node: string): NodeKeys {
  const held = keys.nodes.find((each) => each.node === node)
  const of = (use: string) => held?.keys.find((key) => key.use === use) as unknown as PrivateKey
  const org = held?.org ?? ''
  return {
    nodeId: node,
    sig: of('node-sig'),
    log: of('log'),
    orgs: { [org]: { seal: of('seal'), enc: of('enc'), former: encryptionKeys(org).slice(1) } },
    tls: { key: '', cert: '', ca: '' },
    content: '',
  }
}

it('the files are what the second writer writes (node tools/make-exchange-vectors.ts)', () => {
  const made = exchangeVectors()
  for (const [name, text] of Object.entries(made)) expect(textOf(name) === text, name).toBe(true)
  expect(
    readdirSync(FOLDER)
      .filter((name) => name !== 'README.md')
      .sort(),
  ).toEqual(Object.keys(made).sort())
})

describe('the directory', () => {
  it('is accepted with two of three signatures, after the version before', async () => {
    const held = await verifyDirectory(directory.earlier, trust, undefined)
    expect(await verifyDirectory(directory.token, trust, held)).toEqual(parsed)
    expect(digestOf(directory.token)).toBe(directory.digest)
  })
  it('is accepted from the next stewards, whom those before and those after named', async () => {
    const { anchors, directory: next } = directory.succession
    const { coalition, steering, threshold } = await verifyDirectory(next, trust, parsed)
    expect([anchorDigest(coalition, trust), anchorDigest(coalition, { stewards: steering, threshold })]).toEqual([
      anchors.before,
      anchors.after,
    ])
  })
  it.each(directory.succession.refused)('with $name is refused: $code', async ({ code, token }) => {
    expect(await codeOf(async () => await verifyDirectory(token, trust, parsed))).toBe(code)
  })
  it.each(directory.refused)('with $name is refused: $code', async ({ code, token }) => {
    expect(await codeOf(async () => await verifyDirectory(token, trust, parsed))).toBe(code)
  })
})

const open = async ({ at, pin, envelope }: (typeof envelopes.accepted)[number] | (typeof tampered.refused)[number], now: Date) =>
  await openWhole(envelope, { keys: keysOf(at), directory: parsed, now, peerSpki: pin })

describe('an envelope', () => {
  const types = assemble(modules).messages
  it.each(envelopes.accepted)('is opened: $name', async (vector) => {
    const opened = await open(vector, NOW)
    expect(opened).toMatchObject({ outer: vector.outer, digest: vector.digest, inner: vector.inner })
  })
  it.each(envelopes.accepted.filter(({ inner }) => !inner.body.type.startsWith('link.')))(
    'carries a body that its type takes: $name',
    ({ inner }) => {
      expect(types.get(inner.body.type)?.schema.safeParse(inner.body.data).success).toBe(true)
    },
  )
  it.each(envelopes.accepted.filter(({ inner }) => inner.body.type === 'exchange.item'))(
    'carries its originator’s word for each part: $name',
    async ({ inner }) => {
      const data = itemMessage.parse(inner.body.data)
      const { item, origin, evaluation, legalBasis } = data
      const terms = { item, origin, purpose: inner.purpose, eraseAt: inner.retention.deleteBy, evaluation, legalBasis }
      const reader = { make: async () => '', read: async (token: string) => await readStatement(token, parsed, NOW) }
      const proofs = await readProofs(reader, terms, { ...data, tokens: data.parts })
      expect(Object.keys(proofs)).toHaveLength(data.parts.length)
    },
  )

  it.each(envelopes.accepted)('passes the guard: $name', ({ outer, inner }) => {
    expect(
      checkPackage(JSON.stringify({ ...inner, from: outer['from'], to: outer['to'], kind: outer['kind'] }), SHIPPED_RULES, NOW.getTime()),
    ).toBeUndefined()
  })
  it.each(tampered.refused)('with $name is refused: $code', async (vector) => {
    expect(await open(vector, new Date(vector.now))).toMatchObject({ code: vector.code })
  })
})

describe('evidence', () => {
  it('is read, each token alone', async () => {
    for (const { evidence: stated, token } of evidence.accepted) expect(await evidenceReader(parsed, NOW).read(token)).toEqual(stated)
  })
  it.each(evidence.refused)('with $name is refused: $code', async ({ code, token }) => {
    expect(await codeOf(async () => await evidenceReader(parsed, NOW).read(token))).toBe(code)
  })
})

describe('a statement of an originator', () => {
  it.each(statements.accepted)('is read: $statement.says', async ({ statement, token }) => {
    expect(await readStatement(token, parsed, NOW)).toEqual(statement)
  })
  it.each(statements.refused)('is refused when it is $name: $code', async ({ code, token }) => {
    expect(await codeOf(async () => await readStatement(token, parsed, NOW))).toBe(code)
  })
})

describe('the head of a log', () => {
  const publicOf = (node: string, name: string) => ({ name, publicKey: Buffer.from(String(keysOf(node).log.jwk.x), 'base64url') })
  const own = publicOf('be-customs-1', log.name)
  const witness = publicOf('es-customs-1', log.witness)
  const rootOf = (size: number) => Buffer.from(log.sizes.find((each) => each.size === size)?.root ?? '', 'base64')
  it.each(log.sizes)('is read at size $size', ({ size, root, note }) => {
    expect(readCheckpoint(openNote(note, own).text, base64)).toEqual({ origin: log.name, size, root: Buffer.from(root, 'base64') })
  })
  it('is consistent with the head before, by its exact proof alone', () => {
    const holds = ({ first, second, proof }: (typeof log)['consistency']) =>
      isConsistent(
        { first, second, firstRoot: rootOf(first), secondRoot: rootOf(second), path: proof.map((each) => Buffer.from(each, 'base64')) },
        sha256,
      )
    expect(holds(log.consistency)).toBe(true)
    expect(log.inconsistent.filter(holds)).toEqual([])
  })
  it('carries the signature of its witness', () => {
    const note = openNote((log.sizes.at(-1)?.note ?? '') + log.cosignature.line, own)
    expect(cosignedAt(note, witness)?.toISOString()).toBe(log.cosignature.at)
  })
  it('proves an entry in a file', () => {
    expect(checkProof(log.proofFile, own, [witness])).toMatchObject({ index: 4, size: 7, witnesses: [{ name: log.witness }] })
  })
  it('travels as a greeting', () => {
    expect(greetingSchema.parse(log.greeting)).toEqual(log.greeting)
  })
  it.each(log.refusedNotes)('with $name is refused: $code', async ({ code, note }) => {
    expect(await codeOf(() => openNote(note, own))).toBe(code)
  })
})

describe('a signed request', () => {
  const request = { method: http.method, url: http.url, headers: http.request.headers, body: Buffer.from(http.request.body) }
  it('is accepted once', async () => {
    const nonces = nonceWindow()
    expect(await verifyRequest(request, { directory: parsed, now: NOW, nonces })).toMatchObject({
      kind: 'accept',
      signer: { node: { id: 'be-customs-1' } },
    })
    expect(await verifyRequest(request, { directory: parsed, now: NOW, nonces })).toEqual({ kind: 'reject', code: 'signature.replay' })
    expect(batchSchema.parse(JSON.parse(http.request.body)).envelopes).toHaveLength(2)
  })
  it('has an answer that is bound to it', async () => {
    const response = { status: http.response.status, headers: http.response.headers, body: Buffer.from(http.response.body) }
    expect(await verifyResponse(response, request, { directory: parsed, now: NOW })).toMatchObject({
      kind: 'accept',
      signer: { node: { id: 'es-customs-1' } },
    })
    expect(answersSchema.parse(JSON.parse(http.response.body)).answers.map(({ state }) => state)).toEqual(['taken', 'refused'])
  })
  it.each(http.refused)('with $name is refused: $code', async ({ code, headers, body }) => {
    const wrong = { ...request, headers, ...(body === undefined ? {} : { body: Buffer.from(body) }) }
    expect(await verifyRequest(wrong, { directory: parsed, now: NOW, nonces: nonceWindow() })).toEqual({ kind: 'reject', code })
  })
})

describe('over a broker', () => {
  it('goes to the subjects of its organisation', () => {
    const subjects = [envelopeSubject('es.customs', 'routine'), againSubject('es.customs'), answerSubject('be.customs')]
    expect(subjects).toEqual([broker.subject, broker.again, broker.answerTo])
  })
  it('is answered by the node that signs', () => {
    expect(openAnswers(broker.answer, { directory: parsed, now: NOW })).toMatchObject({
      signer: { node: { id: 'es-customs-1' } },
      answers: broker.answers,
    })
  })
  it.each(broker.refused)('takes no answer with $name', ({ answer }) => {
    expect(openAnswers(answer, { directory: parsed, now: NOW })).toBeUndefined()
  })
})

describe('a bundle file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'exchange-vectors-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const fileOf = (text: string) => {
    const file = path.join(folder, `${Math.random()}.hx-bundle`)
    writeFileSync(file, text)
    return file
  }
  const check = async (file: string, nodeId: string) => await checkBundle(file, { nodeId, directory: parsed, now: NOW })
  it('of envelopes is read', async () => {
    const checked = await check(fileOf(textOf('envelopes.hx-bundle')), 'es-customs-1')
    expect(checked).toMatchObject({ header: { kind: 'envelopes', count: 2 }, signer: { node: { id: 'be-customs-1' } } })
  })
  it('of answers is read', async () => {
    expect(await check(fileOf(textOf('answers.hx-bundle')), 'be-customs-1')).toMatchObject({
      header: { kind: 'answers', count: 2 },
      signer: { node: { id: 'es-customs-1' } },
    })
  })
  it.each(bundles.refused)('with $name is refused: $code at line $line', async ({ code, line, text }) => {
    const failure = await check(fileOf(text), 'es-customs-1').catch((error: unknown) => error)
    expect(failure).toMatchObject({ code, line })
  })
})

describe('hit/no-hit', () => {
  const secretKey = bytes(match.epoch.secretKey)
  it.each(match.keys)('evaluates $text', ({ type, value, with: second, class: name, text }) => {
    const key = parseMatchKey({ type, value, ...(second === undefined ? {} : { with: second }) } as MatchInput)
    expect(key.ok ? [key.value.class, evaluatedText(key.value)] : key).toEqual([name, text])
  })
  const asked = match.asked.map(({ input, blind, blinded }) => ({
    input: Buffer.from(input),
    blind: bytes(blind),
    blinded: bytes(blinded),
  }))
  const frame = readFrame(Buffer.from(match.frames.answer, 'base64'))
  const answer = { evaluated: frame?.slots ?? [], proof: frame?.proof ?? new Uint8Array(), publicKey: bytes(match.epoch.publicKey) }
  it('finalises what the frame of the answer carries, under its proof', () => {
    expect(finalizeAll(asked, answer).map((output) => Buffer.from(output).toString('hex'))).toEqual(match.asked.map(({ output }) => output))
    const other = { ...answer, proof: answer.proof.map((byte, at) => (at === 0 ? byte ^ 1 : byte)) }
    expect(() => finalizeAll(asked, other)).toThrow('oprf.proof')
  })
  it('finds the handle of the hit in the set, none for the miss, and the entry behind the handle', () => {
    const [hit, miss] = match.asked.map(({ output }) => findHandle(Buffer.from(match.set, 'base64'), bytes(output)))
    expect([Buffer.from(hit ?? []).toString('hex'), miss]).toEqual([match.hit.handle, undefined])
    const key = { secretKey, requester: match.epoch.requester }
    expect(Buffer.from(handleFor(key, match.hit.entry)).toString('hex')).toBe(match.hit.handle)
    expect(entryOf(key, bytes(match.hit.handle))).toBe(match.hit.entry)
  })
  it('reads every frame but the refusal', () => {
    const counts = Object.entries(match.frames).map(([name, text]) => [name, readFrame(Buffer.from(text, 'base64'))?.slots.length])
    expect(Object.fromEntries(counts)).toEqual({ query: 2, answer: 2, lookup: 2, result: 2, refusal: undefined })
  })
})

describe('enrolment', () => {
  it('opens the challenge and gives the same proofs', async () => {
    const { proofs } = await answerChallenge(enrolment.challenge, keysOf('it-customs-1'))
    expect(proofs).toEqual(enrolment.proof['proofs'])
  })
  it('admits who proved every key and was vouched for', async () => {
    const { directory: next, sponsor } = await admit(parsed, { proof: enrolment.proof, secret: enrolment.secret, now: NOW })
    expect([next, sponsor]).toEqual([enrolment.admitted, enrolment.sponsor])
  })
  it.each(enrolment.refused)('refuses: $name, $code', async ({ code, proof }) => {
    expect(await codeOf(async () => await admit(parsed, { proof, secret: enrolment.secret, now: NOW }))).toBe(code)
  })
})
