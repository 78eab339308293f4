/** Calibration and drift of a version: drawn and written in one table each. */
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty } from '#web/kit/states.tsx'
import type { ScoreView } from '../contract.ts'
import { count, Interval, percent } from './shown-figures.tsx'
import { t } from './text.ts'

const LEAST_SCALE = 0.1

export function Calibration({ bands }: { readonly bands: ScoreView['calibration'] }) {
  const most = Math.min(1, Math.max(LEAST_SCALE, ...bands.map(({ high, found }) => Math.max(high, found?.high ?? 0))))
  return (
    <section className="panel">
      <h2>{t('score.calibration')}</h2>
      {bands.length === 0 ? (
        <Empty>{t('score.notLearned')}</Empty>
      ) : (
        <>
          <p>{t('score.calibrationWhat')}</p>
          <Scroll label={t('score.calibration')}>
            <table>
              <caption className="unseen">{t('score.calibration')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('score.col.band')}</th>
                  <th scope="col" className="number">
                    {t('score.col.n')}
                  </th>
                  <th scope="col" className="number">
                    {t('score.col.expected')}
                  </th>
                  <th scope="col">{t('score.col.found')}</th>
                </tr>
              </thead>
              <tbody>
                {bands.map(({ low, high, n, expected, found }) => (
                  <tr key={low}>
                    <th scope="row">
                      {percent(low)} – {percent(high)}
                    </th>
                    <td className="number">{count(n)}</td>
                    <td className="number">{percent(expected)}</td>
                    <td>
                      <Interval estimate={found} most={most} mark={expected} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </>
      )}
    </section>
  )
}

const TONE: Readonly<Record<ScoreView['drift'][number]['reading'], Tone>> = { steady: 'good', shifted: 'warn', 'learn-anew': 'bad' }

export function Drift({ drift }: { readonly drift: ScoreView['drift'] }) {
  const months = [...new Set(drift.map(({ month }) => month))].sort()
  const attributes = [...new Set(drift.map(({ attribute }) => attribute))]
  return (
    <section className="panel">
      <h2>{t('score.drift')}</h2>
      {drift.length === 0 ? (
        <Empty>{t('score.notLearned')}</Empty>
      ) : (
        <>
          <p>{t('score.driftWhat')}</p>
          <Scroll label={t('score.drift')}>
            <table>
              <caption className="unseen">{t('score.drift')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('score.col.attribute')}</th>
                  {months.map((month) => (
                    <th key={month} scope="col">
                      {month}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {attributes.map((attribute) => (
                  <tr key={attribute}>
                    <th scope="row">{attribute}</th>
                    {months.map((month) => {
                      const cell = drift.find((each) => each.attribute === attribute && each.month === month)
                      return (
                        <td key={month}>
                          {cell === undefined ? (
                            '–'
                          ) : (
                            <>
                              {cell.index.toFixed(2)} <Badge tone={TONE[cell.reading]}>{t(`drift.${cell.reading}`)}</Badge>
                            </>
                          )}
                        </td>
                      )
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </>
      )}
    </section>
  )
}
