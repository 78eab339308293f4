/**
 * The pages are enough: a reader written from `docs/exchange.md` alone reads every vector, refuses every wrong one with the code that the pages name, and
 * opens what this node seals today.
 */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { signDirectory } from '#platform/link/directory-store.ts'
import { sealEnvelope } from '#platform/link/envelope.ts'
import { signEvidence } from '#platform/link/evidence.ts'
import { NOW as FIXTURE_NOW, linkFixture, requestOf } from '../../src/platform/link/link-fixture.ts'
import { entryBehind, handleIn, isConsistent, readAnswers, readBundle, readFrame, readNote, readSignature } from './carrier-reader.ts'
import { anchorDigest, digestOf, openEnvelope, readDirectory, readEvidence, readStatement } from './reader.ts'
import {
  broker,
  bundles,
  directory,
  encryptionKeys,
  envelopes,
  evidence,
  http,
  keys,
  log,
  match,
  statements,
  tampered,
  textOf,
} from './vector-files.ts'

const now = Date.parse(directory.now)
const parsed = readDirectory(directory.token, directory.trust)
const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'accepted'
  } catch (error) {
    return (error as { readonly code?: string }).code ?? String(error)
  }
}
const nodeOf = (id: string) => keys.nodes.find(({ node }) => node === id)
const keysAt = (id: string) => {
  const org = nodeOf(id)?.org ?? ''
  return { [org]: encryptionKeys(org) }
}

it('shares no line with the node: its files import Node and each other', () => {
  const files = globSync(['{reader,carrier-reader,shapes,strict-json,vector-files}.ts', '../../tools/exchange-vectors/*.ts'], {
    cwd: import.meta.dirname,
  })
  expect(files.length).toBeGreaterThan(12)
  const imports = files.flatMap((file) =>
    [...readFileSync(path.join(import.meta.dirname, file), 'utf8').matchAll(/ from '([^']+)'/g)].map((found) => found[1] ?? ''),
  )
  // The group of RFC 9497 comes from its library; every byte around it does not.
  expect(imports.filter((name) => !/^(node:|\.\/)/.test(name))).toEqual(['@noble/curves/ed25519.js'])
})

describe('the directory', () => {
  const held = { directory: parsed, token: directory.token }
  it('is read, with its digests and its succession', () => {
    expect(parsed).toEqual(directory.directory)
    expect(digestOf(Buffer.from((JSON.parse(directory.token) as { payload: string }).payload, 'base64url'))).toBe(directory.digest)
    const next = readDirectory(directory.succession.directory, directory.trust, held)
    const named = { stewards: next.steering, threshold: next.threshold }
    expect([anchorDigest(parsed.coalition, directory.trust), anchorDigest(next.coalition, named)]).toEqual(
      Object.values(directory.succession.anchors),
    )
  })
  it.each([...directory.refused, ...directory.succession.refused])('with $name is refused: $code', ({ code, token }) => {
    expect(codeOf(() => readDirectory(token, directory.trust, held))).toBe(code)
  })
})

describe('an envelope', () => {
  it.each(envelopes.accepted)('is opened: $name', (vector) => {
    const opened = openEnvelope(vector.envelope, { directory: parsed, now, keys: keysAt(vector.at), pin: vector.pin })
    const { outer, digest, innerToken, inner } = vector
    expect(opened).toEqual({ outer, digest, innerToken, inner })
  })
  it.each(tampered.refused)('with $name is refused: $code', (vector) => {
    const receiver = { directory: parsed, now: Date.parse(vector.now), keys: keysAt(vector.at), pin: vector.pin }
    expect(codeOf(() => openEnvelope(vector.envelope, receiver))).toBe(vector.code)
  })
})

describe('evidence and statements', () => {
  it('are read', () => {
    for (const { evidence: stated, token, log: greeting } of evidence.accepted)
      expect(readEvidence(token, { directory: parsed, now })).toEqual({ evidence: stated, log: greeting })
    for (const { statement, token } of statements.accepted) expect(readStatement(token, { directory: parsed, now })).toEqual(statement)
  })
  it.each(evidence.refused)('evidence with $name is refused: $code', ({ code, token }) => {
    expect(codeOf(() => readEvidence(token, { directory: parsed, now }))).toBe(code)
  })
  it.each(statements.refused)('a statement is refused when it is $name: $code', ({ code, token }) => {
    expect(codeOf(() => readStatement(token, { directory: parsed, now }))).toBe(code)
  })
})

describe('the head of a log', () => {
  const signer = (id: string, name: string) => ({ name, x: String(nodeOf(id)?.keys.find(({ use }) => use === 'log')?.jwk['x']) })
  const [own, witness] = [signer('be-customs-1', log.name), signer('es-customs-1', log.witness)]
  const heads = log.sizes.map(({ note }) => readNote(note, own))
  it('is read, with its witness', () => {
    expect(heads.map(({ origin, size, root }) => [origin, size, root.toString('base64')])).toEqual(
      log.sizes.map(({ size, root }) => [log.name, size, root]),
    )
    expect(readNote((log.sizes.at(-1)?.note ?? '') + log.cosignature.line, own, [witness]).seen).toEqual([log.cosignature.at])
  })
  it('is consistent by its exact proof alone', () => {
    const [first, second] = heads as [(typeof heads)[0], (typeof heads)[0]]
    const fits = ({ proof }: { readonly proof: readonly string[] }) =>
      isConsistent({ first, second, proof: proof.map((each) => Buffer.from(each, 'base64')) })
    expect([fits(log.consistency), log.inconsistent.filter(fits)]).toEqual([true, []])
  })
  it.each(log.refusedNotes)('with $name is refused: $code', ({ code, note }) => {
    expect(codeOf(() => readNote(note, own))).toBe(code)
  })
})

