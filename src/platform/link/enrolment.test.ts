import { describe, expect, it } from 'vitest'
import type { Directory } from './directory.ts'
import { addSignature, verifyDirectory } from './directory-store.ts'
import { admit, answerChallenge, applicationOf, challengeFor, type EnrolmentProof, vouch } from './enrolment.ts'
import { linkFixture, NOW } from './link-fixture.ts'
import { makeNodeKeys, publicJwk } from './node-keys.ts'

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
const node = { id: 'd-node', endpoint: 'https://d.example', tlsSpki: 'A'.repeat(43) }
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
  it('enters who proved every key and whom a member vouches for', async () => {
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

  it('refuses an applicant who cannot read the challenge, and an answer to another one', async () => {
    const { challenge } = await challengeFor(applicationOf(applicant, { org, node }, validity))
    const stranger = makeNodeKeys('d-node', ['org.d'], { key: '', cert: '', ca: '' })
    await expect(answerChallenge(challenge, stranger)).rejects.toMatchObject({ name: 'TokenRefused' })
    const proof = await vouch(await answerChallenge(challenge, applicant), keys.a, 'org.a')
    await expect(admit(directory, { proof, secret: 'another', now: NOW })).rejects.toMatchObject({ code: 'enrolment.other-challenge' })
  })

  it('lets nobody else renew a member, and a member renew itself with its old seal', async () => {
    const renewed = makeNodeKeys('b-node', ['org.b'], { key: '', cert: '', ca: '' })
    const held = directory.orgs[1] as Directory['orgs'][number]
    const as = { ...org, id: 'org.b', units: held.units as never }
    const { challenge, secret } = await challengeFor(applicationOf(renewed, { org: as, node: { ...node, id: 'b-node' } }, validity))
    const proof = await answerChallenge(challenge, renewed)
    await expect(admit(directory, { proof: await vouch(proof, keys.a, 'org.a'), secret, now: NOW })).rejects.toMatchObject({
      code: 'enrolment.member-exists',
    })
    const { directory: next } = await admit(directory, { proof: await vouch(proof, keys.b, 'org.b'), secret, now: NOW })
    // Old and new overlap: what is under way can still be opened.
    expect(next.orgs.find((each) => each.id === 'org.b')?.nodes[0]?.keys).toHaveLength(8)
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
