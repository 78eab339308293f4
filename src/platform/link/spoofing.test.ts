/**
 * The spoofing table: who pretends what with an envelope, a key or a directory, and the internal code with which it is refused. The fields
 * are taken from the schema and from a sealed sample, so that a field that is added later is tried as well.
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Directory, DirectoryKey } from './directory.ts'
import { openDirectoryStore, signDirectory, verifyDirectory } from './directory-store.ts'
import { type Envelope, MAX_INNER, MAX_OUTER, type OpenWorld, openInner, openOuter, outerSchema, sealEnvelope } from './envelope.ts'
import { decrypt, encrypt, type PrivateKey, sign } from './jose.ts'
import { linkFixture, NOW, pinOf, requestOf } from './link-fixture.ts'
import { publicJwk } from './node-keys.ts'

type Name = 'a' | 'b' | 'c'
type Json = Record<string, unknown>

const { keys, directory, stewards } = linkFixture()
const orgKeys = (name: Name) => keys[name].orgs[`org.${name}`]!
const worldOf = (name: Name, peer: Name = 'a', part: Partial<OpenWorld> = {}): OpenWorld => ({
  keys: keys[name],
  directory,
  now: NOW,
  peerSpki: pinOf(peer),
  ...part,
})
const desk = (name: Name) => ({ org: `org.${name}`, unit: `org.${name}.desk` })
const speaker = (name: Name) => ({ ...desk(name), node: `${name}-node` })
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const b64 = (text: string) => Buffer.from(text).toString('base64url')
const payloadOf = (token: string): Json => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

async function open(envelope: Envelope, world: OpenWorld) {
  const { outer, digest } = await openOuter(envelope, world)
  return { outer, digest, inner: await openInner(envelope, outer, world) }
}

const sealed = async (part = {}, from: Name = 'a') => await sealEnvelope(requestOf({ from: desk(from), ...part }), keys[from], directory)
const innerTokenOf = async (envelope: Envelope) => Buffer.from(await decrypt(envelope.jwe, [orgKeys('b').enc])).toString()
const encryptTo = async (name: Name, text: string) =>
  await encrypt(Buffer.from(text), [{ kid: orgKeys(name).enc.kid, jwk: publicJwk(orgKeys(name).enc) }])
const signText = async (type: 'outer' | 'inner', text: string, key: PrivateKey) => await sign(`hx-${type}+jws`, Buffer.from(text), key)

/** An outer statement of the forger's making over a ciphertext of the forger's choice, signed by a node. */
async function stated(
  base: Envelope,
  change: Json = {},
  { jwe = base.jwe, by = 'a' }: { jwe?: string; by?: Name } = {},
): Promise<Envelope> {
  const outer = { ...payloadOf(base.outer), cipher: sha256(jwe), ...change }
  return { outer: await signText('outer', JSON.stringify(outer), keys[by].sig), jwe }
}

/** The sender's own node says otherwise outside than it sealed. */
const restated = async (change: Json, part = {}) => await stated(await sealed(part), change)

/** The sender's node sends something else where the inner token should be. */
async function withInside(text: string): Promise<Envelope> {
  return await stated(await sealed(), {}, { jwe: await encryptTo('b', text) })
}

/** What is forged, and where it arrives when that is not at `b` from `a`. */
type Row = readonly [what: string, forge: () => Promise<Envelope | readonly [Envelope, OpenWorld]>, code: string]

