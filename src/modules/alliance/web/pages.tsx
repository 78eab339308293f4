import { lazyPage } from '#web/lazy-page.tsx'
import type { Page } from '#web/page.ts'
import { t } from './text.ts'

export const pages: readonly Page[] = [
  {
    path: '/release-rights',
    component: lazyPage(async () => (await import('./rights-page.tsx')).RightsPage),
    nav: { label: t('rights.title'), permission: 'alliance.use-rights', key: '1', order: 12 },
  },
  { path: '/release-rights/right', component: lazyPage(async () => (await import('./right-page.tsx')).RightPage) },
  { path: '/release-rights/new', component: lazyPage(async () => (await import('./release-page.tsx')).ReleasePage) },
  { path: '/release-rights/messages', component: lazyPage(async () => (await import('./message-files-page.tsx')).MessageFilesPage) },
  { path: '/release-rights/messages/$file', component: lazyPage(async () => (await import('./message-file-page.tsx')).MessageFilePage) },
  { path: '/gate', component: lazyPage(async () => (await import('./gate-page.tsx')).GatePage) },
  { path: '/gate/moves', component: lazyPage(async () => (await import('./move-page.tsx')).MovePage) },
  {
    path: '/standing',
    component: lazyPage(async () => (await import('./standing-page.tsx')).StandingPage),
    nav: { label: t('standing.title'), permission: 'alliance.read-standing', key: '2', order: 13 },
  },
  {
    path: '/ledger',
    component: lazyPage(async () => (await import('./ledger-page.tsx')).LedgerPage),
    nav: { label: t('ledger.title'), permission: 'alliance.read-chains', key: '3', order: 44 },
  },
  { path: '/ledger/signals', component: lazyPage(async () => (await import('./ledger-signals-page.tsx')).LedgerSignalsPage) },
  { path: '/ledger/codes', component: lazyPage(async () => (await import('./codes-page.tsx')).CodesPage) },
  { path: '/ledger/$right', component: lazyPage(async () => (await import('./chain-page.tsx')).ChainPage) },
  { path: '/partners', component: lazyPage(async () => (await import('./partners-page.tsx')).PartnersPage) },
  {
    path: '/incidents',
    component: lazyPage(async () => (await import('./incidents-page.tsx')).IncidentsPage),
    nav: { label: t('incidents.title'), permission: 'alliance.read-incidents', key: '4', order: 46 },
  },
  { path: '/incidents/new', component: lazyPage(async () => (await import('./incident-form.tsx')).IncidentForm) },
  { path: '/incidents/$incident', component: lazyPage(async () => (await import('./incident-page.tsx')).IncidentPage) },
  {
    path: '/integrity',
    component: lazyPage(async () => (await import('./integrity-page.tsx')).IntegrityPage),
    nav: { label: t('integrity.title'), permission: 'alliance.read-integrity', key: '5', order: 48 },
  },
  { path: '/integrity/$report', component: lazyPage(async () => (await import('./integrity-report-page.tsx')).IntegrityReportPage) },
  // Open to anybody, without a session: the shell shows it without a frame that names somebody.
  { path: '/report', isOpen: true, component: lazyPage(async () => (await import('./report-page.tsx')).ReportPage) },
]
