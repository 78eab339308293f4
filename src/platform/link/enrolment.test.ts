import { describe, expect, it } from 'vitest'
import { pinOfRequest, requestCertificate } from './certificates.ts'
import type { Directory } from './directory.ts'
import { readDirectory } from './directory-form.ts'
import { addSignature, verifyDirectory } from './directory-store.ts'
import { admit, answerChallenge, applicationOf, challengeFor, type EnrolmentProof, vouch } from './enrolment.ts'
import { linkFixture, NOW, pinOf } from './link-fixture.ts'
import { directoryKeys, makeNodeKeys, publicJwk, renewNodeKeys } from './node-keys.ts'

const { directory, keys, stewards } = linkFixture()
const applicant = makeNodeKeys('d-node', ['org.d'], { key: '', cert: '', ca: '' })
const org = {
  id: 'org.d',
  name: 'Organisation d',
  kind: 'customs',
  realm: 'customs' as const,
  country: 'NL',
  thirdCountry: false,
  units: [{ id: 'org.d.desk', name: 'Desk', services: [], places: [], purposes: ['customs-control'], zone: 'UTC', calendar: 'NL' }],
}
const { request: certificateRequest } = await requestCertificate('d-node')
const node = { id: 'd-node', endpoint: 'https://d.example', tlsSpki: (await pinOfRequest(certificateRequest)) ?? '', certificateRequest }
const validity = { from: NOW.toISOString(), until: '2027-11-24T00:00:00.000Z' }

async function enrolled(
  part: {
    readonly who?: typeof applicant
    readonly as?: typeof org
    readonly sponsor?: 'a' | null
    readonly change?: (proof: EnrolmentProof) => unknown
  } = {},
) {
  const who = part.who ?? applicant
  const { challenge, secret } = await challengeFor(applicationOf(who, { org: part.as ?? org, node }, validity))
  const proof = await answerChallenge(challenge, who)
  const vouched = part.sponsor === null ? proof : await vouch(proof, keys.a, 'org.a')
  return await admit(directory, { proof: part.change === undefined ? vouched : part.change(vouched), secret, now: NOW })
}