const ADDRESSES: readonly Row[] = [
  ['a peer that is not the node of outer.from', async () => [await sealed(), worldOf('b', 'c')], 'envelope.peer'],
  ['a peer that nobody knows', async () => [await sealed(), worldOf('b', 'a', { peerSpki: 'pin-of-nobody' })], 'envelope.peer'],
  ['a node that speaks for another organisation', async () => await restated({ from: speaker('c') }), 'envelope.signer'],
  ['a node that takes the name of another', async () => await restated({ from: { ...speaker('a'), node: 'c-node' } }), 'envelope.signer'],
  ['a desk of another as sender', async () => await restated({ from: { ...speaker('a'), unit: 'org.c.desk' } }), 'envelope.unit'],
  ['outer.to with one more than inner.recipients', async () => await restated({ to: [desk('b'), desk('c')] }), 'envelope.recipients'],
  [
    'outer.to with one fewer than inside',
    async () => await restated({ to: [desk('b')] }, { to: [desk('b'), desk('c')] }),
    'envelope.recipients',
  ],
  [
    'outer.to in another order than inside',
    async () => await restated({ to: [desk('c'), desk('b')] }, { to: [desk('b'), desk('c')] }),
    'envelope.recipients',
  ],
  [
    'another desk in outer.to than inside',
    async () => await restated({ to: [{ org: 'org.b', unit: 'org.b.other' }] }),
    'envelope.recipients',
  ],
]

const REPLAYS: readonly Row[] = [
  ['to another recipient', async () => [await sealed(), worldOf('c')], 'envelope.not-for-us'],
  ['to another recipient by its recipient', async () => [await sealed(), worldOf('c', 'b')], 'envelope.peer'],
  [
    'readdressed by its recipient, in its own name, without the means to decrypt',
    async () => [await stated(await sealed(), { from: speaker('b'), to: [desk('c')] }, { by: 'b' }), worldOf('c', 'b')],
    'token.not-for-us',
  ],
  [
    'encrypted further by its recipient with the true inner token',
    async () => {
      const base = await sealed()
      const jwe = await encryptTo('c', await innerTokenOf(base))
      return [await stated(base, { from: speaker('b'), to: [desk('c')] }, { jwe, by: 'b' }), worldOf('c', 'b')]
    },
    'key.unknown',
  ],
  [
    'encrypted further by its recipient in the name of its author',
    async () => {
      const base = await sealed()
      const jwe = await encryptTo('c', await innerTokenOf(base))
      return [await stated(base, { to: [desk('c')] }, { jwe, by: 'b' }), worldOf('c', 'b')]
    },
    'envelope.signer',
  ],
  [
    'as the answer of another sender under the same id',
    async () => [await stated(await sealed(), { from: speaker('c') }, { by: 'c' }), worldOf('b', 'c')],
    'key.unknown',
  ],
  ['under a new id', async () => await restated({ id: '01a20000-0000-7000-8000-0000000000ff' }), 'envelope.id'],
  ['after its end', async () => [await sealed(), worldOf('b', 'a', { now: new Date('2026-12-01T00:00:00Z') })], 'envelope.expired'],
  ['before its time', async () => await sealed({ createdAt: '2026-11-24T12:06:00.000Z' }), 'envelope.future'],
  [
    'with a later end than was signed',
    async () => {
      const { outer, jwe } = await sealed()
      const [header, , signature] = outer.split('.')
      return {
        outer: `${header}.${b64(JSON.stringify({ ...payloadOf(outer), expires: '2027-11-30T12:00:00.000Z' }))}.${signature}`,
        jwe,
      }
    },
    'token.signature',
  ],
  [
    'with the ciphertext of another message',
    async () => ({ ...(await sealed()), jwe: (await sealed({ purpose: 'other' })).jwe }),
    'envelope.cipher',
  ],
]

