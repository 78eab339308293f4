/** Information this desk released or received. */
import { useMemo, useState } from 'react'
import { useDeskName } from '#web/desks.ts'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { type Column, DataGrid } from '#web/kit/data-grid.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { usePages } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { type ItemRow, listItems } from '../contract.ts'
import { Subscribe } from './subscribe-dialog.tsx'
import { code, t } from './text.ts'

export const STATE_TONE: Readonly<Record<string, Tone>> = {
  'awaiting-release': 'warn',
  'sent-back': 'warn',
  review: 'bad',
  recalled: 'bad',
  expired: 'neutral',
  released: 'info',
  held: 'info',
}
export const STATES = ['awaiting-release', 'sent-back', 'released', 'held', 'review', 'recalled', 'expired'] as const

const columnsFor = (name: (id: string) => string): readonly Column<ItemRow>[] => [
  {
    id: 'title',
    header: t('item.title'),
    width: 'minmax(20rem, 1fr)',
    cell: (row) => <AppLink to={`/items/${row.item}`}>{row.title === '' ? t('item.gone') : row.title}</AppLink>,
  },
  {
    id: 'state',
    header: t('item.state'),
    width: '12rem',
    cell: (row) => <Badge tone={STATE_TONE[row.state] ?? 'neutral'}>{code('itemState', row.state)}</Badge>,
  },
  { id: 'kind', header: t('item.kind'), width: '8rem', cell: (row) => code('itemKind', row.kind) },
  {
    id: 'origin',
    header: t('item.origin'),
    width: '14rem',
    cell: (row) => (row.side === 'own' ? t('item.ownDesk') : name(row.origin)),
  },
  { id: 'at', header: t('item.at'), width: '14rem', cell: (row) => showInstant(row.at) },
  { id: 'case', header: t('item.case'), width: '9rem', cell: (row) => row.case ?? '' },
  { id: 'tlp', header: t('item.tlp'), width: '7rem', cell: (row) => row.tlp },
]

export function ItemList() {
  const address = useAddress()
  const go = useGo()
  const [isAsking, setAsking] = useState(false)
  const { side, state, case: caseRef } = address
  const name = useDeskName()
  const columns = useMemo(() => columnsFor(name), [name])
  const pages = usePages<ItemRow, typeof listItems>(listItems, { side, state, case: caseRef })
  const filter = (part: Record<string, string>): void => go('/items', { side, state, case: caseRef, ...part }, { replace: true })
  return (
    <>
      <h1>{t('items.title')}</h1>
      <div className="toolbar">
        <Select
          label={t('item.side')}
          value={side ?? ''}
          empty={t('messages.both')}
          onChange={(value) => filter({ side: value })}
          choices={(['own', 'received'] as const).map((id) => ({ id, label: t(`itemSide.${id}`) }))}
        />
        <Select
          label={t('item.state')}
          value={state ?? ''}
          empty={t('items.any')}
          onChange={(value) => filter({ state: value })}
          choices={STATES.map((id) => ({ id, label: code('itemState', id) }))}
        />
        <TextField label={t('item.case')} type="search" value={caseRef ?? ''} onChange={(value) => filter({ case: value })} />
        <AppLink to="/items/new" className="button primary">
          {t('items.new')}
        </AppLink>
        <Button onPress={() => setAsking(true)}>{t('subscribe.title')}</Button>
      </div>
      {isAsking ? <Subscribe onClose={() => setAsking(false)} /> : null}
      <Problem error={pages.query.error} />
      <DataGrid
        label={t('items.grid')}
        columns={columns}
        rows={pages.rows}
        keyOf={(row) => row.item}
        hasMore={pages.hasMore}
        onMore={pages.more}
        onOpen={(row) => go(`/items/${row.item}`)}
      />
    </>
  )
}
