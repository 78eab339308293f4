/** Judgements of this desk, the latest first; any of them can be taken back. */
import { Button } from '#web/kit/button.tsx'
import { Checkbox } from '#web/kit/fields.tsx'
import { Empty, Reading } from '#web/kit/states.tsx'
import { useAddress, useGo } from '#web/navigate.tsx'
import { usePages } from '#web/queries.ts'
import { t as app } from '#web/text.ts'
import { type JudgementView, listJudgements } from '../contract.ts'
import { JudgementLine } from './judgement-line.tsx'
import { RecordsTabs } from './records-tabs.tsx'
import { t } from './text.ts'

export function JudgementsPage() {
  const { revoked } = useAddress()
  const go = useGo()
  const pages = usePages<JudgementView, typeof listJudgements>(listJudgements, { revoked: revoked === 'no' ? 'no' : 'yes' })
  return (
    <>
      <title>{t('judgements.page')}</title>
      <h1>{t('judgements.title')}</h1>
      <RecordsTabs current="/records/judgements" />
      <Checkbox
        label={t('judgements.revokedToo')}
        isSelected={revoked !== 'no'}
        onChange={(on) => go('/records/judgements', on ? {} : { revoked: 'no' }, { replace: true })}
      />
      <Reading query={pages.query}>
        {() =>
          pages.rows.length === 0 ? (
            <Empty>{t('judgements.none')}</Empty>
          ) : (
            <ul className="plain">
              {pages.rows.map((judgement) => (
                <li key={judgement.judgement} className="panel">
                  <JudgementLine judgement={judgement} />
                </li>
              ))}
            </ul>
          )
        }
      </Reading>
      {pages.hasMore ? <Button onPress={pages.more}>{app('app.more')}</Button> : null}
    </>
  )
}
