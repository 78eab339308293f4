/** Instants and dates as text (ISO 8601 with an offset, YYYY-MM-DD), read without the runtime's clock or its leniency: a day that no calendar has is none. */
import { DAY, dateOf, dayOf } from './civil-time.ts'

const MINUTE = 60_000
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})$/

/** Days since 1970-01-01 of a date of the calendar; undefined when it is none. */
export function dayFrom(text: string): number | undefined {
  const [, year, month, day] = DATE.exec(text) ?? []
  if (year === undefined) return undefined
  const stated = { year: Number(year), month: Number(month), day: Number(day) }
  const found = dayOf(stated)
  const real = dateOf(found)
  return real.month === stated.month && real.day === stated.day ? found : undefined
}

/** Milliseconds since 1970 of an instant, or of the first moment of a date in UTC; undefined when it is neither. */
export function instantFrom(text: string): number | undefined {
  const whole = dayFrom(text)
  if (whole !== undefined) return whole * DAY
  const [, date = '', hours = '', minutes = '', seconds = '0', fraction = '', zone = ''] = INSTANT.exec(text) ?? []
  const day = dayFrom(date)
  if (day === undefined || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined
  const milliseconds = Math.floor(Number(`0.${fraction || '0'}`) * 1000)
  return day * DAY + (Number(hours) * 60 + Number(minutes) - offsetOf(zone)) * MINUTE + Number(seconds) * 1000 + milliseconds
}

/** Minutes east of UTC. */
function offsetOf(zone: string): number {
  if (zone === 'Z') return 0
  const sign = zone.startsWith('-') ? -1 : 1
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)))
}
