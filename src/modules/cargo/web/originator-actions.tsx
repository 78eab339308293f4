/** What only the originator may do: change the itinerary, and take the alert back. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { actKey, call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
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
  const [key] = useState(actKey)
  const cache = useQueryClient()
  const update = useMutation({
    mutationFn: async () =>
      await call(updateAlert, {
        alert: alert.alert,
        legs: legs.map(({ role, place, eta }) => ({ role, place, ...(eta === '' ? {} : { eta }) })),
        reason,
        key,
      }),
    onSuccess: async () => await cache.invalidateQueries(),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    update.mutate()
  }
  return (
    <Dialog title={t('alert.update')} isOpen onClose={onClose}>
      {update.data === undefined ? (
        <form className="form" onSubmit={submit}>
          <LegsField legs={legs} onChange={(next) => setLegs([...next])} problem={() => undefined} />
          <TextField label={t('alert.reason')} value={reason} onChange={setReason} isRequired maxLength={300} />
          <Problem error={update.error} />
          <Button kind="primary" type="submit" isDisabled={reason.length < LEAST_REASON || update.isPending}>
            {t('alert.update')}
          </Button>
        </form>
      ) : (
        <p role="status">
          {t('alert.changed', { added: update.data.added.join(', ') || '–', dropped: update.data.dropped.join(', ') || '–' })}
        </p>
      )}
    </Dialog>
  )
}

function RecallDialog({ alert, onClose }: DialogProps) {
  const [reason, setReason] = useState('')
  const [key] = useState(actKey)
  const cache = useQueryClient()
  const recall = useMutation({
    mutationFn: async () => await call(recallAlert, { alert: alert.alert, reason, key }),
    onSuccess: async () => {
      await cache.invalidateQueries()
      onClose()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    recall.mutate()
  }
  return (
    <Dialog title={t('alert.recall')} isOpen onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <p>{t('alert.recallSure')}</p>
        <TextField label={t('alert.reason')} value={reason} onChange={setReason} isRequired maxLength={300} />
        <Problem error={recall.error} />
        <Button kind="danger" type="submit" isDisabled={reason.length < LEAST_REASON || recall.isPending}>
          {t('alert.recall')}
        </Button>
      </form>
    </Dialog>
  )
}
