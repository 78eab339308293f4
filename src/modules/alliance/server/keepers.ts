/** Who keeps the ledger of a port on this node: the customs desk that answers for it in the directory. */
import { AppError } from '#platform/http/app-error.ts'
import { findUnit } from '#platform/link/directory.ts'
import type { NodeServices } from '#platform/module/services.ts'

export interface Keeper {
  readonly authority: string
  readonly desk: string
}

export function keeperOf(services: Pick<NodeServices, 'authorities' | 'directory'>, port: string): Keeper {
  const [found] = services
    .directory()
    .orgs.filter((org) => org.realm === 'customs' && org.status === 'active' && services.authorities.includes(org.id))
    .flatMap((org) => org.units.filter((unit) => unit.places.includes(port)).map((unit) => ({ authority: org.id, desk: unit.id })))
    .sort((a, b) => (a.desk < b.desk ? -1 : 1))
  if (found === undefined) throw new AppError(422, 'alliance.port', 'No customs desk of this node answers for that port.')
  return found
}

/** A desk with its name in the directory. */
export function partyView(services: Pick<NodeServices, 'directory'>, desk: string): { readonly desk: string; readonly name: string } {
  return { desk, name: findUnit(services.directory(), desk)?.unit.name ?? desk }
}
