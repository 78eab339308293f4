/** The fields of a step, asked for in a dialog. Which are shown follows from what is chosen; the node checks them all again. */
import { type FormEvent, useState } from 'react'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { Checkbox, Select, TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { t as app } from '#web/text.ts'
import { fromLocalField, toLocalField } from '#web/time.ts'
import { controlKinds, declineCodes, foundKinds, foundPlaces, impossibleCodes, notControlledReasons } from '../contract.ts'
import { code } from './text.ts'

export interface MoveField {
  readonly id: string
  readonly type: 'code' | 'text' | 'instant' | 'number' | 'yes-no'
  readonly codes?: readonly string[]
  readonly isRequired?: boolean
  /** Shown only when another field has this value. */
  readonly when?: { readonly field: string; readonly is: string }
}

const OUTCOMES = ['positive', 'negative', 'notControlled'] as const

const FIELDS: Readonly<Record<string, readonly MoveField[]>> = {
  target: [{ id: 'plannedAt', type: 'instant', isRequired: true }],
  decline: [
    { id: 'declineCode', type: 'code', codes: declineCodes, isRequired: true },
    { id: 'declineReason', type: 'text', when: { field: 'declineCode', is: 'other' }, isRequired: true },
  ],
  control: [
    { id: 'controlKind', type: 'code', codes: controlKinds, isRequired: true },
    { id: 'controlPlace', type: 'text', isRequired: true },
    { id: 'controlledAt', type: 'instant', isRequired: true },
  ],
  recordOutcome: [
    { id: 'outcome', type: 'code', codes: OUTCOMES, isRequired: true },
    { id: 'foundKind', type: 'code', codes: foundKinds, isRequired: true, when: { field: 'outcome', is: 'positive' } },
    { id: 'foundKilograms', type: 'number', when: { field: 'outcome', is: 'positive' } },
    { id: 'foundPlace', type: 'code', codes: foundPlaces, when: { field: 'outcome', is: 'positive' } },
    { id: 'sealBroken', type: 'yes-no' },
    {
      id: 'notControlledReason',
      type: 'code',
      codes: notControlledReasons,
      isRequired: true,
      when: { field: 'outcome', is: 'notControlled' },
    },
    { id: 'outcomeNote', type: 'text' },
  ],
  impossible: [{ id: 'impossibleCode', type: 'code', codes: impossibleCodes, isRequired: true }],
  perform: [{ id: 'performedAt', type: 'instant', isRequired: true }],
}

export function fieldsOf(transition: string): readonly MoveField[] {
  return FIELDS[transition] ?? []
}

export interface MoveDialogProps {
  readonly title: string
  readonly fields: readonly MoveField[]
  readonly error: unknown
  readonly isBusy: boolean
  readonly onClose: () => void
  readonly onDone: (fields: Record<string, unknown>) => void
}

export function MoveDialog({ title, fields, error, isBusy, onClose, onDone }: MoveDialogProps) {
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>(() =>
    Object.fromEntries(fields.filter((field) => field.type === 'instant').map((field) => [field.id, new Date().toISOString()])),
  )
  const set = (id: string, value: unknown): void => setValues((held) => ({ ...held, [id]: value }))
  const shown = fields.filter(({ when }) => when === undefined || values[when.field] === when.is)
  const isComplete = shown.every((field) => field.isRequired !== true || (values[field.id] !== undefined && values[field.id] !== ''))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const given = shown.flatMap(({ id }) => (values[id] === undefined || values[id] === '' ? [] : [[id, values[id]] as const]))
    onDone(Object.fromEntries(given))
  }
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {shown.map((field) => (
          <Field key={field.id} field={field} value={values[field.id]} onChange={(value) => set(field.id, value)} />
        ))}
        <Problem error={error} />
        <div className="actions">
          <Button kind="primary" type="submit" isDisabled={!isComplete || isBusy}>
            {title}
          </Button>
          <Button onPress={onClose}>{app('app.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}

function Field({
  field,
  value,
  onChange,
}: {
  readonly field: MoveField
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}) {
  const label = code('field', field.id)
  const isRequired = field.isRequired === true
  const text = value === undefined ? '' : String(value)
  switch (field.type) {
    case 'code':
      return (
        <Select
          label={label}
          value={text}
          onChange={onChange}
          empty="–"
          isRequired={isRequired}
          choices={(field.codes ?? []).map((id) => ({ id, label: code(field.id, id) }))}
        />
      )
    case 'yes-no':
      return <Checkbox label={label} isSelected={value === true} onChange={onChange} />
    case 'instant':
      return (
        <TextField
          label={label}
          type="datetime-local"
          value={toLocalField(text)}
          onChange={(typed) => onChange(fromLocalField(typed) ?? '')}
          isRequired={isRequired}
        />
      )
    case 'number':
      return (
        <TextField
          label={label}
          type="number"
          value={text}
          onChange={(typed) => onChange(typed === '' ? '' : Number(typed))}
          isRequired={isRequired}
        />
      )
    case 'text':
      return <TextField label={label} value={text} onChange={onChange} isRequired={isRequired} maxLength={500} />
  }
}
