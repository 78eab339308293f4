/** Chains of release rights in the ports that this desk answers for. */
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { type Column, DataGrid } from '#web/kit/data-grid.tsx'
import { Checkbox, Select, TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { usePages } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { type ChainRow, chainStages, listChains } from '../contract.ts'
import { LedgerTabs } from './ledger-tabs.tsx'
import { code, t } from './text.ts'

export const CUSTOMS_TONE: Readonly<Record<string, Tone>> = { hold: 'bad', clear: 'good' }

const columns: readonly Column<ChainRow>[] = [
  {
    id: 'container',
    header: t('rights.container'),
    width: '9rem',
    cell: (row) => <AppLink to={`/ledger/${row.right}`}>{row.container}</AppLink>,
  },
  {
    id: 'signals',
    header: t('ledger.signals'),
    width: '8rem',
    cell: (row) =>
      row.signals.map((each) => (
        <Badge key={each} tone="warn">
          {each}
        </Badge>
      )),
  },
  { id: 'stage', header: t('ledger.stage'), width: '11rem', cell: (row) => code('stage', row.stage) },
  {
    id: 'customs',
    header: t('ledger.customs'),
    width: '8rem',
    cell: (row) => <Badge tone={CUSTOMS_TONE[row.customs] ?? 'neutral'}>{code('customs', row.customs)}</Badge>,
  },
  { id: 'voyage', header: t('rights.voyage'), width: '14rem', cell: (row) => row.voyage },
  { id: 'port', header: t('rights.port'), width: '8rem', cell: (row) => row.port },
  { id: 'holder', header: t('ledger.holder'), width: '14rem', cell: (row) => row.holder?.name ?? '' },
  { id: 'haulier', header: t('ledger.haulier'), width: '14rem', cell: (row) => row.haulier?.name ?? '' },
  { id: 'events', header: t('ledger.events'), width: '5rem', isNumber: true, cell: (row) => row.events },
  { id: 'changed', header: t('ledger.changed'), width: 'minmax(15rem, 1fr)', cell: (row) => showInstant(row.changedAt) },
]

export function LedgerPage() {
  const address = useAddress()
  const go = useGo()
  const { container, signalled } = address
  const stage = chainStages.find((each) => each === address['stage'])
  const filter = { container, stage, signalled: signalled === 'yes' ? 'yes' : undefined }
  const pages = usePages<ChainRow, typeof listChains>(listChains, filter)
  const set = (part: Readonly<Record<string, string | undefined>>): void => go('/ledger', { ...filter, ...part }, { replace: true })
  return (
    <>
      <h1>{t('ledger.title')}</h1>
      <LedgerTabs current="/ledger" />
      <div className="toolbar">
        <TextField
          label={t('rights.container')}
          type="search"
          value={container ?? ''}
          onChange={(value) => set({ container: value.toUpperCase() })}
          maxLength={20}
        />
        <Select
          label={t('ledger.stage')}
          value={stage ?? ''}
          onChange={(value) => set({ stage: value })}
          empty={t('ledger.anyStage')}
          choices={chainStages.map((id) => ({ id, label: code('stage', id) }))}
        />
        <Checkbox
          label={t('ledger.only')}
          isSelected={signalled === 'yes'}
          onChange={(isOn) => set({ signalled: isOn ? 'yes' : undefined })}
        />
      </div>
      <Problem error={pages.query.error} />
      <DataGrid
        label={t('ledger.grid')}
        columns={columns}
        rows={pages.rows}
        keyOf={(row) => row.right}
        hasMore={pages.hasMore}
        onMore={pages.more}
        onOpen={(row) => go(`/ledger/${row.right}`)}
      />
    </>
  )
}
