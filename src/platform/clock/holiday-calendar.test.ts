import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOf, isoDay, weekdayOf } from '#kernel/procedure/civil-time.ts'
import { dayFrom } from '#kernel/procedure/instant.ts'
import { easterSunday } from './calendar-laws.ts'
import { doubtsOf, holidayCalendar, knownCalendar, makeCalendars } from './holiday-calendar.ts'

/** Dates of Easter Sunday as published. */
const EASTER = ['2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28', '2028-04-16', '2029-04-01', '2030-04-21']
const day = (date: string) => dayFrom(date) ?? Number.NaN

/** The days from Monday to Friday that are off, as `MM-DD`. */
function daysOff(code: string, year: number): string[] {
  const calendar = holidayCalendar(code)
  const first = dayOf({ year, month: 1, day: 1 })
  const last = dayOf({ year: year + 1, month: 1, day: 1 })
  const off: string[] = []
  for (let each = first; each < last; each++) if (weekdayOf(each) % 6 !== 0 && !calendar.isWorkingDay(each)) off.push(isoDay(each).slice(5))
  return off
}

describe('Easter and what hangs on it, 2024 to 2030', () => {
  // Good Friday, Easter Monday, Ascension Day, Whit Monday.
  const table: readonly (readonly [code: string, goodFriday: boolean, easterMonday: boolean, ascension: boolean, whitMonday?: boolean])[] =
    [
      ['BE', false, true, true, true],
      ['ES-AN', true, false, false, false],
      ['DE-HH', true, true, true, true],
      ['NL', true, true, true, true],
      ['FR', false, true, true, true],
      ['IT', false, true, false, false],
      // Whit Monday of 2026 is the Monday after 24 May, a Sunday: off for another reason.
      ['EC', true, false, false],
    ]
  for (const [code, ...off] of table)
    it(`is off in ${code} where the law says so`, () => {
      for (const easter of EASTER)
        for (const [index, isOff] of off.entries()) {
          const shift = [-2, 1, 39, 50][index] ?? Number.NaN
          expect(holidayCalendar(code).isWorkingDay(day(easter) + shift), `${easter} ${shift}`).toBe(isOff !== true)
        }
    })
  it('is found by the rule on the published dates', () => {
    for (const easter of EASTER) expect(isoDay(easterSunday(Number(easter.slice(0, 4))))).toBe(easter)
    // The two years of the century in which the uncorrected rule is a week late.
    expect(isoDay(easterSunday(1954))).toBe('1954-04-18')
    expect(isoDay(easterSunday(1981))).toBe('1981-04-19')
  })
})

describe('lists as published', () => {
  it('Belgium 2026', () => {
    expect(daysOff('BE', 2026)).toEqual(['01-01', '04-06', '05-01', '05-14', '05-25', '07-21', '11-11', '12-25'])
  })
  it('Andalusia 2026: its own day on a Saturday, two Sundays rested on Monday', () => {
    expect(daysOff('ES-AN', 2026)).toEqual(['01-01', '01-06', '04-02', '04-03', '05-01', '10-12', '11-02', '12-07', '12-08', '12-25'])
  })
  it('Hamburg keeps the day of the Reformation, which Germany as a whole does not', () => {
    expect(daysOff('DE-HH', 2025)).toContain('10-31')
    expect(daysOff('DE', 2025)).not.toContain('10-31')
  })
  it('the Netherlands by the act on time limits: Good Friday and 5 May of every year', () => {
    expect(daysOff('NL', 2026)).toEqual(['01-01', '04-03', '04-06', '04-27', '05-05', '05-14', '05-25', '12-25'])
    expect(daysOff('NL-ZH', 2026)).toContain('05-05')
  })
  it('Ecuador 2024 and 2025, each holiday on the day on which it is rested', () => {
    expect(daysOff('EC', 2024)).toEqual(['01-01', '02-12', '02-13', '03-29', '05-03', '05-24', '08-09', '10-11', '11-01', '11-04', '12-25'])
    expect(daysOff('EC', 2025).slice(-5)).toEqual(['08-11', '10-10', '11-03', '11-04', '12-25'])
    expect(daysOff('EC', 2018)).toContain('10-08')
    // New Year's Day 2017 was a Sunday.
    expect(daysOff('EC', 2017).slice(0, 3)).toEqual(['01-02', '02-27', '02-28'])
  })
  it('Ecuador 2017 to 2025: the pair of November, on every weekday it can fall on', () => {
    const pairs = [2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025].map((year) =>
      daysOff('EC', year).filter((date) => date.startsWith('11')),
    )
    expect(pairs).toEqual([
      ['11-02', '11-03'],
      ['11-01', '11-02'],
      ['11-01', '11-04'],
      ['11-02', '11-03'],
      ['11-01', '11-02'],
      ['11-03', '11-04'],
      ['11-02', '11-03'],
      ['11-01', '11-04'],
      ['11-03', '11-04'],
    ])
  })
  it('the institutions 2023, in Brussels and in Luxembourg', () => {
    expect(daysOff('EU', 2023)).toHaveLength(18)
    expect(daysOff('EU', 2023)).toContain('07-21')
    expect(daysOff('EU-LUX', 2023)).toContain('06-23')
    expect(daysOff('EU-LUX', 2023)).not.toContain('07-21')
  })
})

it('counts every day of a feast of several, and no day that is worked in the morning', () => {
  const turkey = holidayCalendar('TR')
  const feast = [0, 1, 2].map((shift) => turkey.isWorkingDay(day('2027-03-09') + shift))
  expect(feast).toEqual([false, false, false])
  // 24 December, from noon.
  expect(holidayCalendar('GT').isWorkingDay(day('2026-12-24'))).toBe(true)
})

