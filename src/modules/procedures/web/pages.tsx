import { lazyPage } from '#web/lazy-page.tsx'
import type { Page } from '#web/page.ts'
import { t } from './text.ts'
import { WorkQueue } from './work-queue.tsx'

export const pages: readonly Page[] = [
  { path: '/', component: WorkQueue, nav: { label: t('queue.title'), permission: 'procedures.read-queue', key: 'q', order: 1 } },
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
