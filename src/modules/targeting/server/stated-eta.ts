/**
 * When a voyage reaches a port, as the message states it. A time of arrival without a port is of the port of the whole report; one at the next port says nothing
 * about the ports after it. Formats 102, 203 and 204 of UN/EDIFACT 2379 and ISO 8601; without a zone taken as UTC.
 */
import type { VoyageRow } from '#modules/cargo'

const DIGITS = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(?:\d{2})?)?$/

export function etaAt(voyage: VoyageRow | null, port: string): Date | undefined {
  if (voyage === null) return undefined
  const next = voyage.places?.find(({ role }) => role === 'next-port')?.place.value.toUpperCase()
  return next === undefined || next === port ? readInstant(voyage.arrivesAt?.value) : undefined
}

export function readInstant(text: string | undefined): Date | undefined {
  if (text === undefined || text.length > 35) return undefined
  const [, year, month, day, hour = '00', minute = '00'] = DIGITS.exec(text.trim()) ?? []
  const iso = year === undefined ? text : `${year}-${month}-${day}T${hour}:${minute}:00Z`
  const hasZone = iso.length <= 10 || /(?:Z|[+-]\d{2}:?\d{2})$/.test(iso)
  const at = new Date(hasZone ? iso : `${iso}Z`)
  // A day that no month has would else slide into the next one.
  return Number.isNaN(at.getTime()) || (year !== undefined && !at.toISOString().startsWith(`${year}-${month}-${day}`)) ? undefined : at
}
