/** One clock: when it runs out, whether law or policy says so, and on request the sum with its article. */
import { t } from '../text.ts'
import { showDistance, showInstant } from '../time.ts'
import { useNow } from '../use-now.ts'

export interface ClockShape {
  readonly label: string
  readonly safe: string
  readonly legalLatest: string
  readonly state?: 'running' | 'suspended' | 'met' | 'missed' | 'stopped'
  readonly missed?: boolean
  readonly kind: 'law' | 'policy'
  readonly basis: string
  readonly explain: string
}

const SOON_MS = 2 * 3_600_000

export function ClockChip({ clock }: { readonly clock: ClockShape }) {
  const now = useNow()
  const isOver = clock.state === 'missed' || clock.missed === true
  const isRunning = clock.state === undefined || clock.state === 'running' || clock.state === 'missed'
  const when = showDistance(clock.safe, now)
  const said = !isRunning ? t(`clock.${clock.state}`) : isOver ? t('clock.missed', { when }) : t('clock.due', { when })
  const tone = !isRunning ? 'done' : isOver ? 'missed' : Date.parse(clock.safe) - now < SOON_MS ? 'soon' : 'running'
  return (
    <details className={`clock ${tone}`}>
      <summary>
        <span className="clock-label">{clock.label}</span> {said} <span className="clock-kind">{t(`clock.${clock.kind}`)}</span>
      </summary>
      <p>{showInstant(clock.safe)}</p>
      <p>{clock.explain}</p>
      {clock.kind === 'law' ? <p>{t('clock.latest', { when: showInstant(clock.legalLatest) })}</p> : null}
      <p>{clock.basis}</p>
    </details>
  )
}
