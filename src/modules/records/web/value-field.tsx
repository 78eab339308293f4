/** A field for one value, after its type in the model: a code from a list, another record, a date, a long text, or a line. The node cleans and checks what comes. */
import type { Property } from '#kernel/record/model.ts'
import { Select, TextField } from '#web/kit/fields.tsx'
import { choicesOf } from './model-text.ts'
import { PickField } from './pick-field.tsx'
import { RecordPicker } from './record-picker.tsx'
import { t } from './text.ts'

const MOST_VALUE = 65_536
const SHORT_LIST = 8

export interface ValueFieldProps {
  readonly label: string
  readonly property: Property | undefined
  readonly value: string
  readonly onChange: (value: string) => void
}

export function ValueField({ label, property, value, onChange }: ValueFieldProps) {
  const type = property?.type ?? 'string'
  const choices = choicesOf(type)
  if (choices !== undefined && choices.length <= SHORT_LIST)
    return <Select label={label} value={value} onChange={onChange} choices={choices} empty={t('enter.choose')} isRequired />
  if (choices !== undefined) return <PickField label={label} value={value} onChange={onChange} choices={choices} isRequired />
  if (type === 'entity') return <RecordPicker label={label} value={value} onChange={onChange} isRequired />
  return (
    <TextField
      label={label}
      value={value}
      onChange={onChange}
      isRequired
      isLong={type === 'text' || type === 'html' || type === 'json'}
      maxLength={MOST_VALUE}
      {...(type === 'date' ? { help: t('enter.dateHelp') } : {})}
    />
  )
}
