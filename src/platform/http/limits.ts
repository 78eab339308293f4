/** Limits of the HTTP edge: size, time and rate. Rates count per address before sign-in and per session after it. */
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { AppError } from './app-error.ts'

export const JSON_LIMIT = 1024 * 1024
export const REQUEST_TIMEOUT_MS = 30_000
export const UPLOAD_TIMEOUT_MS = 15 * 60_000

export interface RateLimit {
  /** Throws 429 when the key has spent its points. */
  spend(key: string): Promise<void>
}

export function rateLimit(points: number, seconds: number): RateLimit {
  const limiter = new RateLimiterMemory({ points, duration: seconds })
  return {
    async spend(key) {
      const spent = await limiter.consume(key).catch((refused: unknown) => {
        if (refused instanceof Error) throw refused
        const wait = (refused as { msBeforeNext?: number }).msBeforeNext ?? 1000
        throw new AppError(429, 'rate-limited', 'Too many requests; wait a little.', { retryAfter: Math.ceil(wait / 1000) })
      })
      if (spent.remainingPoints < 0) throw new AppError(429, 'rate-limited', 'Too many requests; wait a little.', { retryAfter: seconds })
    },
  }
}
