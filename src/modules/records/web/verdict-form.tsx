/** What a person says of two records, and why. The reason is never left out; what it rests on are statements of the two. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { actKey, call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { type JudgementView, judge, type presets, verdicts } from '../contract.ts'
import { t } from './text.ts'

export interface Judged {
  readonly judgement: string
  readonly verdict: JudgementView['verdict']
  readonly entity: string
}

export interface VerdictFormProps {
  readonly left: string
  readonly right: string
  readonly preset: (typeof presets)[number]
  /** Chosen statements of either. */
  readonly evidence: readonly string[]
  readonly onJudged: (judged: Judged) => void
  /** While the node is asked. */
  readonly onSaying: (isSaying: boolean) => void
}

export function VerdictForm({ left, right, preset, evidence, onJudged, onSaying }: VerdictFormProps) {
  const cache = useQueryClient()
  const [verdict, setVerdict] = useState<JudgementView['verdict'] | undefined>(undefined)
  const [reason, setReason] = useState('')
  const key = useRef(actKey())
  const say = useMutation({
    mutationFn: async (said: JudgementView['verdict']) =>
      await call(judge, { left, right, verdict: said, reason: reason.trim(), evidence: [...evidence], preset, key: key.current }),
    onMutate: () => onSaying(true),
    onSettled: () => onSaying(false),
    onSuccess: async ({ judgement, entity }, said) => {
      key.current = actKey()
      setReason('')
      setVerdict(undefined)
      onJudged({ judgement, entity, verdict: said })
      await cache.invalidateQueries()
    },
  })
  const isReady = verdict !== undefined && reason.trim().length >= 3 && !say.isPending
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady) say.mutate(verdict)
  }
  return (
    <form className="form panel" onSubmit={submit} aria-labelledby="verdict">
      <h2 id="verdict">{t('verdict.title')}</h2>
      <fieldset className="field group">
        <legend>{t('verdict.question')}</legend>
        <div className="choices">
          {verdicts.map((each) => (
            <label key={each} className="choice">
              <input type="radio" name="verdict" value={each} checked={verdict === each} onChange={() => setVerdict(each)} />
              {t(`verdict.${each}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <TextField
        label={t('correct.reason')}
        value={reason}
        onChange={setReason}
        isRequired
        isLong
        maxLength={1000}
        help={t('verdict.help', { n: evidence.length })}
      />
      <Problem error={say.error} />
      <div className="actions">
        <Button kind="primary" type="submit" isDisabled={!isReady}>
          {t('verdict.say')}
        </Button>
      </div>
    </form>
  )
}