const UNSIGNED: readonly Row[] = [
  ['no member for the outer token', async () => [{ jwe: (await sealed()).jwe } as Envelope, worldOf('b')], 'envelope.form'],
  ['more than an outer token may hold', async () => ({ ...(await sealed()), outer: 'a'.repeat(MAX_OUTER + 1) }), 'envelope.size'],
  ['more than ciphertext may hold', async () => ({ ...(await sealed()), jwe: 'a'.repeat(MAX_INNER * 2 + 1) }), 'envelope.size'],
  ['no outer token', async () => ({ ...(await sealed()), outer: '' }), 'token.form'],
  [
    'an outer statement without token',
    async () => {
      const { outer, jwe } = await sealed()
      return { outer: JSON.stringify(payloadOf(outer)), jwe }
    },
    'token.form',
  ],
  [
    'an outer token without signature',
    async () => {
      const { outer, jwe } = await sealed()
      return { outer: outer.replace(/\.[^.]*$/, '.'), jwe }
    },
    'token.signature',
  ],
  [
    'an outer token of algorithm none',
    async () => {
      const { outer, jwe } = await sealed()
      const header = b64(JSON.stringify({ alg: 'none', typ: 'hx-outer+jws', kid: keys.a.sig.kid }))
      return { outer: `${header}.${outer.split('.')[1]}.`, jwe }
    },
    'header.alg',
  ],
  [
    'an outer token of a stranger under the key id of the node',
    async () => {
      const { outer, jwe } = await sealed()
      return { outer: await signText('outer', JSON.stringify(payloadOf(outer)), { ...keys.c.sig, kid: keys.a.sig.kid }), jwe }
    },
    'token.signature',
  ],
  [
    'an outer token signed with the seal of the organisation',
    async () => {
      const { outer, jwe } = await sealed()
      return { outer: await signText('outer', JSON.stringify(payloadOf(outer)), orgKeys('a').seal), jwe }
    },
    'key.unknown',
  ],
  ['no ciphertext', async () => await stated(await sealed(), {}, { jwe: '' }), 'token.json'],
  [
    'the inner token in the clear',
    async () => {
      const base = await sealed()
      return await stated(base, {}, { jwe: await innerTokenOf(base) })
    },
    'token.json',
  ],
  [
    'an inner statement stripped of its token',
    async () => await withInside(JSON.stringify(payloadOf(await innerTokenOf(await sealed())))),
    'token.form',
  ],
  ['nothing inside', async () => await withInside(''), 'token.form'],
  [
    'an inner token without signature',
    async () => await withInside((await innerTokenOf(await sealed())).replace(/\.[^.]*$/, '.')),
    'token.signature',
  ],
  [
    'an inner token of algorithm none',
    async () => {
      const header = b64(JSON.stringify({ alg: 'none', typ: 'hx-inner+jws', kid: orgKeys('a').seal.kid }))
      return await withInside(`${header}.${(await innerTokenOf(await sealed())).split('.')[1]}.`)
    },
    'header.alg',
  ],
  [
    'an inner token signed by the node instead of the organisation',
    async () => await withInside(await signText('inner', JSON.stringify(payloadOf(await innerTokenOf(await sealed()))), keys.a.sig)),
    'key.unknown',
  ],
  [
    'an inner token that names another author',
    async () => {
      const inner = { ...payloadOf(await innerTokenOf(await sealed())), author: 'org.c' }
      return await withInside(await signText('inner', JSON.stringify(inner), orgKeys('a').seal))
    },
    'envelope.author',
  ],
  ['an outer token in the inner place', async () => await withInside((await sealed()).outer), 'header.typ'],
  [
    'an inner token in the outer place',
    async () => {
      const base = await sealed()
      return { outer: await innerTokenOf(base), jwe: base.jwe }
    },
    'header.typ',
  ],
]

describe.each([
  ['an address', ADDRESSES],
  ['a replay', REPLAYS],
  ['what is unsigned or stripped', UNSIGNED],
])('%s', (_group, rows) => {
  it.each(rows)('(L17) (L18) is refused: %s', async (_what, forge, code) => {
    const forged = await forge()
    const [envelope, world] = 'outer' in forged ? [forged, worldOf('b')] : forged
    await expect(open(envelope, world)).rejects.toMatchObject({ name: 'TokenRefused', code })
  })
})

it('(L17) takes the same id from two senders for two messages', async () => {
  const first = await open(await sealed(), worldOf('b'))
  const second = await open(await sealed({}, 'c'), worldOf('b', 'c'))
  expect([first.outer.id, second.outer.id]).toEqual([requestOf().id, requestOf().id])
  expect([first.outer.from.org, second.outer.from.org]).toEqual(['org.a', 'org.c'])
  expect(first.digest).not.toBe(second.digest)
})

