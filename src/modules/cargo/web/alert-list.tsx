/** Alerts this desk issued or received; the same query gives the export. */
import { urlOf } from '#web/client.ts'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { type Column, DataGrid } from '#web/kit/data-grid.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { useCall, usePages } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { type AlertRow, alertState, exportAlerts, listAlerts, reasonCodes, subjectText } from '../contract.ts'
import { t as alertText } from './alert-text.ts'
import { code, t } from './text.ts'

export const STATE_TONE: Readonly<Record<string, Tone>> = {
  issued: 'warn',
  acknowledged: 'info',
  targeted: 'info',
  controlled: 'info',
  positive: 'bad',
  negative: 'good',
}

const columns: readonly Column<AlertRow>[] = [
  {
    id: 'subject',
    header: alertText('subject.subject'),
    width: '9rem',
    cell: (row) => <AppLink to={`/alerts/${row.alert}`}>{row.subject === undefined ? t('alerts.gone') : subjectText(row.subject)}</AppLink>,
  },
  {
    id: 'state',
    header: t('alerts.state'),
    width: '9rem',
    cell: (row) => <Badge tone={STATE_TONE[row.state] ?? 'neutral'}>{code('state', row.state)}</Badge>,
  },
  { id: 'side', header: t('alerts.side'), width: '7rem', cell: (row) => t(`side.${row.side}`) },
  { id: 'due', header: t('alerts.due'), width: '15rem', cell: (row) => (row.due === undefined ? '' : showInstant(row.due)) },
  { id: 'port', header: t('alerts.port'), width: '6rem', cell: (row) => row.nextPort ?? '' },
  { id: 'eta', header: t('alerts.eta'), width: '15rem', cell: (row) => (row.eta === undefined ? '' : showInstant(row.eta)) },
  { id: 'originator', header: t('alerts.originator'), width: '12rem', cell: (row) => row.originator },
  { id: 'issued', header: t('alerts.issued'), width: '15rem', cell: (row) => showInstant(row.issuedAt) },
  {
    id: 'reasons',
    header: t('alerts.reasons'),
    width: 'minmax(18rem, 1fr)',
    cell: (row) => row.reasons.map((reason) => reasonCodes[reason]).join('; '),
  },
]

export function AlertList() {
  const { text, state } = useAddress()
  const go = useGo()
  const pages = usePages<AlertRow, typeof listAlerts>(listAlerts, { text, state })
  const counts = useCall(listAlerts, { limit: 1 }).data?.counts ?? {}
  return (
    <>
      <h1>{t('alerts.title')}</h1>
      <div className="toolbar">
        <TextField
          label={t('alerts.search')}
          type="search"
          value={text ?? ''}
          onChange={(value) => go('/alerts', { text: value.toUpperCase(), state }, { replace: true })}
        />
        <Select
          label={t('alerts.state')}
          value={state ?? ''}
          onChange={(value) => go('/alerts', { text, state: value }, { replace: true })}
          empty={t('alerts.any')}
          choices={alertState.options.map((id) => ({ id, label: `${code('state', id)} (${counts[id] ?? 0})` }))}
        />
        <a className="button" href={urlOf(exportAlerts, { text, state }, false)} download>
          {t('alerts.export')}
        </a>
      </div>
      <Problem error={pages.query.error} />
      <DataGrid
        label={t('alerts.grid')}
        columns={columns}
        rows={pages.rows}
        keyOf={(row) => row.alert}
        hasMore={pages.hasMore}
        onMore={pages.more}
        onOpen={(row) => go(`/alerts/${row.alert}`)}
      />
    </>
  )
}
