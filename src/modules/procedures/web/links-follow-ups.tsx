/** Follow-ups of a case: what this desk still has to do, by when, and what came of it. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { Badge } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { Empty } from '#web/kit/states.tsx'
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
  return (
    <ActDialog
      title={t('followUps.open')}
      isReady={note !== '' && days !== ''}
      onClose={onClose}
      act={async (key) => await call(openFollowUp, { case: caseId, note, workingDays: Number(days), key })}
    >
      <TextField label={t('followUps.note')} value={note} onChange={setNote} isRequired isLong maxLength={2000} />
      <TextField label={t('followUps.days')} type="number" value={days} onChange={setDays} isRequired />
    </ActDialog>
  )
}

function CloseDialog(props: { readonly caseId: string; readonly followUp: string; readonly onClose: () => void }) {
  const { caseId, followUp, onClose } = props
  const [outcome, setOutcome] = useState('')
  return (
    <ActDialog
      title={t('followUps.close')}
      isReady={outcome !== ''}
      onClose={onClose}
      act={async () => await call(closeFollowUp, { case: caseId, followUp, outcome })}
    >
      <TextField label={t('followUps.outcome')} value={outcome} onChange={setOutcome} isRequired isLong maxLength={2000} />
    </ActDialog>
  )
}
