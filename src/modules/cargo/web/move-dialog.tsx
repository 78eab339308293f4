/** The form of a step, drawn from the procedure itself: the node checks the same form again when the step is taken. */
import { type FormEvent, useState } from 'react'
import type { ProcedureDef, Scalar } from '#kernel/procedure/definition.ts'
import { type AskedField, askedFields } from '#kernel/procedure/form.ts'
import { Button } from '#web/kit/button.tsx'
import { Dialog } from '#web/kit/dialog.tsx'
import { Checkbox, Select, TextField } from '#web/kit/fields.tsx'
import { Problem } from '#web/kit/states.tsx'
import { t as app } from '#web/text.ts'
import { fromLocalField, toLocalField } from '#web/time.ts'
import { code } from './text.ts'

/** A step without fields is done at once, without a dialog. */
export function hasForm(definition: ProcedureDef, transition: string): boolean {
  return (definition.transitions.find((each) => each.id === transition)?.form ?? []).length > 0
}

export interface MoveDialogProps {
  readonly title: string
  readonly definition: ProcedureDef
  readonly transition: string
  readonly error: unknown
  readonly isBusy: boolean
  readonly onClose: () => void
  readonly onDone: (fields: Record<string, unknown>) => void
}

export function MoveDialog({ title, definition, transition, error, isBusy, onClose, onDone }: MoveDialogProps) {
  const [values, setValues] = useState<Readonly<Record<string, Scalar>>>(() =>
    // The usual answer to "when" is now.
    Object.fromEntries(
      askedFields(definition, transition, {}).flatMap(({ field, isRequired }) =>
        field.type === 'instant' && isRequired ? [[field.id, new Date().toISOString()]] : [],
      ),
    ),
  )
  const set = (id: string, value: Scalar): void => setValues((held) => ({ ...held, [id]: value }))
  const asked = askedFields(definition, transition, values)
  const isComplete = asked.every(({ field, isRequired }) => !isRequired || (values[field.id] !== undefined && values[field.id] !== ''))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const given = asked.flatMap(({ field: { id } }) => (values[id] === undefined || values[id] === '' ? [] : [[id, values[id]] as const]))
    onDone(Object.fromEntries(given))
  }
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {asked.map((each) => (
          <Field key={each.field.id} asked={each} value={values[each.field.id]} onChange={(value) => set(each.field.id, value)} />
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

interface FieldProps {
  readonly asked: AskedField
  readonly value: Scalar | undefined
  readonly onChange: (value: Scalar) => void
}

function Field({ asked: { field, isRequired }, value, onChange }: FieldProps) {
  const label = code('field', field.id)
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
      return <TextField label={label} value={text} onChange={onChange} isRequired={isRequired} maxLength={field.maxLength ?? 500} />
  }
}
