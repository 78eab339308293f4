/** Answers of the desk: those that still have to be sent, or any, by page. The address holds what is shown. */
import { Button } from '#web/kit/button.tsx'
import { Select } from '#web/kit/fields.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { useAddress, useGo } from '#web/navigate.tsx'
import { usePages } from '#web/queries.ts'
import { t as app } from '#web/text.ts'
import { type AnswerRow, listAnswers } from '../contract.ts'
import { AnswerTable } from './answer-table.tsx'
import { IntakeTabs } from './intake-tabs.tsx'
import { t } from './intake-text.ts'

const VERDICTS = ['rejected', 'accepted'] as const
const STATES = ['unsent', 'sent'] as const

export function AnswersPage() {
  const { verdict = 'rejected', state = 'unsent' } = useAddress()
  const go = useGo()
  const set = (part: Readonly<Record<string, string>>): void => go('/intake/answers', { verdict, state, ...part }, { replace: true })
  const pages = usePages<AnswerRow, typeof listAnswers>(listAnswers, {
    // An address from elsewhere may hold anything; what is no choice shows all.
    verdict: VERDICTS.find((each) => each === verdict),
    state: STATES.find((each) => each === state),
  })
  return (
    <>
      <h1>{t('answers.title')}</h1>
      <IntakeTabs current="/intake/answers" />
      <p>{t('answers.why')}</p>
      <div className="toolbar">
        <Select
          label={t('answers.verdict')}
          value={verdict}
          onChange={(value) => set({ verdict: value })}
          choices={[...VERDICTS.map((id) => ({ id, label: t(`answerVerdict.${id}`) })), { id: 'any', label: t('answers.any') }]}
        />
        <Select
          label={t('answers.state')}
          value={state}
          onChange={(value) => set({ state: value })}
          choices={[...STATES.map((id) => ({ id, label: t(`answerState.${id}`) })), { id: 'any', label: t('answers.any') }]}
        />
      </div>
      <Reading query={pages.query}>
        {() =>
          pages.rows.length === 0 ? (
            <Empty>{t(verdict === 'rejected' && state === 'unsent' ? 'answers.noneWaiting' : 'answers.noneYet')}</Empty>
          ) : (
            <AnswerTable rows={pages.rows} label={t('answers.list')} hasDocument />
          )
        }
      </Reading>
      {pages.hasMore ? <Button onPress={pages.more}>{app('app.more')}</Button> : null}
    </>
  )
}