it('takes a substitute day before New Year from the year that it stands in for', () => {
  // New Year's Day 2028 is a Saturday; federal offices of the United States rest on Friday 31 December 2027.
  expect(daysOff('US', 2027)).toContain('12-31')
})

describe('a code that nobody knows', () => {
  it('is told from one that is known', () => {
    for (const code of ['BE', 'ES-AN', 'DE-BY-A', 'EC', 'EU', 'EU-LUX']) expect(knownCalendar(code), code).toBe(true)
    for (const code of ['', 'XX', 'be', 'BE-XX', 'ES-AN-9', 'EU-EUROPOL', 'toString', 'BE-toString'])
      expect(knownCalendar(code), code).toBe(false)
  })
  it('never passes for weekends only: the calendar says that the year is not listed', () => {
    expect(holidayCalendar('XX').unlistedYear?.(day('2026-12-30'), day('2027-01-05'))).toBe(2026)
    expect(holidayCalendar('EU').unlistedYear?.(day('2023-12-30'), day('2024-01-05'))).toBe(2024)
    expect(holidayCalendar('BE').unlistedYear?.(day('2026-12-30'), day('2029-01-05'))).toBeUndefined()
  })
})

describe('overrides of a node', () => {
  const source = 'Royal Decree of 1 January 2026'
  it('add and remove days in their year, also in the regions of the state', () => {
    const calendars = makeCalendars([
      {
        calendar: 'ES',
        year: 2026,
        add: [{ date: '2026-06-19', name: 'Mourning', source }],
        remove: [{ date: '2026-10-12', source }],
      },
    ])
    for (const code of ['ES', 'ES-AN']) {
      expect(calendars.calendar(code).isWorkingDay(day('2026-06-19')), code).toBe(false)
      expect(calendars.calendar(code).isWorkingDay(day('2026-10-12')), code).toBe(true)
    }
    expect(calendars.calendar('ES').isWorkingDay(day('2026-12-25'))).toBe(false)
    expect(calendars.calendar('BE').isWorkingDay(day('2026-06-19'))).toBe(true)
    expect(calendars.calendar('ES').isWorkingDay(day('2028-06-19'))).toBe(true)
  })
  it('replace a year of one calendar and leave its regions and other years alone', () => {
    const calendars = makeCalendars([{ calendar: 'ES', year: 2026, source, replace: [{ date: '2026-06-19', name: 'The only one' }] }])
    expect(calendars.calendar('ES').isWorkingDay(day('2026-12-25'))).toBe(true)
    expect(calendars.calendar('ES').isWorkingDay(day('2026-06-19'))).toBe(false)
    expect(calendars.calendar('ES-AN').isWorkingDay(day('2026-12-25'))).toBe(false)
    expect(calendars.calendar('ES').isWorkingDay(day('2025-12-25'))).toBe(false)
  })
  it('make an institution known for the years they list', () => {
    const calendars = makeCalendars([
      { calendar: 'EU-EUROPOL', year: 2026, source, replace: [{ date: '2026-04-03', name: 'Good Friday' }] },
    ])
    expect(calendars.known('EU-EUROPOL')).toBe(true)
    expect(calendars.unlisted('EU-EUROPOL', [2025, 2026, 2027])).toEqual([2025, 2027])
    expect(calendars.calendar('EU-EUROPOL').isWorkingDay(day('2026-04-03'))).toBe(false)
  })
  it('are doubted when they correct what nobody lists or remove a day that is none', () => {
    expect(doubtsOf({ calendar: 'EU', year: 2026, add: [{ date: '2026-04-02', name: 'x', source }] })).toMatchObject([{ at: '' }])
    expect(
      doubtsOf({
        calendar: 'BE',
        year: 2026,
        remove: [
          { date: '2026-07-21', source },
          { date: '2026-07-22', source },
        ],
      }),
    ).toMatchObject([{ at: 'remove[1].date' }])
    expect(doubtsOf({ calendar: 'EU', year: 2023, remove: [{ date: '2023-04-06', source }] })).toEqual([])
  })
})

it('gives the same answer in whichever order the days are asked', () => {
  const calendar = holidayCalendar('DE-HH')
  const off = new Map(Array.from({ length: 12 }, (_, index) => [2020 + index, new Set(daysOff('DE-HH', 2020 + index))]))
  fc.assert(
    fc.property(fc.integer({ min: day('2020-01-01'), max: day('2031-12-31') }), (each) => {
      const date = isoDay(each)
      const isOff = weekdayOf(each) % 6 === 0 || off.get(Number(date.slice(0, 4)))?.has(date.slice(5)) === true
      expect(calendar.isWorkingDay(each)).toBe(!isOff)
    }),
  )
})

it('gives the same days in every time zone of the process', () => {
  const script = `
    const { holidayCalendar } = await import('./src/platform/clock/holiday-calendar.ts')
    let text = ''
    for (const code of ['BE', 'EC', 'MA', 'IL', 'JP', 'US'])
      for (let day = 20089; day < 20820; day++) text += holidayCalendar(code).isWorkingDay(day) ? 1 : 0
    process.stdout.write(text)`
  const inZone = (zone: string) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, TZ: zone }, encoding: 'utf8' })
  const here = inZone('UTC')
  expect(here).toHaveLength(6 * 731)
  for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles']) expect(inZone(zone)).toBe(here)
})
