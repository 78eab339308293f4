/** The own links of a partner, and nothing beside them: what it received, from whom, and to whom it passed it. */
import { ProblemError } from '#web/client.ts'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { type Column, DataGrid } from '#web/kit/data-grid.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { AppLink, type Search, useAddress, useGo } from '#web/navigate.tsx'
import { usePages } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { type LinkView, listRights } from '../contract.ts'
import { PortalTabs } from './portal-tabs.tsx'
import type { RightName } from './right-name-fields.tsx'
import { code, t } from './text.ts'

type Row = Omit<LinkView, 'ready'>

export const LINK_TONE: Readonly<Record<string, Tone>> = {
  held: 'info',
  ordered: 'info',
  'pre-notified': 'info',
  'gate-matched': 'good',
  collected: 'good',
  revoked: 'bad',
}

export function rightSearch({ container, voyage, port }: RightName): Search {
  return { container, voyage, port }
}

const columns: readonly Column<Row>[] = [
  {
    id: 'container',
    header: t('rights.container'),
    width: '9rem',
    cell: (row) => (
      <AppLink to="/release-rights/right" search={rightSearch(row)}>
        {row.container}
      </AppLink>
    ),
  },
  { id: 'voyage', header: t('rights.voyage'), width: '12rem', cell: (row) => row.voyage },
  { id: 'port', header: t('rights.port'), width: '8rem', cell: (row) => row.port },
  {
    id: 'state',
    header: t('rights.state'),
    width: '10rem',
    cell: (row) => <Badge tone={LINK_TONE[row.state] ?? 'neutral'}>{code('linkState', row.state)}</Badge>,
  },
  { id: 'as', header: t('rights.as'), width: '8rem', cell: (row) => code('partnerKind', row.as) },
  { id: 'from', header: t('rights.from'), width: '14rem', cell: (row) => row.from?.name ?? '' },
  { id: 'given', header: t('rights.given'), width: '15rem', cell: (row) => (row.givenAt === undefined ? '' : showInstant(row.givenAt)) },
  { id: 'to', header: t('rights.to'), width: 'minmax(14rem, 1fr)', cell: (row) => row.to?.name ?? '' },
]

const OPEN = ['yes', 'no', 'all'] as const

export function RightsPage() {
  const address = useAddress()
  const go = useGo()
  const { container } = address
  const open = OPEN.find((each) => each === address['open']) ?? 'all'
  const pages = usePages<Row, typeof listRights>(listRights, { open, container })
  const { error } = pages.query
  const isShut = error instanceof ProblemError && error.code === 'alliance.not-vetted'
  return (
    <>
      <h1>{t('rights.title')}</h1>
      <PortalTabs current="/release-rights" />
      <p className="muted">{t('rights.intro')}</p>
      <div className="toolbar">
        <TextField
          label={t('rights.container')}
          type="search"
          value={container ?? ''}
          onChange={(value) => go('/release-rights', { open, container: value.toUpperCase() }, { replace: true })}
          maxLength={20}
        />
        <Select
          label={t('rights.show')}
          value={open}
          onChange={(value) => go('/release-rights', { open: value, container }, { replace: true })}
          choices={[
            { id: 'all', label: t('rights.all') },
            { id: 'yes', label: t('rights.open') },
            { id: 'no', label: t('rights.done') },
          ]}
        />
      </div>
      {isShut ? <p role="alert">{t('rights.notVetted')}</p> : <Problem error={error} />}
      <DataGrid
        label={t('rights.grid')}
        columns={columns}
        rows={pages.rows}
        keyOf={(row) => `${row.right} ${row.as}`}
        hasMore={pages.hasMore}
        onMore={pages.more}
        onOpen={(row) => go('/release-rights/right', rightSearch(row))}
      />
    </>
  )
}
