import { expect, it } from 'vitest'
import { dueIfStarted } from '#modules/procedures'
import { makeCalendars } from '#platform/clock/holiday-calendar.ts'
import { pr23 } from './pr-23-recall.ts'

const answerBy = (now: string, calendar: string, zone: string) =>
  dueIfStarted(pr23, 'answer', { now: new Date(now), zone, calendar, calendars: makeCalendars([]) }).toISOString()

it.each([
  ['over a week-end', '2026-11-26T10:00:00Z', 'BE', 'Europe/Brussels', '2026-12-01T23:00:00.000Z'],
  ['over a holiday of the holder', '2026-12-23T10:00:00Z', 'BE', 'Europe/Brussels', '2026-12-29T23:00:00.000Z'],
  ['in the zone of the holder', '2026-11-26T10:00:00Z', 'EC', 'America/Guayaquil', '2026-12-02T05:00:00.000Z'],
])('a recall is answered in three working days: %s', (_what, now, calendar, zone, due) => {
  expect(answerBy(now, calendar, zone)).toBe(due)
})
