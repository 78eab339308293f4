/** Everything the desk may see about one box: what the documents state, in time; signals; alerts. */
import { Badge } from '#web/kit/badge.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { showContainer } from '../contract.ts'
import { lifeAddress } from './life-address.ts'
import { Signals } from './signals.tsx'
import { SourceLink } from './source-link.tsx'
import { code, t } from './text.ts'

export function ContainerPage() {
  const query = useCall(showContainer, { container: useParam('container') })
  return (
    <Reading query={query}>
      {(page) => (
        <>
          <h1>{t('container.title', { container: page.container })}</h1>
          {page.valid ? null : (
            <p>
              <Badge tone="warn">{t('container.invalid')}</Badge>{' '}
              {page.suggestion === undefined ? null : t('container.suggestion', { number: page.suggestion })}
            </p>
          )}
          <p>
            <AppLink to="/alerts/new" search={{ container: page.container }} className="button primary">
              {t('container.issue')}
            </AppLink>{' '}
            <AppLink to={lifeAddress(page.container)} className="button">
              {t('container.life')}
            </AppLink>
          </p>
          {page.leftOut.sightings + page.leftOut.consignments + page.leftOut.alerts === 0 ? null : (
            <p role="alert">{t('container.leftOut', { ...page.leftOut })}</p>
          )}
          <div className="columns">
            <section className="panel">
              <h2>{t('container.timeline')}</h2>
              {page.sightings.length === 0 ? <Empty>{t('container.noSighting')}</Empty> : null}
              <ol className="timeline">
                {page.sightings.map((sighting) => (
                  <li key={`${sighting.document} ${sighting.at} ${sighting.message} ${sighting.lines[0]?.at?.start ?? ''}`}>
                    <strong>{showInstant(sighting.at)}</strong> {t(sighting.stated ? 'container.stated' : 'container.receivedThen')}{' '}
                    <Badge>{sighting.message}</Badge> <AppLink to={`/documents/${sighting.document}`}>{sighting.documentName}</AppLink>
                    <details>
                      <summary>
                        {sighting.lines
                          .map((line) => line.value)
                          .slice(0, 4)
                          .join(' · ')}
                      </summary>
                      <table>
                        <tbody>
                          {sighting.lines.map((line) => (
                            <tr key={`${line.label} ${line.value} ${line.at?.start ?? ''}`}>
                              <th scope="row">{line.label}</th>
                              <td>{line.value}</td>
                              <td>{line.at === undefined ? null : <SourceLink at={line.at} label={line.label} />}</td>
                            </tr>
                          ))}
                        </tbody>
                      </table>
                    </details>
                  </li>
                ))}
              </ol>
            </section>
            <div>
              <section className="panel">
                <h2>{t('alert.signals')}</h2>
                <Signals signals={page.signals} notComputable={page.notComputable} withdrawn={page.withdrawn} />
              </section>
              {page.alerts.length === 0 ? null : (
                <section className="panel">
                  <h2>{t('container.alerts')}</h2>
                  <ul>
                    {page.alerts.map((alert) => (
                      <li key={alert.alert}>
                        <AppLink to={`/alerts/${alert.alert}`}>{showInstant(alert.issuedAt)}</AppLink> {code('state', alert.state)}
                      </li>
                    ))}
                  </ul>
                </section>
              )}
              <section className="panel">
                <Scroll label={t('container.consignments')}>
                  <table>
                    <caption>{t('container.consignments')}</caption>
                    <tbody>
                      {page.consignments.map((row) => (
                        <tr key={row.id}>
                          <th scope="row">{row.bill}</th>
                          <td>{t(row.declaration ? 'consignments.declaration' : 'consignments.transport')}</td>
                          <td>{[row.consignor, row.consignee].filter(Boolean).join(' → ')}</td>
                          <td>{row.goods}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </Scroll>
              </section>
            </div>
          </div>
        </>
      )}
    </Reading>
  )
}
