/** Statements of the own desk whose review is due. They are kept with a reason until the next review, or erased; nothing is decided by itself. */
import { useState } from 'react'
import type { z } from 'zod'
import { call } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { DayField } from '#web/kit/day-field.tsx'
import { Checkbox, TextField } from '#web/kit/fields.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Loading, Problem } from '#web/kit/states.tsx'
import { useAddress, useGo } from '#web/navigate.tsx'
import { usePages } from '#web/queries.ts'
import { t as app } from '#web/text.ts'
import { showInstant } from '#web/time.ts'
import { answerReview, listReviews } from '../contract.ts'
import { schemaText } from './model-text.ts'
import { RecordLink } from './record-link.tsx'
import { RecordsTabs } from './records-tabs.tsx'
import { code, t } from './text.ts'

type Answer = z.output<(typeof listReviews)['ok']>
type Row = Answer['items'][number]
const HEADS = ['record', 'collection', 'category', 'statements', 'due', 'erase'] as const
const MOST_AT_ONCE = 500

export function ReviewsPage() {
  const { before } = useAddress()
  const go = useGo()
  const pages = usePages<Row, typeof listReviews>(listReviews, { before })
  const first = (pages.query.data as { readonly pages: readonly Answer[] } | undefined)?.pages[0]
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [answer, setAnswer] = useState<'keep' | 'erase' | undefined>(undefined)
  // What was answered is in the list no longer.
  const standing = pages.rows.filter(({ fragment }) => chosen.has(fragment)).map(({ fragment }) => fragment)
  const isReady = standing.length > 0 && standing.length <= MOST_AT_ONCE
  return (
    <>
      <title>{t('reviews.page')}</title>
      <h1>{t('reviews.title')}</h1>
      <RecordsTabs current="/records/reviews" />
      <p>{t('reviews.what')}</p>
      <div className="toolbar">
        <DayField
          label={t('reviews.before')}
          value={before ?? ''}
          onChange={(day) => go('/records/reviews', { before: day }, { replace: true })}
        />
        <Button onPress={() => setChosen(new Set(pages.rows.slice(0, MOST_AT_ONCE).map(({ fragment }) => fragment)))}>
          {t('reviews.all')}
        </Button>
        <Button kind="primary" isDisabled={!isReady} onPress={() => setAnswer('keep')}>
          {t('reviews.keep', { n: standing.length })}
        </Button>
        <Button kind="danger" isDisabled={!isReady} onPress={() => setAnswer('erase')}>
          {t('reviews.eraseN', { n: standing.length })}
        </Button>
      </div>
      <Problem error={pages.query.error} onRetry={() => void pages.query.refetch()} />
      {first === undefined ? (
        pages.query.error === null ? (
          <Loading />
        ) : null
      ) : (
        <>
          <p role="status">
            {t(first.total.isAtLeast ? 'reviews.dueAtLeast' : 'reviews.dueN', { n: first.total.total.toLocaleString('en-GB') })}
          </p>
          {pages.rows.length === 0 ? (
            <Empty>{t('reviews.none')}</Empty>
          ) : (
            <Rows
              rows={pages.rows}
              chosen={chosen}
              onChoose={(fragment, on) =>
                setChosen((held) => (on ? new Set([...held, fragment]) : new Set([...held].filter((each) => each !== fragment))))
              }
            />
          )}
          {pages.hasMore ? <Button onPress={pages.more}>{app('app.more')}</Button> : null}
        </>
      )}
      {answer === undefined ? null : <AnswerDialog answer={answer} fragments={standing} onClose={() => setAnswer(undefined)} />}
    </>
  )
}

interface RowsProps {
  readonly rows: readonly Row[]
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (fragment: string, isChosen: boolean) => void
}

function Rows({ rows, chosen, onChoose }: RowsProps) {
  return (
    <Scroll label={t('reviews.title')}>
      <table>
        <caption>{t('reviews.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('reviews.choose')}</th>
            {HEADS.map((head) => (
              <th key={head} scope="col" className={head === 'statements' ? 'number' : ''}>
                {t(`reviews.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.fragment}>
              <td>
                <Checkbox
                  label={<span className="unseen">{t('reviews.chooseOf', { name: row.caption, collection: row.collection })}</span>}
                  isSelected={chosen.has(row.fragment)}
                  onChange={(on) => onChoose(row.fragment, on)}
                />
              </td>
              <th scope="row">
                <RecordLink entity={row.entity} caption={row.caption} /> <Badge>{schemaText(row.schema)}</Badge>{' '}
                {row.held ? <Badge tone="warn">{t('record.held')}</Badge> : null}
              </th>
              <td>{row.collection}</td>
              <td>{code('category', row.category)}</td>
              <td className="number">{row.statements.toLocaleString('en-GB')}</td>
              <td>{showInstant(row.reviewAt)}</td>
              <td>{showInstant(row.eraseAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

interface AnswerDialogProps {
  readonly answer: 'keep' | 'erase'
  readonly fragments: readonly string[]
  readonly onClose: () => void
}

function AnswerDialog({ answer, fragments, onClose }: AnswerDialogProps) {
  const [reason, setReason] = useState('')
  const [asked] = useState(fragments)
  return (
    <ActDialog
      title={t(answer === 'keep' ? 'reviews.keep' : 'reviews.eraseN', { n: asked.length })}
      isDangerous={answer === 'erase'}
      isReady={reason.trim().length >= 3}
      act={async (key) => await call(answerReview, { fragments: [...asked], answer, reason: reason.trim(), key })}
      said={saidOf}
      onClose={onClose}
    >
      <p>{t(answer === 'keep' ? 'reviews.keepWhat' : 'reviews.eraseWhat')}</p>
      <TextField label={t('correct.reason')} value={reason} onChange={setReason} isRequired isLong autoFocus maxLength={500} />
    </ActDialog>
  )
}

function saidOf({ done, held }: { readonly done: number; readonly held: number }) {
  return <p>{t(held === 0 ? 'reviews.done' : 'reviews.doneHeld', { done, held })}</p>
}
