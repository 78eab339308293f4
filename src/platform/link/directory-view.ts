/**
 * The directory as one authority may see it (need-to-know): what it may not see it can neither list nor address, and a group shows it the visible
 * desks alone. The link itself works on the whole directory: who may address whom is decided before a message is submitted.
 */
import type { AuthorityId } from '#platform/access/session-facts.ts'
import type { Directory, DirectoryOrg } from './directory.ts'

const made = new WeakMap<Directory, Map<AuthorityId, Directory>>()

/** Active authorities that `authority` may see; made once for each version of the directory. */
export function seenBy(directory: Directory, authority: AuthorityId): Directory {
  const views = made.get(directory) ?? new Map<AuthorityId, Directory>()
  made.set(directory, views)
  const there = views.get(authority)
  if (there !== undefined) return there
  const orgs = directory.orgs.filter((org) => org.status === 'active' && isVisible(org, authority))
  const desks = new Set(orgs.flatMap((org) => org.units.map(({ id }) => id)))
  const groups = (directory.groups ?? []).flatMap((group) => {
    const units = group.units.filter((id) => desks.has(id))
    return units.length === 0 ? [] : [{ ...group, units }]
  })
  const view = { ...directory, orgs, groups }
  views.set(authority, view)
  return view
}

function isVisible(org: DirectoryOrg, authority: AuthorityId): boolean {
  return org.id === authority || org.visibleTo === undefined || org.visibleTo.includes(authority)
}
