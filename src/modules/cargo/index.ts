/** The one server door of the slice `cargo`: intake, signals, cargo alerts (PR-01), port actions (PR-09). */
import { defineModule } from '#platform/module/define-module.ts'
import { auditEvents, errors, permissions } from './contract.ts'
import { detectorDocs } from './detectors/index.ts'
import { migrations } from './migrations.ts'
import { pr01 } from './procedures/pr-01-cargo-alert.ts'
import { alertBinding, alertProgress } from './server/alert-effects.ts'
import { eraseAlerts } from './server/alert-erase.ts'
import { listAlertViewsRoute } from './server/alert-views.ts'
import { explainAnswerRoute, listAnswersRoute, noteAnswerSentRoute, showAnswerRoute } from './server/answers-list.ts'
import { moveAlertRoute, recallAlertRoute, updateAlertRoute } from './server/change-alert.ts'
import { deliverDocumentRoute } from './server/channel-deliver.ts'
import {
  listDeclarationMappingsRoute,
  proposeDeclarationMappingRoute,
  readWithMappingRoute,
  tryDeclarationMappingRoute,
} from './server/channel-mappings.ts'
import { closeChannelRoute, listChannelsRoute, openChannelRoute, rotateChannelRoute } from './server/channel-routes.ts'
import { listConsignmentsRoute } from './server/consignments.ts'
import { showContainerRoute } from './server/container-page.ts'
import { cargoCrossCheck } from './server/cross-check.ts'
import { listDocumentsRoute, showDocumentRoute, showSourceRoute, uploadDocumentRoute } from './server/documents.ts'
import { sweepDropFolders } from './server/drop-folder.ts'
import { showDropFolderRoute } from './server/drop-state.ts'
import { listEquipmentRoute } from './server/equipment.ts'
import { exportAlertRoute } from './server/export-alert.ts'
import { listOverdueRoute } from './server/feedback-overdue.ts'
import { listAlertReportsRoute, reportAlerts, showAlertReportRoute } from './server/feedback-report.ts'
import { alertFeedbackRoute } from './server/feedback-statistics.ts'
import { checkIdentifierRoute, searchPlacesRoute } from './server/identifiers.ts'
import { issueAlertRoute, previewAlertRoute } from './server/issue-alert.ts'
import { judgeAgainJob } from './server/judge-again.ts'
import { showLifeRoute } from './server/life-page.ts'
import { exportAlertsRoute, listAlertsRoute } from './server/list-alerts.ts'
import { listPortActionsRoute } from './server/list-port-actions.ts'
import { matchAlert, matchAlerts } from './server/match-alert.ts'
import { movePortActionRoute, portActionBinding, requestPortActionRoute, showPortActionRoute } from './server/port-actions.ts'
import { readDocument } from './server/read-document.ts'
import { alertReceived, alertUpdated, alertWithdrawn } from './server/receive-alert.ts'
import { portActionProgress, portActionReceived } from './server/receive-port-action.ts'
import { checkRoutes } from './server/reroute-check.ts'
import { confirmRerouteRoute, dismissRerouteRoute, listReroutesRoute, routeNotice, tellRerouteRoute } from './server/reroute-decide.ts'
import { showAlertRoute } from './server/show-alert.ts'
import { raiseSignals } from './server/signals.ts'
import { hitRatesRoute } from './server/statistics.ts'
import { listVesselsRoute, showVesselRoute } from './server/vessel-plans.ts'
import { showStowageRoute } from './server/vessel-stowage.ts'

export { detectors } from './detectors/index.ts'
export type { CargoEvent } from './formats/events.ts'
export { readCargoFile } from './formats/read-cargo-file.ts'
export type { EquipmentOrder, EquipmentSighting, IntakeProblem, Stated, StatedPlace, Voyage } from './model.ts'
export { deliveriesOf } from './server/deliveries.ts'
export { recordFinding, takeBackFindings } from './server/history-findings.ts'
export { writeSetting } from './server/history-settings.ts'
export {
  type AlertStated,
  alertsOfMonth,
  alertsReceived,
  type CargoOfContainers,
  type ConsignmentStated,
  containersEvaluated,
  containersOf,
  documentsRead,
  holdingsOf,
  type SightingRow,
  type VoyageRow,
} from './server/holdings.ts'
export { instantOf } from './server/stated-instant.ts'

const STORY = 'test/stories/measure-01-suspicious-cargo.story.test.ts'

