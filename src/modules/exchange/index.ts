/** The one server door of the slice `exchange`: information between authorities under originator control, messages, evidence, the directory. */
import { defineModule } from '#platform/module/define-module.ts'
import { auditEvents, errors, permissions } from './contract.ts'
import { migrations } from './migrations.ts'
import { confirmAnchorRoute, endAnchorRoute, listAnchorsRoute, proposeAnchorRoute } from './server/anchors.ts'
import { attachmentPart, attachmentWanted, fetchAttachmentRoute, readAttachmentRoute, uploadAttachmentRoute } from './server/attachments.ts'
import { attestJob } from './server/attest.ts'
import { expireJob } from './server/expire.ts'
import { feedbackReceived, giveFeedbackRoute, subscribeRoute, subscriptionReceived } from './server/feedback.ts'
import { removeBytesJob } from './server/own-bytes.ts'
import { findPartnerDesksRoute, takePartnerDirectoryRoute } from './server/partner-directories.ts'
import { answerPermissionRoute, askPermissionRoute, passOnRoute, permissionAsked } from './server/permissions.ts'
import { changeMarkingRoute, recallAnswered, recallBinding, recallItemRoute, settleRecallRoute } from './server/recall.ts'
import { itemReceived } from './server/receive-item.ts'
import { approveItemRoute, createItemRoute, previewItemRoute } from './server/release-item.ts'
import { listDirectoryRoute } from './server/routes.ts'
import { showDirectoryRoute } from './server/show-directory.ts'
import { exportItemRoute, listItemsRoute, showItemRoute } from './server/show-item.ts'
import { listMessagesRoute, showMessageRoute } from './server/show-message.ts'
import { listPermissionsRoute } from './server/show-permissions.ts'
import { statementReceived } from './server/statements.ts'

export { attestLater } from './server/attest.ts'
export { attachmentAfterChange, heldAttachment } from './server/held-attachment.ts'
export { digestsHeld, takeIn } from './server/own-bytes.ts'
export { releasesOf } from './server/releases.ts'

export const exchange = defineModule({
  id: 'exchange',
  title: 'Information between authorities: release, evidence, recall',
  measures: [1],
  permissions,
  auditEvents,
  errors,
  migrations,
  routes: [
    listMessagesRoute,
    showMessageRoute,
    listDirectoryRoute,
    showDirectoryRoute,
    listAnchorsRoute,
    proposeAnchorRoute,
    confirmAnchorRoute,
    endAnchorRoute,
    takePartnerDirectoryRoute,
    findPartnerDesksRoute,
    previewItemRoute,
    createItemRoute,
    approveItemRoute,
    listItemsRoute,
    showItemRoute,
    exportItemRoute,
    uploadAttachmentRoute,
    fetchAttachmentRoute,
    readAttachmentRoute,
    askPermissionRoute,
    answerPermissionRoute,
    listPermissionsRoute,
    passOnRoute,
    recallItemRoute,
    settleRecallRoute,
    changeMarkingRoute,
    giveFeedbackRoute,
    subscribeRoute,
  ],
  messages: [
    itemReceived,
    statementReceived,
    recallAnswered,
    permissionAsked,
    feedbackReceived,
    subscriptionReceived,
    attachmentWanted,
    attachmentPart,
  ],
  procedures: [recallBinding],
  jobs: [attestJob, expireJob, removeBytesJob],
  retention: [
    {
      table: 'exchange.items',
      category: 'information exchanged',
      review: 'P6M',
      erase: 'P1Y',
      from: 'at',
      basis: 'Directive (EU) 2016/680 Art 5; the period of each piece is its originator\u2019s',
    },
    {
      table: 'exchange.uploads',
      category: 'bytes to attach that no piece of information has',
      review: 'P7D',
      erase: 'P7D',
      from: 'at',
      basis: 'Directive (EU) 2016/680 Art 4(1)(e) and Art 5; policy: the time in which a piece is written',
    },
  ],
  stories: { 1: 'test/stories/measure-01-suspicious-cargo.story.test.ts' },
})
