/** Three nodes with real certificates of one authority, and a directory whose addresses follow the ports that were free. */
import type { RigWorld } from './carrier-contract.fixture.ts'
import { issueNodeCertificate, makeAuthority } from './certificates.ts'
import type { Directory } from './directory.ts'
import { linkFixture } from './link-fixture.ts'
import { type NodeKeys, spkiOf } from './node-keys.ts'

export interface HttpsWorld extends RigWorld {
  /** Notes where a node listens. */
  listensAt(name: 'a' | 'b' | 'c', port: number): void
}

const DAY = 86_400_000
const NAMES = ['a', 'b', 'c'] as const

export async function httpsWorld(): Promise<HttpsWorld> {
  const validity = { from: new Date(Date.now() - DAY), until: new Date(Date.now() + DAY) }
  const authority = await makeAuthority('test link', validity)
  const { keys: plain, directory } = linkFixture()
  const certified = async (name: (typeof NAMES)[number]): Promise<NodeKeys> => {
    const tls = await issueNodeCertificate(authority, { nodeId: `${name}-node`, hosts: ['127.0.0.1'], ...validity })
    return { ...plain[name], tls: { ...tls, ca: authority.cert } }
  }
  const keys = { a: await certified('a'), b: await certified('b'), c: await certified('c') }
  // Port 9 discards: nobody listens there until a node says where it does.
  const ports = new Map<string, number>(NAMES.map((name) => [`${name}-node`, 9]))
  const byNode = new Map(NAMES.map((name) => [`${name}-node`, keys[name]]))
  return {
    keys,
    listensAt: (name, port) => void ports.set(`${name}-node`, port),
    directory: (): Directory => ({
      ...directory,
      orgs: directory.orgs.map((org) => ({
        ...org,
        nodes: org.nodes.map((node) => ({
          ...node,
          endpoint: `https://127.0.0.1:${ports.get(node.id) ?? 9}`,
          tlsSpki: [spkiOf(byNode.get(node.id)?.tls.cert ?? '')],
        })),
      })),
    }),
  }
}
