/** One row for each rule version, score and stratum: counts first, then what they say, with the random stratum as the line to compare with. */
import type { z } from 'zod'
import { Badge } from '#web/kit/badge.tsx'
import { Scroll } from '#web/kit/scroll.tsx'
import { Empty } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import type { EffectivenessRow, listEffectiveness } from '../contract.ts'
import { count, Interval, percent, times } from './shown-figures.tsx'
import { t } from './text.ts'

type Data = z.output<(typeof listEffectiveness)['ok']>
const COUNTS = ['hits', 'unknown', 'selected', 'inspected', 'found', 'notChecked', 'notFoundInTime', 'withoutProbability'] as const
const LEAST_SCALE = 0.1

export function EffectivenessTable({ data }: { readonly data: Data }) {
  const { rows, random, method, leftOut, leastRanked } = data
  // One scale for all rows of a column, so that bars can be compared by eye.
  const share = Math.min(1, Math.max(LEAST_SCALE, ...rows.map(({ precision }) => precision?.high ?? 0)))
  const lift = Math.max(2, ...rows.map((row) => (row.lift === undefined ? 0 : Math.min(row.lift.high, row.lift.value * 2))))
  return (
    <>
      <p>
        {random === undefined
          ? t('effect.noRandom')
          : t('effect.random', {
              interval: t('figure.interval', {
                value: percent(random.value),
                low: percent(random.low),
                high: percent(random.high),
                n: count(random.n),
              }),
            })}{' '}
        {t('effect.ranked', { n: leastRanked })} {t('effect.line')}
      </p>
      {leftOut === 0 ? null : <p className="warnings">{t('effect.leftOut', { n: count(leftOut) })}</p>}
      {rows.length === 0 ? (
        <Empty>{t('effect.none')}</Empty>
      ) : (
        <Scroll label={t('effect.table')}>
          <table className="effect">
            <caption>{t('effect.table')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('effect.col.title')}</th>
                <th scope="col">{t('effect.col.where')}</th>
                <th scope="col">{t('effect.col.precision')}</th>
                <th scope="col">{t('effect.col.lift')}</th>
                <th scope="col" className="number">
                  {t('effect.col.rank')}
                </th>
                {COUNTS.map((head) => (
                  <th key={head} scope="col" className="number">
                    {t(`effect.col.${head}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={[row.kind, row.ref, row.version, row.port, row.month].join(' ')} className={row.kind}>
                  <th scope="row">
                    <What row={row} />
                  </th>
                  <td className="one-line">{[row.port, row.month].filter(Boolean).join(', ') || t('effect.everywhere')}</td>
                  <td>
                    <Interval estimate={row.precision} most={share} mark={random?.value} />
                  </td>
                  <td>{row.kind === 'random' ? null : <Interval estimate={row.lift} most={lift} mark={1} show={times} />}</td>
                  <td className="number">{row.rank ?? '–'}</td>
                  {COUNTS.map((head) => (
                    <td key={head} className="number">
                      {count(row[head])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <p className="muted">{method}</p>
    </>
  )
}

const PATHS: Readonly<Partial<Record<EffectivenessRow['kind'], string>>> = {
  rule: '/targeting/rules',
  score: '/targeting/scores',
  watch: '/targeting/watches',
}

function What({ row }: { readonly row: EffectivenessRow }) {
  const { kind, ref, title, version } = row
  const path = PATHS[kind]
  return (
    <>
      <Badge>{t(`kind.${kind}`)}</Badge>{' '}
      {path !== undefined && ref !== undefined ? (
        <AppLink to={`${path}/${ref}`}>{title}</AppLink>
      ) : title === t(`kind.${kind}`) ? null : (
        title
      )}
      {version === undefined ? null : <span className="muted"> {t('rules.version', { n: version })}</span>}
    </>
  )
}
