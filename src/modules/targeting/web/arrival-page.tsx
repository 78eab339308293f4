/** One arrival with everything that speaks of it: the whole sum of its score, rules that fired and rules that could not say, signals, watch hits, every decision. */
import { Badge } from '#web/kit/badge.tsx'
import { Reading } from '#web/kit/states.tsx'
import { AppLink, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showDate, showInstant } from '#web/time.ts'
import { type ArrivalRow, type ArrivalView, showArrival } from '../contract.ts'
import { decisionByText } from './decision-text.ts'
import { ScoreSum } from './score-sum.tsx'
import { Interval, percent } from './shown-figures.tsx'
import { TargetingTabs, useMay } from './targeting-tabs.tsx'
import { t } from './text.ts'
import { WhyPanel } from './why-panel.tsx'

export function ArrivalPage() {
  const query = useCall(showArrival, { arrival: useParam('arrival') })
  return (
    <>
      <title>{t('arrival.page')}</title>
      <Reading query={query} title={t('arrival.page')}>
        {(view) => <Shown view={view} />}
      </Reading>
    </>
  )
}

function Shown({ view }: { readonly view: ArrivalView }) {
  const { arrival, score, rules, unknownRules, signals, watchHits, decisions } = view
  const { container, port, day } = arrival
  const may = useMay()
  return (
    <>
      <h1>{t('arrival.title', { container, port, day: showDate(day) })}</h1>
      <TargetingTabs current="/targeting" />
      <div className="actions">
        <AppLink className="button" to="/targeting" search={{ port, day }}>
          {t('arrival.back')}
        </AppLink>
        <AppLink className="button" to={`/containers/${container}`}>
          {t('arrival.container')}
        </AppLink>
        {may('targeting.write-rules') ? (
          <AppLink className="button" to="/targeting/rules/new" search={{ test: arrival.arrival }}>
            {t('arrival.newRule')}
          </AppLink>
        ) : null}
      </div>
      <div className="columns">
        <WhyPanel row={arrival}>
          <Facts arrival={arrival} />
        </WhyPanel>
        <section className="panel">
          <h2>{t('arrival.decisions')}</h2>
          <ol className="timeline">
            {decisions.map((each) => (
              <li key={`${each.at} ${each.officer}`}>{decisionByText(each)}</li>
            ))}
          </ol>
        </section>
      </div>
      <section className="panel">
        <h2>{t('arrival.score')}</h2>
        {score === undefined ? <p>{t('arrival.noScore')}</p> : <ScoreSum score={score} />}
      </section>
      <section className="panel">
        <h2>{t('arrival.rules')}</h2>
        {rules.length === 0 ? <p>{t('arrival.noRules')}</p> : null}
        <ul>
          {rules.map((rule) => (
            <li key={rule.rule}>
              <AppLink to={`/targeting/rules/${rule.rule}`}>{rule.title}</AppLink>{' '}
              {rule.mandatory ? <Badge tone="warn">{t('why.mandatory')}</Badge> : null}: <bdi>{rule.text}</bdi>{' '}
              {rule.precision === undefined ? null : <Interval estimate={rule.precision} />}
            </li>
          ))}
        </ul>
        {unknownRules.length === 0 ? null : (
          <>
            <h3>{t('arrival.unknownRules')}</h3>
            <ul>
              {unknownRules.map(({ rule, title }) => (
                <li key={rule}>
                  <AppLink to={`/targeting/rules/${rule}`}>{title}</AppLink>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      <section className="panel">
        <h2>{t('arrival.signals')}</h2>
        {signals.length === 0 ? <p>{t('arrival.noRules')}</p> : null}
        {signals.map(({ signal, title, explanation }) => (
          <article key={signal} className="signal">
            <p>
              <strong>{title}</strong>
            </p>
            <p>{explanation}</p>
          </article>
        ))}
        {signals.length === 0 ? null : <AppLink to={`/containers/${container}`}>{t('why.source.signal')}</AppLink>}
      </section>
      {watchHits.length === 0 ? null : (
        <section className="panel">
          <h2>{t('arrival.watchHits')}</h2>
          <ul>
            {watchHits.map((hit) => (
              <li key={`${hit.watch} ${hit.term} ${hit.field} ${hit.value}`}>
                <AppLink to={`/targeting/watches/${hit.watch}`}>
                  {t('arrival.watchHit', { title: hit.title, term: hit.term, field: hit.field })}
                </AppLink>{' '}
                <bdi className="mono">{hit.value}</bdi> ({t('arrival.strength', { n: percent(hit.strength) })})
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Facts({ arrival }: { readonly arrival: ArrivalRow }) {
  const facts = [
    ['bill', arrival.bill],
    ['eta', arrival.eta === undefined ? undefined : showInstant(arrival.eta)],
    ['loading', arrival.loading],
    ['onward', arrival.onward],
    ['hs', arrival.hs],
  ] as const
  return (
    <dl className="facts">
      {facts.map(([name, value]) =>
        value === undefined ? null : (
          <div key={name} className="contents">
            <dt>{t(`arrival.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}
