/** Fields of a form: label above, help and problem below, both tied to the control. */
import { type ReactNode, useId } from 'react'
import { Checkbox as AriaCheckbox, TextField as AriaTextField, FieldError, Input, Label, Text, TextArea } from 'react-aria-components'

export interface TextFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly type?: 'text' | 'password' | 'search' | 'number' | 'datetime-local'
  readonly problem?: ReactNode
  readonly help?: string
  readonly isRequired?: boolean
  readonly isLong?: boolean
  /** To be selected and copied. */
  readonly isReadOnly?: boolean
  readonly maxLength?: number
  readonly autoComplete?: string
  readonly autoFocus?: boolean
  readonly className?: string
}

export function TextField(props: TextFieldProps) {
  const { label, value, onChange, type = 'text', problem, help, isRequired = false, isLong = false, className = '' } = props
  return (
    <AriaTextField
      className={`field ${className}`}
      value={value}
      onChange={onChange}
      isRequired={isRequired}
      isInvalid={problem !== undefined && problem !== null && problem !== false}
      validationBehavior="aria"
      {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
      {...(props.autoComplete === undefined ? {} : { autoComplete: props.autoComplete })}
      {...(props.autoFocus === true ? { autoFocus: true } : {})}
      {...(props.isReadOnly === true ? { isReadOnly: true } : {})}
    >
      <Label>
        {label}
        {isRequired ? <span aria-hidden="true"> *</span> : null}
      </Label>
      {isLong ? <TextArea rows={4} /> : <Input type={type} spellCheck={false} />}
      {help === undefined ? null : (
        <Text slot="description" className="help">
          {help}
        </Text>
      )}
      <FieldError className="field-problem">{problem}</FieldError>
    </AriaTextField>
  )
}

export interface Choice {
  readonly id: string
  readonly label: string
}

export interface SelectProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly choices: readonly Choice[]
  /** Text of the empty choice; without it there is none. */
  readonly empty?: string
  readonly isRequired?: boolean
  readonly problem?: ReactNode
  readonly help?: ReactNode
}

/** The platform's own list: best on a phone, complete by keyboard. */
export function Select({ label, value, onChange, choices, empty, isRequired = false, problem, help }: SelectProps) {
  const id = useId()
  const hasProblem = problem !== undefined && problem !== null && problem !== false
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {isRequired ? <span aria-hidden="true"> *</span> : null}
      </label>
      <select
        id={id}
        value={value}
        required={isRequired}
        aria-invalid={hasProblem}
        aria-describedby={help === undefined && !hasProblem ? undefined : `${id}-help`}
        onChange={(event) => onChange(event.target.value)}
      >
        {empty === undefined ? null : <option value="">{empty}</option>}
        {choices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.label}
          </option>
        ))}
      </select>
      {help === undefined && !hasProblem ? null : (
        <div id={`${id}-help`}>
          {help === undefined ? null : <span className="help">{help}</span>}
          {hasProblem ? <span className="field-problem">{problem}</span> : null}
        </div>
      )}
    </div>
  )
}

export interface CheckboxProps {
  readonly label: ReactNode
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
}

export function Checkbox({ label, isSelected, onChange }: CheckboxProps) {
  return (
    <AriaCheckbox className="checkbox" isSelected={isSelected} onChange={onChange}>
      <span className="checkbox-box" aria-hidden="true" />
      <span>{label}</span>
    </AriaCheckbox>
  )
}
