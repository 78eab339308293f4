import { lazyPage } from '#web/lazy-page.tsx'
import type { Page } from '#web/page.ts'
import { t } from './text.ts'

export const pages: readonly Page[] = [
  {
    path: '/',
    component: lazyPage(async () => (await import('./work-queue.tsx')).WorkQueue),
    nav: { label: t('queue.title'), permission: 'procedures.read-queue', key: 'q', order: 1 },
  },
  {
    path: '/notices',
    component: lazyPage(async () => (await import('./notices.tsx')).NoticesPage),
    nav: { label: t('notices.title'), permission: 'procedures.read-notices', key: 'u', order: 2 },
  },
  {
    path: '/hand-over',
    component: lazyPage(async () => (await import('./hand-over.tsx')).HandOverPage),
    nav: { label: t('shift.title'), permission: 'procedures.hand-over', key: 'w', order: 3 },
  },
  {
    path: '/procedure-statistics',
    component: lazyPage(async () => (await import('./statistics.tsx')).ProcedureStatisticsPage),
    nav: { label: t('figures.title'), permission: 'procedures.read-statistics', key: 't', order: 94 },
  },
  { path: '/cases/$case', component: lazyPage(async () => (await import('./case-page.tsx')).CasePage) },
  { path: '/cases/$case/certificate', component: lazyPage(async () => (await import('./certificate-page.tsx')).CertificatePage) },
  {
    path: '/follow-ups',
    component: lazyPage(async () => (await import('./links-follow-up-page.tsx')).FollowUpPage),
    nav: { label: t('followUps.title'), permission: 'procedures.read-queue', key: 'k', order: 4 },
  },
  {
    path: '/procedures',
    component: lazyPage(async () => (await import('./catalogue-page.tsx')).CataloguePage),
    nav: { label: t('catalogue.title'), permission: 'procedures.read-catalogue', key: 'o', order: 92 },
  },
  { path: '/procedures/$procedure', component: lazyPage(async () => (await import('./procedure-page.tsx')).ProcedurePage) },
  { path: '/procedures/$procedure/open', component: lazyPage(async () => (await import('./open-case.tsx')).OpenCasePage) },
]
