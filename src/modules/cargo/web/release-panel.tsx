/** Before an alert leaves: which desks receive it and why, what each sees, and what the transfer gate says. */
import type { z } from 'zod'
import { Badge } from '#web/kit/badge.tsx'
import { showInstant } from '#web/time.ts'
import type { previewAlert } from '../contract.ts'
import { t } from './text.ts'

export interface ReleasePanelProps {
  readonly answer: z.output<(typeof previewAlert)['ok']> | undefined
  readonly isChecking: boolean
}

export function ReleasePanel({ answer, isChecking }: ReleasePanelProps) {
  return (
    <section className="panel" aria-label={t('form.release')}>
      <h2>{t('form.release')}</h2>
      {answer === undefined || answer.recipients.length === 0 ? (
        <p className="muted">{t('form.noRecipient')}</p>
      ) : (
        <ul>
          {answer.recipients.map((recipient) => (
            <li key={`${recipient.desk} ${recipient.place}`}>
              <strong>{recipient.deskName}</strong> ({recipient.place}, {showInstant(recipient.eta)}){' '}
              {t('form.because', { role: t(`role.${recipient.role}`), because: recipient.because })}
            </li>
          ))}
        </ul>
      )}
      {answer?.uncovered.map((each) => (
        <p key={each.place}>
          <Badge tone="warn">{each.place}</Badge> {t('form.uncovered', each)}
        </p>
      ))}
      {answer === undefined ? null : (
        <>
          <ul className="muted">
            {answer.whoSeesWhat.map(({ audience, fields }) => (
              <li key={audience}>
                <details>
                  <summary>
                    {audience} {fields.length === 0 ? t('form.seesNothing') : t('form.sees', { n: fields.length })}
                  </summary>
                  {fields.join(', ')}
                </details>
              </li>
            ))}
          </ul>
          <p>
            {t('form.gate')}:{' '}
            <Badge tone={answer.gate.decision === 'pass' ? 'good' : 'bad'}>
              {t(answer.gate.decision === 'pass' ? 'form.gatePass' : 'form.gateRefuse')}
            </Badge>{' '}
            {answer.gate.because} <span className="muted">{answer.gate.basis}</span>
          </p>
        </>
      )}
      <p role="status">
        {isChecking
          ? t('form.checking')
          : answer === undefined
            ? ''
            : answer.problems.length > 0
              ? t('form.problems', { n: answer.problems.length })
              : t('form.ready')}
      </p>
    </section>
  )
}
