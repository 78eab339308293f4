/** Indicators with the settings of the own desk. A change is proposed by one officer and released by another. */
import { useState } from 'react'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Reading } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { type IndicatorView, listIndicators } from '../contract.ts'
import { DecideSetting, ProposeSetting } from './indicator-dialogs.tsx'
import { byText } from './selection-page.tsx'
import { count } from './shown-figures.tsx'
import { TargetingTabs, useMay } from './targeting-tabs.tsx'
import { t } from './text.ts'

type Proposal = NonNullable<IndicatorView['waiting']>

export function IndicatorsPage() {
  return (
    <>
      <title>{t('indicators.page')}</title>
      <h1>{t('indicators.title')}</h1>
      <TargetingTabs current="/targeting/indicators" />
      <p>{t('indicators.what')}</p>
      <Reading query={useCall(listIndicators, {})}>
        {({ items }) => (
          <>
            {items.map((item) => (
              <Indicator key={item.id} item={item} />
            ))}
          </>
        )}
      </Reading>
    </>
  )
}

function Indicator({ item }: { readonly item: IndicatorView }) {
  const { title, waiting, lastChange, parameters } = item
  const [dialog, setDialog] = useState<'propose' | 'release' | 'return' | undefined>(undefined)
  const mayPropose = useMay()('targeting.write-rules')
  return (
    <article className="panel">
      <h2>
        {title} <Badge tone={item.enabled ? 'good' : 'neutral'}>{t(item.enabled ? 'indicators.on' : 'indicators.off')}</Badge>
      </h2>
      <p className="muted">
        {item.id}, {t('indicators.version', { n: item.version })}, {t('indicators.signals', { n: count(item.signals) })}
      </p>
      <dl className="facts">
        <dt>{t('indicators.basis')}</dt>
        <dd>{item.legalBasis}</dd>
        <dt>{t('indicators.limits')}</dt>
        <dd>{item.knownLimits}</dd>
        <dt>{t('indicators.innocent')}</dt>
        <dd>{item.innocentAlternatives.join('; ')}</dd>
        {parameters.length === 0 ? null : (
          <>
            <dt>{t('indicators.parameters')}</dt>
            <dd>
              <ul className="plain">
                {parameters.map((each) => (
                  <li key={each.name}>
                    {t('indicators.parameter', each)}{' '}
                    {each.value === each.default ? null : <span className="muted">{t('indicators.default', { n: each.default })}</span>}
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
        {waiting === undefined ? null : (
          <>
            <dt>{t('indicators.waits')}</dt>
            <dd>{proposalText(waiting)}</dd>
          </>
        )}
        {lastChange === undefined ? null : (
          <>
            <dt>{t('indicators.last')}</dt>
            <dd>
              {proposalText(lastChange)}
              {lastChange.decided === undefined
                ? null
                : `, ${t('indicators.decided', { by: byText(lastChange.decided), note: lastChange.decided.note })}`}
            </dd>
          </>
        )}
      </dl>
      <div className="actions">
        {mayPropose && waiting === undefined ? (
          <Button label={t('indicators.proposeOf', { title })} onPress={() => setDialog('propose')}>
            {t('indicators.propose')}
          </Button>
        ) : null}
        {waiting?.mayDecide === true ? (
          <>
            <Button kind="primary" label={t('indicators.releaseOf', { title })} onPress={() => setDialog('release')}>
              {t('indicators.release')}
            </Button>
            <Button label={t('indicators.returnOf', { title })} onPress={() => setDialog('return')}>
              {t('indicators.return')}
            </Button>
          </>
        ) : null}
      </div>
      {dialog === 'propose' ? (
        <ProposeSetting item={item} onClose={() => setDialog(undefined)} />
      ) : dialog !== undefined && waiting !== undefined ? (
        <DecideSetting item={item} proposal={waiting.proposal} decision={dialog} onClose={() => setDialog(undefined)} />
      ) : null}
    </article>
  )
}

function proposalText({ enabled, parameters, reason, proposed }: Proposal): string {
  const changed = Object.entries(parameters).map(([name, value]) => t('indicators.parameter', { name, value }))
  return t('indicators.proposal', {
    state: t(enabled ? 'indicators.on' : 'indicators.off'),
    parameters: changed.length === 0 ? t('indicators.same') : changed.join(', '),
    by: byText(proposed),
    reason,
  })
}
