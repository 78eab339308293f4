import type { Page } from '#web/page.ts'
import { MatchConsole } from './match-console.tsx'
import { t } from './text.ts'

export const pages: readonly Page[] = [
  { path: '/matches', component: MatchConsole, nav: { label: t('match.title'), permission: 'matching.ask', key: 'h', order: 75 } },
]
