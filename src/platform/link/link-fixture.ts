/** Two organisations with real keys and a directory, for tests of the link without a running node. */
import type { Directory, DirectoryOrg } from './directory.ts'
import type { SealRequest } from './envelope.ts'
import type { PrivateKey } from './jose.ts'
import { directoryKeys, makeNodeKeys, makeSigningKey, type NodeKeys, publicJwk } from './node-keys.ts'

export const NOW = new Date('2026-11-24T12:00:00.000Z')
const FROM = '2026-01-01T00:00:00.000Z'
const UNTIL = '2027-01-01T00:00:00.000Z'
const TLS = { key: '', cert: '', ca: '' }

export interface LinkFixture {
  readonly stewards: readonly PrivateKey[]
  readonly directory: Directory
  /** Keys by node id: `a-node` speaks for `org.a`, and so on. */
  readonly keys: Readonly<Record<'a' | 'b' | 'c', NodeKeys>>
}

export function pinOf(name: string): string {
  return `pin-of-${name}`
}

export function linkFixture(): LinkFixture {
  const stewards = [1, 2, 3].map((each) => makeSigningKey(`steward-${each}`))
  const keys = {
    a: makeNodeKeys('a-node', ['org.a'], TLS),
    b: makeNodeKeys('b-node', ['org.b'], TLS),
    c: makeNodeKeys('c-node', ['org.c'], TLS),
  }
  const org = (name: 'a' | 'b' | 'c'): DirectoryOrg => ({
    id: `org.${name}`,
    name: `Organisation ${name}`,
    kind: 'customs',
    realm: 'customs',
    country: 'BE',
    thirdCountry: false,
    status: 'active',
    units: [{ id: `org.${name}.desk`, name: 'Desk', services: [], places: [], purposes: ['customs-control'], zone: 'UTC', calendar: 'BE' }],
    nodes: [
      {
        id: `${name}-node`,
        endpoint: `https://${name}.example`,
        tlsSpki: [pinOf(name)],
        keys: directoryKeys(keys[name], `org.${name}`, { from: FROM, until: UNTIL }),
      },
    ],
  })
  return {
    stewards,
    keys,
    directory: {
      v: 1,
      coalition: 'test',
      version: 5,
      issued: NOW.toISOString(),
      expires: '2026-12-01T00:00:00.000Z',
      prevDigest: null,
      steering: stewards.map((key) => ({ kid: key.kid, jwk: publicJwk(key) as Record<string, unknown> })),
      threshold: 2,
      orgs: [org('a'), org('b'), org('c')],
    },
  }
}

/** A message from a to b, to be changed where a test needs it. */
export function requestOf(part: Partial<SealRequest> = {}): SealRequest {
  return {
    id: '01a20000-0000-7000-8000-000000000001',
    from: { org: 'org.a', unit: 'org.a.desk' },
    to: [{ org: 'org.b', unit: 'org.b.desk' }],
    kind: 'push',
    urgency: 'routine',
    context: 'test-context',
    createdAt: NOW.toISOString(),
    expiresAt: '2026-11-30T12:00:00.000Z',
    seq: 1,
    prev: '',
    purpose: 'customs-control',
    legalBasis: { act: 'Test act', art: '1' },
    handling: { H: ['H2'], tlp: 'AMBER', pap: 'AMBER', conditions: [] },
    evaluation: { source: 'B', info: 2 },
    personalData: { yes: false, categories: [] },
    retention: { reviewAt: '2026-12-24T12:00:00.000Z', deleteBy: '2027-02-24T12:00:00.000Z' },
    body: { type: 'test.note', data: { text: 'hello' } },
    ...part,
  }
}
