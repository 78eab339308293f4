/** The queue of one port and day: one row holds the focus, its reasons stand beside it, one key decides. Nothing but a named officer decides. */
import { useState } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Empty, Loading, Problem } from '#web/kit/states.tsx'
import { useGo } from '#web/navigate.tsx'
import { usePages } from '#web/queries.ts'
import { t as app } from '#web/text.ts'
import { showDate } from '#web/time.ts'
import { type ArrivalRow, listQueue } from '../contract.ts'
import { type Asking, DecideDialog } from './decide-dialogs.tsx'
import { isDecided, QueueActs, Told } from './queue-acts.tsx'
import { QueueRows } from './queue-rows.tsx'
import { useRowKeys } from './row-keys.ts'
import { useMay } from './targeting-tabs.tsx'
import { t } from './text.ts'
import { type OnItsWay, useDecide } from './use-decide.ts'
import { WhyPanel } from './why-panel.tsx'

const keyOf = ({ arrival }: ArrivalRow): string => arrival

export interface QueueProps {
  readonly port: string
  readonly day: string
  readonly filters: Readonly<Record<string, string | undefined>>
  readonly selection: { readonly selection: string; readonly state: 'open' | 'closed' } | undefined
}

export function Queue({ port, day, filters, selection }: QueueProps) {
  const go = useGo()
  const mayDecide = useMay()('targeting.select')
  const pages = usePages<ArrivalRow, typeof listQueue>(listQueue, { port, day, ...filters })
  const deciding = useDecide(selection?.selection)
  const [asking, setAsking] = useState<{ readonly asking: Asking; readonly row: ArrivalRow } | undefined>(undefined)
  const isOpen = selection?.state === 'open' && mayDecide
  const standingOf = (row: ArrivalRow): OnItsWay | undefined => deciding.onItsWay.get(row.arrival) ?? row.decision
  const next = (): void => {
    const ahead = pages.rows.findIndex((row, index) => index > at && row.selected !== undefined && !isDecided(standingOf(row)))
    if (ahead >= 0) move(ahead)
    else if (at < pages.rows.length - 1) move(at + 1)
    else pages.more()
  }
  const act = (row: ArrivalRow, key: string): boolean => {
    if (!isOpen) return false
    const wasProposed = row.selected !== undefined
    if (key === 't' && wasProposed) {
      deciding.say(row, { decision: 'take' })
      next()
    } else if (key === 't') setAsking({ asking: 'own', row })
    else if (key === 'l' && wasProposed) setAsking({ asking: 'leave', row })
    else if (key === 'r' && wasProposed) setAsking({ asking: 'reroute', row })
    else if (key === 'u' && isDecided(standingOf(row))) deciding.say(row, 'undone')
    else return false
    return true
  }
  const { frame, active, at, choose, move, onKeyDown } = useRowKeys({
    rows: pages.rows,
    keyOf,
    onKey: (key, row) => {
      if (key === 'Enter') {
        go(`/targeting/arrivals/${row.arrival}`)
        return true
      }
      return act(row, key)
    },
  })
  if (pages.query.data === undefined)
    return pages.query.error === null ? <Loading /> : <Problem error={pages.query.error} onRetry={() => void pages.query.refetch()} />
  if (pages.rows.length === 0) return <Empty>{t('queue.none')}</Empty>
  return (
    <>
      {isOpen ? <p className="muted">{t('queue.keys')}</p> : null}
      <Told deciding={deciding} />
      <div role="group" aria-label={t('queue.title')} className="desk" ref={frame} onKeyDown={onKeyDown}>
        <div className="desk-rows">
          <QueueRows
            label={t('queue.grid', { port, day: showDate(day) })}
            rows={pages.rows}
            at={at}
            standingOf={standingOf}
            onFocus={choose}
          />
          {pages.hasMore ? (
            <Button onPress={pages.more}>{app('app.more')}</Button>
          ) : (
            <p className="muted">{app('app.all', { n: pages.rows.length })}</p>
          )}
        </div>
        {active === undefined ? null : (
          <WhyPanel row={active}>
            <QueueActs
              row={active}
              isOpen={isOpen}
              state={selection?.state}
              standing={standingOf(active)}
              onAct={(key) => act(active, key)}
            />
          </WhyPanel>
        )}
      </div>
      {asking === undefined ? null : (
        <DecideDialog
          asking={asking.asking}
          row={asking.row}
          onClose={() => setAsking(undefined)}
          onSaid={(said) => {
            deciding.say(asking.row, said)
            // The dialog gives the focus back first.
            setTimeout(next, 0)
          }}
        />
      )}
    </>
  )
}
