/** The picture itself: one canvas as large as what is in sight, drawn anew when somebody scrolls, chooses or resizes. Complete by keyboard. */
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { drawStowage, type Look, readLook } from './stowage-draw.ts'
import './stowage.css'
import { bayIndexOf, boxAt, CELLS, cellCorner, fittingSize, layoutOf } from './stowage-layout.ts'
import type { Stowage } from './stowage-model.ts'
import { type Step, stepFrom } from './stowage-steer.ts'
import { t } from './vessel-text.ts'

export interface StowageStageProps {
  readonly stowage: Stowage
  readonly chosen: number | undefined
  readonly discharge: number | undefined
  readonly onChoose: (box: number) => void
  readonly onOpen: (box: number) => void
}

const HEIGHT = 560
const AROUND = 30
const STEPS: Readonly<Record<string, Step>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  PageDown: 'next-bay',
  PageUp: 'last-bay',
  n: 'next-mark',
  p: 'last-mark',
}

export function StowageStage({ stowage, chosen, discharge, onChoose, onOpen }: StowageStageProps) {
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const keys = useId()
  const [width, setWidth] = useState(0)
  const [look, setLook] = useState<Look>(readLook)
  // As large as the whole plan fits, until somebody chooses a size.
  const [size, setSize] = useState<number>()
  const shown = size ?? fittingSize(stowage, { width, height: HEIGHT })
  const layout = useMemo(() => layoutOf(stowage, CELLS[shown] ?? CELLS[0], width), [stowage, shown, width])
  const height = Math.min(HEIGHT, layout.height)

  useEffect(() => {
    const element = box.current
    if (element === null) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const recolour = (): void => setLook(readLook())
    dark.addEventListener('change', recolour)
    return () => {
      observer.disconnect()
      dark.removeEventListener('change', recolour)
    }
  }, [])
  const paint = (): void => {
    const [element, around] = [canvas.current, box.current]
    const pen = element?.getContext('2d')
    if (element === null || around === null || pen === null || pen === undefined || width === 0) return
    const ratio = devicePixelRatio
    const size = [Math.round(width * ratio), Math.round(height * ratio)] as const
    if (element.width !== size[0] || element.height !== size[1]) [element.width, element.height] = size
    pen.setTransform(ratio, 0, 0, ratio, 0, 0)
    drawStowage(pen, { stowage, layout, look, chosen, discharge, sight: { top: around.scrollTop, left: around.scrollLeft, width, height } })
    element.dataset['drawn'] = String(stowage.answer.containers.length)
  }
  useEffect(paint)
  // The chosen box comes into sight, wherever it was chosen.
  useEffect(() => {
    const around = box.current
    if (around === null || chosen === undefined || width === 0) return
    const corner = cellCorner(stowage, layout, { box: chosen, bay: bayIndexOf(stowage, chosen) })
    if (corner === undefined || bayIndexOf(stowage, chosen) < 0) return
    const { scrollTop, scrollLeft } = around
    if (corner.y < scrollTop + AROUND || corner.y > scrollTop + height - AROUND) around.scrollTop = corner.y - height / 2
    if (corner.x < scrollLeft || corner.x > scrollLeft + width - AROUND) around.scrollLeft = corner.x - width / 2
  }, [chosen, stowage, layout, width, height])

  const onResize = (by: 1 | -1): void => setSize(Math.max(0, Math.min(CELLS.length - 1, shown + by)))
  const go = (step: Step): void => {
    const next = stepFrom(stowage, chosen, step)
    if (next !== undefined && next !== chosen) onChoose(next)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = STEPS[event.key]
    if (step !== undefined) go(step)
    else if (event.key === '+' || event.key === '=') onResize(1)
    else if (event.key === '-') onResize(-1)
    else if (event.key === 'Enter' && chosen !== undefined) onOpen(chosen)
    else return
    event.preventDefault()
  }
  const under = (event: MouseEvent): number | undefined => {
    const around = box.current
    if (around === null) return undefined
    const { left, top } = around.getBoundingClientRect()
    return boxAt(stowage, layout, {
      x: event.clientX - left - around.clientLeft + around.scrollLeft,
      y: event.clientY - top - around.clientTop + around.scrollTop,
    })
  }
  return (
    <>
      <div
        ref={box}
        className="stowage"
        role="application"
        aria-label={t('stowage.stage')}
        aria-describedby={keys}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application takes the keys it describes
        tabIndex={0}
        style={{ height }}
        onKeyDown={onKeyDown}
        onScroll={paint}
        onClick={(event) => {
          const found = under(event)
          if (found !== undefined) onChoose(found)
        }}
        onDoubleClick={(event) => {
          const found = under(event)
          if (found !== undefined) onOpen(found)
        }}
      >
        <div aria-hidden="true" style={{ width: Math.max(layout.width, 1), height: layout.height }}>
          <canvas ref={canvas} style={{ width, height }} />
        </div>
      </div>
      <div className="actions">
        {(
          [
            ['nearer', () => onResize(1)],
            ['farther', () => onResize(-1)],
            ['previous', () => go('last-mark')],
            ['next', () => go('next-mark')],
          ] as const
        ).map(([name, press]) => (
          <button key={name} type="button" className="button" onClick={press}>
            {t(`stowage.${name}`)}
          </button>
        ))}
      </div>
      <details>
        <summary>{t('stowage.keysTitle')}</summary>
        <p id={keys}>{t('stowage.keys')}</p>
      </details>
    </>
  )
}
