/** The slice as data. Procedures come from files (`catalogue/`, the node's own folder) and from slices that bind code to them. */
import { defineModule } from '#platform/module/define-module.ts'
import { auditEvents, errors, permissions } from '../contract.ts'
import { migrations } from '../migrations.ts'
import { listFeedsRoute, makeFeedRoute, openFeedRoute, revokeFeedRoute } from './calendar-feed.ts'
import { exportCertificateRoute, showCertificateRoute } from './certificate.ts'
import { showLinksRoute } from './cross-check.ts'
import { closeFollowUpRoute, listFollowUpsRoute, openFollowUpRoute, remindFollowUpJob } from './cross-check-follow-ups.ts'
import { indexKeysJob } from './cross-check-index.ts'
import { saveDraftRoute, showDraftRoute } from './drafts.ts'
import { eraseJob } from './erase.ts'
import { eraseNoticesJob } from './erase-notices.ts'
import { fileReceived, uploadFileRoute } from './files.ts'
import { listDocumentsRoute } from './files-list.ts'
import { fetchFileRoute, filePart, fileWanted, readFileRoute } from './files-transfer.ts'
import { listHandOversRoute, makeHandOverRoute, receiveHandOverRoute, showSheetRoute } from './hand-over.ts'
import { exportManifestRoute, makeManifestRoute, manifestReceived } from './manifest.ts'
import { countNoticesRoute, listNoticesRoute, readNoticesRoute } from './notices.ts'
import { mailJob } from './notify-mail.ts'
import { openCaseRoute } from './open-draft.ts'
import { purgeJob } from './purge.ts'
import { acknowledgeWorkRoute, listWorkRoute, showWorkFiltersRoute } from './queue.ts'
import { caseReceived, stepReceived } from './receive.ts'
import { setPartiesRoute } from './set-parties.ts'
import { showCaseRoute, whatIfRoute } from './show-case.ts'
import { findPartiesRoute, listProceduresRoute, showProcedureRoute } from './show-procedures.ts'
import { uploadSignatureRoute } from './signature.ts'
import { exportStatisticsRoute, listStatisticsRoute, showStatisticsRoute } from './statistics.ts'
import { sweepClocks } from './sweep.ts'
import { takeStepRoute } from './take-step.ts'

export const procedures = defineModule({
  id: 'procedures',
  title: 'Procedures, clocks and the work queue',
  measures: [1, 4, 7, 8, 9, 12, 14, 16, 17, 18, 19, 20, 21],
  permissions,
  auditEvents,
  errors,
  migrations,
  routes: [
    listWorkRoute,
    showWorkFiltersRoute,
    acknowledgeWorkRoute,
    listNoticesRoute,
    countNoticesRoute,
    readNoticesRoute,
    listFeedsRoute,
    makeFeedRoute,
    revokeFeedRoute,
    openFeedRoute,
    showSheetRoute,
    listHandOversRoute,
    makeHandOverRoute,
    receiveHandOverRoute,
    listStatisticsRoute,
    showStatisticsRoute,
    exportStatisticsRoute,
    listProceduresRoute,
    showProcedureRoute,
    findPartiesRoute,
    openCaseRoute,
    setPartiesRoute,
    showCaseRoute,
    showDraftRoute,
    saveDraftRoute,
    takeStepRoute,
    whatIfRoute,
    listDocumentsRoute,
    showCertificateRoute,
    exportCertificateRoute,
    uploadSignatureRoute,
    uploadFileRoute,
    fetchFileRoute,
    readFileRoute,
    makeManifestRoute,
    exportManifestRoute,
    showLinksRoute,
    openFollowUpRoute,
    closeFollowUpRoute,
    listFollowUpsRoute,
  ],
  messages: [caseReceived, stepReceived, fileReceived, fileWanted, filePart, manifestReceived],
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
    mailJob,
    eraseNoticesJob,
    indexKeysJob,
    remindFollowUpJob,
    purgeJob,
    eraseJob,
  ],
  stories: {
    1: 'test/stories/measure-01-suspicious-cargo.story.test.ts',
    4: 'test/stories/liaison-task.story.test.ts',
    7: 'test/stories/liaison-task.story.test.ts',
    8: 'test/stories/procedures-between-nodes.story.test.ts',
    9: 'test/stories/measure-01-suspicious-cargo.story.test.ts',
    12: 'test/stories/port-evaluation.story.test.ts',
    14: 'test/stories/administrative-request.story.test.ts',
    16: 'test/stories/freezing.story.test.ts',
    17: 'test/stories/production-order.story.test.ts',
    18: 'test/stories/prison-notice.story.test.ts',
    19: 'test/stories/legislative-proposal.story.test.ts',
    20: 'test/stories/precursor.story.test.ts',
    21: 'test/stories/investigation-order.story.test.ts',
  },
})
