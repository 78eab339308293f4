/** The demonstration coalition as data: three sovereign nodes, a terminal on the Belgian one, and Italy in the directory without a node. All names of persons are roles. */
import type { Role } from '#platform/access/session-facts.ts'
import type { AuthorityKind, DirectoryUnit } from '#platform/link/directory.ts'
import type { PlannedOrg } from '../coalition.ts'

export interface OfficerPlan {
  readonly account: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly desk: string
}

export interface NodePlan {
  readonly id: string
  readonly title: string
  readonly orgs: readonly string[]
  readonly officers: readonly OfficerPlan[]
}

export function unit(id: string, name: string, rest: Partial<DirectoryUnit> & Pick<DirectoryUnit, 'zone' | 'calendar'>): DirectoryUnit {
  return { id, name, services: [], places: [], purposes: ['customs-control', 'crime-prevention'], ...rest }
}

function dpo(org: string, zone: string, calendar: string): DirectoryUnit {
  return unit(`${org}.dpo`, 'Data-protection officer', {
    services: ['oversight'],
    purposes: ['data-protection-supervision'],
    zone,
    calendar,
  })
}

const CUSTOMS: AuthorityKind = 'customs'
const ALERTS = { services: ['cargo.alert', 'procedures'] }
/** Takes part in cases that run by their data alone. */
const CASES = { services: ['procedures'] }
export const brussels = { zone: 'Europe/Brussels', calendar: 'BE' }
const madrid = { zone: 'Europe/Madrid', calendar: 'ES-AN' }
const guayaquil = { zone: 'America/Guayaquil', calendar: 'EC' }
const rome = { zone: 'Europe/Rome', calendar: 'IT' }

export const ORGS: readonly PlannedOrg[] = [
  {
    id: 'ec.pcu',
    name: 'Port Control Unit Ecuador',
    kind: 'port-control-unit',
    realm: 'law-enforcement',
    country: 'EC',
    thirdCountry: true,
    units: [
      unit('ec.pcu.guayaquil', 'Port Control Unit Guayaquil', { ...guayaquil, ...CASES, places: ['ECGYE'] }),
      dpo('ec.pcu', guayaquil.zone, guayaquil.calendar),
    ],
  },
  {
    id: 'es.police',
    name: 'Police Spain',
    kind: 'spoc',
    realm: 'law-enforcement',
    country: 'ES',
    thirdCountry: false,
    units: [
      unit('es.police.spoc', 'Single Point of Contact Spain', {
        ...madrid,
        ...CASES,
        calendar: 'ES',
        purposes: ['crime-prevention', 'criminal-investigation'],
      }),
    ],
  },
  {
    id: 'be.police',
    name: 'Police Belgium',
    kind: 'spoc',
    realm: 'law-enforcement',
    country: 'BE',
    thirdCountry: false,
    units: [
      unit('be.police.spoc', 'Single Point of Contact Belgium', {
        ...brussels,
        ...CASES,
        purposes: ['crime-prevention', 'criminal-investigation'],
        backup: 'be.police.duty',
      }),
      unit('be.police.duty', 'Duty desk of the police, Belgium', {
        ...brussels,
        ...CASES,
        purposes: ['crime-prevention', 'criminal-investigation'],
      }),
    ],
  },
  {
    id: 'es.customs',
    name: 'Customs Spain',
    kind: CUSTOMS,
    realm: 'customs',
    country: 'ES',
    thirdCountry: false,
    units: [
      unit('es.customs.algeciras', 'Customs Algeciras', { ...madrid, ...ALERTS, places: ['ESALG'], backup: 'es.customs.national' }),
      unit('es.customs.national', 'Customs Spain, national desk', { ...madrid, ...CASES, calendar: 'ES' }),
      dpo('es.customs', madrid.zone, 'ES'),
    ],
  },
  {
    id: 'be.customs',
    name: 'Customs Belgium',
    kind: CUSTOMS,
    realm: 'customs',
    country: 'BE',
    thirdCountry: false,
    units: [
      unit('be.customs.antwerp', 'Customs Antwerp', { ...brussels, ...ALERTS, places: ['BEANR'], backup: 'be.customs.national' }),
      unit('be.customs.zeebrugge', 'Customs Zeebrugge', { ...brussels, ...ALERTS, places: ['BEZEE'], backup: 'be.customs.national' }),
      unit('be.customs.national', 'Customs Belgium, national desk', { ...brussels, ...CASES }),
      dpo('be.customs', brussels.zone, brussels.calendar),
    ],
  },
  {
    id: 'be.terminal.antwerp',
    name: 'Terminal Antwerp',
    kind: 'terminal',
    realm: 'partner',
    country: 'BE',
    thirdCountry: false,
    units: [
      unit('be.terminal.antwerp.operations', 'Terminal Antwerp, operations', {
        ...brussels,
        services: ['cargo.port-action'],
        places: ['BEANR'],
        purposes: ['port-security'],
      }),
    ],
  },
  {
    id: 'it.customs',
    name: 'Customs Italy',
    kind: CUSTOMS,
    realm: 'customs',
    country: 'IT',
    thirdCountry: false,
    units: [
      unit('it.customs.genoa', 'Customs Genoa', { ...rome, ...ALERTS, places: ['ITGOA'] }),
      dpo('it.customs', rome.zone, rome.calendar),
    ],
  },
]

