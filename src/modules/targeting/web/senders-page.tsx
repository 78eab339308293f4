/** What became of the alerts of each sender in a month: what the sender is told, before it is told. */

import { useDeskName } from '#web/desks.ts'
import { Button } from '#web/kit/button.tsx'
import { DayField } from '#web/kit/day-field.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { useAddress, useGo } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { useNow } from '#web/use-now.ts'
import { showSenderReport } from '../contract.ts'
import { civilDay, isMonth } from './days.ts'
import { count, Interval } from './shown-figures.tsx'
import { TargetingTabs } from './targeting-tabs.tsx'
import { t } from './text.ts'

const COUNTS = [
  'alerts',
  'arrived',
  'taken',
  'controlled',
  'found',
  'kilograms',
  'nothing',
  'notChecked',
  'notFoundInTime',
  'owed',
] as const

export function SendersPage() {
  const { month: asked } = useAddress()
  const go = useGo()
  const now = useNow()
  const nameOf = useDeskName()
  const month = isMonth(asked) ? asked : civilDay(now).slice(0, 7)
  return (
    <>
      <title>{t('senders.page')}</title>
      <h1>{t('senders.title')}</h1>
      <TargetingTabs current="/targeting/senders" />
      <div className="toolbar no-print">
        <DayField
          label={t('senders.month')}
          kind="month"
          value={month}
          onChange={(value) => go('/targeting/senders', { month: value }, { replace: true })}
        />
        <Button onPress={() => window.print()}>{t('effect.print')}</Button>
      </div>
      <p>{t('senders.what')}</p>
      <Reading query={useCall(showSenderReport, { month })}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty>{t('senders.none')}</Empty>
          ) : (
            <Scroll label={t('senders.table')}>
              <table className="effect">
                <caption>{t('senders.table')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('senders.col.sender')}</th>
                    <th scope="col">{t('senders.col.port')}</th>
                    {COUNTS.map((head) => (
                      <th key={head} scope="col" className="number">
                        {t(`senders.col.${head}`)}
                      </th>
                    ))}
                    <th scope="col">{t('senders.col.rate')}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={`${row.authority} ${row.desk} ${row.port}`}>
                      <th scope="row">{nameOf(row.desk)}</th>
                      <td>{row.port}</td>
                      {COUNTS.map((head) => (
                        <td key={head} className="number">
                          {count(row[head])}
                        </td>
                      ))}
                      <td>
                        <Interval estimate={row.rate} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          )
        }
      </Reading>
    </>
  )
}
