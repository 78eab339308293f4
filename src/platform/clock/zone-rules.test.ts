import fc from 'fast-check'
import { expect, it } from 'vitest'
import { localDay, parseLocal, startOfDay, writeLocal } from '#kernel/procedure/civil-time.ts'
import { knownZone, zoneDataVersion, zoneRules } from './zone-rules.ts'

const ZONES = [
  'Europe/Brussels',
  'Europe/London',
  'Europe/Dublin',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Africa/Monrovia',
  'America/Sao_Paulo',
  'America/Guayaquil',
  'America/Havana',
  'America/St_Johns',
  'America/Asuncion',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Asia/Gaza',
  'Asia/Pyongyang',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'UTC',
]

/** The local time as the runtime writes it, digit by digit, without any arithmetic on offsets. */
const written = new Map(
  ZONES.map((zone) => [zone, new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })]),
)
const zoneArb = fc.constantFrom(...ZONES)
const instantArb = fc.integer({ min: Date.UTC(1970, 0, 2), max: Date.UTC(2060, 0, 1) })

function shifted(instant: number, zone: string): string {
  return new Date(Math.floor(instant / 1000) * 1000 + zoneRules.offsetAt(instant, zone) * 60_000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ')
}

it('keeps in every zone the local time that the runtime shows, at any instant', () => {
  fc.assert(
    fc.property(zoneArb, instantArb, (zone, instant) => {
      expect(shifted(instant, zone)).toBe(written.get(zone)?.format(instant))
    }),
    { numRuns: 1000 },
  )
})

it('keeps it to the millisecond on both sides of a change of the clocks', () => {
  const changes: readonly (readonly [zone: string, first: string])[] = [
    ['Europe/Brussels', '2026-03-29T01:00:00Z'],
    ['Europe/Brussels', '2026-10-25T01:00:00Z'],
    // Half an hour of summer time.
    ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
    // Back to standard time for Ramadan, and out of it again five weeks later.
    ['Africa/Casablanca', '2025-02-23T02:00:00Z'],
    ['Africa/Casablanca', '2025-04-06T02:00:00Z'],
    // Summer time that began at midnight: the day began at 01:00.
    ['America/Sao_Paulo', '2018-11-04T03:00:00Z'],
    ['Asia/Kathmandu', '1985-12-31T18:30:00Z'],
    // The day of 30 December 2011 was left out.
    ['Pacific/Apia', '2011-12-30T10:00:00Z'],
  ]
  for (const [zone, first] of changes) {
    const at = Date.parse(first)
    expect(zoneRules.offsetAt(at - 1, zone), `${zone} ${first}`).not.toBe(zoneRules.offsetAt(at, zone))
    for (const instant of [at - 1000, at - 1, at, at + 1000]) expect(shifted(instant, zone), zone).toBe(written.get(zone)?.format(instant))
  }
})

it('begins a civil day with its first instant, whatever the clocks do at midnight', () => {
  expect(
    new Date(
      startOfDay(localDay(Date.parse('2018-11-04T12:00:00Z'), 'America/Sao_Paulo', zoneRules), 'America/Sao_Paulo', zoneRules),
    ).toISOString(),
  ).toBe('2018-11-04T03:00:00.000Z')
  // 30 December 2011 did not exist in Samoa: it begins, and ends, where the 31st begins.
  const left = Date.UTC(2011, 11, 30) / 86_400_000
  expect(new Date(startOfDay(left, 'Pacific/Apia', zoneRules)).toISOString()).toBe('2011-12-30T10:00:00.000Z')
  expect(startOfDay(left + 1, 'Pacific/Apia', zoneRules)).toBe(startOfDay(left, 'Pacific/Apia', zoneRules))
  fc.assert(
    fc.property(zoneArb, instantArb, (zone, instant) => {
      const day = localDay(instant, zone, zoneRules)
      const start = startOfDay(day, zone, zoneRules)
      expect(start).toBeLessThanOrEqual(instant)
      expect(localDay(start, zone, zoneRules)).toBe(day)
      expect(localDay(start - 1, zone, zoneRules)).toBeLessThan(day)
    }),
    { numRuns: 1000 },
  )
})

it('writes an instant in local time so that reading gives it back, also in the hour that occurs twice', () => {
  expect(writeLocal(Date.parse('2026-10-25T00:30:00Z'), 'Europe/Brussels', zoneRules)).toBe('2026-10-25 02:30+02:00')
  expect(writeLocal(Date.parse('2026-10-25T01:30:00Z'), 'Europe/Brussels', zoneRules)).toBe('2026-10-25 02:30+01:00')
  expect(writeLocal(Date.parse('2026-10-25T23:00:00Z'), 'Europe/Brussels', zoneRules)).toBe('2026-10-25 24:00+01:00')
  expect(writeLocal(Date.parse('2018-11-04T03:00:00Z'), 'America/Sao_Paulo', zoneRules)).toBe('2018-11-03 24:00-03:00')
  fc.assert(
    fc.property(zoneArb, instantArb, fc.boolean(), (zone, at, isMidnight) => {
      const instant = isMidnight ? startOfDay(localDay(at, zone, zoneRules), zone, zoneRules) : at
      expect(parseLocal(writeLocal(instant, zone, zoneRules))).toBe(instant)
    }),
    { numRuns: 1000 },
  )
})

it('names the version of the zone data and knows a zone from a slip', () => {
  expect(zoneDataVersion()).toMatch(/^\d{4}[a-z]$/)
  expect(knownZone('Europe/Brussels')).toBe(true)
  expect(knownZone('Europe/Antwerp')).toBe(false)
  expect(() => zoneRules.offsetAt(0, 'Europe/Antwerp')).toThrow(RangeError)
})