describe('carriers', () => {
  const components = { '"@method"': 'POST', '"@target-uri"': http.url, '"content-digest"': http.request.headers['content-digest'] ?? '' }
  const world = { directory: parsed, now }
  const requested = readSignature({ ...http.request, components }, world)
  it('HTTP: request and answer are signed for each other, to the letter', () => {
    expect(requested).toMatchObject({ node: 'be-customs-1', base: http.request.base })
    const answered = readSignature(
      {
        ...http.response,
        components: {
          '"@status"': '200',
          '"content-digest"': http.response.headers['content-digest'] ?? '',
          ...Object.fromEntries(Object.entries(components).map(([name, value]) => [`${name};req`, value])),
        },
      },
      world,
    )
    expect(answered).toEqual({ node: 'es-customs-1', nonce: requested?.nonce, base: http.response.base })
  })
  it.each(http.refused)('HTTP: with $name it is refused', ({ headers, body = http.request.body }) => {
    expect(readSignature({ headers, body, components }, world)).toBeUndefined()
  })
  it('broker: the answer is read, others are not', () => {
    expect(readAnswers(broker.answer, world)).toEqual({ node: 'es-customs-1', answers: broker.answers })
    expect(broker.refused.map(({ answer }) => readAnswers(answer, world))).toEqual(broker.refused.map(() => undefined))
  })
  it('files: both kinds are read', () => {
    const { items } = readBundle(textOf('envelopes.hx-bundle'), { ...world, node: 'es-customs-1' })
    expect(items.map(({ outer, jwe }) => ({ outer, jwe }))).toEqual(envelopes.accepted.slice(0, 2).map(({ envelope }) => envelope))
    expect(readBundle(textOf('answers.hx-bundle'), { ...world, node: 'be-customs-1' }).items).toHaveLength(2)
  })
  it.each(bundles.refused)('files: with $name it is refused', ({ text }) => {
    expect(() => readBundle(text, { ...world, node: 'es-customs-1' })).toThrow()
  })
})

it('hit/no-hit: rows, handles, frames', () => {
  const [hit, miss] = match.asked.map(({ output }) => handleIn(Buffer.from(match.set, 'base64'), Buffer.from(output, 'hex')))
  expect([hit?.toString('hex'), miss]).toEqual([match.hit.handle, undefined])
  expect(entryBehind(Buffer.from(match.hit.handle, 'hex'), match.epoch)).toBe(match.hit.entry)
  const slots = Object.entries(match.frames).map(([name, text]) => [name, readFrame(text)?.slots.map((slot) => slot.toString('hex'))])
  const padded = (text: string) => text.padEnd(64, '0')
  expect(Object.fromEntries(slots)).toEqual({
    query: match.asked.map(({ blinded }) => blinded),
    answer: match.asked.map(({ evaluated }) => evaluated),
    lookup: match.asked.map(({ output }) => padded(output.slice(0, 32))),
    result: [padded(match.hit.handle), padded('')],
    refusal: undefined,
  })
  expect(readFrame(match.frames.answer)?.proof.toString('hex')).toBe(match.proof)
})

describe('what this node makes today', () => {
  const fixture = linkFixture()
  const trust = { stewards: fixture.directory.steering, threshold: fixture.directory.threshold }
  const at = FIXTURE_NOW.getTime()
  it('a directory, an envelope and evidence are read by the second reader', async () => {
    const current = readDirectory(await signDirectory(fixture.directory, fixture.stewards), trust)
    const envelope = await sealEnvelope(
      requestOf({
        to: [
          { org: 'org.b', unit: 'org.b.desk' },
          { org: 'org.c', unit: 'org.c.desk' },
        ],
      }),
      fixture.keys.a,
      fixture.directory,
    )
    for (const name of ['b', 'c'] as const) {
      const own = fixture.keys[name].orgs[`org.${name}`]
      const { inner, digest } = openEnvelope(envelope, {
        directory: current,
        now: at,
        keys: { [`org.${name}`]: own === undefined ? [] : [own.enc] },
      })
      expect(inner['body']).toEqual({ type: 'test.note', data: { text: 'hello' } })
      const stated = {
        v: 1,
        message: 'm',
        digest,
        to: { org: `org.${name}`, unit: `org.${name}.desk` },
        at: FIXTURE_NOW.toISOString(),
        issuer: `${name}-node`,
        positive: true,
      } as const
      const tokens = await signEvidence(
        [
          { ...stated, kind: 'relay' },
          { ...stated, kind: 'handling-accepted' },
          { ...stated, kind: 'delivery' },
        ],
        fixture.keys[name].sig,
      )
      expect(tokens.map((token) => readEvidence(token, { directory: current, now: at }).evidence['kind'])).toEqual([
        'relay',
        'handling-accepted',
        'delivery',
      ])
    }
  })
})
