/** The parts of the ledger for an authority. */
import { AppLink } from '#web/navigate.tsx'
import { useSessionQuery } from '#web/shell/session.ts'
import { t } from './text.ts'

const PARTS = [
  { path: '/ledger', label: 'ledger.chains', permission: 'alliance.read-chains' },
  { path: '/ledger/signals', label: 'ledger.signals', permission: 'alliance.read-chains' },
  { path: '/partners', label: 'ledger.partners', permission: 'alliance.read-partners' },
  { path: '/ledger/codes', label: 'ledger.codes', permission: 'alliance.read-partners' },
  { path: '/incidents', label: 'ledger.incidents', permission: 'alliance.read-incidents' },
] as const

export function LedgerTabs({ current }: { readonly current: (typeof PARTS)[number]['path'] | undefined }) {
  const held = useSessionQuery().data?.permissions ?? []
  return (
    <nav className="tabs" aria-label={t('ledger.label')}>
      {PARTS.filter(({ permission }) => held.includes(permission)).map(({ path, label }) => (
        <AppLink key={path} to={path} isCurrent={path === current}>
          {t(label)}
        </AppLink>
      ))}
    </nav>
  )
}