describe('enrolment', () => {
  it('(L24) enters who proved every key and whom a member vouches for', async () => {
    const { directory: next, sponsor } = await enrolled()
    expect(sponsor).toBe('org.a')
    expect(next.orgs.map((each) => each.id)).toEqual(['org.a', 'org.b', 'org.c', 'org.d'])
    expect(next.orgs.at(-1)?.nodes[0]?.keys.map((key) => key.use)).toEqual(['node-sig', 'seal', 'enc', 'log'])
    expect(JSON.stringify(next)).not.toContain('"d":')
  })

  it.each<[string, string, Parameters<typeof enrolled>[0]]>([
    ['nobody vouches', 'enrolment.no-sponsor', { sponsor: null }],
    ['a key was not proved', 'enrolment.key-not-proved', { change: (proof) => ({ ...proof, proofs: proof.proofs.slice(1) }) }],
    [
      'the voucher is for another application',
      'enrolment.other-challenge',
      { change: (proof) => ({ ...proof, application: { ...proof.application, node: { ...node, endpoint: 'https://evil.example' } } }) },
    ],
    [
      'a desk of another is claimed',
      'enrolment.desk-taken',
      { as: { ...org, units: [{ ...(org.units[0] as (typeof org.units)[number]), id: 'org.b.desk' }] } },
    ],
  ])('refuses when %s', async (_why, code, part) => {
    await expect(enrolled(part)).rejects.toMatchObject({ code })
  })

  it('(L24) refuses an applicant who cannot read the challenge, and an answer to another one', async () => {
    const { challenge } = await challengeFor(applicationOf(applicant, { org, node }, validity))
    const stranger = makeNodeKeys('d-node', ['org.d'], { key: '', cert: '', ca: '' })
    await expect(answerChallenge(challenge, stranger)).rejects.toMatchObject({ name: 'TokenRefused' })
    const proof = await vouch(await answerChallenge(challenge, applicant), keys.a, 'org.a')
    await expect(admit(directory, { proof, secret: 'another', now: NOW })).rejects.toMatchObject({ code: 'enrolment.other-challenge' })
  })

  it.each<[string, string, Partial<typeof node>]>([
    ['the certificate is asked for another key', 'enrolment.certificate-request', { tlsSpki: 'A'.repeat(43) }],
    ['the request for the certificate is none', 'enrolment.certificate-request', { certificateRequest: 'none' }],
    ['the node bears the name of another', 'enrolment.node-taken', { id: 'b-node' }],
  ])('refuses when %s', async (_why, code, part) => {
    const who = makeNodeKeys(part.id ?? 'd-node', ['org.d'], { key: '', cert: '', ca: '' })
    const application = applicationOf(who, { org, node: { ...node, ...part } }, validity)
    const work = async () => {
      const { challenge, secret } = await challengeFor(application)
      return await admit(directory, { proof: await vouch(await answerChallenge(challenge, who), keys.a, 'org.a'), secret, now: NOW })
    }
    await expect(work()).rejects.toMatchObject({ code })
  })

  it.each([
    ['too long', { from: NOW.toISOString(), until: '2028-11-24T00:00:00.000Z' }],
    ['not yet', { from: '2026-12-24T12:00:00.000Z', until: '2027-11-24T00:00:00.000Z' }],
    ['not any more', { from: '2025-11-24T12:00:00.000Z', until: '2026-11-24T00:00:00.000Z' }],
  ])('refuses keys that are valid %s', async (_what, span) => {
    const { challenge, secret } = await challengeFor(applicationOf(applicant, { org, node }, span))
    const proof = await vouch(await answerChallenge(challenge, applicant), keys.a, 'org.a')
    await expect(admit(directory, { proof, secret, now: NOW })).rejects.toMatchObject({ code: 'enrolment.validity' })
  })

  it('signs nothing for an application that somebody changed on its way', async () => {
    const mine = applicationOf(applicant, { org, node }, validity)
    const other = makeNodeKeys('d-node', ['org.d'], { key: '', cert: '', ca: '' })
    const mixed = {
      ...mine,
      keys: [
        ...mine.keys.filter(({ use }) => use !== 'seal'),
        ...directoryKeys(other, 'org.d', validity).filter(({ use }) => use === 'seal'),
      ],
    }
    const { challenge } = await challengeFor(mixed)
    await expect(answerChallenge(challenge, applicant)).rejects.toMatchObject({ code: 'enrolment.not-our-application' })
  })

  describe('of new keys for a member', () => {
    const held = directory.orgs[1] as Directory['orgs'][number]
    const as = { ...org, id: 'org.b', name: held.name, units: held.units as never }
    const renewed = renewNodeKeys(keys.b, { key: '', cert: '', ca: '' })
    const prove = async (who = renewed) => {
      const { challenge, secret } = await challengeFor(applicationOf(who, { org: as, node: { ...node, id: 'b-node' } }, validity))
      return { proof: await answerChallenge(challenge, who), secret }
    }

    it('lets nobody else vouch', async () => {
      const { proof, secret } = await prove()
      await expect(admit(directory, { proof: await vouch(proof, keys.a, 'org.a'), secret, now: NOW })).rejects.toMatchObject({
        code: 'enrolment.member-exists',
      })
    })

    it('lists old and new ones side by side, and the log under the key that peers know', async () => {
      const { proof, secret } = await prove()
      const { directory: next } = await admit(directory, { proof: await vouch(proof, keys.b, 'org.b'), secret, now: NOW })
      const entry = next.orgs.find((each) => each.id === 'org.b')?.nodes[0]
      expect(entry?.keys.map(({ use }) => use).sort()).toEqual(['enc', 'enc', 'log', 'node-sig', 'node-sig', 'seal', 'seal'])
      expect(entry?.keys.find(({ use }) => use === 'log')?.kid).toBe(keys.b.log.kid)
      expect(entry?.tlsSpki).toEqual([pinOf('b'), node.tlsSpki])
    })

    it('refuses the old seal once it is revoked, and a revoked key under its old name', async () => {
      const revoked = (use: string): Directory => ({
        ...directory,
        orgs: directory.orgs.map((each) => ({
          ...each,
          nodes: each.nodes.map((at) => ({
            ...at,
            keys: at.keys.map((key) => (key.use === use ? { ...key, revokedAt: new Date(NOW.getTime() - 1000).toISOString() } : key)),
          })),
        })),
      })
      const { proof, secret } = await prove()
      const vouched = await vouch(proof, keys.b, 'org.b')
      await expect(admit(revoked('seal'), { proof: vouched, secret, now: NOW })).rejects.toMatchObject({ code: 'key.unknown' })
      await expect(admit(revoked('log'), { proof: vouched, secret, now: NOW })).rejects.toMatchObject({ code: 'enrolment.key-id-taken' })
    })
  })

  it('enters a second organisation of a node that is there, when it proves the node’s key', async () => {
    const { directory: next } = await enrolled()
    const both = { ...applicant, orgs: { ...applicant.orgs, ...makeNodeKeys('d-node', ['org.e'], { key: '', cert: '', ca: '' }).orgs } }
    const second = { ...org, id: 'org.e', units: [{ ...(org.units[0] as (typeof org.units)[number]), id: 'org.e.desk' }] }
    const { challenge, secret } = await challengeFor(applicationOf(both, { org: second, node }, validity))
    const proof = await vouch(await answerChallenge(challenge, both), keys.a, 'org.a')
    const { directory: last } = await admit(next, { proof, secret, now: NOW })
    expect(last.orgs.map(({ id }) => id)).toEqual(['org.a', 'org.b', 'org.c', 'org.d', 'org.e'])
    expect(readDirectory(Buffer.from(JSON.stringify(last))).orgs).toHaveLength(5)
  })
})

it('collects the signatures of stewards one by one', async () => {
  const trust = { stewards: stewards.map((key) => ({ kid: key.kid, jwk: publicJwk(key) })), threshold: 2 }
  const next = { ...directory, version: 6 }
  const [one, two] = stewards as [(typeof stewards)[number], (typeof stewards)[number]]
  const first = await addSignature(JSON.stringify(next), one)
  await expect(verifyDirectory(first.token, trust, directory)).rejects.toMatchObject({ code: 'directory.threshold' })
  // The same steward twice is one steward.
  const again = await addSignature(first.token, one)
  expect(again.signers).toEqual([one.kid])
  await expect(verifyDirectory(again.token, trust, directory)).rejects.toMatchObject({ code: 'directory.threshold' })
  const second = await addSignature(first.token, two)
  expect((await verifyDirectory(second.token, trust, directory)).version).toBe(6)
})
