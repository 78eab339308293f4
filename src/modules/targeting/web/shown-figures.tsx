/** Figures as these pages show them: shares with their interval drawn and written, log-odds with their sign, counts with their thousands. */
import type { EstimateView } from '../contract.ts'
import { t } from './text.ts'

const WIDE = 120
const HIGH = 14
const MILLION = 1_000_000

export function percent(share: number): string {
  return `${(share * 100).toFixed(Math.abs(share) < 0.1 ? 1 : 0)}\u00A0%`
}

export function count(n: number): string {
  return n.toLocaleString('en-GB')
}

/** Millionths of log-odds as points of a hundredth, with the sign that a minus has in print. */
export function logOdds(millionths: number): string {
  const shown = (Math.abs(millionths) / MILLION).toFixed(2)
  return millionths > 0 ? `+${shown}` : millionths < 0 ? `−${shown}` : shown
}

export interface IntervalProps {
  readonly estimate: EstimateView | undefined
  /** Where the scale ends: 1 for a share. */
  readonly most?: number
  /** A line to compare with: the random stratum, or 1 for a lift. */
  readonly mark?: number | undefined
  readonly show?: (value: number) => string
}

/** The interval as a bar, the value as a point, what to compare with as a line; the same in words beside it. */
export function Interval({ estimate, most = 1, mark, show = percent }: IntervalProps) {
  if (estimate === undefined) return <span className="muted">{t('figure.none')}</span>
  const { value, low, high, n } = estimate
  const at = (each: number): number => Math.max(0, Math.min(1, each / most)) * WIDE
  return (
    <span className="estimate">
      <svg className="interval" viewBox={`0 0 ${WIDE} ${HIGH}`} width={WIDE} height={HIGH} aria-hidden="true">
        <line className="axis" x1="0" x2={WIDE} y1={HIGH / 2} y2={HIGH / 2} />
        <rect className="range" x={at(low)} y="4" width={Math.max(2, at(high) - at(low))} height={HIGH - 8} />
        <circle cx={at(value)} cy={HIGH / 2} r="3.5" />
        {mark === undefined ? null : <line className="mark-line" x1={at(mark)} x2={at(mark)} y1="0" y2={HIGH} />}
        {high > most ? <path className="beyond" d={`M${WIDE - 6} 2 L${WIDE - 1} ${HIGH / 2} L${WIDE - 6} ${HIGH - 2}`} /> : null}
      </svg>{' '}
      <span>{t('figure.interval', { value: show(value), low: show(low), high: show(high), n: count(n) })}</span>
    </span>
  )
}

export function times(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)}\u00A0×`
}
