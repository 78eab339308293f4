import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { dayFrom } from '#kernel/procedure/instant.ts'
import { checkOverrides } from './calendar-overrides.ts'
import { openCalendars } from './calendars.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'calendars-'))
})
afterEach(() => {
  rmSync(home, { recursive: true })
})

const good = {
  calendar: 'BE',
  year: 2026,
  add: [{ date: '2026-05-15', name: 'Bridge day', source: 'Royal Decree of 1 January 2026' }],
}
const write = (files: Readonly<Record<string, string>>) => {
  mkdirSync(path.join(home, 'calendars'))
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(home, 'calendars', name), text)
}
const problemsOf = (value: unknown) => checkOverrides(value, 'f.json').problems.map(({ at, code }) => `${at} ${code}`)

it('reads the statements of every file into the calendars of the node', async () => {
  write({
    'be.json': JSON.stringify(good),
    'eu.json': JSON.stringify([
      { calendar: 'EU', year: 2026, source: 'OJ C 1, 1.1.2026, p. 1', replace: [{ date: '2026-04-02', name: 'Maundy Thursday' }] },
    ]),
    '.hidden': 'left alone',
  })
  const { calendars, problems } = await openCalendars(home)
  expect(problems).toEqual([])
  expect(calendars.calendar('BE').isWorkingDay(dayFrom('2026-05-15') ?? 0)).toBe(false)
  expect(calendars.unlisted('EU', [2026, 2027])).toEqual([2027])
})

it('has no overrides in a home without the folder', async () => {
  const { calendars, problems } = await openCalendars(home)
  expect(problems).toEqual([])
  expect(calendars.known('BE')).toBe(true)
})

it('names file and path of everything that is wrong, and leaves no file out in silence', async () => {
  write({
    'a.json': JSON.stringify([good, { ...good, year: 2027 }]),
    'b.json': JSON.stringify(good),
    'c.json': '{ "calendar": "BE", "calendar": "NL" }',
    'd.json': '{',
    'e.yaml': 'calendar: BE',
    'f.json': JSON.stringify([{ calendar: 'EU', year: 2026, add: [{ ...good.add[0], date: '2026-04-02' }] }]),
    'g.json': JSON.stringify({ calendar: 'NL', year: 2026, remove: [{ date: '2026-04-28', source: 'x' }] }),
  })
  mkdirSync(path.join(home, 'calendars', 'h.json'))
  const { problems } = await openCalendars(home)
  expect(problems.map(({ file, at, code }) => `${file} ${at} ${code}`)).toEqual([
    'a.json [1].add[0].date calendar.year',
    'b.json  calendar.twice',
    'c.json  calendar.json',
    'd.json  calendar.json',
    'e.yaml  calendar.file',
    'h.json  calendar.file',
    'f.json [0] calendar.base',
    'g.json remove[0].date calendar.base',
  ])
})

it('refuses a statement that cannot be what was meant, at its path', () => {
  expect(problemsOf(good)).toEqual([])
  expect(problemsOf({ ...good, replce: [] })).toEqual([' calendar.unrecognized_keys'])
  expect(problemsOf({ calendar: 'BE', year: 2026 })).toEqual([' calendar.empty'])
  expect(problemsOf({ ...good, calendar: 'belgium' })).toEqual(['calendar calendar.invalid_format'])
  expect(problemsOf({ ...good, add: [{ ...good.add[0], date: '2026-02-30' }] })).toEqual(['add[0].date calendar.custom'])
  expect(problemsOf({ ...good, add: [{ date: '2026-05-15', name: 'x' }] })).toEqual(['add[0].source calendar.invalid_type'])
  expect(problemsOf({ ...good, add: [good.add[0], good.add[0]] })).toEqual(['add[1].date calendar.twice'])
  expect(problemsOf({ ...good, remove: [{ date: '2026-05-15', source: 'x' }] })).toEqual(['remove[0].date calendar.both'])
  expect(problemsOf({ ...good, source: 'x', replace: [{ date: '2026-05-15', name: 'x' }] })).toEqual(['replace calendar.both'])
  expect(problemsOf({ calendar: 'BE', year: 2026, replace: [{ date: '2026-05-15', name: 'x' }] })).toEqual(['replace[0] calendar.source'])
  expect(problemsOf([good, 7])).toEqual(['[1] calendar.invalid_type'])
})
