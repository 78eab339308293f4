/** The home page: what runs out next, for this desk; narrowed by what the address says, several acknowledged in one go. */
import { Button } from '#web/kit/button.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { useAddress, useGo } from '#web/navigate.tsx'
import { useCall, usePages } from '#web/queries.ts'
import { t as app } from '#web/text.ts'
import { listWork, SHOWN, type WorkItem } from '../contract.ts'
import { AcknowledgeBar, useSelection } from './queue-acknowledge.tsx'
import { FILTERS, QueueFilters } from './queue-filters.tsx'
import { QueueItem } from './queue-item.tsx'
import { t } from './text.ts'

type Shown = (typeof SHOWN)[number]

export function WorkQueue() {
  const address = useAddress()
  const go = useGo()
  const show: Shown = SHOWN.find((each) => each === address['show']) ?? 'open'
  const narrowed = Object.fromEntries(FILTERS.flatMap((name) => (address[name] === undefined ? [] : [[name, address[name]]])))
  const counts = useCall(listWork, { show: 'open', limit: 1 })
  const pages = usePages<WorkItem, typeof listWork>(listWork, { show, ...narrowed })
  const selection = useSelection(pages.rows)
  const n = (which: 'open' | 'overdue' | 'suspended' | 'waiting') => {
    const seen = counts.data?.counts
    if (seen === undefined) return { n: '…' }
    return { n: seen[which] >= seen.ceiling ? t('queue.atLeast', { n: seen.ceiling }) : seen[which] }
  }
  const label = (each: Shown) => (each === 'done' ? t('queue.done') : t(`queue.${each}`, n(each)))
  const goTo = (wanted: Readonly<Record<string, string>>) => go('/', wanted)
  return (
    <>
      <h1>{t('queue.title')}</h1>
      <fieldset className="toolbar" aria-label={t('queue.filter')}>
        {SHOWN.map((each) => (
          <Button
            key={each}
            kind={each === show ? 'primary' : 'plain'}
            onPress={() => goTo({ ...narrowed, ...(each === 'open' ? {} : { show: each }) })}
          >
            {label(each)}
          </Button>
        ))}
      </fieldset>
      <QueueFilters narrowed={narrowed} onChange={(wanted) => goTo({ ...wanted, ...(show === 'open' ? {} : { show }) })} />
      <AcknowledgeBar selection={selection} />
      <Reading query={pages.query}>
        {() =>
          pages.rows.length === 0 ? (
            <Empty>{t('queue.empty')}</Empty>
          ) : (
            <ul className="queue">
              {pages.rows.map((item) => (
                <QueueItem key={item.caseId} item={item} selection={selection} />
              ))}
            </ul>
          )
        }
      </Reading>
      {pages.hasMore ? <Button onPress={pages.more}>{app('app.more')}</Button> : null}
    </>
  )
}
