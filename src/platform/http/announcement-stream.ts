/**
 * What wakes a screen: topics of announcements for the desk of its session, and a sign of life between them.
 * Invariant: the session is looked at before anything is told; once it has ended, is of another desk or its account may no longer act, nothing is, and the stream ends.
 */
import type { Context } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import type { Announcements } from '#platform/events/announcements.ts'

const HEARTBEAT_MS = 25_000

export interface Listening {
  readonly desk: string
  /** Whether the session is still one of the desk. */
  readonly isOf: () => Promise<boolean>
  readonly announcements: Announcements
  readonly heartbeatMs?: number | undefined
}

export function announcementStream(request: Context, { desk, isOf, announcements, heartbeatMs = HEARTBEAT_MS }: Listening): Response {
  return streamSSE(request, async (stream) => {
    const tell = teller(stream, isOf)
    const stop = announcements.subscribe(desk, (topic) => void tell({ event: 'topic', data: topic }))
    stream.onAbort(stop)
    try {
      await stream.writeSSE({ event: 'ready', data: '' })
      while (!stream.aborted && !stream.closed) {
        await stream.sleep(heartbeatMs)
        await tell({ event: 'beat', data: '' })
      }
    } finally {
      stop()
    }
  })
}

interface Told {
  readonly event: string
  readonly data: string
}

/** Tells one after the other. What comes while the session is looked at waits for the next look, each topic once, so that one look is under way at most. */
function teller(stream: SSEStreamingApi, isOf: () => Promise<boolean>): (told: Told) => Promise<void> {
  const waiting = new Map<string, Told>()
  let isTelling = false
  const tellAll = async (): Promise<void> => {
    isTelling = true
    try {
      while (waiting.size > 0 && !stream.aborted && !stream.closed) {
        const some = [...waiting]
        if (!(await isOf())) return await stream.close()
        for (const [name, told] of some) {
          waiting.delete(name)
          await stream.writeSSE(told)
        }
      }
    } finally {
      isTelling = false
    }
  }
  return async (told) => {
    waiting.set(`${told.event} ${told.data}`, told)
    // While the store does not say what the session is, nothing is told; the next beat asks again.
    if (!isTelling) await tellAll().catch(() => undefined)
  }
}
