/** Who works around the port of Antwerp in the demonstration: partner firms of the supply chain and the desk that takes integrity reports. Beside the coalition of the first story, so that tests of that story stay small. */
import type { AuthorityKind } from '#platform/link/directory.ts'
import type { PlannedOrg } from '../coalition.ts'
import { brussels, NODES, type NodePlan, ORGS, officer, unit } from './world.ts'

export const PORT_NODE = 'be-antwerp'

function firm(account: string, name: string, kind: AuthorityKind): PlannedOrg {
  return {
    id: `be.${account}`,
    name,
    kind,
    realm: 'partner',
    country: 'BE',
    thirdCountry: false,
    units: [unit(partnerDesk(account), `${name}, operations`, { ...brussels, purposes: ['port-security'] })],
  }
}

export function partnerDesk(account: string): string {
  return account === 'terminal' ? 'be.terminal.antwerp.operations' : `be.${account}.operations`
}

const INTEGRITY: PlannedOrg = {
  id: 'be.integrity',
  name: 'Integrity office of the port, Belgium',
  kind: 'police',
  realm: 'law-enforcement',
  country: 'BE',
  thirdCountry: false,
  units: [
    unit('be.integrity.antwerp', 'Integrity desk Antwerp', {
      ...brussels,
      services: ['alliance.integrity'],
      places: ['BEANR'],
      purposes: ['criminal-investigation'],
    }),
  ],
}

export const PORT_COMMUNITY = {
  orgs: [
    firm('line', 'Generated Line NV', 'carrier'),
    firm('forwarder', 'Generated Forwarding BV', 'service-provider'),
    firm('haulier', 'Generated Haulage NV', 'service-provider'),
    firm('other-haulier', 'Generated Transport BV', 'service-provider'),
    INTEGRITY,
  ],
  officers: [
    officer('line', 'Release desk of the line', { desk: partnerDesk('line'), role: 'partner' }),
    officer('forwarder', 'Import desk of the forwarder', { desk: partnerDesk('forwarder'), role: 'partner' }),
    officer('haulier', 'Planner of the haulier', { desk: partnerDesk('haulier'), role: 'partner' }),
    officer('other-haulier', 'Planner of another haulier', { desk: partnerDesk('other-haulier'), role: 'partner' }),
    officer('integrity', 'Officer of the integrity desk', { desk: 'be.integrity.antwerp' }),
  ],
} as const

export const DEMONSTRATION_ORGS: readonly PlannedOrg[] = [...ORGS, ...PORT_COMMUNITY.orgs]

export const DEMONSTRATION_NODES: readonly NodePlan[] = NODES.map((node) =>
  node.id === PORT_NODE
    ? {
        ...node,
        orgs: [...node.orgs, ...PORT_COMMUNITY.orgs.map(({ id }) => id)],
        officers: [...node.officers, ...PORT_COMMUNITY.officers],
      }
    : node,
)
