import type { Page } from '#web/page.ts'
import { DirectoryPage } from './directory.tsx'
import { MessageList, MessagePage } from './message-pages.tsx'
import { t } from './text.ts'

export const pages: readonly Page[] = [
  { path: '/messages', component: MessageList, nav: { label: t('messages.title'), permission: 'exchange.read', key: 'm', order: 70 } },
  { path: '/messages/$message', component: MessagePage },
  { path: '/directory', component: DirectoryPage, nav: { label: t('directory.title'), permission: 'exchange.read', key: 'd', order: 80 } },
]
