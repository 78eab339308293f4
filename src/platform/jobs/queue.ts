/**
 * Background work on pg-boss: declared jobs only, retried with backoff, at least once. A request is a row written in the caller's transaction;
 * a relay hands it to the queue after commit, in one transaction, so that nothing is lost or doubled on the way.
 */
import { sql } from 'kysely'
import type pg from 'pg'
import { PgBoss } from 'pg-boss'
import type { Logger } from '#platform/log/logger.ts'
import type { Job } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'

export interface JobRequest {
  readonly name: string
  readonly data: Readonly<Record<string, unknown>>
  /** While a request with the same key waits, another is not added. */
  readonly key?: string
  readonly startAfter?: Date
}

export interface Queue {
  enqueue(tx: Tx, request: JobRequest): Promise<void>
  stop(): Promise<void>
}

export interface QueueOptions {
  readonly url: string
  readonly pool: pg.Pool
  readonly jobs: readonly Job[]
  readonly log: Logger
  readonly services: () => NodeServices
}

const WAKE_CHANNEL = 'breakwater_jobs'
const RELAY_EVERY_MS = 1000
/** A worker says in half this time that its process is alive. The work of one that was silent for so long is taken up again, long before its own time limit. */
const SILENT_FOR_SECONDS = 60
const SUPERVISE_EVERY_SECONDS = 15

export async function startQueue(options: QueueOptions): Promise<Queue> {
  const { jobs, log } = options
  const names = new Set(jobs.map((job) => job.name))
  for (const { name, after = [] } of jobs)
    for (const each of after) if (!names.has(each)) throw new Error(`${name} follows ${each}, which no slice declares.`)
  const boss = new PgBoss({
    connectionString: options.url,
    schema: 'jobs',
    max: 4,
    useListenNotify: true,
    superviseIntervalSeconds: SUPERVISE_EVERY_SECONDS,
    monitorVacuum: false,
    reindex: false,
  })
  boss.on('error', (error) => log.error({ code: 'jobs.error', because: String(error) }, 'the queue reports an error'))
  await boss.start()
  for (const job of jobs) {
    const limits = {
      retryLimit: job.retries,
      retryBackoff: true,
      retryDelay: 1,
      expireInSeconds: job.timeoutSeconds,
      heartbeatSeconds: SILENT_FOR_SECONDS,
      notify: true,
    }
    // `short`: one waiting job per key; this and not the plain policy makes the key of a request hold.
    await boss.createQueue(job.name, { ...limits, policy: 'short' })
    // A queue made by an earlier version keeps its old limits unless told.
    await boss.updateQueue(job.name, limits)
    // The queue wakes its worker; asking by itself is for retries and for a lost wake-up.
    let worker = ''
    worker = await boss.work(job.name, { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 }, async (batch) => {
      try {
        for (const each of batch) await job.run((each.data ?? {}) as Record<string, unknown>, options.services())
        // One that waits already will see what this one did.
        for (const { name, after } of jobs)
          if (after?.includes(job.name) === true) await boss.send(name, {}, { singletonKey: `after:${job.name}` })
      } finally {
        // Another job may wait: without this the worker pauses after each.
        boss.notifyWorker(worker)
      }
    })
    if (job.schedule !== undefined) await boss.schedule(job.name, job.schedule)
  }
  const relay = startRelay(boss, options)
  return {
    enqueue: async (tx, request) => {
      if (!names.has(request.name)) throw new Error(`No slice declares the job ${request.name}.`)
      await sql`insert into platform.job_requests (name, data, key, start_after)
        values (${request.name}, ${JSON.stringify(request.data)}, ${request.key ?? null}, ${request.startAfter ?? null})`.execute(tx)
      await sql`select pg_notify(${WAKE_CHANNEL}, '')`.execute(tx)
    },
    stop: async () => {
      await relay.stop()
      await boss.stop({ graceful: true, timeout: 10_000, close: true })
    },
  }
}

function startRelay(boss: PgBoss, { pool, log }: QueueOptions): { stop(): Promise<void> } {
  let stopped = false
  let running = Promise.resolve()
  let listener: pg.PoolClient | undefined
  const pass = (): void => {
    running = running.then(async () => {
      while (!stopped && (await relayBatch(boss, pool)));
    })
    running = running.catch((error: unknown) => log.warn({ code: 'jobs.relay', because: String(error) }, 'requests for work wait'))
  }
  const timer = setInterval(pass, RELAY_EVERY_MS)
  timer.unref()
  const listen = async (): Promise<void> => {
    const client = await pool.connect()
    client.on('notification', pass)
    client.on('error', () => undefined)
    await client.query(`listen ${WAKE_CHANNEL}`)
    listener = client
  }
  // Without the wake-up the relay still runs every second.
  listen().catch((error: unknown) => log.warn({ code: 'jobs.listen', because: String(error) }, 'no wake-up for the queue'))
  pass()
  return {
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await running
      listener?.release(true)
    },
  }
}

const BATCH = 100

/** Takes requests out and puts jobs in, in one transaction. True when there may be more. */
async function relayBatch(boss: PgBoss, pool: pg.Pool): Promise<boolean> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query<{
      id: string
      name: string
      data: Record<string, unknown>
      key: string | null
      start_after: Date | null
    }>(
      `delete from platform.job_requests where id in (select id from platform.job_requests order by id limit ${BATCH} for update skip locked) returning id, name, data, key, start_after`,
    )
    const db = { executeSql: async (text: string, values?: unknown[]) => await client.query(text, values as unknown[]) }
    for (const row of rows)
      await boss.send(row.name, row.data, {
        db,
        // A request without a key is one of its own.
        singletonKey: row.key === null ? `request:${row.id}` : `key:${row.key}`,
        ...(row.start_after === null ? {} : { startAfter: row.start_after }),
      })
    await client.query('commit')
    return rows.length === BATCH
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
