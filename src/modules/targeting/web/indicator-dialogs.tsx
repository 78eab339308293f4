/** Proposing another setting of an indicator, and deciding a proposal of somebody else. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { Checkbox, TextField } from '#web/kit/fields.tsx'
import { decideIndicator, type IndicatorView, proposeIndicator } from '../contract.ts'
import { t } from './text.ts'

const LEAST_REASON = 3

export function ProposeSetting({ item, onClose }: { readonly item: IndicatorView; readonly onClose: () => void }) {
  const [enabled, setEnabled] = useState(item.enabled)
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(item.parameters.map(({ name, value }) => [name, String(value)])),
  )
  const [reason, setReason] = useState('')
  const parameters = Object.fromEntries(
    Object.entries(values).map(([name, text]) => [name, text.trim() === '' ? Number.NaN : Number(text)]),
  )
  const isReady = reason.trim().length >= LEAST_REASON && Object.values(parameters).every(Number.isFinite)
  return (
    <ActDialog
      title={t('indicators.proposeOf', { title: item.title })}
      isReady={isReady}
      act={async (key) => await call(proposeIndicator, { indicator: item.id, enabled, parameters, reason: reason.trim(), key })}
      onClose={onClose}
    >
      <Checkbox label={t('indicators.enabled')} isSelected={enabled} onChange={setEnabled} />
      {item.parameters.map(({ name, default: usual }) => (
        <TextField
          key={name}
          label={name}
          value={values[name] ?? ''}
          onChange={(text) => setValues((held) => ({ ...held, [name]: text }))}
          help={t('indicators.default', { n: usual })}
          maxLength={20}
        />
      ))}
      <TextField label={t('indicators.reason')} value={reason} onChange={setReason} isRequired isLong maxLength={500} />
    </ActDialog>
  )
}

export interface DecideSettingProps {
  readonly item: IndicatorView
  readonly proposal: string
  readonly decision: 'release' | 'return'
  readonly onClose: () => void
}

export function DecideSetting({ item, proposal, decision, onClose }: DecideSettingProps) {
  const [note, setNote] = useState('')
  return (
    <ActDialog
      title={t(decision === 'release' ? 'indicators.releaseOf' : 'indicators.returnOf', { title: item.title })}
      isReady={decision === 'release' || note.trim().length >= LEAST_REASON}
      act={async () => await call(decideIndicator, { indicator: item.id, proposal, decision, note: note.trim() })}
      onClose={onClose}
    >
      <TextField label={t('indicators.note')} value={note} onChange={setNote} isRequired={decision === 'return'} isLong maxLength={500} />
    </ActDialog>
  )
}
