/** One alert as this desk may see it: content, itinerary, desks with clocks and evidence, signals, the match with the own declarations. */
import { lazy, Suspense } from 'react'
import type { z } from 'zod'
import { Badge } from '#web/kit/badge.tsx'
import { Loading, Reading } from '#web/kit/states.tsx'
import { AppLink, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { reasonCodes, showAlert, subjectText } from '../contract.ts'
import { AlertContent } from './alert-content.tsx'
import { STATE_TONE } from './alert-list.tsx'
import { AlertReroutes } from './alert-reroutes.tsx'
import { code as alertCode } from './alert-text.ts'
import { AlertViews } from './alert-views.tsx'
import { Fields } from './fields-list.tsx'
import { LocalMatch } from './local-match.tsx'
import { OriginatorActions } from './originator-actions.tsx'
import { Party } from './party.tsx'
import { AskPortPartner } from './port-request.tsx'
import { Signals } from './signals.tsx'
import { code, t } from './text.ts'

const ItineraryMap = lazy(async () => await import('./itinerary-map.tsx'))

export type AlertView = z.output<(typeof showAlert)['ok']>

export function AlertPage() {
  const query = useCall(showAlert, { alert: useParam('alert') })
  return <Reading query={query}>{(alert) => <Shown alert={alert} />}</Reading>
}

function Shown({ alert }: { readonly alert: AlertView }) {
  const { content, places } = alert
  return (
    <>
      <h1>{content.subject === undefined ? t('alert.titleGone') : t('alert.title', { subject: subjectText(content.subject) })}</h1>
      <p>
        <Badge tone={STATE_TONE[alert.state] ?? 'neutral'}>{code('state', alert.state)}</Badge> {t(`side.${alert.side}`)},{' '}
        {t('alert.from', { desk: alert.originator.deskName, when: showInstant(alert.issuedAt) })}
      </p>
      {alert.notice === undefined ? null : (
        <p className="problem" role="alert">
          {alertCode('notice', alert.notice)}
        </p>
      )}
      <div className="actions">
        <OriginatorActions alert={alert} />
        {alert.partners.length === 0 || content.subject?.kind !== 'container' ? null : <AskPortPartner alert={alert} />}
      </div>
      <AlertReroutes alert={alert.alert} />
      <div className="columns">
        <div>
          <section className="panel" aria-label={t('alert.parties')}>
            <h2>{t('alert.parties')}</h2>
            {alert.parties.map((party) => (
              <Party key={party.caseId} alert={alert.alert} party={party} />
            ))}
          </section>
          {alert.outcomes.length === 0 ? null : (
            <section className="panel">
              <h2>{t('alert.outcomes')}</h2>
              <ul>
                {alert.outcomes.map((outcome) => (
                  <li key={`${outcome.desk} ${outcome.at}`}>
                    <strong>{outcome.desk}</strong> {code('outcome', outcome.kind)}, {showInstant(outcome.at)}
                    <Fields fields={outcome.fields} />
                  </li>
                ))}
              </ul>
            </section>
          )}
          {alert.portActions.length === 0 ? null : (
            <section className="panel">
              <h2>{t('alert.portActions')}</h2>
              <ul>
                {alert.portActions.map((action) => (
                  <li key={action.action}>
                    <AppLink to={`/port-actions/${action.action}`}>{code('portKind', action.kind)}</AppLink> {action.partner}{' '}
                    <Badge>{code('portState', action.state)}</Badge>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {alert.side === 'received' && alert.notice === undefined ? <LocalMatch match={alert.localMatch} /> : null}
        </div>
        <div>
          {alert.notice === undefined ? (
            <AlertContent content={content} reasons={(content.reasons ?? []).map((reason) => reasonCodes[reason])} />
          ) : null}
          {places.length === 0 ? null : (
            <section className="panel">
              <h2>{t('alert.itinerary')}</h2>
              <Suspense fallback={<Loading />}>
                <ItineraryMap places={places} />
              </Suspense>
              <table>
                <caption>{t('map.table')}</caption>
                <tbody>
                  {places.map((place, index) => (
                    <tr key={`${place.code} ${place.role}`}>
                      <th scope="row">
                        {index + 1} {place.code}
                      </th>
                      <td>{place.name}</td>
                      <td>{content.subject?.kind === 'container' ? code('leg', place.role) : alertCode('air', place.role)}</td>
                      <td>{place.eta === undefined ? '' : showInstant(place.eta)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )}
          <section className="panel">
            <h2>{t('alert.signals')}</h2>
            <Signals signals={alert.signals} notComputable={alert.notComputable} />
          </section>
          {alert.side === 'issued' ? <AlertViews alert={alert} /> : null}
        </div>
      </div>
    </>
  )
}
