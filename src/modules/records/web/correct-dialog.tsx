/** Corrects or withdraws one statement of the own desk. The old one ends and stays in the history; what the node makes of the new value is said. */
import { useState } from 'react'
import { call } from '#web/client.ts'
import { ActDialog } from '#web/kit/act-dialog.tsx'
import { TextField } from '#web/kit/fields.tsx'
import { correctStatement, type ProblemRow, type StatementView } from '../contract.ts'
import { propertyNamed, propertyText } from './model-text.ts'
import { ProblemRows } from './problem-rows.tsx'
import { t } from './text.ts'
import { ValueField } from './value-field.tsx'

export interface CorrectDialogProps {
  readonly statement: StatementView
  readonly isWithdrawn: boolean
  readonly schemata: readonly string[]
  readonly onClose: () => void
}

export function CorrectDialog({ statement, isWithdrawn, schemata, onClose }: CorrectDialogProps) {
  const { prop } = statement
  const [value, setValue] = useState(statement.value)
  const [from, setFrom] = useState(statement.from ?? '')
  const [to, setTo] = useState(statement.to ?? '')
  const [reason, setReason] = useState('')
  const [fragment = '', ordinal = ''] = statement.statement.split('/')
  const label = propertyText(schemata, prop)
  return (
    <ActDialog
      title={t(isWithdrawn ? 'correct.withdraw' : 'correct.title')}
      isDangerous={isWithdrawn}
      isReady={reason.trim().length >= 3 && (isWithdrawn || value.trim() !== '')}
      act={async (key) =>
        await call(correctStatement, {
          fragment,
          ordinal,
          prop,
          reason: reason.trim(),
          key,
          ...(isWithdrawn ? {} : { value, ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }) }),
        })
      }
      said={saidOf}
      onClose={onClose}
    >
      <p>{t(isWithdrawn ? 'correct.withdrawWhat' : 'correct.what')}</p>
      {isWithdrawn ? (
        <p>
          {label}: <bdi>{statement.caption ?? statement.value}</bdi>
        </p>
      ) : (
        <>
          <ValueField label={label} property={propertyNamed(schemata, prop)} value={value} onChange={setValue} />
          <TextField label={t('enter.from')} value={from} onChange={setFrom} help={t('enter.dateHelp')} maxLength={20} />
          <TextField label={t('enter.to')} value={to} onChange={setTo} maxLength={20} />
        </>
      )}
      <TextField label={t('correct.reason')} value={reason} onChange={setReason} isRequired isLong maxLength={500} />
    </ActDialog>
  )
}

function saidOf({ problems }: { readonly problems: readonly ProblemRow[] }) {
  return problems.length === 0 ? null : <ProblemRows rows={problems} label={t('problems.entered')} />
}
