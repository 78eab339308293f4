/** The home page: what runs out next, for this desk. */
import { Button } from '#web/kit/button.tsx'
import { ClockChip } from '#web/kit/clock-chip.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { useCall, usePages } from '#web/queries.ts'
import { t as app } from '#web/text.ts'
import { showInstant } from '#web/time.ts'
import { listWork, type WorkItem } from '../contract.ts'
import { t } from './text.ts'

const SHOWN = ['open', 'overdue', 'waiting', 'done'] as const
type Shown = (typeof SHOWN)[number]

export function WorkQueue() {
  const address = useAddress()
  const go = useGo()
  const show: Shown = SHOWN.find((each) => each === address['show']) ?? 'open'
  const counts = useCall(listWork, { show: 'open', limit: 1 })
  const pages = usePages<WorkItem, typeof listWork>(listWork, { show })
  const n = (which: 'open' | 'overdue' | 'waiting') => ({ n: counts.data?.counts[which] ?? '…' })
  const label = {
    open: t('queue.open', n('open')),
    overdue: t('queue.overdue', n('overdue')),
    waiting: t('queue.waiting', n('waiting')),
    done: t('queue.done'),
  }
  return (
    <>
      <h1>{t('queue.title')}</h1>
      <fieldset className="toolbar" aria-label={t('queue.filter')}>
        {SHOWN.map((each) => (
          <Button key={each} kind={each === show ? 'primary' : 'plain'} onPress={() => go('/', each === 'open' ? {} : { show: each })}>
            {label[each]}
          </Button>
        ))}
      </fieldset>
      <Reading query={pages.query}>
        {() =>
          pages.rows.length === 0 ? (
            <Empty>{t('queue.empty')}</Empty>
          ) : (
            <ul className="queue">
              {pages.rows.map((item) => (
                <Item key={item.caseId} item={item} />
              ))}
            </ul>
          )
        }
      </Reading>
      {pages.hasMore ? <Button onPress={pages.more}>{app('app.more')}</Button> : null}
    </>
  )
}

function Item({ item }: { readonly item: WorkItem }) {
  return (
    <li>
      <AppLink to={item.link}>
        <strong>{item.label === '' ? t('queue.withdrawn') : item.label}</strong>
      </AppLink>
      <span>
        {item.definition} {item.title}
        <br />
        <span className="muted">
          {t('queue.with', { party: item.party })}, {t('queue.since', { state: item.state, when: showInstant(item.since) })}
        </span>
      </span>
      {item.due === undefined ? <span className="muted">{t('queue.noClock')}</span> : <ClockChip clock={item.due} />}
    </li>
  )
}
