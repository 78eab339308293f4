/** What an outcome asks: how it was looked at, or why it was not, by one digit; a find by its kind, weight and place. */
import { type FormEvent, useCallback, useState } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { controlMeans, notCheckedReason } from '../contract.ts'
import { FoundForm } from './found-form.tsx'
import type { SaidOutcome } from './outcome-text.ts'
import { QuickList } from './quick-list.tsx'
import { t } from './text.ts'

export type AskedOutcome = 'nothing' | 'seal-broken' | 'not-checked' | 'found'

export interface OutcomeDialogProps {
  readonly asked: AskedOutcome
  readonly container: string
  readonly onSaid: (said: SaidOutcome) => void
  readonly onClose: () => void
}

const MEANS = controlMeans.options.map((id) => ({ id, label: t(`means.${id}`) }))
const REASONS = notCheckedReason.options.map((id) => ({ id, label: t(`notChecked.${id}`) }))

export function OutcomeDialog(props: OutcomeDialogProps) {
  const { asked, container, onSaid, onClose } = props
  const [isOther, setOther] = useState(false)
  const answer = useCallback(
    (id: string): void => {
      if (asked === 'not-checked' && id === 'other') {
        setOther(true)
        return
      }
      if (asked === 'not-checked') onSaid({ kind: asked, found: [], reason: notCheckedReason.options.find((each) => each === id) })
      else if (asked !== 'found') onSaid({ kind: asked, found: [], means: controlMeans.options.find((each) => each === id) })
      onClose()
    },
    [asked, onSaid, onClose],
  )
  if (asked === 'found') return <FoundForm container={container} onSaid={onSaid} onClose={onClose} />
  if (isOther) return <OtherReason {...props} />
  return (
    <QuickList
      title={t(asked === 'not-checked' ? 'outcomes.whyNot' : 'outcomes.how', { container })}
      answers={asked === 'not-checked' ? REASONS : MEANS}
      onAnswer={answer}
      onClose={onClose}
    />
  )
}

function OtherReason({ container, onSaid, onClose }: OutcomeDialogProps) {
  const [note, setNote] = useState('')
  const isReady = note.trim() !== ''
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isReady) return
    onSaid({ kind: 'not-checked', found: [], reason: 'other', note: note.trim() })
    onClose()
  }
  return (
    <Dialog title={t('outcomes.whyNot', { container })} isOpen onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <TextField label={t('outcomes.note')} value={note} onChange={setNote} isRequired autoFocus maxLength={500} />
        <div className="actions">
          <Button kind="primary" type="submit" isDisabled={!isReady}>
            {t('outcomes.record')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
