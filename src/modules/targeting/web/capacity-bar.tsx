/** Strata of a selection against capacity: drawn as one bar, decided parts filled, and the same in words below. */
import type { SelectionView } from '../contract.ts'
import { count } from './shown-figures.tsx'
import { t } from './text.ts'

const WIDE = 600
const HIGH = 20

export function CapacityBar({ selection }: { readonly selection: SelectionView }) {
  const { capacity } = selection.capacity
  const strata = selection.strata.filter(({ selected }) => selected > 0)
  const selected = strata.reduce((sum, each) => sum + each.selected, 0)
  const scale = WIDE / Math.max(1, capacity, selected)
  const starts = strata.map((_, at) => strata.slice(0, at).reduce((sum, each) => sum + each.selected, 0))
  return (
    <figure className="capacity">
      <figcaption>{t('capacity.title', { capacity: count(capacity) })}</figcaption>
      <svg viewBox={`0 0 ${WIDE} ${HIGH}`} aria-hidden="true" preserveAspectRatio="none">
        <rect className="whole" x="0" y="1" width={WIDE} height={HIGH - 2} />
        {strata.map((each, at) => (
          <g key={each.stratum} className={`stratum-${each.stratum}`}>
            <rect className="part" x={(starts[at] ?? 0) * scale} y="1" width={each.selected * scale} height={HIGH - 2} />
            <rect
              className="decided"
              x={(starts[at] ?? 0) * scale}
              y="1"
              width={(each.selected - each.undecided) * scale}
              height={HIGH - 2}
            />
          </g>
        ))}
        <line className="limit" x1={capacity * scale} x2={capacity * scale} y1="0" y2={HIGH} />
      </svg>
      <ul className="plain legend">
        {strata.map(({ stratum, ...figures }) => (
          <li key={stratum} className={`stratum-${stratum}`}>
            <span className="swatch" aria-hidden="true" />{' '}
            <span>{t('capacity.part', { stratum: t(`stratum.${stratum}`), ...figures })}</span>
          </li>
        ))}
        <li>
          {selected > capacity
            ? t('capacity.over', { n: count(selected - capacity) })
            : t('capacity.free', { n: count(capacity - selected) })}
        </li>
      </ul>
    </figure>
  )
}
