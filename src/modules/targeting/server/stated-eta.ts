/**
 * When a voyage reaches a port, as the message states it. A time of arrival without a port is of the port of the whole report; one at the next port says nothing
 * about the ports after it. What is no time of arrival gives none, and is told apart from nothing being stated.
 */
import { instantOf, type VoyageRow } from '#modules/cargo'

/** Something is stated, and it is no time at which a ship could arrive. */
export const UNREADABLE = 'unreadable'

/** No ship of which a desk holds a document arrives in another year: a value that says so is a slip, and the store has no day for some of them. */
const YEARS = { first: 2000, last: 2099 } as const
const STATED_DAY = /^(\d{4})-?(\d{2})-?(\d{2})/

export function etaAt(voyage: VoyageRow | null, port: string): Date | typeof UNREADABLE | undefined {
  const stated = voyage?.arrivesAt?.value
  if (stated === undefined) return undefined
  const next = voyage?.places?.find(({ role }) => role === 'next-port')?.place.value.toUpperCase()
  return next === undefined || next === port ? (readEta(stated) ?? UNREADABLE) : undefined
}

export function readEta(text: string): Date | undefined {
  const stated = text.trim()
  const at = instantOf(stated)
  return at !== undefined && isEta(at) && isDayOfMonth(stated) ? at : undefined
}

/** A day on which a ship could arrive. */
export function isEta(at: Date): boolean {
  return at.getUTCFullYear() >= YEARS.first && at.getUTCFullYear() <= YEARS.last
}

/** A day that no month has would else slide into the next one. */
function isDayOfMonth(stated: string): boolean {
  const [, year, month, day] = STATED_DAY.exec(stated) ?? []
  return new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate() >= Number(day)
}
