/** Vessels as the stowage plans of this desk name them. */
import { useEffect } from 'react'
import { type Column, DataGrid } from '#web/kit/data-grid.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { usePages } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { listVessels, type VesselRow } from '../contract/vessel.ts'
import { vesselAddress } from './vessel-address.ts'
import { t } from './vessel-text.ts'

const columns: readonly Column<VesselRow>[] = [
  {
    id: 'vessel',
    header: t('vessels.vessel'),
    width: 'minmax(14rem, 1fr)',
    cell: (row) => <AppLink to={vesselAddress(row.vessel)}>{row.name ?? row.imo ?? t('vessels.unnamed')}</AppLink>,
  },
  { id: 'imo', header: t('vessels.imo'), width: '8rem', cell: (row) => row.imo ?? '' },
  { id: 'plans', header: t('vessels.plans'), width: '5rem', isNumber: true, cell: (row) => row.plans },
  { id: 'last', header: t('vessels.last'), width: '15rem', cell: (row) => showInstant(row.lastReceivedAt) },
]

export function VesselList() {
  // Whoever looks at the list opens a vessel next: its page is here by then.
  useEffect(() => void import('./vessel-page.tsx'), [])
  const { text } = useAddress()
  const go = useGo()
  const pages = usePages<VesselRow, typeof listVessels>(listVessels, { text, limit: 100 })
  return (
    <>
      <h1>{t('vessels.title')}</h1>
      <div className="toolbar">
        <TextField
          label={t('vessels.search')}
          type="search"
          value={text ?? ''}
          onChange={(value) => go('/vessels', { text: value.toUpperCase() }, { replace: true })}
          maxLength={60}
        />
      </div>
      <Problem error={pages.query.error} />
      <DataGrid
        label={t('vessels.grid')}
        columns={columns}
        rows={pages.rows}
        keyOf={(row) => row.vessel}
        hasMore={pages.hasMore}
        onMore={pages.more}
        onOpen={(row) => go(vesselAddress(row.vessel))}
      />
    </>
  )
}
