/** Asking a port partner: the narrow form beside the words that the partner will read. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { Button } from '#web/kit/button.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { fromLocalField, toLocalField } from '#web/time.ts'
import { portActionKinds, requestPortAction } from '../contract.ts'
import type { AlertView } from './alert.tsx'
import { code, t } from './text.ts'

const DAY = 86_400_000
const LEAST = 3

export function AskPortPartner({ alert }: { readonly alert: AlertView }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t('alert.askPort')}</Button>
      {isOpen ? <RequestDialog alert={alert} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function RequestDialog({ alert, onClose }: { readonly alert: AlertView; readonly onClose: () => void }) {
  const [partner, setPartner] = useState(alert.partners[0]?.desk ?? '')
  const [action, setAction] = useState<(typeof portActionKinds)[number]>('hold')
  const [until, setUntil] = useState(() => new Date(Date.now() + DAY).toISOString())
  const [legalBasisText, setBasis] = useState('')
  const [contact, setContact] = useState('')
  const container = alert.content.subject?.number ?? ''
  return (
    <ActDialog
      title={t('port.ask')}
      press={t('port.send')}
      isReady={legalBasisText.length >= LEAST && contact.length >= LEAST}
      act={async (key) =>
        await call(requestPortAction, { alert: alert.alert, partner, container, action, until, legalBasisText, contact, key })
      }
      onClose={onClose}
    >
      <p>{t('port.neverWhy')}</p>
      <Select
        label={t('port.partner')}
        value={partner}
        onChange={setPartner}
        choices={alert.partners.map(({ desk, name }) => ({ id: desk, label: name }))}
      />
      <Select
        label={t('port.kind')}
        value={action}
        onChange={(value) => setAction(portActionKinds.find((each) => each === value) ?? 'hold')}
        choices={portActionKinds.map((id) => ({ id, label: code('portKind', id) }))}
      />
      <TextField
        label={t('port.until')}
        type="datetime-local"
        value={toLocalField(until)}
        onChange={(value) => setUntil(fromLocalField(value) ?? until)}
        isRequired
      />
      <TextField label={t('port.basis')} value={legalBasisText} onChange={setBasis} isRequired maxLength={300} />
      <TextField label={t('port.contact')} value={contact} onChange={setContact} isRequired maxLength={200} />
    </ActDialog>
  )
}
