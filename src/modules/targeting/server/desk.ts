/** The desk that something is done for: its ports, its zone, its day. Everything of the slice is of one desk, and nothing of it is made from what another holds. */
import { DAY, isoDay, localDay } from '#kernel/procedure/civil-time.ts'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import { zoneRules } from '#platform/clock/zone-rules.ts'
import { type DirectoryUnit, findUnit } from '#platform/link/directory.ts'
import type { NodeServices } from '#platform/module/services.ts'

export interface DeskScope {
  readonly authority: string
  readonly desk: string
}

export function scopeOf({ authority, desk }: SessionFacts): DeskScope {
  return { authority, desk }
}

export function unitOf(services: Pick<NodeServices, 'directory'>, { authority, desk }: DeskScope): DirectoryUnit | undefined {
  const found = findUnit(services.directory(), desk)
  return found?.org.id === authority ? found.unit : undefined
}

/** A desk that the directory does not know keeps the days of UTC. */
export function zoneOf(services: Pick<NodeServices, 'directory'>, scope: DeskScope): string {
  return unitOf(services, scope)?.zone ?? 'UTC'
}

/** The civil day of an instant in the zone of a desk, `2027-03-09`. */
export function dayIn(zone: string, instant: Date): string {
  return isoDay(localDay(instant.getTime(), zone, zoneRules))
}

export function todayOf(services: Pick<NodeServices, 'directory' | 'clock'>, scope: DeskScope): string {
  return dayIn(zoneOf(services, scope), services.clock.now())
}

/** Days since 1970-01-01. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY)
}

export function dayAfter(day: string, days: number): string {
  return isoDay(dayNumber(day) + days)
}

export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from)
}

/** The first day of the month of a day. */
export function monthOf(day: string): string {
  return `${day.slice(0, 7)}-01`
}

/** Desks of the own authority that supervise processing: they may repeat a draw. */
export function overseers(services: Pick<NodeServices, 'directory' | 'oversightDesks'>, authority: string): readonly string[] {
  return services.oversightDesks.filter((desk) => findUnit(services.directory(), desk)?.org.id === authority)
}
