/** Who read or did what, for which purpose: for the data-protection officer. Replaying is itself an entry. */
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { call, urlOf } from '#web/client.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { type Column, DataGrid } from '#web/kit/data-grid.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { useAddress, useGo } from '#web/navigate.tsx'
import { usePages } from '#web/queries.ts'
import { fromLocalField, showInstant, toLocalField } from '#web/time.ts'
import { type LoggedEvent, proveLogged, replayLog, verifyLog } from '../contract.ts'
import { LogHeads } from './log-heads.tsx'
import { t } from './text.ts'

const TONE = { done: 'neutral', refused: 'warn', failed: 'bad' } as const

const columns: readonly Column<LoggedEvent>[] = [
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
  {
    id: 'seal',
    header: t('log.seal'),
    width: '9rem',
    isNumber: true,
    cell: (row) => (row.seal === undefined ? t('log.unsealed') : <Proof entry={row.id} seal={row.seal} />),
  },
]

function Proof({ entry, seal }: { readonly entry: string; readonly seal: number }) {
  return (
    <a href={urlOf(proveLogged, { entry }, false)} download aria-label={t('log.proofOf', { seal })}>
      {seal}
    </a>
  )
}

export function LogReplay() {
  const address = useAddress()
  const go = useGo()
  const [filter, setFilter] = useState(address)
  const set = (name: string) => (value: string) => setFilter((held) => ({ ...held, [name]: value }))
  const pages = usePages<LoggedEvent, typeof replayLog>(replayLog, address)
  const verification = useMutation({ mutationFn: async () => await call(verifyLog, {}) })
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
        <Button isDisabled={verification.isPending} onPress={() => verification.mutate()}>
          {t(verification.isPending ? 'log.verifying' : 'log.verify')}
        </Button>
      </form>
      <div role="status">
        {verification.data === undefined ? null : (
          <p className="panel">
            {verification.data.intact
              ? t('log.intact', {
                  checked: verification.data.checked,
                  erased: verification.data.erased,
                  unsealed: verification.data.unsealed,
                  checkpoints: verification.data.checkpoints,
                  head: verification.data.head,
                })
              : t('log.broken', { at: verification.data.firstBad ?? 0, because: verification.data.because ?? '' })}
          </p>
        )}
      </div>
      <LogHeads />
      <Problem error={verification.error ?? pages.query.error} />
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
