import { lazyPage } from '#web/lazy-page.tsx'
import type { Page } from '#web/page.ts'
import { t } from './text.ts'

export const pages: readonly Page[] = [
  {
    path: '/matches',
    component: lazyPage(async () => (await import('./match-console.tsx')).MatchConsole),
    nav: { label: t('match.title'), permission: 'matching.ask', key: 'h', order: 75 },
  },
  {
    path: '/matches/index',
    component: lazyPage(async () => (await import('./index-page.tsx')).IndexPage),
    nav: { label: t('index.title'), permission: 'matching.index', key: 'r', order: 76 },
  },
]
