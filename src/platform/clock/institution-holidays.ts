/**
 * Holidays of the Union's institutions: no rule gives them, the Commission decides a list for each year, one for Brussels (`EU`) and one for Luxembourg
 * (`EU-LUX`). Only years read in the Official Journal stand here; further years come as files (`calendar-overrides.ts`), and until then a clock says that
 * they are missing. Other bodies (agencies) decide their own lists and have codes of their own: `EU-EUROPOL`.
 */
import type { CalendarOverride } from './calendar-overrides.ts'

const COMMON_2023: readonly (readonly [date: string, name: string])[] = [
  ['2023-01-02', "Day after New Year's Day"],
  ['2023-04-06', 'Maundy Thursday'],
  ['2023-04-07', 'Good Friday'],
  ['2023-04-10', 'Easter Monday'],
  ['2023-05-01', 'Labour Day'],
  ['2023-05-09', 'Anniversary of the Declaration of 1950'],
  ['2023-05-18', 'Ascension Day'],
  ['2023-05-19', 'Day after Ascension Day'],
  ['2023-05-29', 'Whit Monday'],
  ['2023-08-15', 'Assumption'],
  ['2023-11-01', "All Saints' Day"],
  ['2023-11-02', "All Souls' Day"],
  ['2023-12-25', 'End of year'],
  ['2023-12-26', 'End of year'],
  ['2023-12-27', 'End of year'],
  ['2023-12-28', 'End of year'],
  ['2023-12-29', 'End of year'],
]
const SOURCE_2023 = 'Commission Decision of 25 May 2021, OJ C 201 I, 28.5.2021, p. 2 (V)'

export const INSTITUTION_HOLIDAYS: readonly CalendarOverride[] = [
  list('EU', [...COMMON_2023, ['2023-07-21', 'Belgian National Holiday']]),
  list('EU-LUX', [...COMMON_2023, ['2023-06-23', 'Luxembourg National Holiday']]),
]

function list(calendar: string, days: readonly (readonly [date: string, name: string])[]): CalendarOverride {
  return { calendar, year: 2023, source: SOURCE_2023, replace: days.map(([date, name]) => ({ date, name })) }
}
