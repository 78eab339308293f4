/** Time zone offsets from the zone data of the runtime (IANA, through Intl), for the clocks of the kernel. */
import type { ZoneRules } from '#kernel/procedure/civil-time.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

export const zoneRules: ZoneRules = {
  offsetAt(instant, zone) {
    const parts = Object.fromEntries(
      formatOf(zone)
        .formatToParts(new Date(instant))
        .map((part) => [part.type, part.value]),
    )
    const local = Date.UTC(
      Number(parts['year']),
      Number(parts['month']) - 1,
      Number(parts['day']),
      Number(parts['hour']) % 24,
      Number(parts['minute']),
      Number(parts['second']),
    )
    return Math.round((local - Math.floor(instant / 1000) * 1000) / 60_000)
  },
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (format === undefined) {
    const fields = {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    } as const
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      ...fields,
    })
    formats.set(zone, format)
  }
  return format
}
