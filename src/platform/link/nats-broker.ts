/**
 * Stays connected to the broker. Every connection is a new one that was looked at like the first: a broker that comes back may be another. What could
 * not be said on a connection that broke is said again by those who wait for it: the outbox sends again, the broker brings again.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { NatsConnection } from '@nats-io/transport-node'
import { AppError } from '#platform/http/app-error.ts'
import type { Logger } from '#platform/log/logger.ts'
import { type BrokerOptions, connectBroker } from './nats-server.ts'

export interface KeptBroker {
  /** Throws while there is none. */
  connection(): NatsConnection
  /** What was said goes out first. */
  stop(): Promise<void>
}

export interface KeepOptions extends BrokerOptions {
  readonly log: Logger
  /** Prepares a new connection before anybody uses it. */
  readonly prepare: (connection: NatsConnection) => Promise<void>
}

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 10_000

/**
 * Throws at once when the broker answers and is not good enough. One that does not answer yet is waited for: a node must come up without it.
 */
export async function keepBroker(options: KeepOptions): Promise<KeptBroker> {
  const { log, prepare } = options
  const stopping = new AbortController()
  let current: NatsConnection | undefined
  const open = async (): Promise<void> => {
    const made = await connectBroker(options)
    try {
      await prepare(made)
    } catch (error) {
      await made.close()
      throw error
    }
    current = made
  }
  const missing = (error: unknown): void =>
    log[error instanceof AppError ? 'error' : 'warn']({ code: 'link.broker', because: String(error) }, 'there is no broker to work with')
  await open().catch((error: unknown) => {
    if (error instanceof AppError) throw error
    missing(error)
  })
  const keep = async (): Promise<void> => {
    let tries = 0
    while (!stopping.signal.aborted) {
      if (current !== undefined) {
        await current.closed()
        current = undefined
        tries = 0
        if (!stopping.signal.aborted) log.warn({ code: 'link.broker' }, 'the broker has gone')
      }
      const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries)
      await pause(wait * (0.5 + Math.random() / 2), undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return
      tries += 1
      await open().then(() => log.info({ code: 'link.broker' }, 'the broker is there'), missing)
    }
  }
  const keeping = keep()
  return {
    connection: () => {
      if (current === undefined) throw new Error('The broker cannot be reached.')
      return current
    },
    stop: async () => {
      stopping.abort()
      await current?.drain().catch(() => undefined)
      await keeping
      await current?.close()
    },
  }
}
