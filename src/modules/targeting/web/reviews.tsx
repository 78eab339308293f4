/** Rules whose review is due or that find less than random controls. An officer answers each with a reason; nothing ends by itself but at its last day. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showDate, showInstant } from '#web/time.ts'
import { answerReview, listReviews, type ReviewRow } from '../contract.ts'
import { Interval } from './shown-figures.tsx'
import { useMay } from './targeting-tabs.tsx'
import { t } from './text.ts'

const HEADS = ['rule', 'why', 'days', 'precision', 'proposal', 'answer'] as const
const ANSWERS = ['keep', 'change', 'retire'] as const
const LEAST_REASON = 3

export function Reviews() {
  const query = useCall(listReviews, {})
  const mayAnswer = useMay()('targeting.release-rules')
  const [answering, setAnswering] = useState<ReviewRow | undefined>(undefined)
  return (
    <section>
      <h2>{t('reviews.title')}</h2>
      <Reading query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('reviews.none')}</Empty>
          ) : (
            <Scroll label={t('reviews.title')}>
              <table>
                <caption className="unseen">{t('reviews.title')}</caption>
                <thead>
                  <tr>
                    {HEADS.map((head) => (
                      <th key={head} scope="col">
                        {t(`reviews.col.${head}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {items.map((row) => (
                    <tr key={`${row.rule} ${row.version} ${row.why}`}>
                      <th scope="row">
                        <AppLink to={`/targeting/rules/${row.rule}`}>{row.title}</AppLink>{' '}
                        <span className="muted">{t('rules.version', { n: row.version })}</span>
                      </th>
                      <td>
                        <Badge tone={row.why === 'below-random' ? 'bad' : 'warn'}>{t(`reviewWhy.${row.why}`)}</Badge>
                      </td>
                      <td>
                        {showDate(row.reviewOn)}, {showDate(row.validUntil)}
                      </td>
                      <td>
                        <Interval estimate={row.precision} mark={row.random?.value} />
                      </td>
                      <td>{t(`proposal.${row.proposal}`)}</td>
                      <td>
                        {row.lastAnswer === undefined ? null : (
                          <p>
                            {t('review.last', {
                              answer: t(`answer.${row.lastAnswer.answer}`),
                              name: row.lastAnswer.name,
                              at: showInstant(row.lastAnswer.at),
                              reason: row.lastAnswer.reason,
                            })}
                          </p>
                        )}
                        {mayAnswer ? (
                          <Button label={t('review.answerOf', { title: row.title })} onPress={() => setAnswering(row)}>
                            {t('review.answer')}
                          </Button>
                        ) : null}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          )
        }
      </Reading>
      {answering === undefined ? null : <AnswerDialog row={answering} onClose={() => setAnswering(undefined)} />}
    </section>
  )
}

function AnswerDialog({ row, onClose }: { readonly row: ReviewRow; readonly onClose: () => void }) {
  const [answer, setAnswer] = useState<(typeof ANSWERS)[number]>('keep')
  const [reason, setReason] = useState('')
  return (
    <ActDialog
      title={t('review.answerOf', { title: row.title })}
      isDangerous={answer === 'retire'}
      isReady={reason.trim().length >= LEAST_REASON}
      act={async () => await call(answerReview, { rule: row.rule, version: row.version, answer, reason: reason.trim() })}
      onClose={onClose}
    >
      <Select
        label={t('review.what')}
        value={answer}
        onChange={(value) => setAnswer(ANSWERS.find((each) => each === value) ?? 'keep')}
        choices={ANSWERS.map((each) => ({ id: each, label: t(`answer.${each}`) }))}
      />
      <TextField label={t('review.reason')} value={reason} onChange={setReason} isRequired isLong autoFocus maxLength={500} />
    </ActDialog>
  )
}
