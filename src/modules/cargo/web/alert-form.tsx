/** A new alert: checked by the node while it is written; who will receive it and what each will see stand there before it is issued. */
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { actKey, call } from '#web/client.ts'
import { Button } from '#web/kit/button.tsx'
import { Checkbox, Select, TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { useAddress, useGo } from '#web/navigate.tsx'
import { useCall } from '#web/queries.ts'
import { useSettled } from '#web/use-settled.ts'
import { issueAlert, previewAlert, type ReasonCode, reasonCodes, showContainer } from '../contract.ts'
import { AlertMarks } from './alert-marks.tsx'
import { SubjectFields } from './alert-subject-fields.tsx'
import { t as alertText } from './alert-text.ts'
import { emptyDraft, type FormDraft, prefilled, toWire } from './draft.ts'
import { AlertHandling } from './handling-fields.tsx'
import { LegsField } from './legs-field.tsx'
import { ReleasePanel } from './release-panel.tsx'
import { t } from './text.ts'

const SETTLE_MS = 350
const REQUESTED = ['monitor', 'document-check', 'scan', 'physical-control', 'do-not-load-advice'] as const

export function AlertForm() {
  const { container: asked } = useAddress()
  const go = useGo()
  const [draft, setDraft] = useState<FormDraft>(() => emptyDraft(asked ?? ''))
  const set = (part: Partial<FormDraft>): void => setDraft((held) => ({ ...held, ...part }))
  const known = useCall(showContainer, { container: asked ?? '' }, { enabled: asked !== undefined && asked !== '' })
  const wasFilled = useRef(false)
  useEffect(() => {
    if (known.data === undefined || wasFilled.current) return
    wasFilled.current = true
    const { prefill } = known.data
    setDraft((held) => prefilled(held, prefill))
  }, [known.data])
  const wire = useMemo(() => toWire(draft), [draft])
  const settled = useSettled(wire, SETTLE_MS)
  const preview = useCall(previewAlert, settled as never, { enabled: settled !== undefined })
  const key = useRef(actKey())
  const issue = useMutation({
    mutationFn: async () => {
      if (wire === undefined) throw new Error(t('form.noRecipient'))
      return await call(issueAlert, { draft: wire, key: key.current })
    },
    onSuccess: ({ alert }) => go(`/alerts/${alert}`),
  })
  const answer = wire === undefined ? undefined : preview.data
  const found = (field: string) => answer?.problems.find((each) => each.at === field) ?? answer?.warnings.find((each) => each.at === field)
  const problem = (field: string): ReactNode => {
    const each = found(field)
    return each === undefined ? undefined : each.message
  }
  const isByAir = draft.kind === 'air-waybill'
  const isReady = answer !== undefined && answer.problems.length === 0 && answer.gate.decision === 'pass' && answer.recipients.length > 0
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady) issue.mutate()
  }
  return (
    <>
      <h1>{t('form.title')}</h1>
      {known.data === undefined ? null : <p className="muted">{t('form.prefilled', { container: known.data.container })}</p>}
      <form className="form" onSubmit={submit}>
        <fieldset className="fieldset">
          <legend>{t('form.what')}</legend>
          <SubjectFields draft={draft} onChange={set} found={found('subject.number')} asStatedProblem={problem('subject.asStated')} />
          <TextField
            label={isByAir ? alertText('air.house') : t('form.bill')}
            value={draft.bill}
            onChange={(bill) => set({ bill })}
            maxLength={40}
            problem={problem('bill')}
          />
          <TextField label={t('form.booking')} value={draft.booking} onChange={(booking) => set({ booking })} maxLength={40} />
          <TextField label={t('form.seals')} value={draft.seals} onChange={(seals) => set({ seals })} problem={problem('seals')} />
          <TextField label={t('form.goods')} value={draft.goods} onChange={(goods) => set({ goods })} maxLength={300} />
          {draft.kind === 'container' ? <VesselFields draft={draft} onChange={set} found={found('vesselImo')} /> : null}
          <TextField
            label={draft.kind === 'container' ? t('form.voyage') : alertText('air.flight')}
            value={draft.voyage}
            onChange={(voyage) => set({ voyage })}
            maxLength={20}
          />
        </fieldset>
        <fieldset className="fieldset">
          <legend>{t('form.route')}</legend>
          <LegsField legs={draft.legs} onChange={(legs) => set({ legs })} problem={problem} isByAir={draft.kind !== 'container'} />
        </fieldset>
        <fieldset className="fieldset">
          <legend>{t('form.why')}</legend>
          <Reasons chosen={draft.reasons} onChange={(reasons) => set({ reasons })} />
          <TextField
            className="wide"
            label={t('form.narrative')}
            help={t('form.narrativeHelp')}
            value={draft.narrative}
            onChange={(narrative) => set({ narrative })}
            isLong
            maxLength={2000}
          />
          <Select
            label={t('form.requested')}
            value={draft.requested}
            onChange={(value) => set({ requested: REQUESTED.find((each) => each === value) ?? 'monitor' })}
            choices={REQUESTED.map((id) => ({ id, label: t(`requested.${id}`) }))}
          />
        </fieldset>
        <AlertHandling draft={draft} onChange={set} />
        <AlertMarks draft={draft} recipients={answer?.recipients ?? []} onChange={set} />
        <ReleasePanel answer={answer} isChecking={preview.isFetching || settled !== wire} />
        <Problem error={issue.error ?? preview.error} />
        <div className="actions">
          <Button kind="primary" type="submit" isDisabled={!isReady || issue.isPending}>
            {t('form.issue')}
          </Button>
        </div>
      </form>
    </>
  )
}

interface VesselFieldsProps {
  readonly draft: FormDraft
  readonly onChange: (part: Partial<FormDraft>) => void
  readonly found: { readonly message: string; readonly suggestion?: string | undefined } | undefined
}

function VesselFields({ draft, onChange, found }: VesselFieldsProps) {
  const suggestion = found?.suggestion
  return (
    <>
      <TextField label={t('form.vessel')} value={draft.vesselName} onChange={(vesselName) => onChange({ vesselName })} maxLength={60} />
      <div>
        <TextField
          label={t('form.imo')}
          value={draft.vesselImo}
          onChange={(vesselImo) => onChange({ vesselImo })}
          maxLength={10}
          problem={found?.message}
        />
        {suggestion === undefined ? null : (
          <Button onPress={() => onChange({ vesselImo: suggestion })}>{t('form.useSuggestion', { number: suggestion })}</Button>
        )}
      </div>
    </>
  )
}

function Reasons({
  chosen,
  onChange,
}: {
  readonly chosen: readonly ReasonCode[]
  readonly onChange: (reasons: readonly ReasonCode[]) => void
}) {
  return (
    <fieldset className="wide fieldset">
      <legend>{t('form.reasons')} *</legend>
      {(Object.keys(reasonCodes) as ReasonCode[]).map((id) => (
        <Checkbox
          key={id}
          label={reasonCodes[id]}
          isSelected={chosen.includes(id)}
          onChange={(on) => onChange(on ? [...chosen, id] : chosen.filter((each) => each !== id))}
        />
      ))}
    </fieldset>
  )
}
