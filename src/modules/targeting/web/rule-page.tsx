/** One rule with its versions: what the latest says, its tests, what it would have done, and who wrote, submitted, released. */
import { Badge } from '#web/kit/badge.tsx'
import { Reading } from '#web/kit/states.tsx'
import { useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showDate } from '#web/time.ts'
import { type RuleVersion, showRule } from '../contract.ts'
import { RuleActs } from './rule-acts.tsx'
import { RuleTests } from './rule-tests.tsx'
import { RULE_TONE } from './rules-page.tsx'
import { byText } from './selection-page.tsx'
import { Interval } from './shown-figures.tsx'
import { TargetingTabs, useMay } from './targeting-tabs.tsx'
import { t } from './text.ts'
import { WhatIfPanel } from './what-if-panel.tsx'

export function RulePage() {
  const rule = useParam('rule')
  const query = useCall(showRule, { rule })
  const mayWrite = useMay()('targeting.write-rules')
  return (
    <>
      <title>{t('rule.page')}</title>
      <Reading query={query} title={t('rule.page')}>
        {({ versions }) => {
          const [latest, ...earlier] = versions
          return latest === undefined ? null : (
            <>
              <h1>{latest.title}</h1>
              <TargetingTabs current="/targeting/rules" />
              <RuleActs
                latest={latest}
                isEnding={versions.some(({ state }) => ['draft', 'returned', 'submitted', 'released'].includes(state))}
              />
              <section className="panel" aria-label={t('rule.versionOf', { n: latest.version })}>
                <h2>{t('rule.versionOf', { n: latest.version })}</h2>
                <Version version={latest} />
                <RuleTests label={t('rule.testsOf', { n: latest.version })} results={latest.tests} />
              </section>
              {mayWrite ? <WhatIfPanel expression={latest.expression} path={`/targeting/rules/${rule}`} /> : null}
              {earlier.length === 0 ? null : (
                <section>
                  <h2>{t('rule.versions')}</h2>
                  {earlier.map((version) => (
                    <details key={version.version} className="panel">
                      <summary>
                        {t('rule.versionOf', { n: version.version })}{' '}
                        <Badge tone={RULE_TONE[version.state]}>{t(`ruleState.${version.state}`)}</Badge>
                      </summary>
                      <Version version={version} />
                      <RuleTests label={t('rule.testsOf', { n: version.version })} results={version.tests} />
                    </details>
                  ))}
                </section>
              )}
            </>
          )
        }}
      </Reading>
    </>
  )
}

function Version({ version }: { readonly version: RuleVersion }) {
  const { weight, mandatory, submitted, decided, withdrawn } = version
  return (
    <dl className="facts">
      <dt>{t('rules.state')}</dt>
      <dd>
        <Badge tone={RULE_TONE[version.state]}>{t(`ruleState.${version.state}`)}</Badge>{' '}
        {version.running ? <Badge tone="info">{t('rule.isRunning')}</Badge> : null}
      </dd>
      <dt>{t('rule.says')}</dt>
      <dd>{version.printed}</dd>
      <dt>{t('rule.effect')}</dt>
      <dd>
        {mandatory
          ? t('rule.mandatoryOf', { n: weight })
          : weight === 0
            ? t('rule.shownOnly')
            : t('rule.weighs', { n: t('rule.weightOf', { n: weight }) })}
      </dd>
      <dt>{t('rule.why')}</dt>
      <dd className="as-typed">{version.why}</dd>
      <dt>{t('rule.basis')}</dt>
      <dd>
        {version.legalBasis.act}, {version.legalBasis.article}
      </dd>
      <dt>{t('rule.days')}</dt>
      <dd>{t('rule.daysOf', { from: showDate(version.validFrom), until: showDate(version.validUntil) })}</dd>
      <dt>{t('rule.review')}</dt>
      <dd>
        {showDate(version.reviewOn)} {version.reviewDue ? <Badge tone="warn">{t('rules.reviewDue')}</Badge> : null}
      </dd>
      <dt>{t('rules.col.precision')}</dt>
      <dd>
        <Interval estimate={version.precision} />
      </dd>
      <dt>{t('rule.author')}</dt>
      <dd>{byText(version.author)}</dd>
      {submitted === undefined ? null : (
        <>
          <dt>{t('rule.submitted')}</dt>
          <dd>{byText(submitted)}</dd>
        </>
      )}
      {decided === undefined ? null : (
        <>
          <dt>{t('rule.decided')}</dt>
          <dd>
            {byText(decided)}: {t(decided.decision === 'release' ? 'ruleState.released' : 'ruleState.returned')}
            {decided.note === '' ? null : <span className="as-typed">, {decided.note}</span>}
          </dd>
        </>
      )}
      {withdrawn === undefined ? null : (
        <>
          <dt>{t('rule.withdrawn')}</dt>
          <dd>
            {byText(withdrawn)}, {withdrawn.reason}
          </dd>
        </>
      )}
    </dl>
  )
}
