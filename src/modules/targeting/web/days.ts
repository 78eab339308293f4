/** Days and months of the calendar for the fields of these pages. What day it is the officer's own clock says; the node decides again. */
const MS = 86_400_000

/** The civil day of an instant in the officer's zone, `2027-03-09`. */
export function civilDay(now: number): string {
  return new Date(now - new Date(now).getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}

export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * MS).toISOString().slice(0, 10)
}

/** `2027-03` and a number of months further, or back. */
export function monthAfter(month: string, months: number): string {
  const [year = 1970, of = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, of - 1 + months, 1)).toISOString().slice(0, 7)
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

export function isDay(text: string | undefined): text is string {
  return text !== undefined && DAY.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))
}

export function isMonth(text: string | undefined): text is string {
  return text !== undefined && MONTH.test(text)
}

/** The UN/LOCODE form of a port, or nothing. */
export function isPort(text: string | undefined): text is string {
  return text !== undefined && /^[A-Z]{2}[A-Z2-9]{3}$/.test(text)
}
