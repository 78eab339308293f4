import { lazyPage } from '#web/lazy-page.tsx'
import type { Page } from '#web/page.ts'
import { AlertPage } from './alert.tsx'
import { AlertForm } from './alert-form.tsx'
import { AlertList } from './alert-list.tsx'
import { OverdueAlerts } from './alert-overdue.tsx'
import { AlertReportPage } from './alert-report.tsx'
import { t as alertText } from './alert-text.ts'
import { ConsignmentTable } from './consignment-table.tsx'
import { ContainerPage } from './container.tsx'
import { DocumentPage } from './document.tsx'
import { EquipmentTable } from './equipment-table.tsx'
import { Intake } from './intake.tsx'
import { PortActionList, PortActionPage } from './port-actions.tsx'
import { Statistics } from './statistics.tsx'
import { t } from './text.ts'
import { t as ofVessels } from './vessel-text.ts'

export const pages: readonly Page[] = [
  { path: '/alerts', component: AlertList, nav: { label: t('alerts.title'), permission: 'cargo.read', key: 'a', order: 10 } },
  { path: '/alerts/new', component: AlertForm, nav: { label: t('form.title'), permission: 'cargo.issue-alert', key: 'n', order: 15 } },
  { path: '/alerts/$alert', component: AlertPage },
  {
    path: '/port-actions',
    component: PortActionList,
    nav: { label: t('port.title'), permission: 'cargo.read-port-actions', key: 'p', order: 20 },
  },
  { path: '/port-actions/$action', component: PortActionPage },
  { path: '/intake', component: Intake, nav: { label: t('intake.title'), permission: 'cargo.intake', key: 'i', order: 30 } },
  { path: '/documents/$document', component: DocumentPage },
  { path: '/containers', component: EquipmentTable, nav: { label: t('equipment.title'), permission: 'cargo.read', key: 'c', order: 40 } },
  { path: '/containers/$container', component: ContainerPage },
  {
    path: '/consignments',
    component: ConsignmentTable,
    nav: { label: t('consignments.title'), permission: 'cargo.read', key: 'b', order: 50 },
  },
  { path: '/containers/$container/life', component: lazyPage(async () => (await import('./life-page.tsx')).LifePage) },
  {
    path: '/vessels',
    component: lazyPage(async () => (await import('./vessel-list.tsx')).VesselList),
    nav: { label: ofVessels('vessels.title'), permission: 'cargo.read', key: 'z', order: 42 },
  },
  { path: '/vessels/$vessel', component: lazyPage(async () => (await import('./vessel-page.tsx')).VesselPage) },
  { path: '/overdue', component: OverdueAlerts, nav: { label: alertText('overdue.title'), permission: 'cargo.read', key: 'y', order: 12 } },
  { path: '/alert-reports/$month', component: AlertReportPage },
  { path: '/statistics', component: Statistics, nav: { label: t('stats.title'), permission: 'cargo.read', key: 's', order: 60 } },
]
