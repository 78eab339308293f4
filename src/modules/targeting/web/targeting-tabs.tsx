/** The parts of targeting, above each of its pages. */
import './targeting.css'
import { AppLink } from '#web/navigate.tsx'
import { useSessionQuery } from '#web/shell/session.ts'
import { t } from './text.ts'

const PARTS = [
  { path: '/targeting', label: 'parts.desk' },
  { path: '/targeting/outcomes', label: 'parts.outcomes' },
  { path: '/targeting/rules', label: 'parts.rules' },
  { path: '/targeting/watches', label: 'parts.watches' },
  { path: '/targeting/effectiveness', label: 'parts.effectiveness' },
  { path: '/targeting/scores', label: 'parts.scores' },
  { path: '/targeting/indicators', label: 'parts.indicators' },
  { path: '/targeting/senders', label: 'parts.senders' },
] as const

export function TargetingTabs({ current }: { readonly current: (typeof PARTS)[number]['path'] }) {
  return (
    <nav className="tabs" aria-label={t('parts.label')}>
      {PARTS.map(({ path, label }) => (
        <AppLink key={path} to={path} isCurrent={path === current}>
          {t(label)}
        </AppLink>
      ))}
    </nav>
  )
}

export function useMay(): (permission: string) => boolean {
  const held = useSessionQuery().data?.permissions ?? []
  return (permission) => held.includes(permission)
}
