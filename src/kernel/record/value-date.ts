/**
 * Dates of records: a year, a month, a day or an instant, as exact as the source was: `1970`, `1970-05`, `1970-05-31`, `1970-05-31T12:30:00Z`.
 * Only days of the calendar count. Other ways of writing are ambiguous (`03/04/1970`) and are read only where a mapping states their order.
 * Sources: ISO 8601-1:2019; FollowTheMoney 3.8.4, `types/date.py` (a date is as long as it is certain).
 */
import { type Cleaned, doubtful, fine, unfit } from './value.ts'

const DATE = /^([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2})(?:[T ]([0-9:.]{1,20})\s?(Z|[+-][0-9]{2}:?[0-9]{2})?)?)?)?$/
const TIME = /^([0-9]{2})(?::([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?)?$/
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export function cleanDate(value: string): Cleaned {
  const parts = DATE.exec(value)
  if (parts === null) return unfit('date.format', 'A date is written YYYY, YYYY-MM or YYYY-MM-DD.')
  const [, year = '', month, day, time, zone = ''] = parts
  if (year === '0000') return unfit('date.year', 'There is no year 0000.')
  if (month === undefined) return fine(year)
  // Documents write 00 for what is not known: what is known stays.
  if (Number(month) === 0 && (day === undefined || Number(day) === 0))
    return doubtful(year, 'date.unknown-part', 'Month 00: only the year is known.')
  if (Number(month) < 1 || Number(month) > 12) return unfit('date.calendar', 'There is no such month.')
  const upToMonth = `${year}-${month.padStart(2, '0')}`
  if (day === undefined) return fine(upToMonth)
  if (Number(day) === 0) return doubtful(upToMonth, 'date.unknown-part', 'Day 00: only the month is known.')
  if (!isDay(Number(year), Number(month), Number(day))) return unfit('date.calendar', 'There is no such day in the calendar.')
  const upToDay = `${upToMonth}-${day.padStart(2, '0')}`
  if (time === undefined) return fine(upToDay)
  return isTime(time) && isZone(zone) ? fine(`${upToDay}T${time}${zone}`) : unfit('date.time', 'There is no such time.')
}

/** Whether the Gregorian calendar has the day. Months count from 1. */
export function isDay(year: number, month: number, day: number): boolean {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day >= 1 && day <= (DAYS[month - 1] ?? 0) + (isLeap && month === 2 ? 1 : 0)
}

function isTime(text: string): boolean {
  const [all, hour, minute = 0, second = 0] = TIME.exec(text) ?? []
  return all !== undefined && Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60
}

function isZone(text: string): boolean {
  const digits = text.replace(/[Z:+-]/g, '')
  return digits === '' || (Number(digits.slice(0, 2)) <= 14 && Number(digits.slice(2)) < 60)
}
