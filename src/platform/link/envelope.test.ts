/** What a malicious member, relay or stranger can do to an envelope, and the internal code with which each is refused. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Directory } from './directory.ts'
import { type Envelope, type OpenWorld, openInner, openOuter, outerDigest, sealEnvelope } from './envelope.ts'
import { encrypt, sign } from './jose.ts'
import { linkFixture, NOW, pinOf, requestOf } from './link-fixture.ts'
import { directoryKeys, publicJwk, renewNodeKeys } from './node-keys.ts'

const { keys, directory } = linkFixture()
const atB: OpenWorld = { keys: keys.b, directory, now: NOW, peerSpki: pinOf('a') }
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const outerOf = (envelope: Envelope) => JSON.parse(Buffer.from(envelope.outer.split('.')[1] ?? '', 'base64url').toString())

async function open(envelope: Envelope, world: OpenWorld = atB) {
  const { outer, digest } = await openOuter(envelope, world)
  return { outer, digest, inner: await openInner(envelope, outer, world) }
}

/** The sender's node signs an outer statement of its own making over a ciphertext. */
async function resigned(envelope: Envelope, change: (outer: Record<string, unknown>) => void, jwe = envelope.jwe): Promise<Envelope> {
  const outer = { ...outerOf(envelope), cipher: sha256(jwe) }
  change(outer)
  return { outer: await sign('hx-outer+jws', Buffer.from(JSON.stringify(outer)), keys.a.sig), jwe }
}

const sealed = async (part = {}) => await sealEnvelope(requestOf(part), keys.a, directory)

it('opens what was sealed, and chains by the decoded payload', async () => {
  const envelope = await sealed()
  const { inner, digest } = await open(envelope)
  expect(inner.body).toEqual({ type: 'test.note', data: { text: 'hello' } })
  expect(digest).toBe(outerDigest(envelope.outer))
})

it('(L20) shows nothing of the content outside', async () => {
  const envelope = await sealed({ body: { type: 'test.note', data: { text: 'VERY-SECRET' } }, purpose: 'SECRET-PURPOSE' })
  const visible = JSON.stringify(outerOf(envelope)) + envelope.jwe + Buffer.from(envelope.jwe, 'base64url').toString()
  for (const secret of ['VERY-SECRET', 'SECRET-PURPOSE', 'test.note', 'AMBER']) expect(visible).not.toContain(secret)
})

describe('is refused', () => {
  it.each<[string, () => Promise<{ envelope: Envelope; world?: OpenWorld }>, string]>([
    [
      'from another peer than its signer',
      async () => ({ envelope: await sealed(), world: { ...atB, peerSpki: pinOf('c') } }),
      'envelope.peer',
    ],
    ['when it is not for us', async () => ({ envelope: await sealed(), world: { ...atB, keys: keys.c } }), 'envelope.not-for-us'],
    [
      'after its end',
      async () => ({ envelope: await sealed(), world: { ...atB, now: new Date('2026-12-02T00:00:00Z') } }),
      'envelope.expired',
    ],
    ['from the future', async () => ({ envelope: await sealed({ createdAt: '2026-11-24T13:00:00.000Z' }) }), 'envelope.future'],
    [
      'with another ciphertext',
      async () => ({ envelope: { ...(await sealed()), jwe: (await sealed({ body: { type: 'x', data: 1 } })).jwe } }),
      'envelope.cipher',
    ],
    [
      'with a unit of another organisation',
      async () => ({
        envelope: await resigned(await sealed(), (outer) => (outer['from'] = { org: 'org.a', unit: 'org.c.desk', node: 'a-node' })),
      }),
      'envelope.unit',
    ],
    [
      'speaking for another organisation',
      async () => ({
        envelope: await resigned(await sealed(), (outer) => (outer['from'] = { org: 'org.c', unit: 'org.c.desk', node: 'c-node' })),
      }),
      'envelope.signer',
    ],
    [
      'with an unknown member',
      async () => ({ envelope: await resigned(await sealed(), (outer) => (outer['extra'] = 1)) }),
      'payload.schema',
    ],
    [
      'with another id outside than inside',
      async () => ({ envelope: await resigned(await sealed(), (outer) => (outer['id'] = '01a20000-0000-7000-8000-000000000009')) }),
      'envelope.id',
    ],
    [
      'addressed further than its author said',
      async () => ({
        envelope: await resigned(
          await sealed(),
          (outer) =>
            (outer['to'] = [
              { org: 'org.b', unit: 'org.b.desk' },
              { org: 'org.c', unit: 'org.c.desk' },
            ]),
        ),
      }),
      'envelope.recipients',
    ],
    [
      'from an organisation that left',
      async () => ({ envelope: await sealed(), world: { ...atB, directory: without('org.a') } }),
      'key.unknown',
    ],
  ])('%s', async (_what, make, code) => {
    const { envelope, world } = await make()
    await expect(open(envelope, world)).rejects.toMatchObject({ code })
  })

  it('(L18) re-encrypted by its recipient for a third, as if the author had addressed it there', async () => {
    const { inner } = await open(await sealed())
    // B wants C to believe that A told C: it can encrypt to C and sign outside as itself, but not as A inside.
    const forged = await sign('hx-inner+jws', Buffer.from(JSON.stringify({ ...inner, author: 'org.a' })), keys.b.orgs['org.b']!.seal)
    const jwe = await encrypt(Buffer.from(forged), [{ kid: keys.c.orgs['org.c']!.enc.kid, jwk: publicJwk(keys.c.orgs['org.c']!.enc) }])
    const outer = {
      ...outerOf(await sealed()),
      from: { org: 'org.b', unit: 'org.b.desk', node: 'b-node' },
      to: [{ org: 'org.c', unit: 'org.c.desk' }],
      cipher: sha256(jwe),
    }
    const envelope = { outer: await sign('hx-outer+jws', Buffer.from(JSON.stringify(outer)), keys.b.sig), jwe }
    await expect(open(envelope, { keys: keys.c, directory, now: NOW, peerSpki: pinOf('b') })).rejects.toMatchObject({
      code: 'envelope.author',
    })
  })

  it('in any odd form', async () => {
    const envelope = await sealed()
    for (const odd of [
      { ...envelope, outer: '' },
      { ...envelope, jwe: '{}' },
      { ...envelope, outer: 'a.b' },
      { outer: 'x'.repeat(70_000), jwe: '{}' },
    ])
      await expect(open(odd)).rejects.toMatchObject({ name: 'TokenRefused' })
  })
})