describe('a key', () => {
  const second = (offset: number) => new Date(NOW.getTime() + offset * 1000).toISOString()
  const withKey = (use: DirectoryKey['use'], change: Partial<DirectoryKey>): Directory => ({
    ...directory,
    orgs: directory.orgs.map((org) => ({
      ...org,
      nodes: org.nodes.map((node) => ({ ...node, keys: node.keys.map((key) => (key.use === use ? { ...key, ...change } : key)) })),
    })),
  })

  it.each([
    ['revoked one second earlier', { revokedAt: second(-1) }],
    ['revoked at the same instant', { revokedAt: second(0) }],
    ['that ended one second earlier', { until: second(-1) }],
    ['that begins one second later', { from: second(1) }],
  ])('%s seals nothing, for a node and for an organisation, and nothing is encrypted to it', async (_what, change) => {
    const envelope = await sealed()
    for (const use of ['node-sig', 'seal'] as const)
      await expect(open(envelope, worldOf('b', 'a', { directory: withKey(use, change) }))).rejects.toMatchObject({ code: 'key.unknown' })
    await expect(sealEnvelope(requestOf(), keys.a, withKey('enc', change))).rejects.toMatchObject({ code: 'seal.no-key' })
  })

  it('revoked one second later still counts', async () => {
    for (const use of ['node-sig', 'seal'] as const)
      expect((await open(await sealed(), worldOf('b', 'a', { directory: withKey(use, { revokedAt: second(1) }) }))).inner.author).toBe(
        'org.a',
      )
  })
})

describe('a directory', () => {
  const trust = { stewards: stewards.map((key) => ({ kid: key.kid, jwk: publicJwk(key) })), threshold: 2 }
  const folder = mkdtempSync(path.join(tmpdir(), 'spoofing-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('that expired one second ago opens nothing', async () => {
    writeFileSync(path.join(folder, 'directory.jws'), await signDirectory(directory, stewards))
    const store = await openDirectoryStore(folder, trust)
    const end = Date.parse(directory.expires)
    expect(store.current(new Date(end - 1000)).version).toBe(directory.version)
    expect(() => store.current(new Date(end + 1000))).toThrow(expect.objectContaining({ code: 'directory.expired' }))
  })

  it.each<[string, (directory: Directory) => Directory, number, string]>([
    ['rolled back by one version', (held) => ({ ...held, version: held.version - 1 }), 2, 'directory.rollback'],
    ['of the same version with other content', (held) => ({ ...held, expires: '2027-12-01T00:00:00.000Z' }), 2, 'directory.fork'],
    ['signed by too few', (held) => ({ ...held, version: held.version + 1 }), 1, 'directory.threshold'],
  ])('%s is refused', async (_what, change, signers, code) => {
    const token = await signDirectory(change(directory), stewards.slice(0, signers))
    await expect(verifyDirectory(token, trust, directory)).rejects.toMatchObject({ code })
  })
})

/** Members of a document by path, objects and what is in them; of a list its first element speaks for all. */
function pathsOf(value: unknown, at: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return []
  const inside = Array.isArray(value) ? Object.entries(value.slice(0, 1)) : Object.entries(value)
  return inside.flatMap(([name, each]) => [...(Array.isArray(value) ? [] : [[...at, name]]), ...pathsOf(each, [...at, name])])
}

/** The text of a document in which one member is written otherwise: as no member, one, or two. */
function rewritten(value: unknown, place: readonly string[], write: (member: unknown) => readonly string[]): string {
  const [here, ...rest] = place
  const texts = Object.entries(value as object).flatMap(([name, each]) => {
    const label = Array.isArray(value) ? '' : `${JSON.stringify(name)}:`
    if (name !== here) return [`${label}${JSON.stringify(each)}`]
    return (rest.length === 0 ? write(each) : [rewritten(each, rest, write)]).map((text) => `${label}${text}`)
  })
  return Array.isArray(value) ? `[${texts.join(',')}]` : `{${texts.join(',')}}`
}

