/** Rules of the own desk: what is in force, what waits for a second officer, what is due for review. */
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Select } from '#web/kit/fields.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink, useAddress, useGo } from '#web/navigate.tsx'
import { useCall, usePages } from '#web/queries.ts'
import { t as app } from '#web/text.ts'
import { showDate } from '#web/time.ts'
import { listRules, type RuleRow, type RuleState, ruleState } from '../contract.ts'
import { Interval } from './shown-figures.tsx'
import { TargetingTabs, useMay } from './targeting-tabs.tsx'
import { t } from './text.ts'

export const RULE_TONE: Readonly<Record<RuleState, Tone>> = {
  draft: 'neutral',
  submitted: 'warn',
  returned: 'warn',
  released: 'good',
  expired: 'neutral',
  withdrawn: 'neutral',
  replaced: 'neutral',
}
const HEADS = ['title', 'state', 'printed', 'weight', 'valid', 'review', 'precision'] as const

export function RulesPage() {
  const address = useAddress()
  const go = useGo()
  const mayWrite = useMay()('targeting.write-rules')
  const state = ruleState.options.find((each) => each === address['state'])
  const running = (['yes', 'no'] as const).find((each) => each === address['running'])
  const pages = usePages<RuleRow, typeof listRules>(listRules, { state, running })
  const counts = useCall(listRules, { limit: 1 }).data
  const set = (part: Readonly<Record<string, string>>): void => go('/targeting/rules', { state, running, ...part }, { replace: true })
  return (
    <>
      <title>{t('rules.page')}</title>
      <h1>{t('rules.title')}</h1>
      <TargetingTabs current="/targeting/rules" />
      <div className="toolbar">
        <Select
          label={t('rules.state')}
          value={state ?? ''}
          onChange={(value) => set({ state: value })}
          empty={t('rules.any')}
          choices={ruleState.options.map((id) => ({ id, label: t(`ruleState.${id}`) }))}
        />
        <Select
          label={t('rules.running')}
          value={running ?? ''}
          onChange={(value) => set({ running: value })}
          empty={t('rules.any')}
          choices={(['yes', 'no'] as const).map((id) => ({ id, label: t(`rules.${id}`) }))}
        />
        {mayWrite ? (
          <AppLink className="button" to="/targeting/rules/new">
            {t('rules.new')}
          </AppLink>
        ) : null}
      </div>
      {counts === undefined || (counts.waiting === 0 && counts.reviewsDue === 0) ? null : (
        <p className="warnings">
          {counts.waiting === 0 ? null : (
            <AppLink to="/targeting/rules" search={{ state: 'submitted' }}>
              {t('rules.waiting', { n: counts.waiting })}
            </AppLink>
          )}{' '}
          {counts.reviewsDue === 0 ? null : (
            <AppLink to="/targeting/effectiveness">{t('rules.reviewsDue', { n: counts.reviewsDue })}</AppLink>
          )}
        </p>
      )}
      <Reading query={pages.query}>
        {() => (pages.rows.length === 0 ? <Empty>{t('rules.none')}</Empty> : <Rows rows={pages.rows} />)}
      </Reading>
      {pages.hasMore ? <Button onPress={pages.more}>{app('app.more')}</Button> : null}
    </>
  )
}

function Rows({ rows }: { readonly rows: readonly RuleRow[] }) {
  return (
    <Scroll label={t('rules.list')}>
      <table className="rules">
        <caption>{t('rules.list')}</caption>
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col" className={head === 'weight' ? 'number' : ''}>
                {t(`rules.col.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.rule}>
              <th scope="row">
                <AppLink to={`/targeting/rules/${row.rule}`}>{row.title}</AppLink>{' '}
                <span className="muted">{t('rules.version', { n: row.version })}</span>
              </th>
              <td>
                <Badge tone={RULE_TONE[row.state]}>{t(`ruleState.${row.state}`)}</Badge>{' '}
                {row.running ? <Badge tone="info">{t('rule.isRunning')}</Badge> : null}
              </td>
              <td className="printed">{row.printed}</td>
              <td className="number">
                {row.mandatory ? <Badge tone="warn">{t('rules.mandatory')}</Badge> : null} {row.weight}
              </td>
              <td>{showDate(row.validUntil)}</td>
              <td>
                {showDate(row.reviewOn)} {row.reviewDue ? <Badge tone="warn">{t('rules.reviewDue')}</Badge> : null}
              </td>
              <td>
                <Interval estimate={row.precision} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
