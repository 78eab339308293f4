/** Containers as the documents state them: filtered and sorted by the node, by page; the address holds the filter. */
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { type Column, DataGrid } from '#web/kit/data-grid.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { useCall, usePages } from '#web/queries.ts'
import { type EquipmentRow, equipmentFlag, listEquipment } from '../contract.ts'
import { code, t } from './text.ts'

const FLAG_TONE: Readonly<Record<string, Tone>> = { 'bad-check-digit': 'warn', 'not-iso': 'warn', signal: 'info', alert: 'bad' }

const columns: readonly Column<EquipmentRow>[] = [
  {
    id: 'container',
    header: t('equipment.container'),
    width: '9rem',
    isSortable: true,
    cell: (row) => <AppLink to={`/containers/${encodeURIComponent(row.container)}`}>{row.container}</AppLink>,
  },
  {
    id: 'flags',
    header: t('equipment.flags'),
    width: '12rem',
    cell: (row) =>
      row.flags.map((flag) => (
        <Badge key={flag} tone={FLAG_TONE[flag] ?? 'neutral'}>
          {code('flag', flag)}
        </Badge>
      )),
  },
  { id: 'isoType', header: t('equipment.isoType'), width: '4.5rem', cell: (row) => row.isoType ?? '' },
  {
    id: 'fullness',
    header: t('equipment.fullness'),
    width: '4.5rem',
    cell: (row) => (row.fullness === undefined ? '' : t(`equipment.${row.fullness}`)),
  },
  { id: 'stowage', header: t('equipment.stowage'), width: '8rem', isSortable: true, cell: (row) => row.stowage ?? '' },
  { id: 'loading', header: t('equipment.loading'), width: '6rem', isSortable: true, cell: (row) => row.loading ?? '' },
  { id: 'discharge', header: t('equipment.discharge'), width: '8rem', isSortable: true, cell: (row) => row.discharge ?? '' },
  { id: 'finalPlace', header: t('equipment.finalPlace'), width: '8rem', cell: (row) => row.finalPlace ?? '' },
  {
    id: 'weight',
    header: t('equipment.weight'),
    width: '6rem',
    isSortable: true,
    isNumber: true,
    cell: (row) => row.weight?.toLocaleString('en-GB') ?? '',
  },
  { id: 'verified', header: t('equipment.verified'), width: '6.5rem', cell: (row) => (row.verifiedWeight ? '✓' : '') },
  { id: 'temperature', header: t('equipment.temperature'), width: '4rem', isNumber: true, cell: (row) => row.temperature ?? '' },
  { id: 'operator', header: t('equipment.operator'), width: '7rem', cell: (row) => row.operator ?? '' },
  { id: 'seals', header: t('equipment.seals'), width: '10rem', cell: (row) => row.seals.join(' ') },
  { id: 'bill', header: t('equipment.bill'), width: '9rem', cell: (row) => row.bill ?? '' },
  { id: 'goods', header: t('equipment.goods'), width: 'minmax(14rem, 1fr)', cell: (row) => row.goods ?? '' },
  { id: 'message', header: t('equipment.message'), width: '7rem', cell: (row) => row.message },
]

export function EquipmentTable() {
  const address = useAddress()
  const go = useGo()
  const { document, container, loading, discharge, fullness, flag, sort = 'container', order = 'asc' } = address
  const filter = { document, container, loading, discharge, fullness, flag, sort, order }
  const pages = usePages<EquipmentRow, typeof listEquipment>(listEquipment, { ...filter, limit: 200 })
  const total = useCall(listEquipment, { document, limit: 1 }, { enabled: document !== undefined })
  const set = (name: string) => (value: string) => go('/containers', { ...filter, [name]: value }, { replace: true })
  const isPlain = [container, loading, discharge, fullness, flag].every((value) => value === undefined)
  return (
    <>
      <h1>{t('equipment.title')}</h1>
      <div className="toolbar">
        <TextField
          label={t('equipment.container')}
          type="search"
          value={container ?? ''}
          onChange={(value) => set('container')(value.toUpperCase())}
        />
        <TextField
          label={t('equipment.loading')}
          type="search"
          value={loading ?? ''}
          onChange={(value) => set('loading')(value.toUpperCase())}
        />
        <TextField
          label={t('equipment.discharge')}
          type="search"
          value={discharge ?? ''}
          onChange={(value) => set('discharge')(value.toUpperCase())}
        />
        <Select
          label={t('equipment.fullness')}
          value={fullness ?? ''}
          onChange={set('fullness')}
          empty={t('equipment.any')}
          choices={(['full', 'empty'] as const).map((id) => ({ id, label: t(`equipment.${id}`) }))}
        />
        <Select
          label={t('equipment.flag')}
          value={flag ?? ''}
          onChange={set('flag')}
          empty={t('equipment.any')}
          choices={equipmentFlag.options.map((id) => ({ id, label: code('flag', id) }))}
        />
        {document === undefined ? null : (
          <span>
            {t('equipment.inDocument')} <AppLink to="/containers">{t('equipment.allDocuments')}</AppLink>
          </span>
        )}
      </div>
      <Problem error={pages.query.error} />
      <DataGrid
        label={t('equipment.grid')}
        columns={columns}
        rows={pages.rows}
        keyOf={(row) => row.id}
        hasMore={pages.hasMore}
        onMore={pages.more}
        onOpen={(row) => go(`/containers/${encodeURIComponent(row.container)}`)}
        sort={{ by: sort, order: order === 'desc' ? 'desc' : 'asc' }}
        onSort={(by) =>
          go('/containers', { ...filter, sort: by, order: sort === by && order === 'asc' ? 'desc' : 'asc' }, { replace: true })
        }
        total={isPlain ? total.data?.total : undefined}
        height="68vh"
      />
    </>
  )
}
