import { lazyPage } from '#web/lazy-page.tsx'
import type { Page } from '#web/page.ts'
import { t } from './text.ts'

export const pages: readonly Page[] = [
  {
    path: '/log',
    component: lazyPage(async () => (await import('./log-replay.tsx')).LogReplay),
    nav: { label: t('log.title'), permission: 'oversight.replay', key: 'l', order: 90 },
  },
  {
    path: '/log/verification',
    component: lazyPage(async () => (await import('./verification.tsx')).Verification),
    nav: { label: t('verify.title'), permission: 'oversight.replay', key: 'v', order: 91 },
  },
]
