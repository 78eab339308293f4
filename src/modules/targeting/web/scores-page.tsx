/** Versions of the score of the own desk: learned in the background, put to work by a supervisor, never by themselves. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { actKey, call } from '#web/client.ts'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty, Problem, Reading } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { showInstant } from '#web/time.ts'
import { learnScore, listScores, type ScoreRow } from '../contract.ts'
import { byText } from './selection-page.tsx'
import { count, percent } from './shown-figures.tsx'
import { TargetingTabs, useMay } from './targeting-tabs.tsx'
import { t } from './text.ts'

const LEARNING_MS = 1500
export const SCORE_TONE: Readonly<Record<ScoreRow['state'], Tone>> = {
  waiting: 'neutral',
  learning: 'info',
  learned: 'info',
  'not-enough': 'warn',
  failed: 'bad',
  active: 'good',
  replaced: 'neutral',
}
const HEADS = ['version', 'state', 'outcomes', 'found', 'precisionAt5', 'precisionAt10', 'attributes', 'asked'] as const
const FIGURES: readonly string[] = ['outcomes', 'found', 'precisionAt5', 'precisionAt10']

export function ScoresPage() {
  const cache = useQueryClient()
  const mayLearn = useMay()('targeting.supervise')
  const first = useCall(listScores, {})
  const isLearning = first.data?.items.some(({ state }) => state === 'waiting' || state === 'learning') === true
  // Looks again by itself while something is being learned.
  const query = useCall(listScores, {}, isLearning ? { everyMs: LEARNING_MS } : {})
  const learn = useMutation({
    mutationFn: async () => await call(learnScore, { key: actKey() }),
    onSuccess: async () => await cache.invalidateQueries({ queryKey: [listScores.id] }),
  })
  return (
    <>
      <title>{t('scores.page')}</title>
      <h1>{t('scores.title')}</h1>
      <TargetingTabs current="/targeting/scores" />
      <p>{t('scores.what')}</p>
      <Reading query={query}>
        {({ items, controlled, found, needed, lacks }) => (
          <>
            <p className={lacks === undefined ? '' : 'warnings'}>
              {t('scores.controlled', { controlled: count(controlled), found: count(found) })}{' '}
              {lacks === undefined ? t('scores.enough') : t(`scoreLack.${lacks}`, { needed })}
            </p>
            {mayLearn ? (
              <div className="actions">
                <Button kind="primary" isDisabled={lacks !== undefined || isLearning || learn.isPending} onPress={() => learn.mutate()}>
                  {t('scores.learn')}
                </Button>
              </div>
            ) : null}
            <Problem error={learn.error} />
            {items.length === 0 ? <Empty>{t('scores.none')}</Empty> : <Versions rows={items} />}
          </>
        )}
      </Reading>
    </>
  )
}

function Versions({ rows }: { readonly rows: readonly ScoreRow[] }) {
  return (
    <Scroll label={t('scores.list')}>
      <table>
        <caption>{t('scores.list')}</caption>
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col" className={FIGURES.includes(head) ? 'number' : ''}>
                {t(`scores.col.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.version}>
              <th scope="row">
                <AppLink to={`/targeting/scores/${row.version}`}>
                  {t('scores.of', { at: showInstant(row.finishedAt ?? row.asked.at) })}
                </AppLink>
              </th>
              <td>
                <Badge tone={SCORE_TONE[row.state]}>{t(`scoreState.${row.state}`)}</Badge>
                {row.state === 'learning' ? <progress value={row.progress} max={1} aria-label={t('scores.learn')} /> : null}
              </td>
              <td className="number">{count(row.outcomes)}</td>
              <td className="number">{count(row.found)}</td>
              <td className="number">{row.precisionAt5 === undefined ? '–' : percent(row.precisionAt5)}</td>
              <td className="number">{row.precisionAt10 === undefined ? '–' : percent(row.precisionAt10)}</td>
              <td>{row.attributes.join(', ')}</td>
              <td>{byText(row.asked)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
