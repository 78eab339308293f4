/** Lanes of a timeline, one for each record, as a drawing that takes the keys. What it shows stands in the table below it too. */
import type { KeyboardEventHandler } from 'react'
import { familyOf } from './graph-family.ts'
import { t } from './text.ts'
import { dayText, type Stretch, stretchOf, ticksOf } from './timeline-scale.ts'
import { type TimelineItem, whatText, whenText } from './timeline-text.ts'

const MOST_LANES = 60
const LANE = 26
const NAMES = 180
const WIDTH = 760
/** Half of the words of a tick. */
const TICK_ROOM = 24
const HEAD = 22

export interface TimelineLanesProps {
  readonly items: readonly TimelineItem[]
  readonly shown: Stretch
  readonly onKeyDown: KeyboardEventHandler
  readonly describedBy: string
}

export function TimelineLanes({ items, shown, onKeyDown, describedBy }: TimelineLanesProps) {
  const all = [...new Set(items.map(({ entity }) => entity))]
  const lanes = all.slice(0, MOST_LANES)
  const height = HEAD + lanes.length * LANE
  const x = (ms: number): number => NAMES + ((ms - shown.from) / (shown.to - shown.from)) * (WIDTH - NAMES)
  return (
    <>
      {all.length > MOST_LANES ? <p>{t('time.mostLanes', { most: MOST_LANES, n: all.length })}</p> : null}
      <div
        className="lanes"
        role="application"
        aria-label={t('time.chart', { from: dayText(shown.from), to: dayText(shown.to) })}
        aria-describedby={describedBy}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application takes the keys it describes
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <svg width={WIDTH} height={height} viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true">
          {ticksOf(shown).map((tick) => (
            <g key={tick.at}>
              <line className="lane-tick" x1={x(tick.at)} x2={x(tick.at)} y1={HEAD - 4} y2={height} />
              <text x={x(tick.at)} y={HEAD - 8} textAnchor={x(tick.at) > WIDTH - TICK_ROOM ? 'end' : 'middle'}>
                {tick.text}
              </text>
            </g>
          ))}
          {lanes.map((entity, index) => (
            <Lane key={entity} items={items.filter((item) => item.entity === entity)} top={HEAD + index * LANE} x={x} />
          ))}
        </svg>
      </div>
    </>
  )
}

interface LaneProps {
  readonly items: readonly TimelineItem[]
  readonly top: number
  readonly x: (ms: number) => number
}

function Lane({ items, top, x }: LaneProps) {
  const [first] = items
  if (first === undefined) return null
  const { letter, colour } = familyOf(first.schema)
  return (
    <g>
      <line className="lane-line" x1={0} x2={WIDTH} y1={top + LANE} y2={top + LANE} />
      {items.map((item, index) => {
        const stretch = stretchOf(item.from, item.to)
        const [from, to] = stretch === undefined ? [0, 0] : [Math.max(NAMES, x(stretch.from)), Math.min(WIDTH, x(stretch.to))]
        if (to <= from) return null
        return (
          // oxlint-disable-next-line react/no-array-index-key -- two entries may say the same
          <rect
            key={`${index} ${item.prop}`}
            x={from}
            width={Math.max(4, to - from)}
            y={top + 6}
            height={LANE - 12}
            rx="2"
            fill={colour}
            fillOpacity="0.8"
          >
            <title>{`${whatText(item)}: ${whenText(item)}`}</title>
          </rect>
        )
      })}
      <rect className="lane-name" x={0} y={top + 1} width={NAMES - 6} height={LANE - 2} />
      <text x={4} y={top + 17}>
        {`${letter} · ${first.caption === '' ? t('record.unnamed') : first.caption}`.slice(0, 28)}
      </text>
    </g>
  )
}
