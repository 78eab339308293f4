/**
 * The files of the store's log, made before they are needed. PostgreSQL fills a new file with zeros and waits for the disk each time its log grows, and all that write wait with it; a file that
 * is there already it only fills, and it keeps as many as `min_wal_size` says. So that much is logged once, as soon as a node is up, and given back for use by a checkpoint.
 * Source: PostgreSQL 18 manual, chapter "WAL Configuration" (old files are recycled, not removed, up to `min_wal_size`) and `pg_logical_emit_message`.
 */
import pg from 'pg'

/** Bytes logged by one statement: others write between two of them. */
const PIECE = 2 ** 20

export interface LogPreparation {
  /** Resolves when the files are there, or when it was stopped. */
  readonly done: Promise<void>
  stop(): Promise<void>
}

/** Does nothing where the files are there already. `url`: of a superuser. */
export function prepareLog(url: string): LogPreparation {
  let isStopped = false
  const work = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: url })
    // A server that goes away is told by the statement that fails.
    client.on('error', () => undefined)
    await client.connect()
    try {
      const { rows } = await client.query<{ missing: string }>(
        "select pg_size_bytes(current_setting('min_wal_size')) - (select coalesce(sum(size), 0) from pg_ls_waldir()) as missing",
      )
      const missing = Number(rows[0]?.missing ?? 0)
      for (let logged = 0; logged < missing && !isStopped; logged += PIECE)
        await client.query(`select pg_logical_emit_message(false, 'breakwater.prepare-log', repeat('0', ${PIECE}))`)
      if (missing > 0 && !isStopped) await client.query('checkpoint')
    } finally {
      await client.end()
    }
  }
  const done = work()
  return {
    done,
    stop: async () => {
      isStopped = true
      await done.catch(() => undefined)
    },
  }
}
