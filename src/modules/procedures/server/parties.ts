/** Who may fill a role, and what one party may know of a case: parties, values, steps. The one place where a field's audience decides what leaves. */
import type { FieldDef, ProcedureDef, RoleDef, TransitionDef } from '#kernel/procedure/definition.ts'
import type { CaseFold, Party } from '#kernel/procedure/fold.ts'
import { isOfRefusal, mayReadRefusals } from '#kernel/procedure/refusal.ts'
import { isStated } from '#kernel/procedure/stated.ts'
import { AppError } from '#platform/http/app-error.ts'
import { type Directory, type DirectoryOrg, type DirectoryUnit, findUnit } from '#platform/link/directory.ts'

/** Service by which a desk says that it takes part in procedures. */
export const PROCEDURES_SERVICE = 'procedures'

export function mayFill(
  role: RoleDef,
  org: Pick<DirectoryOrg, 'realm' | 'kind' | 'status'>,
  unit: Pick<DirectoryUnit, 'services'>,
): boolean {
  return (
    org.status === 'active' &&
    unit.services.includes(PROCEDURES_SERVICE) &&
    role.realms.includes(org.realm) &&
    (role.kinds === undefined || role.kinds.includes(org.kind))
  )
}

/** The desk as a party, read from the directory of this node; undefined when there is none that may fill the role. */
export function partyOf(directory: Directory, role: RoleDef, desk: string): Party | undefined {
  const found = findUnit(directory, desk)
  if (found === undefined || !mayFill(role, found.org, found.unit)) return undefined
  const { org, unit } = found
  return { org: org.id, desk, country: org.country, kind: org.kind, realm: org.realm, zone: unit.zone, calendar: unit.calendar }
}

/** Every role with its parties as this node's directory has them; throws on a desk that cannot fill its role. */
export function resolveParties(
  directory: Directory,
  definition: ProcedureDef,
  desks: Readonly<Record<string, readonly string[]>>,
): Record<string, readonly Party[]> {
  const parties: Record<string, readonly Party[]> = {}
  for (const [role, named] of Object.entries(desks)) {
    const asked = definition.roles[role]
    if (asked === undefined) throw new AppError(422, 'procedures.party', `The procedure has no role ${role}.`)
    if (named.length > 1 && asked.many !== true) throw new AppError(422, 'procedures.party', `${asked.title}: one desk only.`)
    parties[role] = [...new Set(named)].map((desk) => {
      const party = partyOf(directory, asked, desk)
      if (party === undefined) throw new AppError(422, 'procedures.party', `${asked.title}: ${desk} cannot fill this role.`)
      return party
    })
  }
  return parties
}

export function desksOf(parties: CaseFold['parties']): readonly Party[] {
  const all = Object.values(parties).flat()
  return all.filter((each, index) => all.findIndex(({ desk }) => desk === each.desk) === index)
}

export function rolesOfDesk(parties: CaseFold['parties'], desk: string): readonly string[] {
  return Object.entries(parties).flatMap(([role, list]) => (list.some((party) => party.desk === desk) ? [role] : []))
}

/** Whether a step is told to these roles. */
export function isTold(transition: TransitionDef | undefined, roles: readonly string[]): boolean {
  return transition?.told === undefined || transition.told.some((role) => roles.includes(role))
}

/** Steps that were taken, of those that these roles are told of. */
export function doneFor(definition: ProcedureDef, done: readonly string[], roles: readonly string[]): readonly string[] {
  return done.filter((step) =>
    isTold(
      definition.transitions.find(({ id }) => id === step),
      roles,
    ),
  )
}

export function isFor(definition: ProcedureDef, id: string, roles: readonly string[]): boolean {
  // `<field>.party` names the desk that fills a role from now on: every party must know it to follow the case.
  if (id.endsWith('.party')) return true
  if (isStated(id)) return isClockFor(definition, id.split('.')[1] ?? '', roles)
  if (isOfRefusal(id)) return mayReadRefusals(definition, roles)
  const field: FieldDef | undefined = definition.fields.find((each) => each.id === id)
  return field !== undefined && field.audience.some((role) => roles.includes(role))
}

export function valuesFor(
  definition: ProcedureDef,
  values: Readonly<Record<string, unknown>>,
  roles: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([id]) => isFor(definition, id, roles)))
}

/** Desks that fill one role together do not learn of each other. */
export function partiesFor(definition: ProcedureDef, parties: CaseFold['parties'], desk: string): Record<string, readonly Party[]> {
  const own = rolesOfDesk(parties, desk)
  return Object.fromEntries(
    Object.entries(parties).map(([role, list]) => [
      role,
      definition.roles[role]?.many === true && own.includes(role) ? list.filter((party) => party.desk === desk) : list,
    ]),
  )
}

/** What only steps start that these roles are not told of, they do not know of either. */
export function isClockFor(definition: ProcedureDef, id: string, roles: readonly string[]): boolean {
  const { audience } = definition.clocks.find((each) => each.id === id) ?? {}
  if (audience !== undefined) return audience.some((role) => roles.includes(role))
  return definition.transitions.some(
    (step) => isTold(step, roles) && step.effects.some((effect) => effect.kind === 'start-clock' && effect.clock === id),
  )
}

/**
 * Clocks as a party may know them: none that is not for its roles, none that obliges a desk it may not know of. Of a duty that desks have each for itself,
 * each gets its own. One that stopped with a desk since replaced stays without its name, so that the next of its kind carries the same number with every
 * party.
 */
export function clocksFor(
  definition: ProcedureDef,
  { clocks, parties }: Pick<CaseFold, 'clocks' | 'parties'>,
  desk: string,
): CaseFold['clocks'] {
  const known = desksOf(partiesFor(definition, parties, desk))
  const isKnown = (party: Party) => known.some((each) => each.desk === party.desk)
  const own = known.find((party) => party.desk === desk)
  const roles = rolesOfDesk(parties, desk)
  return clocks.flatMap((clock) => {
    if (!isClockFor(definition, clock.clock, roles)) return []
    const { obligated, ...nameless } = clock
    if (obligated === undefined || isKnown(obligated)) return [clock]
    const role = definition.clocks.find(({ id }) => id === clock.clock)?.obligated ?? ''
    if (own !== undefined && roles.includes(role)) return [{ ...nameless, obligated: own }]
    const isPast = rolesOfDesk(parties, obligated.desk).length === 0 && clock.ledger.some(({ kind }) => kind === 'stop')
    return isPast ? [nameless] : []
  })
}

export function hasPersonalData(definition: ProcedureDef, values: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(values).some(([id, value]) => {
    const field = definition.fields.find((each) => each.id === id)
    const isPersonal = field?.personal === true || field?.of?.some((part) => part.personal === true) === true
    return isPersonal && value !== undefined && value !== null && value !== ''
  })
}
