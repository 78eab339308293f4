/** Hits by port and day: one strip for each port on a common scale, and the figures as a table. A day without hits is a day on the axis. */
import { useState } from 'react'
import { showDate } from '#web/time.ts'
import type { WhatIfResult } from '../contract.ts'
import { FiguresTable } from './figures-table.tsx'
import { count } from './shown-figures.tsx'
import { t } from './text.ts'

type PortDays = WhatIfResult['perPortDay']
const WIDE = 720
const HIGH = 56
const MS = 86_400_000
const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / MS)

export function HitsChart({ perPortDay }: { readonly perPortDay: PortDays }) {
  const [isOpen, setOpen] = useState(false)
  if (perPortDay.length === 0) return null
  const days = perPortDay.map(({ day }) => day).sort()
  const [first = '', last = ''] = [days[0], days.at(-1)]
  const span = dayNumber(last) - dayNumber(first) + 1
  const most = Math.max(1, ...perPortDay.map(({ hits }) => hits))
  const ports = [...new Set(perPortDay.map(({ port }) => port))].sort()
  return (
    <section aria-label={t('whatIf.figures')}>
      <h3>{t('whatIf.chart')}</h3>
      {ports.map((port) => {
        const own = perPortDay.filter((each) => each.port === port)
        return (
          <figure key={port} className="strip">
            <figcaption>{t('whatIf.chartOf', { port, most: count(Math.max(...own.map(({ hits }) => hits))) })}</figcaption>
            <svg viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true">
              <line x1="0" x2={WIDE} y1={HIGH - 1} y2={HIGH - 1} />
              {own.map(({ day, hits }) => {
                const high = (hits / most) * (HIGH - 4)
                const width = WIDE / span
                return (
                  <rect
                    key={day}
                    x={(dayNumber(day) - dayNumber(first)) * width}
                    y={HIGH - 1 - high}
                    width={Math.max(1, width * 0.8)}
                    height={high}
                  />
                )
              })}
            </svg>
          </figure>
        )
      })}
      <p className="axis-ends">
        <span>{showDate(first)}</span>
        <span>{showDate(last)}</span>
      </p>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('whatIf.figures')}</summary>
        {isOpen ? (
          <FiguresTable
            label={t('whatIf.figures')}
            heads={[t('whatIf.day'), t('whatIf.hits'), t('whatIf.arrivals')]}
            rows={perPortDay.map(({ port, day, hits, arrivals }) => [`${showDate(day)}, ${port}`, count(hits), count(arrivals)])}
          />
        ) : null}
      </details>
    </section>
  )
}
