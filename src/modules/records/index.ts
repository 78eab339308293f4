/** The one server door of the slice `records`: the record graph. */
import { defineModule } from '#platform/module/define-module.ts'
import { auditEvents, errors, permissions } from './contract.ts'
import { migrations } from './migrations.ts'
import { recordsCrossCheck } from './server/cross-check.ts'
import { followItem } from './server/follow-item.ts'
import { boardsJobs, boardsRoutes } from './server/routes-boards.ts'
import { graphJobs, graphRoutes } from './server/routes-graph.ts'
import { intakeJobs, intakeRoutes } from './server/routes-intake.ts'
import { judgementsJobs, judgementsRoutes } from './server/routes-judgements.ts'
import { rightsJobs, rightsRoutes } from './server/routes-rights.ts'
import { searchJobs, searchRoutes } from './server/routes-search.ts'
import { shareJobs, shareRoutes } from './server/routes-share.ts'

export { type Subject, subjectsOfFile } from './server/import-local.ts'

const routes = [...intakeRoutes, ...searchRoutes, ...judgementsRoutes, ...graphRoutes, ...boardsRoutes, ...shareRoutes, ...rightsRoutes]
const jobs = [...intakeJobs, ...searchJobs, ...judgementsJobs, ...graphJobs, ...boardsJobs, ...shareJobs, ...rightsJobs]
export const records = defineModule({
  id: 'records',
  title: 'The record graph: every value with where it comes from, merging that can be undone, search that tells nothing it may not',
  measures: [],
  permissions,
  auditEvents,
  errors,
  migrations,
  routes,
  jobs,
  crossChecks: [recordsCrossCheck],
  itemFollowers: [followItem],
})
