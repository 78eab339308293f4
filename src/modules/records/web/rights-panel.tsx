/** How long the record stays and why: reviews and last days, holds for cases, restriction of processing. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { Button } from '#web/kit/button.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { AppLink } from '#web/navigate.tsx'
import { useSessionQuery } from '#web/shell/session.ts'
import { showInstant } from '#web/time.ts'
import { liftHold, placeHold, type RecordView, restrictRecord } from '../contract.ts'
import { t } from './text.ts'

type Act = { readonly kind: 'hold' } | { readonly kind: 'restrict' } | { readonly kind: 'lift'; readonly hold: string }

export function RightsPanel({ record }: { readonly record: RecordView }) {
  const { statements, hold, restricted, mayWrite, entity } = record
  const [act, setAct] = useState<Act | undefined>(undefined)
  const mayList = useSessionQuery().data?.permissions.includes('records.inventory') === true
  const standing = statements.filter(({ recordedTo }) => recordedTo === undefined)
  const least = (dates: readonly string[]): string | undefined => [...dates].sort()[0]
  const review = least(standing.map(({ marking }) => marking.reviewAt))
  const erase = least(standing.map(({ marking }) => marking.eraseAt))
  const close = (): void => setAct(undefined)
  return (
    <section className="panel" aria-labelledby="rights">
      <h2 id="rights">{t('rights.title')}</h2>
      <dl className="facts">
        <dt>{t('rights.review')}</dt>
        <dd>{review === undefined ? '–' : showInstant(review)}</dd>
        <dt>{t('rights.erase')}</dt>
        <dd>{erase === undefined ? '–' : showInstant(erase)}</dd>
        <dt>{t('rights.restriction')}</dt>
        <dd>{t(restricted ? 'rights.isRestricted' : 'rights.isOpen')}</dd>
        <dt>{t('rights.holds')}</dt>
        <dd>
          {hold.length === 0 ? t('rights.noHold') : null}
          {hold.map((each) => (
            <div key={each.hold}>
              {t('rights.heldFor', { case: each.caseRef, when: showInstant(each.until) })}{' '}
              {mayWrite ? (
                <Button onPress={() => setAct({ kind: 'lift', hold: each.hold })} label={t('rights.liftOf', { case: each.caseRef })}>
                  {t('rights.lift')}
                </Button>
              ) : null}
            </div>
          ))}
        </dd>
      </dl>
      {mayList ? (
        <p>
          <AppLink to={`/records/${entity}/inventory`}>{t('inventory.title')}</AppLink>
        </p>
      ) : null}
      {mayWrite ? (
        <div className="actions">
          <Button onPress={() => setAct({ kind: 'hold' })}>{t('rights.hold')}</Button>
          <Button onPress={() => setAct({ kind: 'restrict' })}>{t(restricted ? 'rights.unrestrict' : 'rights.restrict')}</Button>
        </div>
      ) : null}
      {act?.kind === 'hold' ? <HoldDialog entity={entity} onClose={close} /> : null}
      {act?.kind === 'restrict' ? (
        <ReasonDialog
          title={t(restricted ? 'rights.unrestrict' : 'rights.restrict')}
          what={t('rights.restrictWhat')}
          act={async (reason, key) => await call(restrictRecord, { entity, restricted: !restricted, reason, key })}
          onClose={close}
        />
      ) : null}
      {act?.kind === 'lift' ? (
        <ReasonDialog
          title={t('rights.lift')}
          what={t('rights.liftWhat')}
          act={async (reason) => await call(liftHold, { hold: act.hold, reason })}
          onClose={close}
        />
      ) : null}
    </section>
  )
}

function HoldDialog({ entity, onClose }: { readonly entity: string; readonly onClose: () => void }) {
  const [caseRef, setCaseRef] = useState('')
  const [days, setDays] = useState('180')
  const [reason, setReason] = useState('')
  const n = Number(days)
  return (
    <ActDialog
      title={t('rights.hold')}
      isReady={caseRef.trim() !== '' && reason.trim().length >= 3 && Number.isInteger(n) && n >= 1 && n <= 1095}
      act={async (key) => await call(placeHold, { entity, caseRef: caseRef.trim(), days: n, reason: reason.trim(), key })}
      onClose={onClose}
    >
      <p>{t('rights.holdWhat')}</p>
      <TextField label={t('rights.case')} value={caseRef} onChange={setCaseRef} isRequired autoFocus maxLength={80} />
      <TextField label={t('rights.days')} type="number" value={days} onChange={setDays} isRequired />
      <TextField label={t('correct.reason')} value={reason} onChange={setReason} isRequired isLong maxLength={500} />
    </ActDialog>
  )
}

interface ReasonDialogProps {
  readonly title: string
  readonly what: string
  readonly act: (reason: string, key: string) => Promise<unknown>
  readonly onClose: () => void
}

function ReasonDialog({ title, what, act, onClose }: ReasonDialogProps) {
  const [reason, setReason] = useState('')
  return (
    <ActDialog title={title} isReady={reason.trim().length >= 3} act={async (key) => await act(reason.trim(), key)} onClose={onClose}>
      <p>{what}</p>
      <TextField label={t('correct.reason')} value={reason} onChange={setReason} isRequired isLong autoFocus maxLength={500} />
    </ActDialog>
  )
}
