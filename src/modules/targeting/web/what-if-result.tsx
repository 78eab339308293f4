/** Result of a run: how many, where and when, how often it could not say, how much of it other rules hit already, how much of it was found. */
import { AppLink } from '#web/navigate.tsx'
import type { WhatIfResult } from '../contract.ts'
import { FiguresTable } from './figures-table.tsx'
import { HitsChart } from './hits-chart.tsx'
import { count, Interval, percent } from './shown-figures.tsx'
import { t } from './text.ts'

export function WhatIfResultView({ result }: { readonly result: WhatIfResult }) {
  const { rows, hits, unknown, inspected, found, precision, expected, overlap, perPortDay } = result
  return (
    <>
      <dl className="facts">
        <dt>{t('whatIf.rows')}</dt>
        <dd>{count(rows)}</dd>
        <dt>{t('whatIf.hits')}</dt>
        <dd>{count(hits)}</dd>
        <dt>{t('whatIf.unknown')}</dt>
        <dd>
          {count(unknown)} <span className="muted">{t('whatIf.unknownWhat')}</span>
        </dd>
        <dt>{t('whatIf.inspected')}</dt>
        <dd>{count(inspected)}</dd>
        <dt>{t('whatIf.found')}</dt>
        <dd>{count(found)}</dd>
        <dt>{t('whatIf.precision')}</dt>
        <dd>
          <Interval estimate={precision} />
        </dd>
      </dl>
      <div className="columns">
        <FiguresTable
          label={t('whatIf.expected')}
          heads={[t('whatIf.port'), t('whatIf.perDay'), t('whatIf.days')]}
          rows={expected.map(({ port, perDay, days }) => [port, perDay.toFixed(1), count(days)])}
        />
        {overlap.length === 0 ? (
          <p>{t('whatIf.noOverlap')}</p>
        ) : (
          <FiguresTable
            label={t('whatIf.overlap')}
            heads={[t('whatIf.rule'), t('whatIf.both'), t('whatIf.ruleHits'), t('whatIf.share')]}
            rows={overlap.map(({ rule, title, both, ruleHits }) => [
              <AppLink key={rule} to={`/targeting/rules/${rule}`}>
                {title}
              </AppLink>,
              count(both),
              count(ruleHits),
              hits === 0 ? '–' : percent(both / hits),
            ])}
          />
        )}
      </div>
      <HitsChart perPortDay={perPortDay} />
    </>
  )
}
