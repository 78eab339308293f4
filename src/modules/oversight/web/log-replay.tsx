/** Who read or did what, for which purpose: for the data-protection officer. Replaying is itself an entry. */
import { type FormEvent, useState } from 'react'
import { urlOf } from '#web/client.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { type Column, DataGrid } from '#web/kit/data-grid.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { usePages } from '#web/queries.ts'
import { fromLocalField, showInstant, toLocalField } from '#web/time.ts'
import { type LoggedEvent, proveLogged, replayLog } from '../contract.ts'
import { t } from './text.ts'

const TONE = { done: 'neutral', refused: 'warn', failed: 'bad' } as const

const columns: readonly Column<LoggedEvent>[] = [
  {
    id: 'entry',
    header: t('log.entry'),
    width: '5rem',
    isNumber: true,
    cell: (row) => (row.seal === undefined ? row.id : <Proof entry={row.id} />),
  },
  { id: 'at', header: t('log.at'), width: '15rem', cell: (row) => showInstant(row.at) },
  { id: 'meaning', header: t('log.meaning'), width: 'minmax(20rem, 1fr)', cell: (row) => row.meaning },
  {
    id: 'outcome',
    header: t('log.outcome'),
    width: '7rem',
    cell: (row) => <Badge tone={TONE[row.outcome]}>{t(`log.${row.outcome}`)}</Badge>,
  },
  { id: 'officer', header: t('log.officer'), width: '15rem', cell: (row) => row.officer ?? '' },
  { id: 'desk', header: t('log.desk'), width: '12rem', cell: (row) => row.desk ?? '' },
  { id: 'purpose', header: t('log.purpose'), width: '12rem', cell: (row) => row.purpose ?? '' },
  {
    id: 'subject',
    header: t('log.subject'),
    width: '24rem',
    cell: (row) => row.subjects.map((subject) => `${subject.kind} ${subject.id}`).join(', '),
  },
  { id: 'by', header: t('log.by'), width: '14rem', cell: (row) => row.by },
  { id: 'reason', header: t('log.reason'), width: '12rem', cell: (row) => row.reason ?? '' },
  { id: 'seal', header: t('log.seal'), width: '7rem', isNumber: true, cell: (row) => row.seal ?? t('log.unsealed') },
]

/** The number of an entry, and with it its proof once it is sealed. */
function Proof({ entry }: { readonly entry: string }) {
  return (
    <a href={urlOf(proveLogged, { entry }, false)} download aria-label={t('log.proofOf', { entry })}>
      {entry}
    </a>
  )
}

export function LogReplay() {
  const address = useAddress()
  const go = useGo()
  const [filter, setFilter] = useState(address)
  const set = (name: string) => (value: string) => setFilter((held) => ({ ...held, [name]: value }))
  const pages = usePages<LoggedEvent, typeof replayLog>(replayLog, address)
  const apply = (event: FormEvent): void => {
    event.preventDefault()
    go('/log', filter)
  }
  return (
    <>
      <h1>{t('log.title')}</h1>
      <form className="toolbar" onSubmit={apply}>
        <TextField label={t('log.officer')} value={filter['officer'] ?? ''} onChange={set('officer')} />
        <TextField label={t('log.subject')} value={filter['subject'] ?? ''} onChange={set('subject')} />
        <TextField label={t('log.event')} value={filter['event'] ?? ''} onChange={set('event')} />
        <Select
          label={t('log.outcome')}
          value={filter['outcome'] ?? ''}
          onChange={set('outcome')}
          empty={t('log.any')}
          choices={(['done', 'refused', 'failed'] as const).map((id) => ({ id, label: t(`log.${id}`) }))}
        />
        {(['from', 'until'] as const).map((edge) => (
          <TextField
            key={edge}
            label={t(`log.${edge}`)}
            type="datetime-local"
            value={toLocalField(filter[edge])}
            onChange={(value) => set(edge)(fromLocalField(value) ?? '')}
          />
        ))}
        <Button kind="primary" type="submit">
          {t('log.apply')}
        </Button>
        <AppLink to="/log/verification">{t('verify.title')}</AppLink>
      </form>
      <Problem error={pages.query.error} />
      <DataGrid
        label={t('log.grid')}
        columns={columns}
        rows={pages.rows}
        keyOf={(row) => row.id}
        hasMore={pages.hasMore}
        onMore={pages.more}
      />
    </>
  )
}
