/** The boxes of a plan as a table of any length; to come to a row is to choose its box, and the box chosen in the picture is shown here. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { AppLink } from '#web/navigate.tsx'
import type { StowageAnswer } from '../contract/vessel.ts'
import { lifeAddress } from './life-address.ts'
import { marksOf, portsText, positionText, weightText } from './stowage-words.ts'
import { code, t } from './vessel-text.ts'

export interface StowageTableProps {
  readonly answer: StowageAnswer
  /** Places in the columns of the answer. */
  readonly rows: readonly number[]
  readonly chosen: number | undefined
  readonly onChoose: (box: number) => void
  readonly onOpen: (box: number) => void
}

const ROW_HEIGHT = 26
const PAGE = 15
const HEADS = ['position', 'container', 'marks', 'type', 'ports', 'class'] as const
const TEMPLATE = '7rem 9rem 11rem 4.5rem 11rem minmax(7rem, 1fr)'
const WIDTH = '49.5rem'
const TONE: Readonly<Record<string, Tone>> = { alert: 'bad', signal: 'warn', badCheckDigit: 'info', notIso: 'info' }

export function StowageTable({ answer, rows, chosen, onChoose, onOpen }: StowageTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const isMoving = useRef(false)
  const at = chosen === undefined ? -1 : rows.indexOf(chosen)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    // The head covers as much of what is in sight.
    scrollPaddingEnd: ROW_HEIGHT + 4,
  })
  const seen = virtual.getVirtualItems()
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at)
  }, [at, virtual])
  useEffect(() => {
    if (!isMoving.current) return
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${at}"]`)
    if (row === null || row === undefined) return
    isMoving.current = false
    row.focus()
  }, [at, seen])
  const onKeyDown = (event: KeyboardEvent): void => {
    const by: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + PAGE,
      PageUp: at - PAGE,
      Home: 0,
      End: rows.length - 1,
    }
    if (event.key === 'Enter' && chosen !== undefined && event.target instanceof HTMLElement && event.target.dataset['row'] !== undefined) {
      event.preventDefault()
      onOpen(chosen)
      return
    }
    const next = by[event.key]
    if (next === undefined) return
    event.preventDefault()
    const box = rows[Math.max(0, Math.min(rows.length - 1, next))]
    if (box === undefined || box === chosen) return
    isMoving.current = true
    onChoose(box)
  }
  // One row can be come to: the chosen one, else the first.
  const entry = at < 0 ? 0 : at
  return (
    <div className="grid-frame">
      <div
        className="grid"
        role="grid"
        aria-label={t('stowage.table')}
        aria-rowcount={rows.length + 1}
        ref={scroller}
        style={{ maxHeight: '560px' }}
        {...(rows.length === 0 || !seen.some(({ index }) => index === entry) ? { tabIndex: 0 } : {})}
        onKeyDown={onKeyDown}
      >
        <div role="rowgroup" className="grid-head">
          <div role="row" className="grid-row" style={{ gridTemplateColumns: TEMPLATE, minWidth: WIDTH }} aria-rowindex={1}>
            {HEADS.map((head) => (
              <div role="columnheader" key={head}>
                {t(`stowage.${head}`)}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="grid-body" style={{ height: virtual.getTotalSize(), minWidth: WIDTH }}>
          {seen.map(({ index, start }) => {
            const box = rows[index]
            if (box === undefined) return null
            const container = answer.containers[box] ?? ''
            return (
              <div
                role="row"
                key={box}
                data-row={index}
                className="grid-row stowage-row"
                aria-rowindex={index + 2}
                aria-selected={index === at}
                tabIndex={index === entry ? 0 : -1}
                style={{
                  gridTemplateColumns: TEMPLATE,
                  transform: `translateY(${start}px)`,
                  height: ROW_HEIGHT,
                }}
                onFocus={() => {
                  if (box !== chosen) onChoose(box)
                }}
              >
                <div role="gridcell">{positionText(answer, box)}</div>
                <div role="gridcell">
                  {/* A link in each row would be a stop of the Tab key for each box in sight. */}
                  {index === at ? <AppLink to={lifeAddress(container)}>{container}</AppLink> : container}
                </div>
                <div role="gridcell">
                  {marksOf(answer, box).map((mark) => (
                    <Badge key={mark} tone={TONE[mark] ?? 'neutral'}>
                      {code('mark', mark)}
                    </Badge>
                  ))}
                </div>
                <div role="gridcell">{answer.isoTypes[answer.isoType[box] ?? -1] ?? ''}</div>
                <div role="gridcell">{portsText(answer, box)}</div>
                <div role="gridcell">{weightText(answer, box)}</div>
              </div>
            )
          })}
        </div>
      </div>
      <p className="grid-foot" role="status">
        {t('stowage.rows', { n: rows.length, all: answer.containers.length })}
      </p>
    </div>
  )
}
