/** The coalition of the vectors: four organisations, three stewards, keys from labels. Every private key is public: nothing may ever trust them. */
import { PIN } from './certificate-request.ts'
import { generalJws, hex, type Json, json, publicPart, sha256, type TestKey, testKey } from './writer.ts'

export const NOW = '2026-11-24T12:00:00.000Z'
const FROM = '2026-01-01T00:00:00.000Z'
const UNTIL = '2027-01-01T00:00:00.000Z'
const REVOKED_AT = '2026-11-24T11:00:00.000Z'

/** Of the one that applies a real one, from its request; of the others any. */
export const pinOf = (nodeId: string): string =>
  nodeId === 'it-customs-1' ? PIN : sha256(`certificate of ${nodeId}`).toString('base64url')

export interface Member {
  readonly org: string
  readonly node: string
  readonly desk: string
  readonly sig: TestKey
  readonly seal: TestKey
  readonly enc: TestKey
  readonly log: TestKey
}

function member(org: string, desk: string): Member {
  const node = `${org.replace('.', '-')}-1`
  return {
    org,
    node,
    desk: `${org}.${desk}`,
    sig: testKey(`${node}#sig-1`, 'node-sig'),
    seal: testKey(`${org}#seal-1`, 'seal'),
    enc: testKey(`${org}#enc-1`, 'enc'),
    log: testKey(`${node}#log-1`, 'log'),
  }
}

export const be = member('be.customs', 'antwerp')
export const es = member('es.customs', 'algeciras')
export const nl = member('nl.police', 'rotterdam')
/** Suspended. */
export const pt = member('pt.customs', 'sines')
/** Not a member yet; for the enrolment. */
export const it = member('it.customs', 'genova')
export const members = [be, es, nl, pt, it] as const

/** A key of `be.customs` each that is not in force: revoked, run out, not begun. */
export const revokedSig = testKey('be-customs-1#sig-revoked', 'node-sig')
export const oldSig = testKey('be-customs-1#sig-old', 'node-sig')
export const futureSig = testKey('be-customs-1#sig-future', 'node-sig')
export const revokedSeal = testKey('be.customs#seal-revoked', 'seal')
/** The encryption key that `es.customs` had before; still in force. */
export const formerEnc = testKey('es.customs#enc-0', 'enc')
/** Of nobody in the directory. */
export const stranger = testKey('stranger#sig-1', 'node-sig')
export const stewards = [1, 2, 3].map((each) => testKey(`steward-${each}`, 'steward'))

const entry = (key: TestKey, part: Json = {}): Json => ({
  kid: key.kid,
  use: key.use,
  jwk: publicPart(key),
  from: FROM,
  until: UNTIL,
  ...part,
})

export function keysOf({ sig, seal, enc, log }: Member): readonly Json[] {
  return [sig, seal, enc, log].map((key) => entry(key))
}

function orgOf(
  from: Member,
  part: { readonly name: string; readonly realm: string; readonly country: string; readonly status?: Json },
): Json {
  const { name, realm, country, status = { status: 'active' } } = part
  return {
    id: from.org,
    name,
    kind: realm === 'customs' ? 'customs' : 'police',
    realm,
    country,
    thirdCountry: false,
    units: [
      {
        id: from.desk,
        name: `Desk of ${name}`,
        services: ['cargo.alert'],
        places: [],
        purposes: ['customs-control'],
        zone: 'Europe/Brussels',
        calendar: country,
      },
    ],
    nodes: [{ id: from.node, endpoint: `https://${from.node}.example:8443`, tlsSpki: [pinOf(from.node)], keys: keysOf(from) }],
    ...status,
  }
}

function withKeys(org: Json, more: readonly Json[]): Json {
  const [first] = org['nodes'] as readonly Json[]
  return { ...org, nodes: [{ ...first, keys: [...((first?.['keys'] ?? []) as readonly Json[]), ...more] }] }
}

const before: Json = {
  v: 1,
  coalition: 'conformance',
  version: 6,
  issued: '2026-11-20T12:00:00.000Z',
  expires: '2026-11-30T12:00:00.000Z',
  prevDigest: null,
  steering: stewards.map((key) => ({ kid: key.kid, jwk: publicPart(key) })),
  threshold: 2,
  orgs: [
    withKeys(orgOf(be, { name: 'Customs of Belgium', realm: 'customs', country: 'BE' }), [
      entry(revokedSig, { revokedAt: REVOKED_AT }),
      entry(oldSig, { until: '2026-11-01T00:00:00.000Z' }),
      entry(futureSig, { from: '2026-12-01T00:00:00.000Z' }),
      entry(revokedSeal, { revokedAt: REVOKED_AT }),
    ]),
    withKeys(orgOf(es, { name: 'Customs of Spain', realm: 'customs', country: 'ES' }), [entry(formerEnc)]),
    orgOf(nl, { name: 'Police of the Netherlands', realm: 'law-enforcement', country: 'NL' }),
    orgOf(pt, { name: 'Customs of Portugal', realm: 'customs', country: 'PT', status: { status: 'suspended', statusFrom: REVOKED_AT } }),
  ],
}

/** Version 6, whole; version 7 names its digest. */
export const earlierToken = generalJws(json(before), stewards)
export const directory: Json = {
  ...before,
  version: 7,
  issued: '2026-11-24T10:00:00.000Z',
  expires: '2026-12-04T10:00:00.000Z',
  prevDigest: hex(sha256(json(before))),
  groups: [{ id: 'north-sea', name: 'North Sea', units: [be.desk, nl.desk] }],
}
export const directoryToken = generalJws(json(directory), stewards.slice(0, 2))
export const trust = { stewards: stewards.map((key) => ({ kid: key.kid, jwk: publicPart(key) })), threshold: 2 }
