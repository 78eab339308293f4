/** Integrity reports of this desk, without their texts. */
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { type Column, DataGrid } from '#web/kit/data-grid.tsx'
import { Select } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { usePages } from '#web/queries.ts'
import { showDate } from '#web/time.ts'
import { type IntegrityReportView, integrityStates, listIntegrityReports } from '../contract.ts'
import { code, t } from './text.ts'

type Row = Omit<IntegrityReportView, 'thread'>

export const INTEGRITY_TONE: Readonly<Record<string, Tone>> = { submitted: 'warn', acknowledged: 'info', closed: 'good' }

const columns: readonly Column<Row>[] = [
  {
    id: 'kind',
    header: t('report.kind'),
    width: 'minmax(16rem, 1fr)',
    cell: (row) => <AppLink to={`/integrity/${row.report}`}>{code('integrityKind', row.kind)}</AppLink>,
  },
  {
    id: 'state',
    header: t('report.state'),
    width: '14rem',
    cell: (row) => <Badge tone={INTEGRITY_TONE[row.state] ?? 'neutral'}>{code('integrityState', row.state)}</Badge>,
  },
  { id: 'received', header: t('integrity.received'), width: '10rem', cell: (row) => showDate(row.receivedOn) },
  {
    id: 'due',
    header: t('integrity.dates'),
    width: '20rem',
    cell: (row) => `${showDate(row.acknowledgeBy)} / ${showDate(row.feedbackBy)}`,
  },
]

export function IntegrityPage() {
  const address = useAddress()
  const go = useGo()
  const state = integrityStates.find((each) => each === address['state'])
  const pages = usePages<Row, typeof listIntegrityReports>(listIntegrityReports, { state })
  return (
    <>
      <h1>{t('integrity.title')}</h1>
      <p className="muted">{t('integrity.care')}</p>
      <div className="toolbar">
        <Select
          label={t('report.state')}
          value={state ?? ''}
          onChange={(value) => go('/integrity', { state: value }, { replace: true })}
          empty={t('integrity.any')}
          choices={integrityStates.map((id) => ({ id, label: code('integrityState', id) }))}
        />
      </div>
      <Problem error={pages.query.error} />
      <DataGrid
        label={t('integrity.list')}
        columns={columns}
        rows={pages.rows}
        keyOf={(row) => row.report}
        hasMore={pages.hasMore}
        onMore={pages.more}
        onOpen={(row) => go(`/integrity/${row.report}`)}
      />
    </>
  )
}
