/** The one server door of the slice `oversight`: the log as the data-protection officer replays and verifies it, and the last day of what no slice keeps. */
import { defineModule } from '#platform/module/define-module.ts'
import { auditEvents, errors, permissions } from './contract.ts'
import { answersRetention, eraseAnswersJob } from './server/erase-answers.ts'
import { logHeadsRoute, proveEntryRoute, replayLogRoute, verifyLogRoute } from './server/routes.ts'

export const oversight = defineModule({
  id: 'oversight',
  title: 'Oversight: replay, verification and proofs of the log',
  measures: [],
  permissions,
  auditEvents,
  errors,
  routes: [replayLogRoute, verifyLogRoute, proveEntryRoute, logHeadsRoute],
  jobs: [eraseAnswersJob],
  retention: [answersRetention],
})
