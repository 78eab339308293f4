/** One desk of an alert: its state, clocks, evidence, history, and what the viewer may do now. */
import { actKey, call } from '#web/client.ts'
import { Badge } from '#web/kit/badge.tsx'
import { ClockChip } from '#web/kit/clock-chip.tsx'
import { Empty } from '#web/kit/states.tsx'
import { AppLink } from '#web/navigate.tsx'
import { showInstant } from '#web/time.ts'
import { moveAlert, type PartyView, pr01 } from '../contract.ts'
import { STATE_TONE } from './alert-list.tsx'
import { Fields } from './fields-list.tsx'
import { Moves } from './moves.tsx'
import { code, t } from './text.ts'

const STEPS = ['ack', 'target', 'control', 'recordOutcome', 'decline', 'askAssistance', 'close'] as const

export function Party({ alert, party }: { readonly alert: string; readonly party: PartyView }) {
  return (
    <article className="party">
      <h3>
        {party.deskName} <Badge tone={STATE_TONE[party.state] ?? 'neutral'}>{code('state', party.state)}</Badge>{' '}
        <span className="muted">
          {t(`role.${party.role}`)}, {party.place}
          {party.eta === undefined ? '' : `, ${showInstant(party.eta)}`}
        </span>
      </h3>
      {party.clocks.map((clock) => (
        <ClockChip key={clock.id} clock={clock} />
      ))}
      <Moves
        definition={pr01}
        steps={STEPS}
        open={party.open}
        take={async (transition, fields) =>
          await call(moveAlert, { alert, caseId: party.caseId, transition, fields, version: party.version, key: actKey() })
        }
      />
      {party.followed.length === 0 ? null : (
        <p>
          {t('alert.followed')}{' '}
          {party.followed.map((each) => (
            <AppLink key={each.caseId} to={each.link}>
              {t('alert.followedCase', { title: each.title, state: each.state })}
            </AppLink>
          ))}
        </p>
      )}
      <details>
        <summary>
          {t('alert.evidence')} ({party.evidence.length})
        </summary>
        {party.evidence.length === 0 ? <Empty>{t('evidence.none')}</Empty> : null}
        <ol className="timeline">
          {party.evidence.map((step) => (
            <li key={`${step.kind} ${step.at} ${step.issuer}`}>
              <strong>{t(`evidence.${step.kind}`)}</strong> {step.positive ? null : <Badge tone="bad">{t('evidence.negative')}</Badge>}{' '}
              <span className="muted">
                {showInstant(step.at)}, {step.issuer}
              </span>
            </li>
          ))}
        </ol>
      </details>
      <details>
        <summary>
          {t('alert.history')} ({party.history.length})
        </summary>
        <ol className="timeline">
          {party.history.map((step) => (
            <li key={`${step.transition} ${step.at}`}>
              <strong>{code('state', step.to)}</strong>{' '}
              <span className="muted">
                {showInstant(step.at)}, {step.by}
              </span>
              <Fields fields={step.fields} />
            </li>
          ))}
        </ol>
      </details>
    </article>
  )
}
