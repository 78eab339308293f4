/** Messages of the desk with the timeline of their evidence; their content is shown by the slices that own it. */
import { Badge } from '#web/kit/badge.tsx'
import { type Column, DataGrid } from '#web/kit/data-grid.tsx'
import { Select } from '#web/kit/fields.tsx'
import { Empty, Problem, Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo, useParam } from '#web/navigate.tsx'
import { useCall, usePages } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { listMessages, type MessageRow, showMessage } from '../contract.ts'
import { t } from './text.ts'

const columns: readonly Column<MessageRow>[] = [
  {
    id: 'at',
    header: t('messages.at'),
    width: '15rem',
    cell: (row) => <AppLink to={`/messages/${row.id}`}>{showInstant(row.createdAt)}</AppLink>,
  },
  { id: 'direction', header: t('messages.direction'), width: '7rem', cell: (row) => t(`messages.${row.direction}`) },
  { id: 'type', header: t('messages.type'), width: '14rem', cell: (row) => row.type },
  { id: 'from', header: t('messages.from'), width: '15rem', cell: (row) => row.from },
  { id: 'to', header: t('messages.to'), width: 'minmax(13rem, 1fr)', cell: (row) => row.to.join(', ') },
  { id: 'urgency', header: t('messages.urgency'), width: '7rem', cell: (row) => row.urgency },
  { id: 'state', header: t('messages.state'), width: '8rem', cell: (row) => row.state },
]

export function MessageList() {
  const address = useAddress()
  const go = useGo()
  const direction = address['direction']
  const pages = usePages<MessageRow, typeof listMessages>(listMessages, { direction })
  return (
    <>
      <h1>{t('messages.title')}</h1>
      <div className="toolbar">
        <Select
          label={t('messages.direction')}
          value={direction ?? ''}
          empty={t('messages.both')}
          onChange={(value) => go('/messages', { direction: value })}
          choices={[
            { id: 'in', label: t('messages.in') },
            { id: 'out', label: t('messages.out') },
          ]}
        />
      </div>
      <Problem error={pages.query.error} />
      <DataGrid
        label={t('messages.grid')}
        columns={columns}
        rows={pages.rows}
        keyOf={(row) => `${row.direction} ${row.id}`}
        hasMore={pages.hasMore}
        onMore={pages.more}
        onOpen={(row) => go(`/messages/${row.id}`)}
      />
    </>
  )
}

export function MessagePage() {
  const query = useCall(showMessage, { message: useParam('message') })
  return (
    <>
      <h1>{t('message.title')}</h1>
      <Reading query={query}>
        {({ message, evidence }) => (
          <div className="columns">
            <section className="panel">
              <dl className="facts">
                <dt>{t('messages.type')}</dt>
                <dd>{message.type}</dd>
                <dt>{t('messages.direction')}</dt>
                <dd>{t(`messages.${message.direction}`)}</dd>
                <dt>{t('messages.from')}</dt>
                <dd>{message.from}</dd>
                <dt>{t('messages.to')}</dt>
                <dd>{message.to.join(', ')}</dd>
                <dt>{t('messages.at')}</dt>
                <dd>{showInstant(message.createdAt)}</dd>
                <dt>{t('messages.urgency')}</dt>
                <dd>{message.urgency}</dd>
                <dt>{t('messages.state')}</dt>
                <dd>{message.state}</dd>
                <dt>{t('message.context')}</dt>
                <dd className="mono">{message.context}</dd>
              </dl>
            </section>
            <section className="panel">
              <h2>{t('message.evidence')}</h2>
              {evidence.length === 0 ? (
                <Empty>{t('message.noEvidence')}</Empty>
              ) : (
                <ol className="timeline">
                  {evidence.map((step) => (
                    <li key={`${step.unit} ${step.kind} ${step.at}`}>
                      <strong>{t(`evidence.${step.kind}`)}</strong> {step.unit}{' '}
                      {step.positive ? null : <Badge tone="bad">{t('evidence.negative')}</Badge>}
                      <br />
                      <span className="muted">
                        {showInstant(step.at)}, {t('evidence.by', { issuer: step.issuer })}
                      </span>
                    </li>
                  ))}
                </ol>
              )}
            </section>
          </div>
        )}
      </Reading>
    </>
  )
}
