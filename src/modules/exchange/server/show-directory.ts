/** The directory as an authority may see it: for persons, with fingerprints and validity. */
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import type { DirectoryKey, DirectoryOrg } from '#platform/link/directory.ts'
import { seenBy } from '#platform/link/directory-view.ts'
import { thumbprint } from '#platform/link/partner-directory.ts'
import { anchorDigest } from '#platform/link/stewardship.ts'
import { type DirectoryAuthority, showDirectory } from '../contract.ts'

const NEAR_MS = 3 * 86_400_000

export const showDirectoryRoute = handle(showDirectory, async ({ text = '', cursor, limit }, { services, facts, clock }) => {
  const mark = readMark(cursor, { parts: ['text'], code: 'exchange.cursor' })?.[0]
  const directory = seenBy(services.directory(), facts.authority)
  const now = clock.now()
  const wanted = text.toLowerCase()
  const found = directory.orgs
    .filter((org) => (mark === undefined || org.id > mark) && mentions(org, wanted))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const shown = found.slice(0, limit)
  const last = found.length > limit ? shown.at(-1) : undefined
  const { coalition, version, steering, threshold } = directory
  const expires = new Date(directory.expires)
  return {
    coalition,
    version,
    issued: new Date(directory.issued).toISOString(),
    expires: expires.toISOString(),
    isNearExpiry: expires.getTime() - now.getTime() < NEAR_MS,
    anchor: anchorDigest(coalition, { stewards: steering, threshold }),
    threshold,
    stewards: steering.map(({ kid, jwk }) => ({ kid, thumbprint: thumbprint(jwk) })),
    items: shown.map((org) => authorityOf(org, now)),
    ...(last === undefined ? {} : { next: writeMark([last.id]) }),
  }
})

function mentions({ id, name, country, units }: DirectoryOrg, text: string): boolean {
  return [id, name, country, ...units.flatMap((unit) => [unit.id, unit.name, ...unit.places])].some((each) =>
    each.toLowerCase().includes(text),
  )
}

function authorityOf({ id, name, kind, country, units, nodes }: DirectoryOrg, now: Date): DirectoryAuthority {
  return {
    id,
    name,
    kind,
    country,
    desks: units
      .filter((unit) => !unit.services.includes('oversight'))
      .map((unit) => ({ id: unit.id, name: unit.name, places: [...unit.places], takesAlerts: unit.services.includes('cargo.alert') })),
    nodes: nodes.map((node) => ({
      id: node.id,
      keys: node.keys.map((key) => ({
        kid: key.kid,
        use: key.use,
        thumbprint: thumbprint(key.jwk),
        from: new Date(key.from).toISOString(),
        until: new Date(key.until).toISOString(),
        ...(key.revokedAt === undefined ? {} : { revokedAt: new Date(key.revokedAt).toISOString() }),
        standing: standingOf(key, now),
      })),
    })),
  }
}

function standingOf(key: DirectoryKey, now: Date): 'in-force' | 'not-yet' | 'run-out' | 'revoked' {
  if (key.revokedAt !== undefined && now >= new Date(key.revokedAt)) return 'revoked'
  if (now < new Date(key.from)) return 'not-yet'
  return now < new Date(key.until) ? 'in-force' : 'run-out'
}
