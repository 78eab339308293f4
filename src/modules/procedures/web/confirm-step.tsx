/** Asks once more before a step that cannot be undone, or that a rule warns of. */
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { LegalBasis } from '#web/kit/legal-basis.tsx'
import { Problem } from '#web/kit/states.tsx'
import { t as app } from '#web/text.ts'
import { nameOf, type StepOffer } from './step-offer.ts'
import { t } from './text.ts'

export interface ConfirmStepProps {
  readonly step: StepOffer
  readonly error: unknown
  readonly isBusy: boolean
  readonly onClose: () => void
  readonly onSure: () => void
}

export function ConfirmStep({ step, error, isBusy, onClose, onSure }: ConfirmStepProps) {
  return (
    <Dialog title={t('case.confirm', { step: nameOf(step) })} isOpen onClose={onClose}>
      {step.irreversible ? <p>{t('case.irreversibleSure')}</p> : null}
      <Warnings warnings={step.warnings} />
      <Problem error={error} />
      <div className="actions">
        <Button kind={step.irreversible ? 'danger' : 'primary'} isDisabled={isBusy} onPress={onSure}>
          {nameOf(step)}
        </Button>
        <Button onPress={onClose}>{app('app.cancel')}</Button>
      </div>
    </Dialog>
  )
}

export function Warnings({ warnings }: Pick<StepOffer, 'warnings'>) {
  if (warnings.length === 0) return null
  return (
    <ul className="plain warnings" aria-label={t('case.warnings')}>
      {warnings.map(({ because, basis }) => (
        <li key={because}>
          <strong>{because}</strong> <LegalBasis basis={basis} />
        </li>
      ))}
    </ul>
  )
}
