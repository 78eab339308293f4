/** What a steward puts a name to: the difference between two versions of a directory, in words. */
import type { Directory, DirectoryNode, DirectoryOrg } from '#platform/link/directory.ts'
import { indexOf } from '#platform/link/directory-index.ts'
import { anchorDigest } from '#platform/link/stewardship.ts'

/** A pin as commands read and write it. */
export const asPin = (pin: string): string => `pin:${pin}`

export function changesBetween(before: Directory, after: Directory): readonly string[] {
  const anchor = ({ coalition, steering, threshold }: Directory) => anchorDigest(coalition, { stewards: steering, threshold })
  const held = indexOf(before).orgs
  const kept = indexOf(after).orgs
  return [
    ...(anchor(before) === anchor(after)
      ? []
      : [`other stewards: ${after.steering.map(({ kid }) => kid).join(', ')}, ${after.threshold} must sign`]),
    ...before.orgs.filter((org) => !kept.has(org.id)).map((org) => `${org.id} is gone`),
    ...after.orgs.flatMap((org) => {
      const was = held.get(org.id)
      return was === undefined ? [`${org.id} is new: ${org.name}, ${org.country}, ${org.realm}`, ...nodesOf(org)] : changesOf(was, org)
    }),
    ...(JSON.stringify(before.groups ?? []) === JSON.stringify(after.groups ?? []) ? [] : ['the groups change']),
    ...(JSON.stringify(before.authorities ?? []) === JSON.stringify(after.authorities ?? [])
      ? []
      : ['the authorities of certificates change']),
  ]
}

const nodesOf = (org: DirectoryOrg) =>
  org.nodes.flatMap((node) => [`${org.id}: node ${node.id} at ${node.endpoint}`, ...keysOf(org, node, [])])

function changesOf(was: DirectoryOrg, org: DirectoryOrg): readonly string[] {
  const facts = ['name', 'kind', 'realm', 'country', 'thirdCountry', 'status', 'statusFrom', 'visibleTo'] as const
  const units = new Map(was.units.map((unit) => [unit.id, unit]))
  return [
    ...facts
      .filter((fact) => JSON.stringify(was[fact]) !== JSON.stringify(org[fact]))
      .map((fact) => `${org.id}: ${fact} ${JSON.stringify(was[fact])} becomes ${JSON.stringify(org[fact])}`),
    ...org.units
      .filter((unit) => JSON.stringify(sorted(units.get(unit.id))) !== JSON.stringify(sorted(unit)))
      .map((unit) => `${org.id}: desk ${unit.id} ${units.has(unit.id) ? 'changes' : 'is new'}`),
    ...was.units.filter((unit) => !org.units.some(({ id }) => id === unit.id)).map((unit) => `${org.id}: desk ${unit.id} is gone`),
    ...was.nodes.filter((node) => !org.nodes.some(({ id }) => id === node.id)).map((node) => `${org.id}: node ${node.id} is gone`),
    ...org.nodes.flatMap((node) => {
      const old = was.nodes.find(({ id }) => id === node.id)
      if (old === undefined) return [`${org.id}: node ${node.id} at ${node.endpoint}`, ...keysOf(org, node, [])]
      return [
        ...(old.endpoint === node.endpoint ? [] : [`${org.id}: node ${node.id} moves to ${node.endpoint}`]),
        ...node.tlsSpki.filter((pin) => !old.tlsSpki.includes(pin)).map((pin) => `${org.id}: certificate ${asPin(pin)} is pinned`),
        ...old.tlsSpki.filter((pin) => !node.tlsSpki.includes(pin)).map((pin) => `${org.id}: certificate ${asPin(pin)} is pinned no more`),
        ...keysOf(org, node, old.keys),
      ]
    }),
  ]
}

function keysOf(org: DirectoryOrg, node: DirectoryNode, old: DirectoryNode['keys']): readonly string[] {
  const before = new Map(old.map((key) => [key.kid, key]))
  return [
    ...node.keys.flatMap((key) => {
      const was = before.get(key.kid)
      if (was === undefined) return [`${org.id}: key ${key.kid} (${key.use}) until ${key.until}`]
      if (was.revokedAt !== key.revokedAt) return [`${org.id}: key ${key.kid} is revoked from ${key.revokedAt}`]
      return JSON.stringify(was.jwk) === JSON.stringify(key.jwk) && was.until === key.until ? [] : [`${org.id}: key ${key.kid} changes`]
    }),
    ...old.filter((key) => !node.keys.some(({ kid }) => kid === key.kid)).map((key) => `${org.id}: key ${key.kid} is gone`),
  ]
}

/** The order of members says nothing. */
const sorted = (value: object | undefined) => value && Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
