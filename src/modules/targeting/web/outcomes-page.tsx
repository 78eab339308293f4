/** Outcomes that are owed, and those that are recorded: two keys say that nothing was found. Not checked and not found in time are outcomes, never negatives. */
import { useState } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Empty, Loading, Problem } from '#web/kit/states.tsx'
import { useAddress, useGo } from '#web/navigate.tsx'
import { useCall, usePages } from '#web/queries.ts'
import { t as app } from '#web/text.ts'
import { listOutcomes, type OutcomeRow } from '../contract.ts'
import { isPort } from './days.ts'
import { OutcomeActs } from './outcome-acts.tsx'
import { type AskedOutcome, OutcomeDialog } from './outcome-dialogs.tsx'
import { OutcomeRows } from './outcome-rows.tsx'
import { outcomeText, type SaidOutcome } from './outcome-text.ts'
import { useRowKeys } from './row-keys.ts'
import { TargetingTabs, useMay } from './targeting-tabs.tsx'
import { t } from './text.ts'
import { useRecord } from './use-record.ts'

const STATES = ['due', 'overdue', 'recorded'] as const
const ASKED: Readonly<Record<string, AskedOutcome>> = { n: 'nothing', f: 'found', s: 'seal-broken', c: 'not-checked' }
const keyOf = ({ arrival }: OutcomeRow): string => arrival

export function OutcomesPage() {
  const address = useAddress()
  const go = useGo()
  const [typed, setTyped] = useState(address['port'] ?? '')
  const state = STATES.find((each) => each === address['state']) ?? 'due'
  const port = isPort(address['port']) ? address['port'] : undefined
  const counts = useCall(listOutcomes, { limit: 1 }).data
  return (
    <>
      <title>{t('outcomes.page')}</title>
      <h1>{t('outcomes.title')}</h1>
      <TargetingTabs current="/targeting/outcomes" />
      <div className="toolbar">
        <Select
          label={t('outcomes.show')}
          value={state}
          onChange={(value) => go('/targeting/outcomes', { state: value, port }, { replace: true })}
          choices={STATES.map((id) => ({
            id,
            label: id === 'recorded' ? t('outcomes.recorded') : t(`outcomes.${id}`, { n: counts?.[id] ?? '…' }),
          }))}
        />
        <TextField
          label={t('outcomes.port')}
          value={typed}
          maxLength={5}
          onChange={(value) => {
            const wanted = value.toUpperCase().trim()
            setTyped(wanted)
            if (wanted === '' || isPort(wanted)) go('/targeting/outcomes', { state, port: wanted }, { replace: true })
          }}
        />
      </div>
      <Listed key={`${state} ${port}`} state={state} port={port} />
    </>
  )
}

function Listed({ state, port }: { readonly state: (typeof STATES)[number]; readonly port: string | undefined }) {
  const pages = usePages<OutcomeRow, typeof listOutcomes>(listOutcomes, { state, port })
  const mayRecord = useMay()('targeting.select')
  const recording = useRecord()
  const [asked, setAsked] = useState<{ readonly asked: AskedOutcome; readonly row: OutcomeRow } | undefined>(undefined)
  const { frame, active, at, choose, move, onKeyDown } = useRowKeys({ rows: pages.rows, keyOf, onKey: (key, row) => act(row, key) })
  const say = (row: OutcomeRow, said: SaidOutcome): void => {
    recording.say(row, said)
    setTimeout(() => move(at + 1), 0)
  }
  const act = (row: OutcomeRow, key: string): boolean => {
    if (!mayRecord) return false
    const wanted = ASKED[key]
    if (wanted !== undefined) setAsked({ asked: wanted, row })
    else if (key === 'm') say(row, { kind: 'not-found-in-time', found: [] })
    else return false
    return true
  }
  if (pages.query.data === undefined)
    return pages.query.error === null ? <Loading /> : <Problem error={pages.query.error} onRetry={() => void pages.query.refetch()} />
  if (pages.rows.length === 0) return <Empty>{t('outcomes.none')}</Empty>
  return (
    <>
      <p className="muted">{t('outcomes.keys')}</p>
      <p className="told" role="status">
        {recording.last === undefined
          ? ''
          : t('outcomes.told', { container: recording.last.container, outcome: outcomeText(recording.last.said) })}
      </p>
      {recording.failure === undefined ? null : (
        <>
          <p className="mono">{t('outcomes.failed', { container: recording.failure.container })}</p>
          <Problem error={recording.failure.error} />
        </>
      )}
      <div role="group" aria-label={t('outcomes.grid')} className="desk" ref={frame} onKeyDown={onKeyDown}>
        <div className="desk-rows">
          <OutcomeRows rows={pages.rows} at={at} onItsWay={recording.onItsWay} onFocus={choose} />
          {pages.hasMore ? (
            <Button onPress={pages.more}>{app('app.more')}</Button>
          ) : (
            <p className="muted">{app('app.all', { n: pages.rows.length })}</p>
          )}
        </div>
        {active === undefined ? null : <OutcomeActs row={active} mayRecord={mayRecord} onAct={(key) => act(active, key)} />}
      </div>
      {asked === undefined ? null : (
        <OutcomeDialog
          asked={asked.asked}
          container={asked.row.container}
          onSaid={(said) => say(asked.row, said)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  )
}
