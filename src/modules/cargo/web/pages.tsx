import { lazyPage } from '#web/lazy-page.tsx'
import type { Page } from '#web/page.ts'
import { t as alertText } from './alert-text.ts'
import { t } from './text.ts'
import { t as ofVessels } from './vessel-text.ts'

export const pages: readonly Page[] = [
  {
    path: '/alerts',
    component: lazyPage(async () => (await import('./alert-list.tsx')).AlertList),
    nav: { label: t('alerts.title'), permission: 'cargo.read', key: 'a', order: 10 },
  },
  {
    path: '/alerts/new',
    component: lazyPage(async () => (await import('./alert-form.tsx')).AlertForm),
    nav: { label: t('form.title'), permission: 'cargo.issue-alert', key: 'n', order: 15 },
  },
  { path: '/alerts/$alert', component: lazyPage(async () => (await import('./alert.tsx')).AlertPage) },
  {
    path: '/port-actions',
    component: lazyPage(async () => (await import('./port-actions.tsx')).PortActionList),
    nav: { label: t('port.title'), permission: 'cargo.read-port-actions', key: 'p', order: 20 },
  },
  { path: '/port-actions/$action', component: lazyPage(async () => (await import('./port-actions.tsx')).PortActionPage) },
  {
    path: '/intake',
    component: lazyPage(async () => (await import('./intake.tsx')).Intake),
    nav: { label: t('intake.title'), permission: 'cargo.intake', key: 'i', order: 30 },
  },
  { path: '/intake/answers', component: lazyPage(async () => (await import('./answers-page.tsx')).AnswersPage) },
  { path: '/intake/mappings', component: lazyPage(async () => (await import('./mappings-page.tsx')).MappingsPage) },
  { path: '/intake/channels', component: lazyPage(async () => (await import('./channels-page.tsx')).ChannelsPage) },
  { path: '/intake/folder', component: lazyPage(async () => (await import('./folder-page.tsx')).FolderPage) },
  { path: '/documents/$document/answers/$ordinal', component: lazyPage(async () => (await import('./answer-page.tsx')).AnswerPage) },
  { path: '/documents/$document/mapping', component: lazyPage(async () => (await import('./mapping-page.tsx')).MappingPage) },
  { path: '/documents/$document', component: lazyPage(async () => (await import('./document.tsx')).DocumentPage) },
  {
    path: '/containers',
    component: lazyPage(async () => (await import('./equipment-table.tsx')).EquipmentTable),
    nav: { label: t('equipment.title'), permission: 'cargo.read', key: 'c', order: 40 },
  },
  { path: '/containers/$container', component: lazyPage(async () => (await import('./container.tsx')).ContainerPage) },
  {
    path: '/consignments',
    component: lazyPage(async () => (await import('./consignment-table.tsx')).ConsignmentTable),
    nav: { label: t('consignments.title'), permission: 'cargo.read', key: 'b', order: 50 },
  },
  { path: '/containers/$container/life', component: lazyPage(async () => (await import('./life-page.tsx')).LifePage) },
  {
    path: '/vessels',
    component: lazyPage(async () => (await import('./vessel-list.tsx')).VesselList),
    nav: { label: ofVessels('vessels.title'), permission: 'cargo.read', key: 'z', order: 42 },
  },
  { path: '/vessels/$vessel', component: lazyPage(async () => (await import('./vessel-page.tsx')).VesselPage) },
  {
    path: '/overdue',
    component: lazyPage(async () => (await import('./alert-overdue.tsx')).OverdueAlerts),
    nav: { label: alertText('overdue.title'), permission: 'cargo.read', key: 'y', order: 12 },
  },
  { path: '/alert-reports/$month', component: lazyPage(async () => (await import('./alert-report.tsx')).AlertReportPage) },
  {
    path: '/statistics',
    component: lazyPage(async () => (await import('./statistics.tsx')).Statistics),
    nav: { label: t('stats.title'), permission: 'cargo.read', key: 's', order: 60 },
  },
]
