/** Who holds it, through whom, and what each answered to a recall. */
import { useDeskName } from '#web/desks.ts'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { showDistance, showInstant } from '#web/time.ts'
import { useNow } from '#web/use-now.ts'
import type { ItemView } from '../contract.ts'
import { code, t } from './text.ts'

const TONE: Readonly<Record<string, Tone>> = {
  holds: 'info',
  'recall-sent': 'warn',
  recalled: 'good',
  'partly-used': 'bad',
  refused: 'bad',
  'not-held': 'good',
}

export function Holders({ view }: { readonly view: ItemView }) {
  const name = useDeskName()
  return (
    <section className="panel">
      <h2>{t('holders.title')}</h2>
      <RecallProgress view={view} />
      <Scroll label={t('holders.title')}>
        <table>
          <thead>
            <tr>
              {(['desk', 'via', 'fields', 'state', 'since', 'answered'] as const).map((head) => (
                <th key={head} scope="col">
                  {t(`holders.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.holders.map((holder) => (
              <tr key={holder.desk}>
                <th scope="row">{name(holder.desk)}</th>
                <td>{holder.via === undefined ? t('holders.direct') : holder.via}</td>
                <td>{holder.fields.join(', ')}</td>
                <td>
                  <Badge tone={TONE[holder.state] ?? 'neutral'}>{code('holderState', holder.state)}</Badge> {holder.reference ?? ''}
                </td>
                <td>{showInstant(holder.releasedAt)}</td>
                <td>{holder.answeredAt === undefined ? '–' : showInstant(holder.answeredAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p className="muted">{t('holders.honest')}</p>
    </section>
  )
}

/** How far a recall of the whole has come. */
function RecallProgress({ view }: { readonly view: ItemView }) {
  const now = useNow()
  const by = view.statements.findLast((each) => each.says === 'recall' && each.about === undefined)?.answerBy
  if (by === undefined) return null
  const open = view.holders.filter((holder) => holder.state === 'recall-sent').length
  const all = view.holders.length
  return (
    <div role="status">
      <p>
        <progress value={all - open} max={all} aria-label={t('recall.progress')} /> {t('recall.answered', { n: all - open, all })}{' '}
        {open === 0 ? null : t(Date.parse(by) < now ? 'recall.late' : 'recall.due', { by: showInstant(by), when: showDistance(by, now) })}
      </p>
    </div>
  )
}
