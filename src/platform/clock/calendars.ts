/** The calendars of a node from its home: everything that is wrong with its overrides is told at once, with file and path, before the node starts. */
import path from 'node:path'
import { type CalendarProblem, readCalendarOverrides } from './calendar-overrides.ts'
import { type Calendars, doubtsOf, makeCalendars } from './holiday-calendar.ts'

export async function openCalendars(
  home: string,
): Promise<{ readonly calendars: Calendars; readonly problems: readonly CalendarProblem[] }> {
  const { overrides, problems } = await readCalendarOverrides(path.join(home, 'calendars'))
  const doubts = overrides.flatMap(({ override, file, at }) =>
    doubtsOf(override).map((doubt) => ({
      file,
      at: [at, doubt.at].filter((part) => part !== '').join('.'),
      code: 'calendar.base',
      message: doubt.message,
    })),
  )
  return { calendars: makeCalendars(overrides.map((each) => each.override)), problems: [...problems, ...doubts] }
}
