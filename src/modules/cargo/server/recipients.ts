/**
 * Who receives an alert: derived from the itinerary and the directory, never typed in.
 * Every future port of call after loading names the desk that answers for it; the first port in the Union's customs territory is
 * responsible (the role of the office of first entry), every other desk is involved. Nobody else is ever addressed.
 */
import type { Directory, DirectoryOrg, DirectoryUnit } from '#platform/link/directory.ts'
import type { AlertDraft, AlertRecipient } from '../contract.ts'

export const ALERT_SERVICE = 'cargo.alert'

export interface Derived {
  readonly recipients: readonly AlertRecipient[]
  readonly uncovered: readonly {
    readonly place: string
    readonly because: string
  }[]
}

interface Candidate {
  readonly org: DirectoryOrg
  readonly unit: DirectoryUnit
}

export function deriveRecipients(
  legs: AlertDraft['legs'],
  originator: string,
  world: { readonly directory: Directory; readonly now: Date },
): Derived {
  const uncovered: { place: string; because: string }[] = []
  const byDesk = new Map<string, AlertRecipient & { readonly inUnion: boolean }>()
  for (const leg of futurePorts(legs, world.now)) {
    const candidates = desksFor(world.directory, leg.place).filter(({ unit }) => unit.id !== originator)
    if (candidates.length === 0) {
      uncovered.push({
        place: leg.place,
        because: 'No desk of the coalition answers for this port.',
      })
      continue
    }
    for (const { org, unit } of candidates) {
      const known = byDesk.get(unit.id)
      if (known !== undefined && known.eta <= leg.eta) continue
      byDesk.set(unit.id, {
        desk: unit.id,
        deskName: unit.name,
        authority: org.id,
        country: org.country,
        role: 'involved',
        place: leg.place,
        eta: leg.eta,
        because: leg.role === 'transhipment' ? 'Port of transhipment' : 'Port of discharge',
        inUnion: !org.thirdCountry,
      })
    }
  }
  const inOrder = [...byDesk.values()].sort((a, b) => (a.eta < b.eta ? -1 : a.eta > b.eta ? 1 : a.desk < b.desk ? -1 : 1))
  const firstEntry = inOrder.find((each) => each.inUnion)?.place
  const recipients = inOrder.map(({ inUnion, ...recipient }): AlertRecipient => {
    if (!inUnion || recipient.place !== firstEntry) return recipient
    return {
      ...recipient,
      role: 'responsible',
      because: `${recipient.because}; first port in the customs territory of the Union`,
    }
  })
  return { recipients, uncovered }
}

interface FuturePort {
  readonly role: 'transhipment' | 'discharge'
  readonly place: string
  readonly eta: string
}

/** Ports still ahead, with their expected arrival in UTC. A port without an ETA is not ahead of anything: the draft check reports it. */
export function futurePorts(legs: AlertDraft['legs'], now: Date): readonly FuturePort[] {
  const ahead: FuturePort[] = []
  for (const leg of legs) {
    if (leg.role === 'loading' || leg.eta === undefined) continue
    const eta = new Date(leg.eta)
    if (eta.getTime() > now.getTime())
      ahead.push({
        role: leg.role,
        place: leg.place.toUpperCase(),
        eta: eta.toISOString(),
      })
  }
  return ahead
}

function desksFor(directory: Directory, place: string): readonly Candidate[] {
  return directory.orgs
    .filter((org) => org.status === 'active')
    .flatMap((org) =>
      org.units.filter((unit) => unit.services.includes(ALERT_SERVICE) && unit.places.includes(place)).map((unit) => ({ org, unit })),
    )
}
