/** Hit rate by reason code with its interval; a rate without its denominator says nothing. */
import { Scroll } from '#web/kit/scroll.tsx'
import { Reading } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { hitRates } from '../contract.ts'
import { AlertFeedback } from './statistics-feedback.tsx'
import { t } from './text.ts'

const percent = (share: number) => `${(share * 100).toFixed(0)} %`
const WIDTH = 120

export function Statistics() {
  const query = useCall(hitRates, {})
  return (
    <>
      <h1>{t('stats.title')}</h1>
      <Reading query={query}>
        {({ denominator, smallCell, rows }) => (
          <>
            <p>{t('stats.denominator', { what: denominator, n: smallCell })}</p>
            <Scroll label={t('stats.title')}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t('stats.reason')}</th>
                    {(['controlled', 'positive', 'notControlled', 'rate', 'interval'] as const).map((head) => (
                      <th key={head} scope="col" className="number">
                        {t(`stats.${head}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.reason}>
                      <th scope="row">{row.meaning}</th>
                      <td className="number">{row.suppressed ? t('stats.suppressed') : (row.controlled ?? 0)}</td>
                      <td className="number">{row.suppressed ? '' : (row.positive ?? 0)}</td>
                      <td className="number">{row.suppressed ? '' : (row.notControlled ?? 0)}</td>
                      <td className="number">{row.rate === undefined ? (row.suppressed ? '' : t('stats.none')) : percent(row.rate)}</td>
                      <td className="number">
                        {row.low === undefined || row.high === undefined ? null : (
                          <>
                            {percent(row.low)} – {percent(row.high)}{' '}
                            <svg className="interval" viewBox={`0 0 ${WIDTH} 12`} aria-hidden="true">
                              <rect width={WIDTH} height="12" />
                              <rect className="range" x={row.low * WIDTH} width={Math.max(2, (row.high - row.low) * WIDTH)} height="12" />
                            </svg>
                          </>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          </>
        )}
      </Reading>
      <AlertFeedback />
    </>
  )
}
