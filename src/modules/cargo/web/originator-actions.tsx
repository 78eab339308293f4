/** What only the originator may do: change the itinerary, and take the alert back. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { Button } from '#web/kit/button.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { recallAlert, updateAlert } from '../contract.ts'
import type { AlertView } from './alert.tsx'
import { newLeg } from './draft.ts'
import { LegsField } from './legs-field.tsx'
import { t } from './text.ts'

export function OriginatorActions({ alert }: { readonly alert: AlertView }) {
  const [open, setOpen] = useState<'update' | 'recall'>()
  return (
    <>
      {alert.mayUpdate ? <Button onPress={() => setOpen('update')}>{t('alert.update')}</Button> : null}
      {alert.mayRecall ? (
        <Button kind="danger" onPress={() => setOpen('recall')}>
          {t('alert.recall')}
        </Button>
      ) : null}
      {open === 'update' ? <UpdateDialog alert={alert} onClose={() => setOpen(undefined)} /> : null}
      {open === 'recall' ? <RecallDialog alert={alert} onClose={() => setOpen(undefined)} /> : null}
    </>
  )
}

interface DialogProps {
  readonly alert: AlertView
  readonly onClose: () => void
}

const LEAST_REASON = 3

function UpdateDialog({ alert, onClose }: DialogProps) {
  const [legs, setLegs] = useState(() => (alert.content.legs ?? []).map((leg) => newLeg(leg.role, leg.place, leg.eta ?? '')))
  const [reason, setReason] = useState('')
  return (
    <ActDialog
      title={t('alert.update')}
      isReady={reason.length >= LEAST_REASON}
      act={async (key) =>
        await call(updateAlert, {
          alert: alert.alert,
          legs: legs.map(({ role, place, eta }) => ({ role, place, ...(eta === '' ? {} : { eta }) })),
          reason,
          key,
        })
      }
      said={({ added, dropped }) => t('alert.changed', { added: added.join(', ') || '–', dropped: dropped.join(', ') || '–' })}
      onClose={onClose}
    >
      <LegsField
        legs={legs}
        onChange={(next) => setLegs([...next])}
        problem={() => undefined}
        isByAir={alert.content.subject?.kind !== 'container'}
      />
      <TextField label={t('alert.reason')} value={reason} onChange={setReason} isRequired maxLength={300} />
    </ActDialog>
  )
}

function RecallDialog({ alert, onClose }: DialogProps) {
  const [reason, setReason] = useState('')
  return (
    <ActDialog
      title={t('alert.recall')}
      isReady={reason.length >= LEAST_REASON}
      isDangerous
      act={async (key) => await call(recallAlert, { alert: alert.alert, reason, key })}
      onClose={onClose}
    >
      <p>{t('alert.recallSure')}</p>
      <TextField label={t('alert.reason')} value={reason} onChange={setReason} isRequired maxLength={300} />
    </ActDialog>
  )
}
