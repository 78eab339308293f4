/** Instants for people: always with the zone, and how far away they are. */
import { t } from './text.ts'

const instant = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
})

export function showInstant(iso: string): string {
  return instant.format(new Date(iso))
}

const exact = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
})

/** To the second: where the order of what happened is the point. */
export function showExact(iso: string): string {
  return exact.format(new Date(iso))
}

const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
] as const

/** Two largest units: `2 d 4 h`. */
export function showSpan(ms: number): string {
  let rest = Math.max(0, Math.abs(ms))
  const parts: string[] = []
  for (const [size, name] of UNITS) {
    const n = Math.floor(rest / size)
    rest -= n * size
    if (n > 0) parts.push(`${n} ${name}`)
    if (parts.length === 2) break
  }
  return parts.length === 0 ? '0 min' : parts.join(' ')
}

export function showDistance(iso: string, now: number): string {
  const ms = Date.parse(iso) - now
  return t(ms >= 0 ? 'time.in' : 'time.ago', { span: showSpan(ms) })
}

/** Name of the officer's own zone: `Europe/Brussels`. */
export function zoneName(): string {
  return instant.resolvedOptions().timeZone
}

const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

export function showHour(iso: string): string {
  return hour.format(new Date(iso))
}

const day = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', year: 'numeric', timeZone: 'UTC' })

/** A date of the calendar, the same in every zone. */
export function showDate(date: string): string {
  return day.format(new Date(`${date}T00:00:00Z`))
}

/** `datetime-local` has no zone: the value is the officer's local time. */
export function toLocalField(iso: string | undefined): string {
  if (iso === undefined || iso === '') return ''
  const date = new Date(iso)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

export function fromLocalField(value: string): string | undefined {
  const ms = Date.parse(value)
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}
