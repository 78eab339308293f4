import { Empty, Reading } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { listJudgements } from '../contract.ts'
import { JudgementLine } from './judgement-line.tsx'
import { t } from './text.ts'

const MOST = 50

/** What this desk said of the record and others, taken back ones too. */
export function RecordJudgements({ entity }: { readonly entity: string }) {
  const query = useCall(listJudgements, { entity, limit: MOST })
  return (
    <section className="panel" aria-labelledby="judgements">
      <h2 id="judgements">{t('judgements.title')}</h2>
      <Reading query={query}>
        {({ items, next }) => (
          <>
            {items.length === 0 ? <Empty>{t('judgements.none')}</Empty> : null}
            {items.map((judgement) => (
              <JudgementLine key={judgement.judgement} judgement={judgement} />
            ))}
            {next === undefined ? null : <p>{t('judgements.more', { n: MOST })}</p>}
          </>
        )}
      </Reading>
    </section>
  )
}
