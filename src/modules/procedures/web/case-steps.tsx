/**
 * What this desk may do now: a button for each step, by its official name where there is one. What is barred stays in sight with the reason and the
 * article. A step with a form opens it (the address says which); one that cannot be undone, or with a warning, asks first.
 */
import { useState } from 'react'
import { Button } from '#web/kit/button.tsx'
import { LegalBasis } from '#web/kit/legal-basis.tsx'
import { Empty, Problem } from '#web/kit/states.tsx'
import type { CaseOnScreen } from '../contract.ts'
import { ConfirmStep } from './confirm-step.tsx'
import { asksFirst, nameOf, type StepOffer } from './step-offer.ts'
import type { TakeStep } from './take-step.ts'
import { t } from './text.ts'

export interface CaseStepsProps {
  readonly view: CaseOnScreen
  readonly take: TakeStep
  readonly opened: string | undefined
  readonly onOpen: (step: string) => void
}

export function CaseSteps({ view, take, opened, onOpen }: CaseStepsProps) {
  const [asking, setAsking] = useState<StepOffer>()
  const press = (step: StepOffer): void => {
    if (step.hasForm) onOpen(step.id)
    else if (asksFirst(step)) setAsking(step)
    else take.run({ step, fields: {} })
  }
  const first = view.steps.find(({ barred }) => barred === undefined)?.id
  return (
    <section className="panel" aria-labelledby="case-steps">
      <h2 id="case-steps">{t('case.steps')}</h2>
      {view.steps.length === 0 ? <Empty>{view.isOpen ? t('case.noSteps') : t('case.closed')}</Empty> : null}
      <ul className="plain steps">
        {view.steps.map((step) => (
          <li key={step.id} className={isLong(step) ? 'wide' : ''}>
            <Button
              kind={step.irreversible ? 'danger' : step.id === first ? 'primary' : 'plain'}
              isDisabled={step.barred !== undefined || take.isBusy || opened === step.id}
              onPress={() => press(step)}
            >
              {nameOf(step)}
            </Button>
            {isLong(step) ? (
              <span className="muted">
                {step.official === undefined || step.official === step.title ? null : <>{step.title}. </>}
                {step.irreversible ? t('case.irreversible') : null}
              </span>
            ) : null}
            {step.barred === undefined ? null : (
              <span>
                {t('case.barred', { because: step.barred.because })} <LegalBasis basis={step.barred.basis} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {opened === undefined && asking === undefined ? <Problem error={take.error} /> : null}
      {asking === undefined ? null : (
        <ConfirmStep
          step={asking}
          error={take.error}
          isBusy={take.isBusy}
          onClose={() => setAsking(undefined)}
          onSure={() => take.run({ step: asking, fields: {}, onDone: () => setAsking(undefined) })}
        />
      )}
    </section>
  )
}

/** More is said of it than its name. */
function isLong({ official, title, irreversible, barred }: StepOffer): boolean {
  return (official !== undefined && official !== title) || irreversible || barred !== undefined
}
