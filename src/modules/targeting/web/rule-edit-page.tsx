/** The rule workbench: a new rule, or the next version of one. */
import { Reading } from '#web/kit/states.tsx'
import { useAddress, useParam } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { useNow } from '#web/use-now.ts'
import { id, showRule, showVocabulary } from '../contract.ts'
import { civilDay } from './days.ts'
import { draftOf, newRule } from './rule-draft.ts'
import { RuleForm } from './rule-form.tsx'
import { TargetingTabs } from './targeting-tabs.tsx'
import { t } from './text.ts'

export function NewRulePage() {
  const vocabulary = useCall(showVocabulary, {})
  const today = civilDay(useNow())
  const test = id.safeParse(useAddress()['test']).data
  return (
    <>
      <title>{t('rule.formNew')}</title>
      <h1>{t('rule.formNew')}</h1>
      <TargetingTabs current="/targeting/rules" />
      <Reading query={vocabulary}>
        {(words) => <RuleForm rule={undefined} first={newRule(today, test)} vocabulary={words} path="/targeting/rules/new" />}
      </Reading>
    </>
  )
}

export function EditRulePage() {
  const rule = useParam('rule')
  const vocabulary = useCall(showVocabulary, {})
  const query = useCall(showRule, { rule })
  const today = civilDay(useNow())
  return (
    <>
      <title>{t('rule.formEdit')}</title>
      <h1>{t('rule.formEdit')}</h1>
      <TargetingTabs current="/targeting/rules" />
      <Reading query={vocabulary}>
        {(words) => (
          <Reading query={query}>
            {({ versions: [latest] }) =>
              latest === undefined ? null : (
                <RuleForm rule={rule} first={draftOf(latest, today)} vocabulary={words} path={`/targeting/rules/${rule}/edit`} />
              )
            }
          </Reading>
        )}
      </Reading>
    </>
  )
}
