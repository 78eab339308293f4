/**
 * Founding a coalition on one machine: its certificate authority, three stewards of whom two must sign, the homes and keys of its nodes, and the
 * first directory. Used by the demonstration, the story and the tests; a real coalition does the same on many machines with `node init`.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Authority, issueNodeCertificate, makeAuthority } from '#platform/link/certificates.ts'
import type { Directory, DirectoryOrg } from '#platform/link/directory.ts'
import { signDirectory } from '#platform/link/directory-store.ts'
import type { PrivateKey } from '#platform/link/jose.ts'
import { directoryKeys, makeNodeKeys, makeSigningKey, type NodeKeys, publicJwk, spkiOf, writeNodeKeys } from '#platform/link/node-keys.ts'
import { type NodePlan, ORGS } from './demo/world.ts'
import { type NodeConfig, writeNodeConfig } from './node-config.ts'

const DAY = 86_400_000
/** A directory expires on purpose: nodes that hear nothing from their stewards stop. */
const DIRECTORY_DAYS = 10

export interface PlannedNode extends NodePlan {
  readonly home: string
  readonly linkPort: number
}

export interface Coalition {
  readonly authority: Authority
  readonly stewards: readonly PrivateKey[]
  readonly directory: Directory
  readonly keys: ReadonlyMap<string, NodeKeys>
}

export async function foundCoalition(options: {
  readonly name: string
  readonly nodes: readonly PlannedNode[]
  readonly now: Date
  readonly demonstration: boolean
  readonly directoryDays?: number
}): Promise<Coalition> {
  const { name, nodes, now } = options
  const validity = { from: new Date(now.getTime() - DAY), until: new Date(now.getTime() + 365 * DAY) }
  const authority = await makeAuthority(`${name} link`, validity)
  const stewards = [1, 2, 3].map((each) => makeSigningKey(`${name}#steward-${each}`))
  const keys = new Map<string, NodeKeys>()
  for (const node of nodes) {
    const tls = await issueNodeCertificate(authority, { nodeId: node.id, hosts: ['127.0.0.1', 'localhost'], ...validity })
    keys.set(node.id, makeNodeKeys(node.id, node.orgs, { ...tls, ca: authority.cert }))
  }
  const span = { from: validity.from.toISOString(), until: validity.until.toISOString() }
  const orgs = ORGS.map((org): DirectoryOrg => {
    const node = nodes.find((each) => each.orgs.includes(org.id))
    const own = node && keys.get(node.id)
    if (node === undefined || own === undefined) return { ...org, nodes: [], status: 'active' }
    return {
      ...org,
      status: 'active',
      nodes: [
        {
          id: node.id,
          endpoint: `https://127.0.0.1:${node.linkPort}`,
          tlsSpki: [spkiOf(own.tls.cert)],
          keys: directoryKeys(own, org.id, span),
        },
      ],
    }
  })
  const directory: Directory = {
    v: 1,
    coalition: name,
    version: 1,
    issued: now.toISOString(),
    expires: new Date(now.getTime() + (options.directoryDays ?? DIRECTORY_DAYS) * DAY).toISOString(),
    prevDigest: null,
    steering: stewards.map((key) => ({ kid: key.kid, jwk: publicJwk(key) as Record<string, unknown> })),
    threshold: 2,
    orgs,
  }
  const token = await signDirectory(directory, stewards.slice(0, 2))
  for (const node of nodes) {
    mkdirSync(node.home, { recursive: true, mode: 0o711 })
    const config: NodeConfig = {
      nodeId: node.id,
      title: node.title,
      orgs: node.orgs,
      demonstration: options.demonstration,
      trust: { stewards: stewards.map((key) => ({ kid: key.kid, jwk: publicJwk(key) })), threshold: 2 },
    }
    writeNodeConfig(node.home, config)
    writeNodeKeys(node.home, keys.get(node.id) as NodeKeys)
    writeFileSync(path.join(node.home, 'directory.jws'), token, { mode: 0o600 })
  }
  return { authority, stewards, directory, keys }
}
