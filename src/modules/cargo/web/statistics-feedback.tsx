/** What became of the alerts this desk may see, and its monthly reports. */
import { Reading } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { alertFeedback, listAlertReports } from '../contract/feedback.ts'
import { t } from './alert-text.ts'
import { FeedbackTable } from './statistics-table.tsx'

export function AlertFeedback() {
  const query = useCall(alertFeedback, {})
  const reports = useCall(listAlertReports, {})
  return (
    <>
      <h2>{t('feedback.title')}</h2>
      <p>{t('feedback.note')}</p>
      <Reading query={query}>
        {({ pairs, indicators }) =>
          pairs.length === 0 ? (
            <p>{t('feedback.empty')}</p>
          ) : (
            <>
              <FeedbackTable title={t('feedback.pairs')} rows={pairs} />
              <FeedbackTable title={t('feedback.indicators')} rows={indicators} />
            </>
          )
        }
      </Reading>
      <h2>{t('report.title')}</h2>
      <Reading query={reports}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('report.none')}</p>
          ) : (
            <ul>
              {items.map(({ month, sent }) => (
                <li key={month}>
                  <AppLink to={`/alert-reports/${month}`}>{t('report.line', { month, n: sent })}</AppLink>
                </li>
              ))}
            </ul>
          )
        }
      </Reading>
    </>
  )
}
