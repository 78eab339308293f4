/** What leaving and re-routing ask: one digit for the usual reasons; "other" and an officer's own initiative ask for a note. */
import { type FormEvent, useCallback, useState } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { Select, TextField } from '#web/kit/fields.tsx'
import { type ArrivalRow, leaveReason, rerouteTo } from '../contract.ts'
import type { SaidDecision } from './decision-text.ts'
import { QuickList } from './quick-list.tsx'
import { code, t } from './text.ts'

export type Asking = 'leave' | 'reroute' | 'own'

export interface DecideDialogProps {
  readonly asking: Asking
  readonly row: ArrivalRow
  readonly onSaid: (said: SaidDecision) => void
  readonly onClose: () => void
}

const LEAVE = leaveReason.options.map((id) => ({ id, label: t(`leave.${id}`) }))
const REROUTE = [
  { id: 'scan', label: t('quick.scan'), to: 'scan', reason: 'scan-suffices' },
  { id: 'documents', label: t('quick.documents'), to: 'documents', reason: 'documents-suffice' },
  { id: 'transhipped', label: t('quick.transhipped'), to: 'other-port', reason: 'transhipped' },
  { id: 'elsewhere', label: t('quick.elsewhere'), to: 'other-port', reason: 'equipment-elsewhere' },
  { id: 'other', label: t('quick.other'), to: undefined, reason: 'other' },
] as const

export function DecideDialog({ asking, row, onSaid, onClose }: DecideDialogProps) {
  const [isOther, setOther] = useState(asking === 'own')
  const answer = useCallback(
    (id: string): void => {
      if (id === 'other') {
        setOther(true)
        return
      }
      const quick = REROUTE.find((each) => each.id === id)
      onSaid(asking === 'leave' ? { decision: 'leave', reason: id } : { decision: 'reroute', reason: quick?.reason, to: quick?.to })
      onClose()
    },
    [asking, onSaid, onClose],
  )
  if (isOther) return <WithNote asking={asking} row={row} onSaid={onSaid} onClose={onClose} />
  return (
    <QuickList
      title={t(asking === 'leave' ? 'act.leaveWhy' : 'act.rerouteWhy', { container: row.container })}
      answers={asking === 'leave' ? LEAVE : REROUTE}
      onAnswer={answer}
      onClose={onClose}
    />
  )
}

function WithNote({ asking, row, onSaid, onClose }: DecideDialogProps) {
  const [note, setNote] = useState('')
  const [to, setTo] = useState('')
  const title = t(asking === 'own' ? 'act.own' : 'act.otherWhy', {
    decision: t(asking === 'leave' ? 'act.leave' : 'act.reroute'),
    container: row.container,
  })
  const isReady = note.trim().length >= 3 && (asking !== 'reroute' || to !== '')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isReady) return
    const said = { note: note.trim() }
    if (asking === 'own') onSaid({ ...said, decision: 'take' })
    else if (asking === 'leave') onSaid({ ...said, decision: 'leave', reason: 'other' })
    else onSaid({ ...said, decision: 'reroute', reason: 'other', to: rerouteTo.options.find((each) => each === to) })
    onClose()
  }
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {asking === 'own' ? <p>{t('act.ownWhat')}</p> : null}
        {asking === 'reroute' ? (
          <Select
            label={t('act.to')}
            value={to}
            onChange={setTo}
            empty=""
            isRequired
            choices={rerouteTo.options.map((id) => ({ id, label: code('to', id) }))}
          />
        ) : null}
        <TextField label={t('act.note')} value={note} onChange={setNote} isRequired isLong autoFocus maxLength={500} />
        <div className="actions">
          <Button kind="primary" type="submit" isDisabled={!isReady}>
            {title}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
