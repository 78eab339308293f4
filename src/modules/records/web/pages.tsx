import { lazyPage } from '#web/lazy-page.tsx'
import type { Page } from '#web/page.ts'
import { t } from './text.ts'

export const pages: readonly Page[] = [
  {
    path: '/records',
    component: lazyPage(async () => (await import('./search-page.tsx')).SearchPage),
    nav: { label: t('search.title'), permission: 'records.read', key: 'x', order: 55 },
  },
  { path: '/records/new', component: lazyPage(async () => (await import('./enter-page.tsx')).EnterPage) },
  { path: '/records/compare', component: lazyPage(async () => (await import('./compare-page.tsx')).ComparePage) },
  { path: '/records/judgements', component: lazyPage(async () => (await import('./judgements-page.tsx')).JudgementsPage) },
  { path: '/records/imports', component: lazyPage(async () => (await import('./imports-page.tsx')).ImportsPage) },
  { path: '/records/imports/$import', component: lazyPage(async () => (await import('./import-page.tsx')).ImportPage) },
  { path: '/records/cross-references', component: lazyPage(async () => (await import('./crossrefs-page.tsx')).CrossrefsPage) },
  { path: '/records/cross-references/$crossref', component: lazyPage(async () => (await import('./crossref-page.tsx')).CrossrefPage) },
  { path: '/records/boards', component: lazyPage(async () => (await import('./boards-page.tsx')).BoardsPage) },
  { path: '/records/graph', component: lazyPage(async () => (await import('./graph-page.tsx')).GraphPage) },
  { path: '/records/reviews', component: lazyPage(async () => (await import('./reviews-page.tsx')).ReviewsPage) },
  { path: '/records/$entity', component: lazyPage(async () => (await import('./record-page.tsx')).RecordPage) },
  { path: '/records/$entity/inventory', component: lazyPage(async () => (await import('./inventory-page.tsx')).InventoryPage) },
]
