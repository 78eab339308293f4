/** The terms of a version, each with its strongest values, how many were controlled and found, and what they add. */
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty } from '#web/kit/states.tsx'
import type { ScoreView } from '../contract.ts'
import { SignedBar } from './score-sum.tsx'
import { count, logOdds } from './shown-figures.tsx'
import { t } from './text.ts'

export function ScoreTables({ tables }: { readonly tables: ScoreView['tables'] }) {
  return (
    <section className="panel">
      <h2>{t('score.tables')}</h2>
      {tables.length === 0 ? <Empty>{t('score.notLearned')}</Empty> : null}
      {tables.map((table) => (
        <TermTable key={table.attribute} table={table} />
      ))}
    </section>
  )
}

function TermTable({ table }: { readonly table: ScoreView['tables'][number] }) {
  const { attribute, values, m, strongest } = table
  const label = t('score.table', { attribute, values: count(values), m })
  const most = Math.max(1, ...strongest.map((term) => Math.abs(term.logOdds)))
  return (
    <details>
      <summary>{label}</summary>
      <Scroll label={label}>
        <table>
          <caption className="unseen">{label}</caption>
          <thead>
            <tr>
              <th scope="col">{t('score.col.value')}</th>
              <th scope="col" className="number">
                {t('score.col.n')}
              </th>
              <th scope="col" className="number">
                {t('score.col.hits')}
              </th>
              <th scope="col" className="number">
                {t('score.col.logOdds')}
              </th>
              <th scope="col">{t('arrival.bar')}</th>
            </tr>
          </thead>
          <tbody>
            {strongest.map((term) => (
              <tr key={term.value}>
                <th scope="row">
                  <bdi>{term.value}</bdi>
                </th>
                <td className="number">{count(term.n)}</td>
                <td className="number">{count(term.hits)}</td>
                <td className="number">{logOdds(term.logOdds)}</td>
                <td>
                  <SignedBar share={term.logOdds / most} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  )
}
