/** When the clock would be due if it stood still from now for some hours: a question, nothing in the case changes. */
import { useState } from 'react'
import { Dialog } from '#web/kit/dialog.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { Reading } from '#web/kit/states.tsx'
import { useCall } from '#web/queries.ts'
import { useSettled } from '#web/use-settled.ts'
import { type CaseClock, whatIf } from '../contract.ts'
import { Clock } from './case-clock.tsx'
import { t } from './text.ts'

export interface WhatIfDialogProps {
  readonly caseId: string
  readonly clock: CaseClock
  readonly onClose: () => void
}

const MOST_HOURS = 10_000
const DAY = '24'
const TYPING_MS = 300

export function WhatIfDialog({ caseId, clock, onClose }: WhatIfDialogProps) {
  const [typed, setTyped] = useState(DAY)
  const hours = Number(useSettled(typed, TYPING_MS))
  const fits = typed !== '' && Number.isFinite(hours) && hours >= 0 && hours <= MOST_HOURS
  const answer = useCall(whatIf, { case: caseId, clock: clock.id, suspendedHours: hours }, { enabled: fits })
  return (
    <Dialog title={t('case.whatIfOf', { clock: clock.label })} isOpen onClose={onClose}>
      <p>{t('case.whatIfWhy')}</p>
      <TextField
        label={t('case.hours')}
        type="number"
        value={typed}
        onChange={setTyped}
        problem={fits ? undefined : t('case.hoursRange', { most: MOST_HOURS })}
        autoFocus
      />
      <Reading query={answer}>
        {({ now, assumed }) => (
          <div className="columns" role="status">
            <div>
              <h3>{t('case.asItIs')}</h3>
              <Clock clock={now} />
            </div>
            <div>
              <h3>{t('case.assumed')}</h3>
              <Clock clock={assumed} />
            </div>
          </div>
        )}
      </Reading>
    </Dialog>
  )
}
