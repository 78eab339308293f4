/** Why one arrival stands where it stands, in three lines: the strongest rule, what weighs most in the score, the strongest signal, each with the way to its source. */
import type { ReactNode } from 'react'
import { Badge } from '#web/kit/badge.tsx'
import { AppLink } from '#web/navigate.tsx'
import type { ArrivalRow, ScoreTerm } from '../contract.ts'
import { count, Interval, logOdds, percent } from './shown-figures.tsx'
import { t } from './text.ts'

export const MANDATORY_PATH = { alert: '/alerts', watch: '/targeting/watches', rule: '/targeting/rules' } as const

export function termText({ kind, attribute, value, n, hits, logOdds: weight }: ScoreTerm): string {
  if (kind === 'rule') return t('why.ruleTerm', { value, logOdds: logOdds(weight) })
  return t('why.term', { attribute, value, logOdds: logOdds(weight), hits: count(hits), n: count(n) })
}

export function WhyPanel({ row, children }: { readonly row: ArrivalRow; readonly children: ReactNode }) {
  const { mandatory, selected } = row
  return (
    <section className="panel why" aria-label={t('why.title', { container: row.container })}>
      <h2>{t('why.title', { container: row.container })}</h2>
      <p className="selected-as">
        {selected === undefined ? null : (
          <>
            <Badge tone="info">{t(`stratum.${selected.stratum}`)}</Badge>{' '}
            {selected.probability === undefined
              ? null
              : selected.probability >= 1
                ? t('why.certain')
                : t('why.probability', { n: percent(selected.probability) })}
          </>
        )}
      </p>
      {mandatory.length === 0 ? null : (
        <ul className="plain">
          {mandatory.map((each) => (
            <li key={`${each.kind} ${each.ref}`}>
              <strong>{t('why.mandatory')}</strong>, {t(`mandatory.${each.kind}`)}:{' '}
              <AppLink to={`${MANDATORY_PATH[each.kind]}/${each.ref}`}>{each.title}</AppLink>
            </li>
          ))}
        </ul>
      )}
      <WhyLines row={row} />
      <dl className="facts">
        <dt>{t('why.goods')}</dt>
        <dd>
          <bdi>{[row.hs, row.goods].filter(Boolean).join(' ') || '–'}</bdi>
        </dd>
        <dt>{t('why.parties')}</dt>
        <dd>
          <bdi>{row.shipper ?? '–'}</bdi> → <bdi>{row.consignee ?? '–'}</bdi>
        </dd>
        <dt>{t('why.vessel')}</dt>
        <dd>{[row.vessel, row.voyage].filter(Boolean).join(' ') || '–'}</dd>
        {row.weight === undefined ? null : (
          <>
            <dt>{t('why.weight')}</dt>
            <dd>{t('why.kg', { n: count(row.weight) })}</dd>
          </>
        )}
      </dl>
      {children}
    </section>
  )
}

function WhyLines({ row }: { readonly row: ArrivalRow }) {
  const { rule, terms, signal } = row.why
  return (
    <dl className="why-lines" aria-label={t('why.lines')}>
      <div>
        <dt>{t('why.rule')}</dt>
        <dd>
          {rule === undefined ? (
            <span className="muted">{t('why.noRule')}</span>
          ) : (
            <>
              {rule.title}: <bdi>{rule.text}</bdi> <AppLink to={`/targeting/rules/${rule.rule}`}>{t('why.source.rule')}</AppLink>{' '}
              {rule.precision === undefined ? null : <Interval estimate={rule.precision} />} <More n={row.rules - 1} />
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('why.score')}</dt>
        <dd>
          {row.score === undefined ? (
            <span className="muted">{t('why.noScore')}</span>
          ) : (
            <>
              <strong>{logOdds(row.score)}</strong> {terms.length === 0 ? t('why.noTerms') : terms.map(termText).join('; ')}{' '}
              <AppLink to={`/targeting/arrivals/${row.arrival}`}>{t('why.source.score')}</AppLink>{' '}
              {row.second === undefined ? null : <span className="muted">{t('why.second', { n: percent(row.second) })}</span>}
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('why.signal')}</dt>
        <dd>
          {signal === undefined ? (
            <span className="muted">{t('why.noSignal')}</span>
          ) : (
            <>
              {signal.title}: {signal.explanation} <AppLink to={`/containers/${row.container}`}>{t('why.source.signal')}</AppLink>{' '}
              <More n={row.signals - 1} />
            </>
          )}
        </dd>
      </div>
    </dl>
  )
}

function More({ n }: { readonly n: number }) {
  return n > 0 ? <span className="muted">{t('why.more', { n })}</span> : null
}
