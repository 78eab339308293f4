/**
 * Founding a coalition: its private certificate authority, three stewards of whom two must sign, the homes and keys of its nodes, and the first
 * directory. One hand makes all of it here. Whoever joins later makes its keys itself (`commands/node-new.ts`), and the stewards hand over to keys that
 * never left their holders (`commands/stewards.ts`).
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Authority, issueNodeCertificate, makeAuthority } from '#platform/link/certificates.ts'
import type { Directory, DirectoryOrg } from '#platform/link/directory.ts'
import { type DirectoryTrust, digestOf, openDirectoryStore, signDirectory, verifyDirectory } from '#platform/link/directory-store.ts'
import { hostsOf } from '#platform/link/endpoint.ts'
import type { PrivateKey } from '#platform/link/jose.ts'
import { directoryKeys, makeNodeKeys, makeSigningKey, type NodeKeys, publicJwk, spkiOf, writeNodeKeys } from '#platform/link/node-keys.ts'
import { readNodeConfig, writeNodeConfig } from './node-config.ts'

const DAY = 86_400_000
/** A directory expires on purpose: nodes that hear nothing from their stewards stop. */
const DIRECTORY_DAYS = 10
const THRESHOLD = 2
/** The authority outlives the certificates it issues: nodes renew theirs by rotation each year. */
const AUTHORITY_DAYS = 3653

/** An organisation as the directory will state it; its nodes follow from the plan. */
export type PlannedOrg = Omit<DirectoryOrg, 'nodes' | 'status'>

export interface PlannedNode {
  readonly id: string
  readonly title: string
  readonly orgs: readonly string[]
  readonly home: string
  /** How other nodes reach it, see `endpoint.ts`. */
  readonly endpoint: string
}

export interface Coalition {
  readonly authority: Authority
  readonly stewards: readonly PrivateKey[]
  readonly directory: Directory
  readonly keys: ReadonlyMap<string, NodeKeys>
}

export async function foundCoalition(options: {
  readonly name: string
  readonly orgs: readonly PlannedOrg[]
  readonly nodes: readonly PlannedNode[]
  readonly now: Date
  readonly demonstration: boolean
  readonly directoryDays?: number
  /** Of certificates and keys, where it is not the year from `now`: whoever moves a clock needs them valid by that of the machine too. */
  readonly validity?: { readonly from: Date; readonly until: Date }
}): Promise<Coalition> {
  const { name, nodes, now } = options
  const validity = options.validity ?? { from: new Date(now.getTime() - DAY), until: new Date(now.getTime() + 365 * DAY) }
  const authority = await makeAuthority(`${name} link`, {
    from: validity.from,
    until: new Date(validity.until.getTime() + (AUTHORITY_DAYS - 365) * DAY),
  })
  const stewards = [1, 2, 3].map((each) => makeSigningKey(`${name}#steward-${each}`))
  const keys = new Map<string, NodeKeys>()
  for (const node of nodes) {
    const tls = await issueNodeCertificate(authority, { nodeId: node.id, hosts: hostsOf(node.endpoint), ...validity })
    keys.set(node.id, makeNodeKeys(node.id, node.orgs, { ...tls, ca: authority.cert }))
  }
  const span = { from: validity.from.toISOString(), until: validity.until.toISOString() }
  const orgs = options.orgs.map((org): DirectoryOrg => {
    const node = nodes.find((each) => each.orgs.includes(org.id))
    const own = node && keys.get(node.id)
    if (node === undefined || own === undefined) return { ...org, nodes: [], status: 'active' }
    return {
      ...org,
      status: 'active',
      nodes: [{ id: node.id, endpoint: node.endpoint, tlsSpki: [spkiOf(own.tls.cert)], keys: directoryKeys(own, org.id, span) }],
    }
  })
  const directory: Directory = {
    v: 1,
    coalition: name,
    version: 1,
    issued: now.toISOString(),
    expires: expiryOf(now, options.directoryDays),
    prevDigest: null,
    steering: stewards.map((key) => ({ kid: key.kid, jwk: publicJwk(key) as Record<string, unknown> })),
    threshold: THRESHOLD,
    authorities: [spkiOf(authority.cert)],
    orgs,
  }
  const trust: DirectoryTrust = { stewards: stewards.map((key) => ({ kid: key.kid, jwk: publicJwk(key) })), threshold: THRESHOLD }
  const token = await signDirectory(directory, stewards.slice(0, THRESHOLD))
  for (const node of nodes) {
    mkdirSync(node.home, { recursive: true, mode: 0o711 })
    const { id: nodeId, title, orgs: own } = node
    writeNodeConfig(node.home, { nodeId, title, orgs: own, demonstration: options.demonstration, trust })
    writeNodeKeys(node.home, keys.get(node.id) as NodeKeys)
    writeFileSync(path.join(node.home, 'directory.jws'), token, { mode: 0o600 })
  }
  return { authority, stewards, directory, keys }
}

/** Signs the directory anew, with the endpoints of now and a later expiry, and gives it to every node that lies on this machine. */
export async function renewDirectory(options: {
  readonly nodes: readonly PlannedNode[]
  readonly stewards: readonly PrivateKey[]
  readonly now: Date
}): Promise<void> {
  const { nodes, stewards, now } = options
  const [first] = nodes
  if (first === undefined) return
  const { trust } = readNodeConfig(first.home)
  const before = readFileSync(path.join(first.home, 'directory.jws'), 'utf8')
  const held = await verifyDirectory(before, trust, undefined)
  const directory: Directory = {
    ...held,
    version: held.version + 1,
    issued: now.toISOString(),
    expires: expiryOf(now),
    prevDigest: digestOf(before),
    orgs: held.orgs.map((org) => ({
      ...org,
      nodes: org.nodes.map((each) => ({ ...each, endpoint: nodes.find((node) => node.id === each.id)?.endpoint ?? each.endpoint })),
    })),
  }
  const token = await signDirectory(directory, stewards.slice(0, trust.threshold))
  for (const node of nodes) await (await openDirectoryStore(node.home, trust, { now: () => now })).accept(token)
}

function expiryOf(now: Date, days: number = DIRECTORY_DAYS): string {
  return new Date(now.getTime() + days * DAY).toISOString()
}
