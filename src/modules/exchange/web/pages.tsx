import { lazyPage } from '#web/lazy-page.tsx'
import type { Page } from '#web/page.ts'
import { t } from './text.ts'

export const pages: readonly Page[] = [
  {
    path: '/items',
    component: lazyPage(async () => (await import('./item-list.tsx')).ItemList),
    nav: { label: t('items.title'), permission: 'exchange.read', key: 'f', order: 60 },
  },
  { path: '/items/new', component: lazyPage(async () => (await import('./item-form.tsx')).ItemForm) },
  { path: '/items/$item', component: lazyPage(async () => (await import('./item.tsx')).ItemPage) },
  {
    path: '/permissions',
    component: lazyPage(async () => (await import('./permissions.tsx')).PermissionsPage),
    nav: { label: t('permissions.title'), permission: 'exchange.read', key: 'e', order: 65 },
  },
  {
    path: '/messages',
    component: lazyPage(async () => (await import('./message-list.tsx')).MessageList),
    nav: { label: t('messages.title'), permission: 'exchange.read', key: 'm', order: 70 },
  },
  { path: '/messages/$message', component: lazyPage(async () => (await import('./message-page.tsx')).MessagePage) },
  { path: '/directory/anchors', component: lazyPage(async () => (await import('./anchors.tsx')).AnchorsPage) },
  {
    path: '/directory',
    component: lazyPage(async () => (await import('./directory.tsx')).DirectoryPage),
    nav: { label: t('directory.title'), permission: 'exchange.read', key: 'd', order: 80 },
  },
]
