/** The instants of the ledger, which it wrote itself: milliseconds since 1970. What is no instant compares with nothing. */
import { instantFrom } from '#kernel/procedure/instant.ts'

export const timeOf = (instant: string): number => instantFrom(instant) ?? Number.NaN
