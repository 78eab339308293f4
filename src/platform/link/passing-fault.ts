/**
 * Whether the store, and not the message, is why work failed: it stopped this transaction for the sake of another, or lacks a resource for now. Such work is
 * done again as a whole; a message is never put aside for it. Source: PostgreSQL, Appendix A (error codes), classes 40, 53, 58 and 57P, and 55P03.
 */

const PASSING = /^(?:40|53|58|57P)|^55P03$/

export function isPassingFault(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^[0-9A-Z]{5}$/.test(error.code) &&
    PASSING.test(error.code)
  )
}
