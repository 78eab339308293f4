/** A rung fires once for an end, also where nobody knows for which end it fired before the store kept that. */
import { expect, it } from 'vitest'
import { END, firedFor, hasFired } from './fired-rungs.ts'

const clockUntil = (end: string) => ({ due: { safe: Date.parse(end) } })
const DAY_BEFORE = { rung: 'day', hoursBefore: 24 }
const first = clockUntil('2026-12-04T00:00:00Z')
const moved = clockUntil('2027-01-03T00:00:00Z')

it('has fired for the end it fired for and for no other', () => {
  const fired = new Set([firedFor('day', first), firedFor('expired', first)])
  expect([first, moved].map((clock) => [hasFired(fired, clock, DAY_BEFORE), hasFired(fired, clock, END)])).toEqual([
    [true, true],
    [false, false],
  ])
  expect(hasFired(fired, first, { rung: 'week', hoursBefore: 168 })).toBe(false)
})

it('of which only is known that it had fired by some day has fired for an end whose rung had come by then', () => {
  const fired = new Set(['day<2026-12-05T00:00:00Z', 'week<2026-12-05T00:00:00Z'])
  expect([first, moved].map((clock) => hasFired(fired, clock, DAY_BEFORE))).toEqual([true, false])
  expect(hasFired(fired, first, END)).toBe(false)
})

it('of a clock that has no end yet has not fired', () => {
  expect(hasFired(new Set(), { due: { safe: Number.POSITIVE_INFINITY } }, END)).toBe(false)
})
