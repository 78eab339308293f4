/**
 * Wakes the screens of desks. An announcement names a topic and the desks it is for, never content: a screen that hears it asks again through
 * the ordinary routes, which decide again. Carried by LISTEN/NOTIFY, so every process of the node hears it after commit.
 */
import { sql } from 'kysely'
import type pg from 'pg'
import type { Logger } from '#platform/log/logger.ts'
import type { Tx } from '#platform/store/database.ts'

const CHANNEL = 'breakwater_events'
/** NOTIFY carries at most 8,000 bytes. */
const MAX_DESKS = 100
const AGAIN_MS = 1000

export async function announce(tx: Tx, topic: string, audience: readonly string[]): Promise<void> {
  for (let at = 0; at < audience.length; at += MAX_DESKS)
    await sql`select pg_notify(${CHANNEL}, ${JSON.stringify({ topic, audience: audience.slice(at, at + MAX_DESKS) })})`.execute(tx)
}

export interface Announcements {
  /** Calls `hear` for each topic meant for the desk, until the returned function is called. */
  subscribe(desk: string, hear: (topic: string) => void): () => void
  stop(): Promise<void>
}

export async function listenForAnnouncements(pool: pg.Pool, log: Logger): Promise<Announcements> {
  const listeners = new Map<string, Set<(topic: string) => void>>()
  let client: pg.PoolClient | undefined
  let stopped = false
  /** Until it hears again, however long the store is away: nothing else tells a screen that it hears nothing. */
  const listenAgain = (): void => {
    setTimeout(() => {
      if (!stopped) listen().catch(listenAgain)
    }, AGAIN_MS).unref()
  }
  const listen = async (): Promise<void> => {
    const fresh = await pool.connect()
    fresh.on('notification', ({ payload }) => {
      const { topic, audience } = JSON.parse(payload ?? '{"topic":"","audience":[]}') as { topic: string; audience: string[] }
      for (const desk of audience) for (const hear of listeners.get(desk) ?? []) hear(topic)
    })
    fresh.on('error', (error) => {
      log.warn({ code: 'events.lost', because: String(error) }, 'screens are not woken; listening again')
      fresh.release(true)
      client = undefined
      listenAgain()
    })
    try {
      await fresh.query(`listen ${CHANNEL}`)
    } catch (error) {
      fresh.removeAllListeners('error').on('error', () => undefined)
      fresh.release(true)
      throw error
    }
    client = fresh
  }
  await listen()
  return {
    subscribe(desk, hear) {
      const desks = listeners.get(desk) ?? new Set()
      listeners.set(desk, desks.add(hear))
      return () => {
        desks.delete(hear)
        if (desks.size === 0) listeners.delete(desk)
      }
    },
    stop: async () => {
      stopped = true
      client?.release(true)
    },
  }
}
