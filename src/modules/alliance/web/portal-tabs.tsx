/** The parts of the partner portal. Which of them somebody sees follows from the vetting in force; the node decides again at every request. */
import { AppLink } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { type PartnerKind, showStanding } from '../contract.ts'
import { t } from './text.ts'

const PARTS = [
  { path: '/release-rights', label: 'portal.rights' },
  { path: '/release-rights/new', label: 'portal.release', kind: 'line' },
  { path: '/gate', label: 'portal.gate', kind: 'terminal' },
  { path: '/gate/moves', label: 'portal.moves', kind: 'terminal' },
  { path: '/release-rights/messages', label: 'portal.messages' },
  { path: '/incidents', label: 'portal.incidents' },
  { path: '/standing', label: 'portal.standing' },
] as const satisfies readonly { path: string; label: string; kind?: PartnerKind }[]

export type PortalPath = (typeof PARTS)[number]['path']

export function PortalTabs({ current }: { readonly current: PortalPath | undefined }) {
  const standings = useCall(showStanding, {}).data?.items ?? []
  const kinds = standings.filter(({ state }) => state === 'active').map(({ kind }) => kind)
  return (
    <nav className="tabs" aria-label={t('portal.label')}>
      {PARTS.filter((part) => !('kind' in part) || kinds.includes(part.kind)).map(({ path, label }) => (
        <AppLink key={path} to={path} isCurrent={path === current}>
          {t(label)}
        </AppLink>
      ))}
    </nav>
  )
}
