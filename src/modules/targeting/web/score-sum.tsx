/** The sum of a score: base, its largest terms, the rest, the total. The figures are whole millionths of log-odds and add up to the last row exactly. */
import { Scroll } from '#web/kit/scroll.tsx'
import { AppLink } from '#web/navigate.tsx'
import type { ArrivalView, ScoreTerm } from '../contract.ts'
import { count, logOdds } from './shown-figures.tsx'
import { t } from './text.ts'

type Sum = NonNullable<ArrivalView['score']>
const WIDE = 160
const HIGH = 12
const HEADS = ['term', 'n', 'hits', 'logOdds', 'bar'] as const

export function ScoreSum({ score }: { readonly score: Sum }) {
  const { base, terms, others, total, version } = score
  const most = Math.max(1, Math.abs(base), Math.abs(total), ...terms.map((term) => Math.abs(term.logOdds)), Math.abs(others.logOdds))
  return (
    <>
      <Scroll label={t('arrival.scoreOf')}>
        <table>
          <caption>{t('arrival.scoreOf')}</caption>
          <thead>
            <tr>
              {HEADS.map((head) => (
                <th key={head} scope="col" className={head === 'term' || head === 'bar' ? '' : 'number'}>
                  {t(`arrival.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Line text={t('arrival.base')} value={base} most={most} />
            {terms.map((term) => (
              <Line
                key={`${term.attribute} ${term.value}`}
                text={term.kind === 'rule' ? `${t('why.rule')}: ${term.value}` : `${term.attribute}: ${term.value}`}
                value={term.logOdds}
                most={most}
                of={term}
              />
            ))}
            {others.count === 0 ? null : <Line text={t('arrival.others', { n: others.count })} value={others.logOdds} most={most} />}
          </tbody>
          <tfoot>
            <Line text={t('arrival.total')} value={total} most={most} />
          </tfoot>
        </table>
      </Scroll>
      {version === undefined ? null : (
        <p>
          <AppLink to={`/targeting/scores/${version}`}>{t('arrival.version')}</AppLink>
        </p>
      )}
    </>
  )
}

interface LineProps {
  readonly text: string
  readonly value: number
  readonly most: number
  readonly of?: ScoreTerm
}

function Line({ text, value, most, of }: LineProps) {
  return (
    <tr>
      <th scope="row">
        <bdi>{text}</bdi>
      </th>
      <td className="number">{of === undefined || of.kind === 'rule' ? '' : count(of.n)}</td>
      <td className="number">{of === undefined || of.kind === 'rule' ? '' : count(of.hits)}</td>
      <td className="number">{logOdds(value)}</td>
      <td>
        <SignedBar share={value / most} />
      </td>
    </tr>
  )
}

/** For goes right and is filled, against goes left and is hollow; the figure beside it has the sign. */
export function SignedBar({ share }: { readonly share: number }) {
  const length = Math.max(1, (Math.abs(share) * WIDE) / 2 - 1)
  const middle = WIDE / 2
  return (
    <svg className="signed" viewBox={`0 0 ${WIDE} ${HIGH}`} width={WIDE} height={HIGH} aria-hidden="true">
      <line x1={middle} x2={middle} y1="0" y2={HIGH} />
      <rect className={share >= 0 ? 'for' : 'against'} x={share >= 0 ? middle : middle - length} y="2" width={length} height={HIGH - 4} />
    </svg>
  )
}
