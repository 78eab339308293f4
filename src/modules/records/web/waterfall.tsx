/**
 * Why two records may be one: where the comparison began, what each reason added or took away, where it ended. Drawn and written in one table; the node
 * computed all of it, and the figures add up to what stands in the last row.
 */
import { Scroll } from '#web/kit/scroll.tsx'
import type { MatchWire } from '../contract.ts'
import { propertyText } from './model-text.ts'
import { code, t } from './text.ts'

const WIDE = 200
const HIGH = 14
const HEADS = ['reason', 'left', 'right', 'weight', 'bar'] as const

interface Step {
  readonly key: string
  readonly text: string
  readonly left: string
  readonly right: string
  readonly from: number
  readonly to: number
}

export function Waterfall({
  match,
  schemata,
  label,
}: {
  readonly match: MatchWire
  readonly schemata: readonly string[]
  readonly label: string
}) {
  const steps = stepsOf(match, schemata)
  const ends = [0, match.logOdds, ...steps.flatMap(({ from, to }) => [from, to])]
  const range = { least: Math.min(...ends), most: Math.max(...ends) }
  return (
    <>
      <p>
        {t('match.score', { score: match.score.toFixed(3), threshold: match.threshold.toFixed(2) })}{' '}
        <strong>{t(match.score >= match.threshold ? 'match.above' : 'match.below')}</strong>
      </p>
      <Scroll label={label}>
        <table className="waterfall">
          <caption>{label}</caption>
          <thead>
            <tr>
              {HEADS.map((head) => (
                <th key={head} scope="col" className={head === 'weight' ? 'number' : ''}>
                  {t(`match.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <tr key={step.key}>
                <th scope="row">{step.text}</th>
                <td>
                  <bdi>{step.left}</bdi>
                </td>
                <td>
                  <bdi>{step.right}</bdi>
                </td>
                <td className="number">{signed(step.to - step.from)}</td>
                <td>
                  <Bar from={step.from} to={step.to} range={range} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={3}>
                {t('match.sum')}
              </th>
              <td className="number">{signed(match.logOdds)}</td>
              <td>
                <Bar from={0} to={match.logOdds} range={range} />
              </td>
            </tr>
          </tfoot>
        </table>
      </Scroll>
    </>
  )
}

/** For speaks to the right and is filled, against to the left and is hollow; the figure beside it has the sign. */
function Bar({
  from,
  to,
  range,
}: {
  readonly from: number
  readonly to: number
  readonly range: { readonly least: number; readonly most: number }
}) {
  const span = range.most - range.least || 1
  const at = (value: number): number => ((value - range.least) / span) * (WIDE - 4) + 2
  const [start, end] = [at(Math.min(from, to)), at(Math.max(from, to))]
  const zero = at(0)
  return (
    <svg className="bar" viewBox={`0 0 ${WIDE} ${HIGH}`} width={WIDE} height={HIGH} aria-hidden="true">
      <line x1={zero} x2={zero} y1="0" y2={HIGH} />
      <rect className={to >= from ? 'for' : 'against'} x={start} y="3" width={Math.max(1, end - start)} height={HIGH - 6} />
    </svg>
  )
}

function stepsOf({ prior, steps }: MatchWire, schemata: readonly string[]): readonly Step[] {
  const rows: Step[] = [{ key: 'prior', text: t('match.prior'), left: '', right: '', from: 0, to: prior }]
  let sum = prior
  for (const [index, step] of steps.entries()) {
    const said = code('record.step', step.code)
    rows.push({
      key: `${index}`,
      // `country-equal` says of what it speaks; `identifier-equal` does not.
      text: step.code.startsWith(step.property) ? said : `${propertyText(schemata, step.property)}: ${said}`,
      left: step.left,
      right: step.right,
      from: sum,
      to: sum + step.logOdds,
    })
    sum += step.logOdds
  }
  return rows
}

export function signed(value: number): string {
  const shown = Math.abs(value).toFixed(2)
  return value > 0 ? `+${shown}` : value < 0 ? `−${shown}` : shown
}
