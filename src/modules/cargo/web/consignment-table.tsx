/** Transport documents and declarations as this desk holds them, by page. */
import { type Column, DataGrid } from '#web/kit/data-grid.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { usePages } from '#web/queries.ts'
import { type ConsignmentRow, listConsignments } from '../contract.ts'
import { t } from './text.ts'

const columns: readonly Column<ConsignmentRow>[] = [
  { id: 'bill', header: t('consignments.billHead'), width: '10rem', cell: (row) => row.bill },
  {
    id: 'kind',
    header: t('consignments.kind'),
    width: '10rem',
    cell: (row) => t(row.declaration ? 'consignments.declaration' : 'consignments.transport'),
  },
  { id: 'consignor', header: t('consignments.consignor'), width: '15rem', cell: (row) => row.consignor ?? '' },
  { id: 'consignee', header: t('consignments.consignee'), width: '15rem', cell: (row) => row.consignee ?? '' },
  { id: 'route', header: t('consignments.route'), width: '9rem', cell: (row) => [row.loading, row.discharge].filter(Boolean).join(' → ') },
  { id: 'goods', header: t('consignments.goods'), width: 'minmax(16rem, 1fr)', cell: (row) => row.goods ?? '' },
  { id: 'hs', header: t('consignments.hs'), width: '6rem', cell: (row) => row.hs ?? '' },
  { id: 'gross', header: t('consignments.gross'), width: '6rem', isNumber: true, cell: (row) => row.gross?.toLocaleString('en-GB') ?? '' },
  { id: 'packages', header: t('consignments.packages'), width: '6rem', isNumber: true, cell: (row) => row.packages ?? '' },
  {
    id: 'containers',
    header: t('consignments.containers'),
    width: '14rem',
    cell: (row) =>
      row.containers.map((each) => (
        <span key={each}>
          <AppLink to={`/containers/${encodeURIComponent(each)}`}>{each}</AppLink>{' '}
        </span>
      )),
  },
]

export function ConsignmentTable() {
  const { document, bill, container } = useAddress()
  const go = useGo()
  const filter = { document, bill, container }
  const pages = usePages<ConsignmentRow, typeof listConsignments>(listConsignments, { ...filter, limit: 200 })
  const set = (name: string) => (value: string) => go('/consignments', { ...filter, [name]: value.toUpperCase() }, { replace: true })
  return (
    <>
      <h1>{t('consignments.title')}</h1>
      <div className="toolbar">
        <TextField label={t('consignments.bill')} type="search" value={bill ?? ''} onChange={set('bill')} />
        <TextField label={t('consignments.container')} type="search" value={container ?? ''} onChange={set('container')} />
        {document === undefined ? null : (
          <span>
            {t('equipment.inDocument')} <AppLink to="/consignments">{t('equipment.allDocuments')}</AppLink>
          </span>
        )}
      </div>
      <Problem error={pages.query.error} />
      <DataGrid
        label={t('consignments.grid')}
        columns={columns}
        rows={pages.rows}
        keyOf={(row) => row.id}
        hasMore={pages.hasMore}
        onMore={pages.more}
        onOpen={(row) => {
          const [first] = row.containers
          if (first !== undefined) go(`/containers/${encodeURIComponent(first)}`)
        }}
        height="68vh"
      />
    </>
  )
}
