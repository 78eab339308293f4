/** A day or a month of the calendar, by the platform's own picker. */
import { useId } from 'react'

export interface DayFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly kind?: 'date' | 'month'
  readonly min?: string
  readonly max?: string
  readonly isRequired?: boolean
  readonly help?: string
}

export function DayField({ label, value, onChange, kind = 'date', min, max, isRequired = false, help }: DayFieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {isRequired ? <span aria-hidden="true"> *</span> : null}
      </label>
      <input
        id={id}
        type={kind}
        value={value}
        required={isRequired}
        {...(min === undefined ? {} : { min })}
        {...(max === undefined ? {} : { max })}
        {...(help === undefined ? {} : { 'aria-describedby': `${id}-help` })}
        onChange={(event) => onChange(event.target.value)}
      />
      {help === undefined ? null : (
        <span className="help" id={`${id}-help`}>
          {help}
        </span>
      )}
    </div>
  )
}
