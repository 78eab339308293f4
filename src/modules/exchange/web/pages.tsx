import type { Page } from '#web/page.ts'
import { AnchorsPage } from './anchors.tsx'
import { DirectoryPage } from './directory.tsx'
import { ItemPage } from './item.tsx'
import { ItemForm } from './item-form.tsx'
import { ItemList } from './item-list.tsx'
import { MessageList } from './message-list.tsx'
import { MessagePage } from './message-page.tsx'
import { PermissionsPage } from './permissions.tsx'
import { t } from './text.ts'

export const pages: readonly Page[] = [
  { path: '/items', component: ItemList, nav: { label: t('items.title'), permission: 'exchange.read', key: 'f', order: 60 } },
  { path: '/items/new', component: ItemForm },
  { path: '/items/$item', component: ItemPage },
  {
    path: '/permissions',
    component: PermissionsPage,
    nav: { label: t('permissions.title'), permission: 'exchange.read', key: 'e', order: 65 },
  },
  { path: '/messages', component: MessageList, nav: { label: t('messages.title'), permission: 'exchange.read', key: 'm', order: 70 } },
  { path: '/messages/$message', component: MessagePage },
  { path: '/directory/anchors', component: AnchorsPage },
  { path: '/directory', component: DirectoryPage, nav: { label: t('directory.title'), permission: 'exchange.read', key: 'd', order: 80 } },
]
