/** One version of the score: how well its shares were kept (calibration), how far arrivals moved away from what it learned on (drift), its strongest terms. */
import { useState } from 'react'
import { LEAST_CASES } from '#kernel/risk/scorecard-learn.ts'
import { call } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Reading } from '#web/kit/states.tsx'
import { useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { activateScore, type ScoreView, showScore } from '../contract.ts'
import { Calibration, Drift } from './score-health.tsx'
import { ScoreTables } from './score-tables.tsx'
import { SCORE_TONE } from './scores-page.tsx'
import { byText } from './selection-page.tsx'
import { logOdds, percent } from './shown-figures.tsx'
import { TargetingTabs, useMay } from './targeting-tabs.tsx'
import { t } from './text.ts'

export function ScorePage() {
  const query = useCall(showScore, { version: useParam('version') })
  return (
    <>
      <title>{t('score.page')}</title>
      <Reading query={query} title={t('score.page')}>
        {(view) => <Shown view={view} />}
      </Reading>
    </>
  )
}

function Shown({ view }: { readonly view: ScoreView }) {
  const { score, baseRate, base, agreement } = view
  const [isActivating, setActivating] = useState(false)
  const maySupervise = useMay()('targeting.supervise')
  const canWork = score.state === 'learned' || score.state === 'replaced'
  return (
    <>
      <h1>{t('score.title', { at: showInstant(score.finishedAt ?? score.asked.at) })}</h1>
      <TargetingTabs current="/targeting/scores" />
      {maySupervise && canWork ? (
        <div className="actions">
          <Button kind="primary" onPress={() => setActivating(true)}>
            {t('score.activate')}
          </Button>
        </div>
      ) : null}
      <dl className="facts">
        <dt>{t('scores.col.state')}</dt>
        <dd>
          <Badge tone={SCORE_TONE[score.state]}>{t(`scoreState.${score.state}`)}</Badge>
        </dd>
        <dt>{t('scores.col.asked')}</dt>
        <dd>{byText(score.asked)}</dd>
        {score.activated === undefined ? null : (
          <>
            <dt>{t('score.activated')}</dt>
            <dd>{byText(score.activated)}</dd>
          </>
        )}
        {baseRate === undefined ? null : (
          <>
            <dt>{t('score.baseRate')}</dt>
            <dd>{percent(baseRate)}</dd>
          </>
        )}
        {base === undefined ? null : (
          <>
            <dt>{t('score.base')}</dt>
            <dd>{logOdds(base)}</dd>
          </>
        )}
        {agreement === undefined ? null : (
          <>
            <dt>{t('score.agreement')}</dt>
            <dd>{t('score.agreementOf', { n: percent(agreement) })}</dd>
          </>
        )}
        {score.lacks === undefined ? null : (
          <>
            <dt>{t('score.failure')}</dt>
            <dd>{t(`scoreLack.${score.lacks}`, { needed: LEAST_CASES })}</dd>
          </>
        )}
        {score.failure === undefined ? null : (
          <>
            <dt>{t('score.failure')}</dt>
            <dd>{score.failure}</dd>
          </>
        )}
      </dl>
      <Calibration bands={view.calibration} />
      <Drift drift={view.drift} />
      <ScoreTables tables={view.tables} />
      {isActivating ? (
        <ActDialog
          title={t('score.activate')}
          isReady
          act={async () => await call(activateScore, { version: score.version })}
          onClose={() => setActivating(false)}
        >
          <p>{t('score.activateWhat')}</p>
        </ActDialog>
      ) : null}
    </>
  )
}
