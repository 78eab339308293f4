/** A selection for whoever checks it: its parameters, strata, seed and digest, and the draw repeated from what was kept. */
import { useState } from 'react'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Reading } from '#web/kit/states.tsx'
import { AppLink, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showDate, showInstant } from '#web/time.ts'
import { type Act, repeatDraw, type SelectionView, showSelection } from '../contract.ts'
import { CapacityBar } from './capacity-bar.tsx'
import { count, percent } from './shown-figures.tsx'
import { TargetingTabs, useMay } from './targeting-tabs.tsx'
import { t } from './text.ts'

const FIGURES = ['selected', 'taken', 'left', 'rerouted', 'undecided'] as const

export function byText({ name, at }: Pick<Act, 'name' | 'at'>): string {
  return t('selection.by', { name, at: showInstant(at) })
}

export function SelectionPage() {
  const query = useCall(showSelection, { selection: useParam('selection') })
  return (
    <>
      <title>{t('selection.page')}</title>
      <Reading query={query} title={t('selection.page')}>
        {(view) => <Shown view={view} />}
      </Reading>
    </>
  )
}

function Shown({ view }: { readonly view: SelectionView }) {
  const { port, day, capacity, strata } = view
  const mayRepeat = useMay()('targeting.audit')
  return (
    <>
      <h1>{t('selection.title', { port, day: showDate(day) })}</h1>
      <TargetingTabs current="/targeting" />
      <CapacityBar selection={view} />
      <dl className="facts">
        <dt>{t('selection.state')}</dt>
        <dd>
          <Badge tone={view.state === 'closed' ? 'good' : 'info'}>{t(`selection.${view.state}`)}</Badge>
        </dd>
        <dt>{t('selection.proposed')}</dt>
        <dd>{byText(view.proposed)}</dd>
        {view.closed === undefined ? null : (
          <>
            <dt>{t('selection.closedBy')}</dt>
            <dd>{byText(view.closed)}</dd>
          </>
        )}
        <dt>{t('selection.candidates')}</dt>
        <dd>{count(view.candidates)}</dd>
        <dt>{t('selection.capacity')}</dt>
        <dd>
          {count(capacity.capacity)} ({byText(capacity.set)})
        </dd>
        <dt>{t('selection.rates')}</dt>
        <dd>{t('selection.ratesOf', { random: percent(capacity.minimumRandomRate), novelty: percent(capacity.minimumNoveltyRate) })}</dd>
        <dt>{t('selection.hits')}</dt>
        <dd>{count(capacity.maximumHitsWithoutSelection)}</dd>
        <dt>{t('selection.outcomes')}</dt>
        <dd>{t('selection.outcomesOf', view.outcomes)}</dd>
        <dt>{t('selection.seed')}</dt>
        <dd className="mono">{view.seed}</dd>
        <dt>{t('selection.digest')}</dt>
        <dd className="mono">{view.candidatesDigest}</dd>
      </dl>
      <Scroll label={t('selection.strata')}>
        <table>
          <caption>{t('selection.strata')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('selection.stratum')}</th>
              {FIGURES.map((head) => (
                <th key={head} scope="col" className="number">
                  {t(`selection.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {strata.map((row) => (
              <tr key={row.stratum}>
                <th scope="row">{t(`stratum.${row.stratum}`)}</th>
                {FIGURES.map((head) => (
                  <td key={head} className="number">
                    {count(row[head])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {mayRepeat ? <Repetition selection={view.selection} /> : null}
      <div className="actions">
        <AppLink className="button" to="/targeting" search={{ port, day }}>
          {t('arrival.back')}
        </AppLink>
      </div>
    </>
  )
}

function Repetition({ selection }: { readonly selection: string }) {
  const [isAsked, setAsked] = useState(false)
  const query = useCall(repeatDraw, { selection }, { enabled: isAsked })
  return (
    <section className="panel">
      <Button onPress={() => (isAsked ? void query.refetch() : setAsked(true))}>{t('selection.repeat')}</Button>
      {isAsked ? (
        <Reading query={query}>
          {({ same, candidates, digestMatches, differences }) => (
            <div role="status">
              <p>
                <Badge tone={same ? 'good' : 'bad'}>
                  {t(same ? 'selection.same' : 'selection.differs', { n: count(same ? candidates : differences.length) })}
                </Badge>
              </p>
              {digestMatches ? null : <p className="warnings">{t('selection.digestDiffers')}</p>}
              <ul>
                {differences.map(({ arrival, kept, repeated }) => (
                  <li key={arrival}>
                    {t('selection.difference', {
                      arrival,
                      kept: kept ?? t('selection.nothing'),
                      repeated: repeated ?? t('selection.nothing'),
                    })}
                  </li>
                ))}
              </ul>
            </div>
          )}
        </Reading>
      ) : null}
    </section>
  )
}
