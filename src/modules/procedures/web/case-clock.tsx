/** One clock: when it is due and at the latest, who says so, and how it was counted. Invariant: only what was read as law is called law. */
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { LegalBasis } from '#web/kit/legal-basis.tsx'
import { t as app } from '#web/text.ts'
import { showDistance, showInstant } from '#web/time.ts'
import { useNow } from '#web/use-now.ts'
import type { CaseClock } from '../contract.ts'
import { t } from './text.ts'

const TONE: Readonly<Record<CaseClock['state'], Tone>> = {
  running: 'info',
  suspended: 'warn',
  met: 'good',
  missed: 'bad',
  stopped: 'neutral',
}

export function Clock({ clock }: { readonly clock: CaseClock }) {
  const now = useNow()
  return (
    <article className={`clock ${clock.state === 'missed' ? 'missed' : 'running'}`}>
      <h3>
        {clock.label} <Badge tone={TONE[clock.state]}>{t(`clockState.${clock.state}`)}</Badge> <ClockKind clock={clock} />
      </h3>
      <dl className="facts">
        <dt>{t('case.safe')}</dt>
        <dd>
          <time dateTime={clock.safe}>{showInstant(clock.safe)}</time>{' '}
          {clock.isLive ? <span className="muted">{showDistance(clock.safe, now)}</span> : null}
        </dd>
        {clock.kind === 'policy' ? null : (
          <>
            <dt>{t('case.legalLatest')}</dt>
            <dd>
              <time dateTime={clock.legalLatest}>{showInstant(clock.legalLatest)}</time>
            </dd>
          </>
        )}
        <dt>{t('case.basis')}</dt>
        <dd>
          <LegalBasis basis={clock.basis} />
        </dd>
      </dl>
      <details>
        <summary>{t('case.counted')}</summary>
        <p className="as-typed">{clock.explain}</p>
      </details>
    </article>
  )
}

/** Law only where its text was read: from memory it is not verified, whatever the definition hopes. */
export function ClockKind({ clock }: { readonly clock: Pick<CaseClock, 'kind' | 'basis'> }) {
  if (clock.kind === 'policy') return <Badge>{app('clock.policy')}</Badge>
  return clock.basis.mark === 'V' ? <Badge tone="info">{app('clock.law')}</Badge> : null
}
