/** The one server door of the slice `matching`: hit/no-hit between authorities, as owner and as requester. */
import { defineModule } from '#platform/module/define-module.ts'
import { auditEvents, errors, permissions } from './contract.ts'
import { migrations } from './migrations.ts'
import { anomalyReceived } from './server/anomaly.ts'
import { approveQueryRoute, askRoute, BLIND_JOB, blindQuery } from './server/ask.ts'
import { entitleRoute, indexKeyRoute, rebuildRoute, removeEntryRoute } from './server/entries.ts'
import { answerReceived, FINISH_JOB, finishQuery, resultReceived } from './server/finish.ts'
import { noticeAnswered } from './server/hits.ts'
import { confirmNoticeRoute, listNoticesRoute, noticeReceived } from './server/notices.ts'
import { rebuildIndexes } from './server/rebuild.ts'
import { answerLookup, LOOKUP_JOB, lookupReceived } from './server/serve-lookup.ts'
import { ANSWER_JOB, answerQuery, queryReceived } from './server/serve-query.ts'
import { tagsReceived } from './server/sets.ts'
import { listEntriesRoute, listRequestersRoute, showIndexRoute } from './server/show-index.ts'
import { listQueriesRoute, showQueryRoute, showQuotaRoute } from './server/show-queries.ts'

export const matching = defineModule({
  id: 'matching',
  title: 'Hit/no-hit: do we hold the same, without showing it',
  measures: [],
  permissions,
  auditEvents,
  errors,
  migrations,
  routes: [
    listEntriesRoute,
    listRequestersRoute,
    showIndexRoute,
    entitleRoute,
    indexKeyRoute,
    removeEntryRoute,
    rebuildRoute,
    listNoticesRoute,
    confirmNoticeRoute,
    askRoute,
    approveQueryRoute,
    listQueriesRoute,
    showQueryRoute,
    showQuotaRoute,
  ],
  messages: [tagsReceived, queryReceived, answerReceived, lookupReceived, resultReceived, noticeReceived, noticeAnswered, anomalyReceived],
  jobs: [
    {
      name: 'matching.rebuild',
      meaning: 'Begins a new epoch of an index and sends its sets; each night for indexes that changed',
      schedule: '17 2 * * *',
      timeoutSeconds: 900,
      retries: 3,
      run: rebuildIndexes,
    },
    { name: BLIND_JOB, meaning: 'Blinds a query and asks the owners', timeoutSeconds: 120, retries: 5, run: blindQuery },
    {
      name: ANSWER_JOB,
      meaning: 'Evaluates a query of another authority under its quota',
      timeoutSeconds: 120,
      retries: 5,
      run: answerQuery,
    },
    { name: FINISH_JOB, meaning: 'Verifies and compares what an owner evaluated', timeoutSeconds: 120, retries: 5, run: finishQuery },
    { name: LOOKUP_JOB, meaning: 'Answers a disclosing look-up', timeoutSeconds: 120, retries: 5, run: answerLookup },
  ],
  retention: [
    {
      table: 'matching.queries',
      category: 'queries',
      review: 'P6M',
      erase: 'P1Y',
      from: 'at',
      basis: 'Directive (EU) 2016/680 Arts 5 and 25',
    },
    {
      table: 'matching.entries',
      category: 'index',
      review: 'P1Y',
      erase: 'P3Y',
      from: 'indexed_at',
      basis: 'Directive (EU) 2016/680 Art 5',
    },
  ],
})