export const officer = (account: string, name: string, at: { readonly desk: string; readonly role?: Role }): OfficerPlan => ({
  account,
  name,
  roles: [at.role ?? 'officer'],
  desk: at.desk,
})

export const NODES: readonly NodePlan[] = [
  {
    id: 'ec-guayaquil',
    title: 'Guayaquil: Port Control Unit',
    orgs: ['ec.pcu'],
    officers: [
      officer('guayaquil', 'Officer of the Port Control Unit', { desk: 'ec.pcu.guayaquil' }),
      officer('guayaquil-lead', 'Head of the Port Control Unit', { desk: 'ec.pcu.guayaquil', role: 'supervisor' }),
      officer('guayaquil-dpo', 'Data-protection officer', { desk: 'ec.pcu.dpo', role: 'data-protection' }),
    ],
  },
  {
    id: 'es-algeciras',
    title: 'Algeciras: customs',
    orgs: ['es.customs', 'es.police'],
    officers: [
      officer('algeciras', 'Targeting officer Algeciras', { desk: 'es.customs.algeciras' }),
      officer('spain', 'Officer of the national desk', { desk: 'es.customs.national' }),
      officer('spain-spoc', 'Duty officer of the Single Point of Contact', { desk: 'es.police.spoc' }),
      officer('algeciras-dpo', 'Data-protection officer', { desk: 'es.customs.dpo', role: 'data-protection' }),
    ],
  },
  {
    id: 'be-antwerp',
    title: 'Antwerp: customs and terminal',
    orgs: ['be.customs', 'be.terminal.antwerp', 'be.police'],
    officers: [
      officer('antwerp', 'Targeting officer Antwerp', { desk: 'be.customs.antwerp' }),
      officer('antwerp-lead', 'Head of targeting Antwerp', { desk: 'be.customs.antwerp', role: 'supervisor' }),
      officer('zeebrugge', 'Targeting officer Zeebrugge', { desk: 'be.customs.zeebrugge' }),
      officer('belgium', 'Officer of the national desk', { desk: 'be.customs.national' }),
      officer('belgium-spoc', 'Duty officer of the Single Point of Contact', { desk: 'be.police.spoc' }),
      officer('belgium-spoc-lead', 'Head of the Single Point of Contact', { desk: 'be.police.spoc', role: 'supervisor' }),
      officer('terminal', 'Terminal operations', { desk: 'be.terminal.antwerp.operations', role: 'partner' }),
      officer('antwerp-dpo', 'Data-protection officer', { desk: 'be.customs.dpo', role: 'data-protection' }),
    ],
  },
]

/** Genoa as a running node: for tests that show what a desk outside an itinerary can find. */
export const ITALY: NodePlan = {
  id: 'it-genoa',
  title: 'Genoa: customs',
  orgs: ['it.customs'],
  officers: [officer('genoa', 'Targeting officer Genoa', { desk: 'it.customs.genoa' })],
}
