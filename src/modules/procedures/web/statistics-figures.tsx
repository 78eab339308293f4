/** The tables of one period. What is withheld is said in words, never left blank. */
import type { ReactNode } from 'react'
import { Badge } from '#web/kit/badge.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty } from '#web/kit/states.tsx'
import type { Figures, StatisticsTable } from '../contract.ts'
import { code, t } from './text.ts'

const shown = (n: number | null): ReactNode => (n === null ? <span className="muted">{t('figures.withheld')}</span> : n)

export function FiguresView({ figures }: { readonly figures: Figures }) {
  return (
    <>
      <h2>{`${figures.procedure} ${figures.title}, ${figures.period}`}</h2>
      <p>{t('figures.rule', { n: figures.smallCell })}</p>
      <Table title={t('figures.states')} table={figures.states} />
      {figures.refusals.parts.length === 0 ? null : <Table title={t('figures.refusals')} table={figures.refusals} />}
      {figures.clocks.length === 0 ? null : <h2>{t('figures.clocks')}</h2>}
      {figures.clocks.map(({ clock, title, kind, basis, adherence }) => (
        <Table key={clock} title={title} table={adherence}>
          <p>
            {basis.act} {basis.art} <Badge>{basis.mark === 'M' ? t('queue.notVerified') : t(`queue.${kind}`)}</Badge>
          </p>
        </Table>
      ))}
      <Times times={figures.times} />
      {figures.statutory.length === 0 ? null : <h2>{t('figures.statutory')}</h2>}
      {figures.statutory.map(({ point, meaning, basis, tables }) => (
        <section key={point}>
          <h3>
            {meaning} <span className="muted">{`${basis.act} ${basis.art}`}</span>
          </h3>
          {tables.map(({ title, table }) => (
            <Table key={title} title={title} table={table} />
          ))}
        </section>
      ))}
    </>
  )
}

function Table({ title, table, children }: { readonly title: string; readonly table: StatisticsTable; readonly children?: ReactNode }) {
  return (
    <section className="panel">
      <h3>{title}</h3>
      {children}
      <Scroll label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('figures.what')}</th>
              <th scope="col" className="number">
                {t('figures.n')}
              </th>
            </tr>
          </thead>
          <tbody>
            {table.parts.map(({ id, title: what, n }) => (
              <tr key={id}>
                <th scope="row">{what === id ? code('figures', id) : what}</th>
                <td className="number">{shown(n)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t('figures.total')}</th>
              <td className="number">{shown(table.total)}</td>
            </tr>
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}

function Times({ times }: { readonly times: Figures['times'] }) {
  return (
    <section className="panel">
      <h3>{t('figures.times')}</h3>
      {times.length === 0 ? (
        <Empty>{t('shift.none')}</Empty>
      ) : (
        <Scroll label={t('figures.times')}>
          <table>
            <thead>
              <tr>
                {(['from', 'to', 'median', 'p90'] as const).map((head) => (
                  <th key={head} scope="col">
                    {t(`figures.${head}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {times.map(({ from, to, medianHours, p90Hours }) => (
                <tr key={`${from} ${to}`}>
                  <td>{from}</td>
                  <td>{to}</td>
                  <td className="number">{shown(medianHours)}</td>
                  <td className="number">{shown(p90Hours)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  )
}
