/** Follow-ups of a case: what this desk still has to do, by when, and what came of it. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { actKey, call } from '#web/client.ts'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { Empty, Problem } from '#web/kit/states.tsx'
import { showInstant } from '#web/time.ts'
import { closeFollowUp, type FollowUpRow, openFollowUp } from '../contract.ts'
import { t } from './text.ts'

export function FollowUps({ caseId, followUps }: { readonly caseId: string; readonly followUps: readonly FollowUpRow[] }) {
  const [isOpening, setOpening] = useState(false)
  const [closing, setClosing] = useState<string>()
  return (
    <>
      <h3>{t('followUps.title')}</h3>
      {followUps.length === 0 ? <Empty>{t('followUps.none')}</Empty> : null}
      <ul className="stacked plain">
        {followUps.map((each) => (
          <li key={each.followUp}>
            <strong className="as-typed">{each.note}</strong> <Said row={each} />
            <br />
            <span className="muted">{t('followUps.by', { who: each.openedBy })}</span>
            <details>
              <summary>{t('followUps.due', { when: showInstant(each.due) })}</summary>
              <p>{each.explain}</p>
            </details>
            {each.closed === undefined ? (
              <Button onPress={() => setClosing(each.followUp)}>{t('followUps.close')}</Button>
            ) : (
              <p>{t('followUps.closed', { who: each.closed.by, when: showInstant(each.closed.at), outcome: each.closed.outcome })}</p>
            )}
          </li>
        ))}
      </ul>
      <Button onPress={() => setOpening(true)}>{t('followUps.open')}</Button>
      {isOpening ? <OpenDialog caseId={caseId} onClose={() => setOpening(false)} /> : null}
      {closing === undefined ? null : <CloseDialog caseId={caseId} followUp={closing} onClose={() => setClosing(undefined)} />}
    </>
  )
}

function Said({ row }: { readonly row: FollowUpRow }) {
  if (row.closed !== undefined) return null
  const when = showInstant(row.due)
  return row.isOverdue ? <Badge tone="bad">{t('followUps.overdue', { when })}</Badge> : <Badge>{t('followUps.due', { when })}</Badge>
}

function OpenDialog({ caseId, onClose }: { readonly caseId: string; readonly onClose: () => void }) {
  const [note, setNote] = useState('')
  const [days, setDays] = useState('5')
  // One key for one dialog: a second press after a lost answer opens nothing twice.
  const [key] = useState(actKey)
  return (
    <Act
      title={t('followUps.open')}
      onClose={onClose}
      act={async () => await call(openFollowUp, { case: caseId, note, workingDays: Number(days), key })}
    >
      <TextField label={t('followUps.note')} value={note} onChange={setNote} isRequired isLong maxLength={2000} />
      <TextField label={t('followUps.days')} type="number" value={days} onChange={setDays} isRequired />
    </Act>
  )
}

function CloseDialog(props: { readonly caseId: string; readonly followUp: string; readonly onClose: () => void }) {
  const { caseId, followUp, onClose } = props
  const [outcome, setOutcome] = useState('')
  return (
    <Act title={t('followUps.close')} onClose={onClose} act={async () => await call(closeFollowUp, { case: caseId, followUp, outcome })}>
      <TextField label={t('followUps.outcome')} value={outcome} onChange={setOutcome} isRequired isLong maxLength={2000} />
    </Act>
  )
}

interface ActProps {
  readonly title: string
  readonly act: () => Promise<unknown>
  readonly onClose: () => void
  readonly children: ReactNode
}

function Act({ title, act, onClose, children }: ActProps) {
  const cache = useQueryClient()
  const done = useMutation({
    mutationFn: act,
    onSuccess: async () => {
      await cache.invalidateQueries()
      onClose()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    done.mutate()
  }
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {children}
        <Problem error={done.error} />
        <div className="actions">
          <Button kind="primary" type="submit" isDisabled={done.isPending}>
            {title}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
