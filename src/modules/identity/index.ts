/** The one server door of the slice `identity`: officers of this node, their sessions, desk and purpose. */
import { defineModule } from '#platform/module/define-module.ts'
import { auditEvents, errors, permissions } from './contract.ts'
import { migrations } from './migrations.ts'
import { chooseFactsRoute, signInRoute, signOutRoute, whoAmIRoute } from './server/routes.ts'

export { addOfficer } from './server/officers.ts'
export { actingFacts, lookAtSession, resolveSession } from './server/sessions.ts'

export const identity = defineModule({
  id: 'identity',
  title: 'Officers, desks and sessions',
  measures: [],
  permissions,
  auditEvents,
  errors,
  migrations,
  routes: [signInRoute, signOutRoute, whoAmIRoute, chooseFactsRoute],
})
