/** The one server door of the slice `cargo`: intake, signals, cargo alerts (PR-01), port actions (PR-09). */
import { defineModule } from '#platform/module/define-module.ts'
import { auditEvents, errors, permissions } from './contract.ts'
import { detectorDocs } from './detectors/index.ts'
import { migrations } from './migrations.ts'
import { pr01 } from './procedures/pr-01-cargo-alert.ts'
import { alertBinding, alertProgress } from './server/alert-effects.ts'
import { moveAlertRoute, recallAlertRoute, updateAlertRoute } from './server/change-alert.ts'
import { listConsignmentsRoute } from './server/consignments.ts'
import { showContainerRoute } from './server/container-page.ts'
import { cargoCrossCheck } from './server/cross-check.ts'
import { listDocumentsRoute, showDocumentRoute, showSourceRoute, uploadDocumentRoute } from './server/documents.ts'
import { listEquipmentRoute } from './server/equipment.ts'
import { checkIdentifierRoute, searchPlacesRoute } from './server/identifiers.ts'
import { issueAlertRoute, previewAlertRoute } from './server/issue-alert.ts'
import { exportAlertsRoute, listAlertsRoute } from './server/list-alerts.ts'
import { matchAlert, matchAlerts } from './server/match-alert.ts'
import {
  listPortActionsRoute,
  movePortActionRoute,
  portActionBinding,
  portActionProgress,
  portActionReceived,
  requestPortActionRoute,
  showPortActionRoute,
} from './server/port-actions.ts'
import { readDocument } from './server/read-document.ts'
import { alertReceived, alertUpdated, alertWithdrawn } from './server/receive-alert.ts'
import { showAlertRoute } from './server/show-alert.ts'
import { raiseSignals } from './server/signals.ts'
import { hitRatesRoute } from './server/statistics.ts'

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
    listEquipmentRoute,
    listConsignmentsRoute,
    showContainerRoute,
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
    hitRatesRoute,
    requestPortActionRoute,
    listPortActionsRoute,
    showPortActionRoute,
    movePortActionRoute,
  ],
  messages: [alertReceived, alertUpdated, alertWithdrawn, alertProgress, portActionReceived, portActionProgress],
  procedures: [alertBinding, portActionBinding],
  detectors: detectorDocs,
  jobs: [
    { name: 'cargo.read-document', meaning: 'Reads a document that was taken in', timeoutSeconds: 1800, retries: 5, run: readDocument },
    {
      name: 'cargo.raise-signals',
      meaning: 'Evaluates the detectors over the containers of a document or an alert',
      timeoutSeconds: 1800,
      retries: 3,
      run: raiseSignals,
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
  retention: pr01.retention.map((rule) => ({
    table: 'cargo.alerts',
    category: rule.category,
    review: rule.review,
    erase: rule.erase,
    from: 'issued_at',
    basis: `${rule.basis.act} ${rule.basis.art}`,
  })),
  stories: { 1: STORY, 8: STORY, 9: STORY },
})
