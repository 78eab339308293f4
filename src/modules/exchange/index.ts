/** The one server door of the slice `exchange`: what an authority sees of its messages, their evidence and the directory. The link itself is platform. */
import { defineModule } from '#platform/module/define-module.ts'
import { auditEvents, errors, permissions } from './contract.ts'
import { listDirectoryRoute, listMessagesRoute, showMessageRoute } from './server/routes.ts'

export const exchange = defineModule({
  id: 'exchange',
  title: 'Messages between authorities',
  measures: [1],
  permissions,
  auditEvents,
  errors,
  routes: [listMessagesRoute, showMessageRoute, listDirectoryRoute],
  stories: { 1: 'test/stories/measure-01-suspicious-cargo.story.test.ts' },
})
