/** Working days of an authority: weekends and public holidays of its state or region, computed year by year from the kept library `date-holidays`. */
import Holidays from 'date-holidays'
import { dateOf, dayOf, type WorkingCalendar, weekdayOf } from '#kernel/procedure/civil-time.ts'

const calendars = new Map<string, WorkingCalendar>()

/** `BE`, `ES-AN`: ISO 3166 country, optionally with its subdivision. An unknown code keeps weekends only. */
export function holidayCalendar(code: string): WorkingCalendar {
  const known = calendars.get(code)
  if (known !== undefined) return known
  const [country = '', region] = code.split('-')
  const holidays = region === undefined ? new Holidays(country) : new Holidays(country, region)
  const byYear = new Map<number, ReadonlySet<number>>()
  const daysOff = (year: number): ReadonlySet<number> => {
    let days = byYear.get(year)
    if (days === undefined) {
      const found = (holidays.getHolidays(year) || []).filter((each) => each.type === 'public')
      days = new Set(
        found.map((each) =>
          dayOf({
            year: Number(each.date.slice(0, 4)),
            month: Number(each.date.slice(5, 7)),
            day: Number(each.date.slice(8, 10)),
          }),
        ),
      )
      byYear.set(year, days)
    }
    return days
  }
  const calendar: WorkingCalendar = {
    isWorkingDay(day) {
      const weekday = weekdayOf(day)
      return weekday !== 0 && weekday !== 6 && !daysOff(dateOf(day).year).has(day)
    },
  }
  calendars.set(code, calendar)
  return calendar
}
