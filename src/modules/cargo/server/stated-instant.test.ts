import { expect, it } from 'vitest'
import { instantOf } from './stated-instant.ts'

it.each([
  ['202611241530', '2026-11-24T15:30:00.000Z'],
  ['20261124', '2026-11-24T00:00:00.000Z'],
  ['20261124153059', '2026-11-24T15:30:59.000Z'],
  ['2026-11-24T15:30:00+01:00', '2026-11-24T14:30:00.000Z'],
  ['2026-11-24T15:30', '2026-11-24T15:30:00.000Z'],
])('reads %s', (text, instant) => expect(instantOf(text)?.toISOString()).toBe(instant))

it.each(['', '20261399', '2611241530', 'tomorrow', '2026-11-24 15:30', undefined])('does not guess at %s', (text) =>
  expect(instantOf(text)).toBeUndefined(),
)
