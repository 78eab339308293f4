/** The parts of intake, above each of its pages. */
import { AppLink } from '#web/navigate.tsx'
import { useSessionQuery } from '#web/shell/session.ts'
import { t } from './intake-text.ts'

const PARTS = [
  { path: '/intake', label: 'tabs.documents', permission: 'cargo.read' },
  { path: '/intake/answers', label: 'tabs.answers', permission: 'cargo.read' },
  { path: '/intake/mappings', label: 'tabs.mappings', permission: 'cargo.read' },
  { path: '/intake/channels', label: 'tabs.channels', permission: 'cargo.manage-channels' },
  { path: '/intake/folder', label: 'tabs.folder', permission: 'cargo.intake' },
] as const

export function IntakeTabs({ current }: { readonly current: (typeof PARTS)[number]['path'] }) {
  const held = useSessionQuery().data?.permissions ?? []
  return (
    <nav className="tabs" aria-label={t('tabs.label')}>
      {PARTS.filter(({ permission }) => held.includes(permission)).map(({ path, label }) => (
        <AppLink key={path} to={path} isCurrent={path === current}>
          {t(label)}
        </AppLink>
      ))}
    </nav>
  )
}