it('is not sealed for an organisation that this node does not speak for', async () => {
  await expect(sealEnvelope(requestOf({ from: { org: 'org.c', unit: 'org.c.desk' } }), keys.a, directory)).rejects.toMatchObject({
    code: 'seal.not-our-organisation',
  })
})

function without(id: string): Directory {
  return { ...directory, orgs: directory.orgs.map((org) => (org.id === id ? { ...org, status: 'left' as const } : org)) }
}

describe('while a recipient changes its keys', () => {
  const renewed = renewNodeKeys(keys.b, keys.b.tls)
  const [first, at, ...rest] = directory.orgs as [Directory['orgs'][number], Directory['orgs'][number]]
  const node = at.nodes[0] as Directory['orgs'][number]['nodes'][number]
  const span = { from: NOW.toISOString(), until: '2027-11-24T00:00:00.000Z' }
  const fresh = directoryKeys(renewed, 'org.b', span).filter(({ kid }) => !node.keys.some((key) => key.kid === kid))
  const listing = (...list: typeof node.keys): Directory => ({
    ...directory,
    orgs: [first, { ...at, nodes: [{ ...node, keys: list }] }, ...rest],
  })
  const both = listing(...node.keys, ...fresh)
  const as = (who: typeof keys.b): OpenWorld => ({ ...atB, keys: who, directory: both })
  const text = async (envelope: Envelope, world: OpenWorld) => (await open(envelope, world)).inner.body.data

  it('what is sealed is opened with the old ones and with the new ones', async () => {
    const envelope = await sealEnvelope(requestOf(), keys.a, both)
    for (const who of [keys.b, renewed]) expect(await text(envelope, as(who))).toEqual({ text: 'hello' })
  })

  it('what was sealed to the old ones is opened with the new ones', async () => {
    expect(await text(await sealed(), as(renewed))).toEqual({ text: 'hello' })
    const forgetful = { ...renewed, orgs: { 'org.b': { seal: renewed.orgs['org.b']!.seal, enc: renewed.orgs['org.b']!.enc } } }
    await expect(open(await sealed(), as(forgetful))).rejects.toMatchObject({ code: 'token.not-for-us' })
  })

  it('nothing is sealed to a key that is revoked, not even what was written before', async () => {
    const revoked = node.keys.map((key) => ({ ...key, revokedAt: NOW.toISOString() }))
    const envelope = await sealEnvelope(
      requestOf({ createdAt: new Date(NOW.getTime() - 60_000).toISOString() }),
      keys.a,
      listing(...revoked, ...fresh),
    )
    await expect(open(envelope, as(keys.b))).rejects.toMatchObject({ code: 'token.not-for-us' })
    expect(await text(envelope, as(renewed))).toEqual({ text: 'hello' })
  })

  it('what a sender wrote before its new seal began, and sealed with it, is opened; not under a seal that is revoked', async () => {
    const request = requestOf({
      from: { org: 'org.b', unit: 'org.b.desk' },
      to: [{ org: 'org.a', unit: 'org.a.desk' }],
      createdAt: new Date(NOW.getTime() - 3_600_000).toISOString(),
    })
    const atA = (list: typeof node.keys): OpenWorld => ({ keys: keys.a, directory: listing(...list), now: NOW, peerSpki: pinOf('b') })
    const envelope = await sealEnvelope(request, renewed, both)
    expect(await text(envelope, atA([...node.keys, ...fresh]))).toEqual({ text: 'hello' })
    const stolen = fresh.map((key) => (key.use === 'seal' ? { ...key, revokedAt: new Date(NOW.getTime() - 1000).toISOString() } : key))
    await expect(open(envelope, atA([...node.keys, ...stolen]))).rejects.toMatchObject({ code: 'key.unknown' })
  })
})
