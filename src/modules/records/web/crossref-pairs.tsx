import type { z } from 'zod'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import type { CrossrefView, showCrossref } from '../contract.ts'
import { VERDICT_TONE } from './judgement-line.tsx'
import { RecordLine } from './record-line.tsx'
import { t } from './text.ts'

export type ShownCrossref = z.output<(typeof showCrossref)['ok']>
export type Pair = ShownCrossref['items'][number]

export interface CrossrefPairsProps {
  readonly pairs: readonly Pair[]
  /** Seen from the other side. */
  readonly isFlipped: boolean
  readonly preset: CrossrefView['preset']
  readonly onOnly: (entity: string) => void
}

/** One row for each pair, with the way to the comparison. */
export function CrossrefPairs({ pairs, isFlipped, preset, onOnly }: CrossrefPairsProps) {
  if (pairs.length === 0) return <Empty>{t('crossref.none')}</Empty>
  return (
    <Scroll label={t('crossref.pairs')}>
      <table className="pairs">
        <caption>{t('crossref.pairs')}</caption>
        <thead>
          <tr>
            <th scope="col" className="number">
              {t('crossref.score')}
            </th>
            <th scope="col">{t('compare.left')}</th>
            <th scope="col">{t('compare.right')}</th>
            <th scope="col">{t('crossref.verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair) => {
            const [one, other] = isFlipped ? [pair.right, pair.left] : [pair.left, pair.right]
            return (
              <tr key={`${pair.left.entity} ${pair.right.entity}`}>
                <td className="number">{pair.score.toFixed(3)}</td>
                <td>
                  <RecordLine row={one} />
                  <Button onPress={() => onOnly(one.entity)} label={t('crossref.onlyOf', { name: one.caption })}>
                    {t('crossref.only')}
                  </Button>
                </td>
                <td>
                  <RecordLine row={other} />
                </td>
                <td>
                  {pair.verdict === undefined ? null : <Badge tone={VERDICT_TONE[pair.verdict]}>{t(`verdict.${pair.verdict}`)}</Badge>}{' '}
                  <AppLink to="/records/compare" search={{ left: one.entity, right: other.entity, preset }} className="button">
                    {t('duplicates.compare')}
                  </AppLink>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Scroll>
  )
}
