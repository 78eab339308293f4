import type { Page } from '#web/page.ts'
import { LogReplay } from './log-replay.tsx'
import { t } from './text.ts'
import { Verification } from './verification.tsx'

export const pages: readonly Page[] = [
  { path: '/log', component: LogReplay, nav: { label: t('log.title'), permission: 'oversight.replay', key: 'l', order: 90 } },
  {
    path: '/log/verification',
    component: Verification,
    nav: { label: t('verify.title'), permission: 'oversight.replay', key: 'v', order: 91 },
  },
]
