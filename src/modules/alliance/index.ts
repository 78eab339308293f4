/** The one server door of the slice `alliance`: partners and their vetting, the release-right ledger with its signals, incidents, integrity reports, assistance to ports. */
import { releaseDetectors } from '#kernel/release-right/detectors/index.ts'
import { defineModule } from '#platform/module/define-module.ts'
import { auditEvents, errors, permissions } from './contract.ts'
import { migrations } from './migrations.ts'
import { alertAssistance } from './procedures/pr-13-alert-assistance.ts'
import { listAllianceSignalsRoute, listChainsRoute, showChainRoute } from './server/chains.ts'
import { changeCodeRoute, enterCodeRoute, listCodesRoute } from './server/codes.ts'
import { revokeByAuthorityRoute, setCustomsStateRoute } from './server/customs-acts.ts'
import { eraseJob } from './server/erase.ts'
import { answerIncidentRoute, listIncidentsRoute, reportIncidentRoute, showIncidentRoute } from './server/incidents.ts'
import { answerIntegrityReportRoute, listIntegrityReportsRoute, showIntegrityReportRoute } from './server/integrity-desk.ts'
import { addToReportRoute, integrityDesksRoute, readReceiptRoute, submitIntegrityReportRoute } from './server/integrity-open.ts'
import { listMessageFilesRoute, showMessageFileRoute, uploadMessageFileRoute } from './server/message-files.ts'
import { sendMessagesRoute } from './server/messages.ts'
import { findPartiesRoute, listRightsRoute, showRightRoute } from './server/own-links.ts'
import {
  matchGateRoute,
  orderTransportRoute,
  preNotifyRoute,
  releaseRightRoute,
  reportMoveRoute,
  revokeByLineRoute,
  transferRightRoute,
} from './server/partner-acts.ts'
import { changePartnerRoute, invitePartnerRoute, listPartnersRoute, showStandingRoute } from './server/partners.ts'
import { noteReachJob } from './server/reach.ts'
import { retention } from './server/retention.ts'
import { takeDeliveriesJob } from './server/take-deliveries.ts'
import { takeFileJob } from './server/take-file.ts'
import { destroySalts, verifyChains } from './server/tend.ts'

const STORY = 'test/stories/release-right.story.test.ts'

export const alliance = defineModule({
  id: 'alliance',
  title: 'Supply-chain alliance: partners, release rights, integrity',
  measures: [8, 9],
  permissions,
  auditEvents,
  errors,
  migrations,
  routes: [
    listRightsRoute,
    showRightRoute,
    releaseRightRoute,
    transferRightRoute,
    orderTransportRoute,
    preNotifyRoute,
    matchGateRoute,
    reportMoveRoute,
    revokeByLineRoute,
    findPartiesRoute,
    sendMessagesRoute,
    uploadMessageFileRoute,
    listMessageFilesRoute,
    showMessageFileRoute,
    listChainsRoute,
    showChainRoute,
    listAllianceSignalsRoute,
    setCustomsStateRoute,
    revokeByAuthorityRoute,
    listPartnersRoute,
    invitePartnerRoute,
    changePartnerRoute,
    showStandingRoute,
    listCodesRoute,
    enterCodeRoute,
    changeCodeRoute,
    reportIncidentRoute,
    listIncidentsRoute,
    showIncidentRoute,
    answerIncidentRoute,
    integrityDesksRoute,
    submitIntegrityReportRoute,
    readReceiptRoute,
    addToReportRoute,
    listIntegrityReportsRoute,
    showIntegrityReportRoute,
    answerIntegrityReportRoute,
  ],
  procedures: [{ definition: alertAssistance, effects: {} }],
  detectors: releaseDetectors.map(({ id, version, title, knownLimits }) => ({ id, version, title, knownLimits })),
  jobs: [
    noteReachJob,
    takeFileJob,
    takeDeliveriesJob,
    eraseJob,
    {
      name: 'alliance.verify-chains',
      meaning: 'Checks every chain of the ledger against alteration',
      schedule: '40 2 * * *',
      timeoutSeconds: 3600,
      retries: 2,
      run: verifyChains,
    },
    {
      name: 'alliance.destroy-salts',
      meaning: 'Destroys salts of voyages that are over: tokens of vehicles and drivers mean nothing any more',
      schedule: '20 3 * * *',
      timeoutSeconds: 300,
      retries: 3,
      run: destroySalts,
    },
  ],
  retention: Object.values(retention),
  stories: { 8: STORY, 9: STORY },
})
