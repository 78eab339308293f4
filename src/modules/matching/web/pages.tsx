import type { Page } from '#web/page.ts'
import { IndexPage } from './index-page.tsx'
import { MatchConsole } from './match-console.tsx'
import { t } from './text.ts'

export const pages: readonly Page[] = [
  { path: '/matches', component: MatchConsole, nav: { label: t('match.title'), permission: 'matching.ask', key: 'h', order: 75 } },
  { path: '/matches/index', component: IndexPage, nav: { label: t('index.title'), permission: 'matching.index', key: 'r', order: 76 } },
]
