/** One judgement: what was said of two records, by whom, why, and how it is taken back. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { Badge, type Tone } from '#web/kit/badge.tsx'
import { Button } from '#web/kit/button.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { AppLink } from '#web/navigate.tsx'
import { useSessionQuery } from '#web/shell/session.ts'
import { showInstant } from '#web/time.ts'
import { type JudgementView, revokeJudgement } from '../contract.ts'
import { RecordLink } from './record-link.tsx'
import { t } from './text.ts'

export const VERDICT_TONE: Readonly<Record<JudgementView['verdict'], Tone>> = { same: 'good', 'not-same': 'bad', unsure: 'warn' }

export function JudgementLine({ judgement }: { readonly judgement: JudgementView }) {
  const { verdict, left, right, leftCaption, rightCaption, reason, evidence, score, by, at, revoked } = judgement
  const [isOpen, setOpen] = useState(false)
  const mayJudge = useSessionQuery().data?.permissions.includes('records.judge') === true
  return (
    <div className={revoked === undefined ? 'judgement' : 'judgement ended'}>
      <p>
        <Badge tone={VERDICT_TONE[verdict]}>{t(`verdict.${verdict}`)}</Badge> <RecordLink entity={left} caption={leftCaption} />{' '}
        {t('judgement.and')} <RecordLink entity={right} caption={rightCaption} />
      </p>
      <p className="as-typed">{reason}</p>
      <p className="muted">
        {t('judgement.by', { who: by, when: showInstant(at) })}
        {score === undefined ? null : ` · ${t('search.score', { score: score.toFixed(2) })}`}
        {evidence.length === 0 ? null : ` · ${t('judgement.evidence', { n: evidence.length })}`}
      </p>
      {revoked === undefined ? (
        <div className="actions">
          {mayJudge ? (
            <Button onPress={() => setOpen(true)} label={t('judgement.revokeOf', { left: leftCaption, right: rightCaption })}>
              {t('judgement.revoke')}
            </Button>
          ) : null}
          <AppLink to="/records/compare" search={{ left, right }} className="button">
            {t('duplicates.compare')}
          </AppLink>
        </div>
      ) : (
        <p>
          <Badge tone="neutral">{t('judgement.revoked')}</Badge>{' '}
          {t('judgement.revokedBy', { who: revoked.by, when: showInstant(revoked.at), reason: revoked.reason })}
        </p>
      )}
      {isOpen ? <RevokeDialog judgement={judgement} onClose={() => setOpen(false)} /> : null}
    </div>
  )
}

export interface RevokeDialogProps {
  readonly judgement: Pick<JudgementView, 'judgement' | 'verdict'>
  readonly onClose: () => void
  readonly onDone?: () => void
}

export function RevokeDialog({ judgement, onClose, onDone }: RevokeDialogProps) {
  const [reason, setReason] = useState('')
  return (
    <ActDialog
      title={t('judgement.revoke')}
      isReady={reason.trim().length >= 3}
      act={async () => await call(revokeJudgement, { judgement: judgement.judgement, reason: reason.trim() })}
      onClose={onClose}
      {...(onDone === undefined ? {} : { onDone })}
    >
      <p>{t(judgement.verdict === 'same' ? 'judgement.revokeSame' : 'judgement.revokeOther')}</p>
      <TextField label={t('correct.reason')} value={reason} onChange={setReason} isRequired isLong autoFocus maxLength={500} />
    </ActDialog>
  )
}
