/** Alerts that wait too long, by port. The port is in the address. */
import { Select } from '#web/kit/fields.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { listOverdue, overdueKind } from '../contract/feedback.ts'
import { subjectText } from '../contract.ts'
import { code, t } from './alert-text.ts'

export function OverdueAlerts() {
  const { place } = useAddress()
  const go = useGo()
  const query = useCall(listOverdue, place === undefined ? {} : { place })
  return (
    <>
      <h1>{t('overdue.title')}</h1>
      <Reading query={query}>
        {({ ports, items, leftOut }) =>
          ports.length === 0 ? (
            <p>{t('overdue.none')}</p>
          ) : (
            <>
              <div className="toolbar">
                <Select
                  label={t('overdue.port')}
                  value={place ?? ''}
                  onChange={(value) => go('/overdue', { place: value }, { replace: true })}
                  empty={t('overdue.every')}
                  choices={ports.map((port) => ({ id: port.place, label: `${port.name} (${port.place})` }))}
                />
              </div>
              <Scroll label={t('overdue.byPort')}>
                <table>
                  <caption>{t('overdue.byPort')}</caption>
                  <thead>
                    <tr>
                      <th scope="col">{t('overdue.port')}</th>
                      {overdueKind.options.map((kind) => (
                        <th key={kind} scope="col" className="number">
                          {code('overdue', kind)}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {ports.map((port) => (
                      <tr key={port.place}>
                        <th scope="row">{port.name}</th>
                        {overdueKind.options.map((kind) => (
                          <td key={kind} className="number">
                            {port[kind]}
                          </td>
                        ))}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Scroll>
              <Scroll label={t('overdue.title')}>
                <table>
                  <caption>{t('overdue.title')}</caption>
                  <thead>
                    <tr>
                      {(['subject', 'desk', 'port', 'missing', 'since'] as const).map((head) => (
                        <th key={head} scope="col">
                          {t(`overdue.${head}`)}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((item) => (
                      <tr key={`${item.alert} ${item.desk}`}>
                        <th scope="row">
                          <AppLink to={`/alerts/${item.alert}`}>{subjectText(item.subject)}</AppLink>
                        </th>
                        <td>{item.deskName}</td>
                        <td>{item.placeName}</td>
                        <td>{code('overdue', item.missing)}</td>
                        <td>{showInstant(item.since)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Scroll>
              {leftOut === 0 ? null : <p>{t('overdue.leftOut', { n: leftOut })}</p>}
            </>
          )
        }
      </Reading>
    </>
  )
}
