/** Milliseconds since 1970 of an ISO 8601 instant in UTC, as this folder states times; without a clock. Not a number for anything else. */
import { dayOf } from '#kernel/procedure/civil-time.ts'

const ISO = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?Z$/
const DAY = 86_400_000

export function millisecondsOf(text: string): number {
  const match = ISO.exec(text)
  if (match === null) return Number.NaN
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map((part) => Number(part ?? 0))
  const thousandths = Number((match[7] ?? '0').padEnd(3, '0'))
  return dayOf({ year, month, day }) * DAY + hour * 3_600_000 + minute * 60_000 + second * 1000 + thousandths
}
