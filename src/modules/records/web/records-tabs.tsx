/** The parts of the record graph, above each of its pages. */
import { AppLink } from '#web/navigate.tsx'
import { useSessionQuery } from '#web/shell/session.ts'
import { t } from './text.ts'

const PARTS = [
  { path: '/records', label: 'parts.search', permission: 'records.read' },
  { path: '/records/imports', label: 'parts.imports', permission: 'records.read' },
  { path: '/records/cross-references', label: 'parts.crossrefs', permission: 'records.read' },
  { path: '/records/judgements', label: 'parts.judgements', permission: 'records.read' },
  { path: '/records/boards', label: 'parts.boards', permission: 'records.read' },
  { path: '/records/reviews', label: 'parts.reviews', permission: 'records.write' },
] as const

export function RecordsTabs({ current }: { readonly current: (typeof PARTS)[number]['path'] | undefined }) {
  const held = useSessionQuery().data?.permissions ?? []
  return (
    <nav className="tabs" aria-label={t('parts.label')}>
      {PARTS.filter(({ permission }) => held.includes(permission)).map(({ path, label }) => (
        <AppLink key={path} to={path} isCurrent={path === current}>
          {t(label)}
        </AppLink>
      ))}
    </nav>
  )
}