const kindOf = (value: unknown) => (Array.isArray(value) ? 'list' : (typeof value as 'string' | 'number' | 'boolean' | 'object'))
const EMPTY = { string: '""', number: 'null', boolean: 'null', list: '[]', object: '{}' } as const
const LONG = {
  string: JSON.stringify('x'.repeat(5000)),
  number: '1e21',
  boolean: '2',
  list: JSON.stringify(Array.from({ length: 65 }, () => 'x')),
  object: '{"unknown":1}',
} as const
const WRONG = { string: '7', number: '"1"', boolean: '"yes"', list: '{"0":1}', object: '[]' } as const
type Kind = keyof typeof EMPTY

const DAMAGES: readonly (readonly [how: string, write: (member: unknown) => readonly string[], code: string])[] = [
  ['absent', () => [], 'payload.schema'],
  ['null', () => ['null'], 'payload.schema'],
  ['empty', (member) => [EMPTY[kindOf(member) as Kind]], 'payload.schema'],
  ['over-long', (member) => [LONG[kindOf(member) as Kind]], 'payload.schema'],
  ['malformed', (member) => [WRONG[kindOf(member) as Kind]], 'payload.schema'],
  ['twice', (member) => [JSON.stringify(member), JSON.stringify(member)], 'payload.json'],
]

/** Members that may be empty, and content whose form is the business of the slice that declares its type. */
const MAY_BE_EMPTY = new Set(['prev', 'handling.H', 'handling.conditions', 'personalData.categories'])
const FREE = (place: readonly string[]) => place[0] === 'body' && place[1] === 'data'

describe('every mandatory field', () => {
  it('of the outer schema is in the sample, so that it is tried below', async () => {
    const sample = payloadOf((await sealed()).outer)
    const missing = Object.entries(outerSchema.shape).filter(([name]) => !(name in sample))
    expect(missing.filter(([, schema]) => !schema.safeParse(undefined).success).map(([name]) => name)).toEqual([])
    // Optional ones are refused when they hold what no field of an envelope may hold.
    for (const [name] of missing) {
      const forged = await stated(await sealed(), { [name]: [[{}]] })
      await expect(open(forged, worldOf('b')), name).rejects.toMatchObject({ code: 'payload.schema' })
    }
  })

  it.each(DAMAGES)('of the outer statement is refused when it is %s', async (how, write, code) => {
    const base = await sealed()
    const sample = payloadOf(base.outer)
    const tried = pathsOf(sample).filter((place) => how !== 'empty' || !MAY_BE_EMPTY.has(place.join('.')))
    for (const place of tried) {
      const outer = await signText('outer', rewritten(sample, place, write), keys.a.sig)
      await expect(open({ outer, jwe: base.jwe }, worldOf('b')), place.join('.')).rejects.toMatchObject({ name: 'TokenRefused', code })
    }
    expect(tried.length).toBeGreaterThan(Object.keys(sample).length)
  })

  it.each(DAMAGES)('(L8) of the inner statement is refused when it is %s', async (how, write, code) => {
    const sample = payloadOf(await innerTokenOf(await sealed()))
    const tried = pathsOf(sample).filter((place) => !FREE(place) && (how !== 'empty' || !MAY_BE_EMPTY.has(place.join('.'))))
    for (const place of tried) {
      const envelope = await withInside(await signText('inner', rewritten(sample, place, write), orgKeys('a').seal))
      await expect(open(envelope, worldOf('b')), place.join('.')).rejects.toMatchObject({ name: 'TokenRefused', code })
    }
    expect(tried.length).toBeGreaterThan(Object.keys(sample).length)
  })

  it('is what its writer writes: the sample opens when nothing is changed', async () => {
    const base = await sealed()
    const sample = payloadOf(base.outer)
    const same = rewritten(sample, ['from', 'org'], (member) => [JSON.stringify(member)])
    expect(same).toBe(JSON.stringify(sample))
    expect((await open({ outer: await signText('outer', same, keys.a.sig), jwe: base.jwe }, worldOf('b'))).outer).toEqual(sample)
  })
})
