/** Look-ups in a directory, made once for each version of it: a hop must not cost more because the coalition grows. */
import type { Directory, DirectoryKey, DirectoryNode, DirectoryOrg, DirectoryUnit } from './directory.ts'

export interface KeyOwner {
  readonly org: DirectoryOrg
  readonly node: DirectoryNode
  readonly key: DirectoryKey
}

export interface DirectoryIndex {
  readonly orgs: ReadonlyMap<string, DirectoryOrg>
  readonly units: ReadonlyMap<string, { readonly org: DirectoryOrg; readonly unit: DirectoryUnit }>
  /** A node that serves several organisations has its key under each of them. */
  readonly keys: ReadonlyMap<string, readonly KeyOwner[]>
}

const made = new WeakMap<Directory, DirectoryIndex>()

export function indexOf(directory: Directory): DirectoryIndex {
  const there = made.get(directory)
  if (there !== undefined) return there
  const keys = new Map<string, KeyOwner[]>()
  for (const org of directory.orgs)
    for (const node of org.nodes)
      for (const key of node.keys) {
        const owners = keys.get(key.kid) ?? []
        owners.push({ org, node, key })
        keys.set(key.kid, owners)
      }
  const index = {
    orgs: new Map(directory.orgs.map((org) => [org.id, org])),
    units: new Map(directory.orgs.flatMap((org) => org.units.map((unit) => [unit.id, { org, unit }]))),
    keys,
  }
  made.set(directory, index)
  return index
}
