/** For the originator: what each desk was sent, with its digest, and files for desks that have no node. */
import { urlOf } from '#web/client.ts'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { exportAlert, listAlertViews } from '../contract/alert-exports.ts'
import type { AlertView } from './alert.tsx'
import { code, t } from './alert-text.ts'

const FORMS = ['signed', 'csv', 'ics2'] as const
const GONE = new Set(['superseded', 'recalled'])

export function AlertViews({ alert }: { readonly alert: AlertView }) {
  const items = useCall(listAlertViews, { alert: alert.alert }).data?.items ?? []
  const parties = alert.notice === undefined ? alert.parties.filter(({ state }) => !GONE.has(state)) : []
  return (
    <section className="panel" aria-label={t('views.title')}>
      <h2>{t('views.title')}</h2>
      <ul>
        {items.map((item) => (
          <li key={`${item.recipient} ${item.ordinal}`}>
            {t('views.line', { desk: item.recipientName, because: t(`views.${item.because}`), when: showInstant(item.sentAt) })}
            {item.withheld.length === 0 ? null : (
              <div>{t('views.withheld', { fields: item.withheld.map((field) => code('member', field)).join(', ') })}</div>
            )}
            {item.view.fieldHandling === undefined ? null : (
              <div>
                {t('views.handling', {
                  fields: Object.keys(item.view.fieldHandling)
                    .map((field) => code('member', field))
                    .join(', '),
                })}
              </div>
            )}
            <details>
              <summary>{t('views.show')}</summary>
              <p>
                <code>{t('views.digest', { digest: item.digest })}</code>
              </p>
              {/* biome-ignore lint: a region that scrolls must be reachable by keyboard */}
              <pre className="source mono" tabIndex={0}>
                {JSON.stringify(item.view, null, 2)}
              </pre>
            </details>
          </li>
        ))}
      </ul>
      {parties.length === 0 ? null : (
        <>
          <h3>{t('files.title')}</h3>
          <ul>
            {parties.map((party) => (
              <li key={party.caseId}>
                {party.deskName}{' '}
                {FORMS.map((form) => (
                  <a
                    key={form}
                    className="button"
                    href={urlOf(exportAlert, { alert: alert.alert, recipient: party.desk, form }, false)}
                    aria-label={t('files.for', { form: t(`files.${form}`), desk: party.deskName })}
                    download
                  >
                    {t(`files.${form}`)}
                  </a>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
