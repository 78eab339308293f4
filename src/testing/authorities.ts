/** Authorities of every realm that runs procedures, on the nodes of the demonstration: for stories about cases between them. All names are roles. */

import type { Realm } from '#platform/access/session-facts.ts'
import type { AuthorityKind, DirectoryUnit } from '#platform/link/directory.ts'
import type { PlannedOrg } from '../app/coalition.ts'
import type { NodePlan, OfficerPlan } from '../app/demo/world.ts'
import type { TestCoalitionOptions } from './coalition.ts'

interface Plan {
  readonly node: string
  readonly org: string
  readonly kind: AuthorityKind
  readonly realm: Realm
  readonly country: string
  readonly purpose: string
  /** Desks by their last part, each with its backup if it has one. */
  readonly desks: Readonly<Record<string, string | null>>
}

const PLACE: Readonly<Record<string, Pick<DirectoryUnit, 'zone' | 'calendar'>>> = {
  BE: { zone: 'Europe/Brussels', calendar: 'BE' },
  ES: { zone: 'Europe/Madrid', calendar: 'ES' },
  IT: { zone: 'Europe/Rome', calendar: 'IT' },
  DE: { zone: 'Europe/Berlin', calendar: 'DE-NW' },
  EC: { zone: 'America/Guayaquil', calendar: 'EC' },
}

const plan = (node: string, org: string, rest: Omit<Plan, 'node' | 'org' | 'country'>): Plan => ({
  node,
  org,
  country: org.slice(0, 2).toUpperCase(),
  ...rest,
})

const POLICE = { realm: 'law-enforcement', purpose: 'criminal-investigation' } as const
const COURT = { realm: 'judicial', purpose: 'criminal-investigation' } as const
const OFFICE = { realm: 'administrative', purpose: 'administrative-enforcement' } as const
const MINISTRY = { realm: 'ministry', purpose: 'policy-coordination' } as const

export const PLANS: readonly Plan[] = [
  plan('be-antwerp', 'be.federal', { ...POLICE, kind: 'police', desks: { antwerp: null } }),
  plan('be-antwerp', 'be.prosecutor', { ...COURT, kind: 'prosecutor', desks: { antwerp: null } }),
  plan('be-antwerp', 'be.court', { ...COURT, kind: 'investigating-judge', desks: { antwerp: null } }),
  plan('be-antwerp', 'be.prison', { realm: 'prison', purpose: 'prison-security', kind: 'prison-service', desks: { security: null } }),
  plan('be-antwerp', 'be.genk', { ...OFFICE, kind: 'municipality', desks: { integrity: null } }),
  plan('be-antwerp', 'be.interior', { ...MINISTRY, kind: 'ministry', desks: { coordination: null } }),
  plan('be-antwerp', 'be.chemicals', { ...OFFICE, kind: 'chemicals-authority', desks: { precursors: null } }),
  plan('es-algeciras', 'es.guard', { ...POLICE, kind: 'spoc', desks: { spoc: null } }),
  plan('es-algeciras', 'es.court', { ...COURT, kind: 'court', desks: { central: null, second: null } }),
  plan('es-algeciras', 'es.prosecutor', { ...COURT, kind: 'prosecutor', desks: { audiencia: null } }),
  plan('es-algeciras', 'es.prison', { realm: 'prison', purpose: 'prison-security', kind: 'prison-service', desks: { security: null } }),
  plan('es-algeciras', 'es.chemicals', { ...OFFICE, kind: 'chemicals-authority', desks: { precursors: null } }),
  plan('es-algeciras', 'es.liaison', { ...POLICE, kind: 'liaison-office', desks: { quito: null } }),
  plan('es-algeciras', 'es.vasp', { realm: 'partner', purpose: 'order-compliance', kind: 'vasp', desks: { compliance: null } }),
  plan('es-algeciras', 'es.fiu', {
    realm: 'financial-intelligence',
    purpose: 'financial-investigation',
    kind: 'fiu',
    desks: { analysis: null },
  }),
  plan('es-algeciras', 'es.interior', { ...MINISTRY, kind: 'ministry', desks: { coordination: null } }),
  plan('es-algeciras', 'eu.council', { ...MINISTRY, kind: 'ministry', desks: { secretariat: null } }),
  plan('it-genoa', 'it.police', { ...POLICE, kind: 'spoc', desks: { spoc: null } }),
  plan('it-genoa', 'it.court', { ...COURT, kind: 'court', desks: { appeal: null } }),
  plan('it-genoa', 'it.prison', {
    realm: 'prison',
    purpose: 'prison-security',
    kind: 'prison-service',
    desks: { security: 'it.prison.duty', duty: null },
  }),
  // Away from the authorities of its State: what is for them is not on the node of the provider.
  plan('it-genoa', 'es.provider', {
    realm: 'partner',
    purpose: 'order-compliance',
    kind: 'service-provider',
    desks: { compliance: null },
  }),
  plan('it-genoa', 'de.essen', { ...OFFICE, kind: 'municipality', desks: { licensing: null } }),
  plan('it-genoa', 'eu.commission', { ...MINISTRY, kind: 'commission', desks: { evaluations: null } }),
  plan('ec-guayaquil', 'ec.ports', { ...OFFICE, kind: 'administrative-authority', desks: { facilities: null } }),
]

function orgOf({ org, kind, realm, country, purpose, desks }: Plan): PlannedOrg {
  return {
    id: org,
    name: `Authority ${org}`,
    kind,
    realm,
    country: country === 'EU' ? 'BE' : country,
    thirdCountry: country === 'EC',
    units: Object.entries(desks).map(([desk, backup]) => ({
      id: `${org}.${desk}`,
      name: `Desk ${org}.${desk}`,
      services: ['procedures'],
      places: [],
      purposes: [purpose, 'crime-prevention'],
      ...(PLACE[country] ?? { zone: 'Europe/Brussels', calendar: 'BE' }),
      ...(backup === null ? {} : { backup }),
    })),
  }
}

/** Each desk has an officer, whose account is the name of the desk, and a supervisor, `<desk>.lead`. */
function officersOf({ org, realm, desks }: Plan): readonly OfficerPlan[] {
  return Object.keys(desks).flatMap((desk): OfficerPlan[] => {
    const id = `${org}.${desk}`
    const role = realm === 'partner' ? ('partner' as const) : ('officer' as const)
    return [
      { account: id, name: `Officer of ${id}`, roles: [role], desk: id },
      ...(realm === 'partner'
        ? []
        : [{ account: `${id}.lead`, name: `Head of ${id}`, roles: ['officer' as const, 'supervisor' as const], desk: id }]),
    ]
  })
}

const nodesOf = (plans: readonly Plan[]): Record<string, Pick<NodePlan, 'orgs' | 'officers'>> =>
  Object.fromEntries(
    [...new Set(plans.map(({ node }) => node))].map((node) => {
      const here = plans.filter((each) => each.node === node)
      return [node, { orgs: here.map(({ org }) => org), officers: here.flatMap(officersOf) }]
    }),
  )

/** The purpose its officers state, by desk. */
export const PURPOSE_OF: Readonly<Record<string, string>> = Object.fromEntries(
  PLANS.flatMap(({ org, purpose, desks }) => Object.keys(desks).map((desk) => [`${org}.${desk}`, purpose])),
)

export const AUTHORITIES: NonNullable<TestCoalitionOptions['also']> = { orgs: PLANS.map(orgOf), nodes: nodesOf(PLANS) }