export const cargo = defineModule({
  id: 'cargo',
  title: 'Suspicious cargo: intake, signals, alerts, port actions',
  measures: [1, 8, 9],
  permissions,
  auditEvents,
  errors,
  migrations,
  routes: [
    uploadDocumentRoute,
    listDocumentsRoute,
    showDocumentRoute,
    showSourceRoute,
    listAnswersRoute,
    explainAnswerRoute,
    noteAnswerSentRoute,
    showAnswerRoute,
    listDeclarationMappingsRoute,
    proposeDeclarationMappingRoute,
    tryDeclarationMappingRoute,
    readWithMappingRoute,
    openChannelRoute,
    listChannelsRoute,
    rotateChannelRoute,
    closeChannelRoute,
    showDropFolderRoute,
    deliverDocumentRoute,
    listEquipmentRoute,
    listConsignmentsRoute,
    showContainerRoute,
    showLifeRoute,
    listVesselsRoute,
    showVesselRoute,
    showStowageRoute,
    checkIdentifierRoute,
    searchPlacesRoute,
    previewAlertRoute,
    issueAlertRoute,
    listAlertsRoute,
    exportAlertsRoute,
    showAlertRoute,
    moveAlertRoute,
    updateAlertRoute,
    recallAlertRoute,
    exportAlertRoute,
    listAlertViewsRoute,
    listReroutesRoute,
    confirmRerouteRoute,
    dismissRerouteRoute,
    tellRerouteRoute,
    listOverdueRoute,
    alertFeedbackRoute,
    listAlertReportsRoute,
    showAlertReportRoute,
    hitRatesRoute,
    requestPortActionRoute,
    listPortActionsRoute,
    showPortActionRoute,
    movePortActionRoute,
  ],
  messages: [alertReceived, alertUpdated, alertWithdrawn, alertProgress, routeNotice, portActionReceived, portActionProgress],
  procedures: [alertBinding, portActionBinding],
  detectors: detectorDocs,
  jobs: [
    { name: 'cargo.read-document', meaning: 'Reads a document that was taken in', timeoutSeconds: 1800, retries: 5, run: readDocument },
    {
      name: 'cargo.sweep-drop-folders',
      meaning: 'Takes in what lies in the drop folders of the desks',
      schedule: '* * * * *',
      timeoutSeconds: 1800,
      retries: 0,
      run: sweepDropFolders,
    },
    {
      name: 'cargo.raise-signals',
      meaning: 'Evaluates the detectors over the containers of a document or an alert',
      timeoutSeconds: 1800,
      retries: 3,
      run: raiseSignals,
    },
    judgeAgainJob,
    {
      name: 'cargo.check-routes',
      meaning: 'Holds what documents state against the itineraries of alerts',
      timeoutSeconds: 600,
      retries: 5,
      run: checkRoutes,
    },
    {
      name: 'cargo.report-alerts',
      meaning: 'Makes the monthly reports to the desks that send alerts',
      // When the month is over in every zone.
      schedule: '15 12 1 * *',
      timeoutSeconds: 1800,
      retries: 5,
      run: reportAlerts,
    },
    {
      name: 'cargo.erase-alerts',
      meaning: 'Erases alerts, and what was kept with them, when their time is up',
      schedule: '29 * * * *',
      timeoutSeconds: 600,
      retries: 0,
      run: eraseAlerts,
    },
    {
      name: 'cargo.match-alert',
      meaning: 'Compares a received alert with the own declarations',
      timeoutSeconds: 120,
      retries: 5,
      run: matchAlert,
    },
    {
      name: 'cargo.match-alerts',
      meaning: 'Compares open received alerts with new declarations',
      timeoutSeconds: 600,
      retries: 5,
      run: matchAlerts,
    },
  ],
  crossChecks: [cargoCrossCheck],
  retention: pr01.retention.flatMap((rule) =>
    (rule.category === 'lead'
      ? [
          ['cargo.alerts', 'issued_at'],
          ['cargo.alert_views', 'sent_at'],
          ['cargo.reroutes', 'noticed_at'],
        ]
      : [
          ['cargo.alerts', 'issued_at'],
          ['cargo.outcomes', 'at'],
          ['cargo.alert_reports', 'made_at'],
        ]
    ).map(([table = '', from = '']) => ({
      table,
      from,
      category: rule.category,
      review: rule.review,
      erase: rule.erase,
      basis: `${rule.basis.act} ${rule.basis.art}`,
    })),
  ),
  stories: { 1: STORY, 8: STORY, 9: STORY },
})
