/** The one server door of the slice `targeting`: what is looked for, what is proposed for control, what became of it and how well that worked. */
import { defineModule } from '#platform/module/define-module.ts'
import { auditEvents, errors, permissions } from './contract.ts'
import { migrations } from './migrations.ts'
import { assessJob } from './server/assess.ts'
import { closeSelectionRoute, decideRoute, undoDecisionRoute } from './server/decisions.ts'
import { listEffectivenessRoute } from './server/effectiveness.ts'
import { decideIndicatorRoute, listIndicatorsRoute, proposeIndicatorRoute } from './server/indicators.ts'
import { learnJob } from './server/learn-run.ts'
import { listOutcomesRoute, recordOutcomeRoute } from './server/outcomes.ts'
import { listPortDaysRoute, listQueueRoute } from './server/queue.ts'
import { answerReviewRoute, listReviewsRoute } from './server/reviews.ts'
import { decideRuleRoute } from './server/rules-decide.ts'
import { listRulesRoute, showRuleRoute } from './server/rules-read.ts'
import { checkRuleRoute, saveRuleRoute, submitRuleRoute, withdrawRuleRoute } from './server/rules-write.ts'
import { activateScoreRoute, learnScoreRoute, listScoresRoute, showScoreRoute } from './server/scores.ts'
import { proposeSelectionRoute, repeatDrawRoute, setCapacityRoute } from './server/selections.ts'
import { showSenderReportRoute } from './server/sender-report.ts'
import { showArrivalRoute } from './server/show-arrival.ts'
import { showSelectionRoute } from './server/show-selection.ts'
import { sweepJob } from './server/sweep.ts'
import { takeArrivalsJob } from './server/take-arrivals.ts'
import { showVocabularyRoute } from './server/vocabulary.ts'
import { endWatchRoute, enterWatchRoute, listWatchesRoute, showWatchRoute } from './server/watches.ts'
import { whatIfJob } from './server/what-if-run.ts'
import { cancelWhatIfRoute, showWhatIfRoute, startWhatIfRoute } from './server/what-ifs.ts'
import { writeColumnsJob } from './server/write-columns.ts'

const STORY = 'test/stories/targeting-day.story.test.ts'

export { takeArrivals } from './server/take-arrivals.ts'

export const targeting = defineModule({
  id: 'targeting',
  title: 'Targeting: rules, watch entries, scores, the daily selection, outcomes and effectiveness',
  measures: [1],
  permissions,
  auditEvents,
  errors,
  migrations,
  routes: [
    showVocabularyRoute,
    listRulesRoute,
    showRuleRoute,
    saveRuleRoute,
    checkRuleRoute,
    submitRuleRoute,
    decideRuleRoute,
    withdrawRuleRoute,
    startWhatIfRoute,
    showWhatIfRoute,
    cancelWhatIfRoute,
    listIndicatorsRoute,
    proposeIndicatorRoute,
    decideIndicatorRoute,
    listWatchesRoute,
    showWatchRoute,
    enterWatchRoute,
    endWatchRoute,
    listScoresRoute,
    learnScoreRoute,
    showScoreRoute,
    activateScoreRoute,
    listPortDaysRoute,
    listQueueRoute,
    showArrivalRoute,
    setCapacityRoute,
    proposeSelectionRoute,
    showSelectionRoute,
    repeatDrawRoute,
    decideRoute,
    undoDecisionRoute,
    closeSelectionRoute,
    listOutcomesRoute,
    recordOutcomeRoute,
    listEffectivenessRoute,
    listReviewsRoute,
    answerReviewRoute,
    showSenderReportRoute,
  ],
  jobs: [takeArrivalsJob, assessJob, sweepJob, whatIfJob, writeColumnsJob, learnJob],
  retention: [
    {
      table: 'targeting.arrivals',
      category: 'arrivals',
      review: 'P1Y',
      erase: 'P3Y',
      from: 'assessed_at',
      basis: 'Coalition policy: targeting',
    },
    {
      table: 'targeting.watches',
      category: 'watch entries',
      review: 'P6M',
      erase: 'P3Y',
      from: 'entered_at',
      basis: 'Coalition policy: targeting',
    },
  ],
  stories: { 1: STORY },
})
