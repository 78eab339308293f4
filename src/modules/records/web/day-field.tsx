/** A day of the calendar, by the platform's own picker. */
import { useId } from 'react'

export interface DayFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (day: string) => void
  readonly max?: string
}

export function DayField({ label, value, onChange, max }: DayFieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="date" value={value} {...(max === undefined ? {} : { max })} onChange={(event) => onChange(event.target.value)} />
    </div>
  )
}

/** Last instant of the day in the officer's own zone: what was recorded on the day counts. */
export function endOfDay(day: string): string | undefined {
  const ms = Date.parse(`${day}T23:59:59.999`)
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}
