/** The home of a node opened for work: what it is, whom it trusts, its store with the schema in force. A running node and the commands beside it share this. */
import path from 'node:path'
import type { AuditEntry } from '#platform/audit/audit-event.ts'
import { appendEvents } from '#platform/audit/audit-log.ts'
import { auditMigrations } from '#platform/audit/migrations.ts'
import type { Clock } from '#platform/clock/clock.ts'
import type { Settings } from '#platform/config/settings.ts'
import { httpMigrations } from '#platform/http/migrations.ts'
import { jobMigrations } from '#platform/jobs/migrations.ts'
import { type DirectoryStore, openDirectoryStore } from '#platform/link/directory-store.ts'
import { linkMigrations } from '#platform/link/migrations.ts'
import { type Assembly, assemble } from '#platform/module/assemble.ts'
import { type Connection, connect } from '#platform/store/connect.ts'
import type { Tx } from '#platform/store/database.ts'
import { type EmbeddedServer, startEmbeddedServer } from '#platform/store/embedded-server.ts'
import { migrate, type SliceMigrations } from '#platform/store/migrate.ts'
import { modules } from './modules.ts'
import { type NodeConfig, readNodeConfig } from './node-config.ts'

export interface NodeHome {
  readonly folder: string
  readonly config: NodeConfig
  readonly assembly: Assembly
  /** Where the database is, for parts that need connections of their own. */
  readonly url: string
  readonly database: Connection
  /** The node's own, where this process started it. */
  readonly server: EmbeddedServer | undefined
  readonly directories: DirectoryStore
  /** Desks on this node that supervise processing. */
  readonly oversightDesks: readonly string[]
  readonly clock: Clock
  record(tx: Tx, entry: AuditEntry): Promise<void>
  recordAll(tx: Tx, entries: readonly AuditEntry[]): Promise<void>
  close(): Promise<void>
}

/** Everything a database of a node is made by, in order. */
export function nodeMigrations(assembly: Pick<Assembly, 'modules'>): readonly SliceMigrations[] {
  return [
    { slice: 'platform.jobs', migrations: jobMigrations },
    { slice: 'platform.audit', migrations: auditMigrations },
    { slice: 'platform.link', migrations: linkMigrations },
    { slice: 'platform.http', migrations: httpMigrations },
    ...assembly.modules.map((module) => ({ slice: module.id, migrations: module.migrations })),
  ]
}

export async function openNodeHome(settings: Settings, clock: Clock): Promise<NodeHome> {
  const folder = path.resolve(settings.home)
  const config = readNodeConfig(folder)
  const assembly = assemble(modules)
  const directories = await openDirectoryStore(folder, config.trust, clock)
  const oversightDesks = directories
    .current(clock.now())
    .orgs.filter((org) => config.orgs.includes(org.id))
    .flatMap((org) => org.units.filter((unit) => unit.services.includes('oversight')).map((unit) => unit.id))
  const server = settings.databaseUrl === '' ? await startEmbeddedServer(path.join(folder, 'postgresql')) : undefined
  // A server that another process of this node had running is that process's to stop.
  const ownServer = server?.wasRunning === false ? server : undefined
  const close = async (database?: Connection): Promise<void> => {
    await database?.close()
    await ownServer?.stop()
  }
  try {
    const url = server === undefined ? settings.databaseUrl : await server.database('breakwater')
    const database = connect({ url })
    try {
      await migrate(database.pool, nodeMigrations(assembly))
    } catch (error) {
      await database.close()
      throw error
    }
    const recordAll = async (tx: Tx, entries: readonly AuditEntry[]): Promise<void> =>
      await appendEvents(tx, entries, { clock, oversight: oversightDesks })
    return {
      folder,
      config,
      assembly,
      url,
      database,
      server: ownServer,
      directories,
      oversightDesks,
      clock,
      record: async (tx, entry) => await recordAll(tx, [entry]),
      recordAll,
      close: async () => await close(database),
    }
  } catch (error) {
    await close()
    throw error
  }
}
