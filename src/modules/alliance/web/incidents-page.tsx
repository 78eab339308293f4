/** Incidents: for a partner those it reported, for the customs desk of the port those it got. */
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { type Column, DataGrid } from '#web/kit/data-grid.tsx'
import { Select } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { usePages } from '#web/queries.ts'
import { useSessionQuery } from '#web/shell/session.ts'
import { showInstant } from '#web/time.ts'
import { type IncidentView, incidentStates, listIncidents } from '../contract.ts'
import { LedgerTabs } from './ledger-tabs.tsx'
import { PortalTabs } from './portal-tabs.tsx'
import { code, t } from './text.ts'

type Row = Omit<IncidentView, 'text' | 'answers'>

export const INCIDENT_TONE: Readonly<Record<string, Tone>> = { reported: 'warn', acknowledged: 'info', closed: 'good' }

const columns: readonly Column<Row>[] = [
  {
    id: 'kind',
    header: t('incidents.kind'),
    width: '13rem',
    cell: (row) => <AppLink to={`/incidents/${row.incident}`}>{code('incidentKind', row.kind)}</AppLink>,
  },
  {
    id: 'state',
    header: t('incidents.state'),
    width: '9rem',
    cell: (row) => <Badge tone={INCIDENT_TONE[row.state] ?? 'neutral'}>{code('incidentState', row.state)}</Badge>,
  },
  { id: 'port', header: t('rights.port'), width: '8rem', cell: (row) => row.port },
  { id: 'container', header: t('rights.container'), width: '9rem', cell: (row) => row.container ?? '' },
  { id: 'happened', header: t('incidents.happened'), width: '15rem', cell: (row) => showInstant(row.happenedAt) },
  { id: 'reported', header: t('incidents.reported'), width: '15rem', cell: (row) => showInstant(row.reportedAt) },
  { id: 'by', header: t('incidents.by'), width: 'minmax(14rem, 1fr)', cell: (row) => row.reportedBy.name },
]

export function IncidentTabs() {
  const held = useSessionQuery().data?.permissions ?? []
  return held.includes('alliance.read-standing') ? <PortalTabs current="/incidents" /> : <LedgerTabs current="/incidents" />
}

export function IncidentsPage() {
  const address = useAddress()
  const go = useGo()
  const state = incidentStates.find((each) => each === address['state'])
  const held = useSessionQuery().data?.permissions ?? []
  const pages = usePages<Row, typeof listIncidents>(listIncidents, { state })
  return (
    <>
      <h1>{t('incidents.title')}</h1>
      <IncidentTabs />
      <div className="toolbar">
        <Select
          label={t('incidents.state')}
          value={state ?? ''}
          onChange={(value) => go('/incidents', { state: value }, { replace: true })}
          empty={t('incidents.any')}
          choices={incidentStates.map((id) => ({ id, label: code('incidentState', id) }))}
        />
        {held.includes('alliance.report-incidents') ? (
          <AppLink to="/incidents/new" className="button primary">
            {t('incidents.report')}
          </AppLink>
        ) : null}
      </div>
      <Problem error={pages.query.error} />
      <DataGrid
        label={t('incidents.grid')}
        columns={columns}
        rows={pages.rows}
        keyOf={(row) => row.incident}
        hasMore={pages.hasMore}
        onMore={pages.more}
        onOpen={(row) => go(`/incidents/${row.incident}`)}
      />
    </>
  )
}
