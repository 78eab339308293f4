/** The monthly report to a desk that sends alerts, as a document to be read and printed. */
import { Button } from '#web/kit/button.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Reading } from '#web/kit/states.tsx'
import { useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { showAlertReport } from '../contract/feedback.ts'
import { t } from './alert-text.ts'
import { FeedbackTable } from './statistics-table.tsx'
import { code } from './text.ts'

export function AlertReportPage() {
  const query = useCall(showAlertReport, { month: useParam('month') })
  return (
    <>
      <div className="toolbar no-print">
        <Button kind="primary" onPress={() => window.print()}>
          {t('report.print')}
        </Button>
      </div>
      <Reading query={query} title={t('report.title')}>
        {({ report, deskName, madeAt, demonstration }) => (
          <article>
            <h1>{t('report.document', { desk: deskName, month: report.month })}</h1>
            {demonstration ? <p>{t('report.demonstration')}</p> : null}
            <p>
              {t('report.made', { when: showInstant(madeAt), from: showInstant(report.from), until: showInstant(report.until) })}{' '}
              {t('feedback.note')}
            </p>
            <FeedbackTable title={t('feedback.pairs')} rows={report.pairs} />
            <FeedbackTable title={t('feedback.indicators')} rows={report.indicators} />
            <Scroll label={t('report.alerts')}>
              <table>
                <caption>{t('report.alerts')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('report.alert')}</th>
                    <th scope="col">{t('feedback.receiver')}</th>
                    <th scope="col">{t('report.state')}</th>
                  </tr>
                </thead>
                <tbody>
                  {report.alerts.map(({ alert, receiver, state, outcome }) => (
                    <tr key={`${alert} ${receiver}`}>
                      <th scope="row">{alert}</th>
                      <td>{receiver}</td>
                      <td>{code('state', outcome ?? state)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
            {report.leftOut === 0 ? null : <p>{t('report.leftOut', { n: report.leftOut })}</p>}
          </article>
        )}
      </Reading>
    </>
  )
}
