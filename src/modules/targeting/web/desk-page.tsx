/** The targeting desk: what arrives where and when, and the queue of one port and day. The address holds all of it. */
import { useState } from 'react'
import { DayField } from '#web/kit/day-field.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showDate } from '#web/time.ts'
import { useNow } from '#web/use-now.ts'
import { listPortDays, type PortDay } from '../contract.ts'
import { DayHead } from './day-head.tsx'
import { civilDay, dayAfter, isDay, isPort } from './days.ts'
import { NotTakenList } from './not-taken-list.tsx'
import { PortDays } from './port-days.tsx'
import { Queue } from './queue.tsx'
import { TargetingTabs } from './targeting-tabs.tsx'
import { t } from './text.ts'

const DAYS_BACK = 2
const DAYS_AHEAD = 14
const SHOWN = ['all', 'mandatory', 'selected', 'undecided', 'taken', 'left', 'rerouted'] as const
const SORTS = ['score', 'eta'] as const

export function DeskPage() {
  const address = useAddress()
  const go = useGo()
  const today = civilDay(useNow())
  const chosen = isPort(address['port']) && isDay(address['day']) ? { port: address['port'], day: address['day'] } : undefined
  const first = firstDay(address['from'], { today, chosen: chosen?.day })
  const to = dayAfter(first, DAYS_AHEAD)
  const days = useCall(listPortDays, { from: first, to })
  const label = t('days.title', { from: showDate(first), to: showDate(to) })
  return (
    <>
      <title>{t('desk.page')}</title>
      <h1>{t('desk.title')}</h1>
      <TargetingTabs current="/targeting" />
      <div className="toolbar">
        <DayField
          label={t('desk.from')}
          value={first}
          onChange={(value) => go('/targeting', { from: isDay(value) ? value : undefined }, { replace: true })}
        />
      </div>
      <Reading query={days}>
        {({ items, overdueOutcomes, notPlaced, unreadable = 0, notTaken }) => (
          <>
            {overdueOutcomes === 0 ? null : (
              <p className="warnings">
                <AppLink to="/targeting/outcomes" search={{ state: 'overdue' }}>
                  {t('desk.overdue', { n: overdueOutcomes })}
                </AppLink>
              </p>
            )}
            {notPlaced === 0 ? null : (
              <p className="warnings">
                {t('desk.notPlaced', { n: notPlaced })} {unreadable === 0 ? null : t('desk.unreadable', { n: unreadable })}
              </p>
            )}
            {notTaken === undefined ? null : <NotTakenList notTaken={notTaken} />}
            {chosen === undefined ? (
              <>{items.length === 0 ? <Empty>{t('days.none')}</Empty> : <PortDays items={items} label={label} from={address['from']} />}</>
            ) : (
              <>
                <Folded label={label}>
                  <PortDays items={items} label={label} from={address['from']} />
                </Folded>
                <Day {...chosen} item={items.find(({ port, day }) => port === chosen.port && day === chosen.day)} />
              </>
            )}
          </>
        )}
      </Reading>
    </>
  )
}

/** As asked, or the days around today; moved where the chosen day would not be among them. */
function firstDay(asked: string | undefined, { today, chosen }: { readonly today: string; readonly chosen: string | undefined }): string {
  const first = isDay(asked) ? asked : dayAfter(today, -DAYS_BACK)
  return chosen !== undefined && (chosen < first || chosen > dayAfter(first, DAYS_AHEAD)) ? dayAfter(chosen, -DAYS_BACK) : first
}

function Folded({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{label}</summary>
      {isOpen ? children : null}
    </details>
  )
}

function Day({ port, day, item }: { readonly port: string; readonly day: string; readonly item: PortDay | undefined }) {
  const address = useAddress()
  const go = useGo()
  const { from, vessel, container } = address
  const show = SHOWN.find((each) => each === address['show']) ?? (item?.selection === undefined ? 'all' : 'selected')
  const sort = SORTS.find((each) => each === address['sort']) ?? 'score'
  const set = (part: Readonly<Record<string, string>>): void =>
    go('/targeting', { from, port, day, vessel, container, show: address['show'], sort: address['sort'], ...part }, { replace: true })
  const vessels = [...new Set((item?.vessels ?? []).map((each) => each.vessel).filter((each) => each !== ''))]
  return (
    <>
      <DayHead port={port} day={day} item={item} />
      <div className="toolbar">
        <Select
          label={t('queue.show')}
          value={show}
          onChange={(value) => set({ show: value })}
          choices={SHOWN.map((id) => ({ id, label: t(`queue.${id}`) }))}
        />
        <Select
          label={t('queue.vessel')}
          value={vessel ?? ''}
          onChange={(value) => set({ vessel: value })}
          empty={t('queue.anyVessel')}
          choices={[...new Set([...vessels, ...(vessel === undefined ? [] : [vessel])])].map((id) => ({ id, label: id }))}
        />
        <Select
          label={t('queue.sort')}
          value={sort}
          onChange={(value) => set({ sort: value })}
          choices={SORTS.map((id) => ({ id, label: t(`queue.${id}`) }))}
        />
        <TextField
          label={t('queue.container')}
          type="search"
          value={container ?? ''}
          maxLength={20}
          onChange={(value) => set({ container: value.toUpperCase().trim() })}
        />
      </div>
      <Queue port={port} day={day} filters={{ show, vessel, container, sort }} selection={item?.selection} />
    </>
  )
}
