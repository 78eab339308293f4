/** The slice as data. Procedures come from files (`catalogue/`, the node's own folder) and from slices that bind code to them. */
import { defineModule } from '#platform/module/define-module.ts'
import { auditEvents, errors, permissions } from '../contract.ts'
import { migrations } from '../migrations.ts'
import { saveDraftRoute, showDraftRoute } from './drafts.ts'
import { eraseJob, purgeJob } from './erase.ts'
import { openCaseRoute } from './open-draft.ts'
import { listWorkRoute } from './queue.ts'
import { caseReceived, stepReceived } from './receive.ts'
import { showCaseRoute, whatIfRoute } from './show-case.ts'
import { findPartiesRoute, listProceduresRoute, showProcedureRoute } from './show-procedures.ts'
import { sweepClocks } from './sweep.ts'
import { takeStepRoute } from './take-step.ts'

export const procedures = defineModule({
  id: 'procedures',
  title: 'Procedures, clocks and the work queue',
  measures: [1, 8, 9],
  permissions,
  auditEvents,
  errors,
  migrations,
  routes: [
    listWorkRoute,
    listProceduresRoute,
    showProcedureRoute,
    findPartiesRoute,
    openCaseRoute,
    showCaseRoute,
    showDraftRoute,
    saveDraftRoute,
    takeStepRoute,
    whatIfRoute,
  ],
  messages: [caseReceived, stepReceived],
  jobs: [
    {
      name: 'procedures.sweep',
      meaning: 'Fires what the clocks have reached',
      schedule: '* * * * *',
      timeoutSeconds: 300,
      retries: 0,
      run: async (_data, services) => {
        await sweepClocks(services)
      },
    },
    purgeJob,
    eraseJob,
  ],
  stories: {
    1: 'test/stories/measure-01-suspicious-cargo.story.test.ts',
    8: 'test/stories/measure-01-suspicious-cargo.story.test.ts',
    9: 'test/stories/measure-01-suspicious-cargo.story.test.ts',
  },
})
