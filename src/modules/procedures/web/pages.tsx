import type { Page } from '#web/page.ts'
import { t } from './text.ts'
import { WorkQueue } from './work-queue.tsx'

export const pages: readonly Page[] = [
  { path: '/', component: WorkQueue, nav: { label: t('queue.title'), permission: 'procedures.read-queue', key: 'q', order: 1 } },
]
