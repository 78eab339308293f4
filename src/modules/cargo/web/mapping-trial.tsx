/** What a table would become: counts, the first consignments, the first problems with their places. */
import type { z } from 'zod'
import { Scroll } from '#web/kit/scroll.tsx'
import type { tryDeclarationMapping } from '../contract.ts'
import { t } from './intake-text.ts'

type Trial = z.output<(typeof tryDeclarationMapping)['ok']>

export function MappingTrial({ trial, isStale }: { readonly trial: Trial; readonly isStale: boolean }) {
  const { rows, consignments, containers, warnings, isWhole, refused, problems, sample } = trial
  return (
    <section className="panel" aria-labelledby="trial">
      <h2 id="trial">{t('map.trial')}</h2>
      {isStale ? <p className="warnings">{t('map.stale')}</p> : null}
      {refused === undefined ? null : (
        <p className="problem">
          {t('map.refused')} {refused.text} <code>{refused.at}</code>
        </p>
      )}
      <p>
        {t('map.counts', { rows, consignments, containers, warnings })} {isWhole ? '' : t('map.beginning')}
      </p>
      {sample.length === 0 ? null : <Sample rows={sample} />}
      {problems.length === 0 ? (
        <p>{t('map.noProblems')}</p>
      ) : (
        <Scroll label={t('map.problems')}>
          <table>
            <caption>{t('map.problems')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('map.at')}</th>
                <th scope="col">{t('map.text')}</th>
              </tr>
            </thead>
            <tbody>
              {problems.map(({ at, code, text }) => (
                <tr key={`${at} ${code} ${text}`}>
                  <th scope="row" className="mono">
                    {at}
                  </th>
                  <td>{text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  )
}

function Sample({ rows }: { readonly rows: Trial['sample'] }) {
  return (
    <Scroll label={t('map.sample')}>
      <table>
        <caption>{t('map.sample')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('map.document')}</th>
            <th scope="col">{t('column.container')}</th>
            <th scope="col">{t('column.consignor')}</th>
            <th scope="col">{t('column.consignee')}</th>
            <th scope="col">{t('map.route')}</th>
            <th scope="col">{t('column.description')}</th>
            <th scope="col" className="number">
              {t('map.kg')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint: two rows of a table may be the same, and their order stands
            <tr key={at}>
              <th scope="row">{row.document}</th>
              <td className="mono">{row.containers.join(', ')}</td>
              <td>{row.consignor}</td>
              <td>{row.consignee}</td>
              <td>{[row.loading, row.discharge].filter((place) => place !== undefined).join(' – ')}</td>
              <td>{row.goods}</td>
              <td className="number">{row.grossKilograms}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
