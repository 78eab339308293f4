/** Starts one node: store, log, link, jobs, web, in this order, and stops them in the reverse. The composition root of a process. */
import path from 'node:path'
import { lookAtSession, resolveSession } from '#modules/identity'
import { loadProcedures } from '#modules/procedures'
import { openAccess } from '#platform/access/cedar.ts'
import { policyTexts } from '#platform/access/policies.ts'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import { logKey } from '#platform/audit/log-key.ts'
import { type Sealer, startSealer } from '#platform/audit/sealer.ts'
import { type Clock, systemClock } from '#platform/clock/clock.ts'
import { openColumnStore } from '#platform/columns/column-store.ts'
import type { Settings } from '#platform/config/settings.ts'
import { openContentStore } from '#platform/content/content-store.ts'
import { openMessageBox } from '#platform/content/message-box.ts'
import { announce, listenForAnnouncements } from '#platform/events/announcements.ts'
import { startGuard } from '#platform/guard/guard.ts'
import { readRules } from '#platform/guard/rules-file.ts'
import { buildApp, startHttp } from '#platform/http/serve.ts'
import { type Queue, startQueue } from '#platform/jobs/queue.ts'
import { type Link, startLink } from '#platform/link/link.ts'
import type { Carrier } from '#platform/link/link-world.ts'
import { belongTogether, logOrigin, readNodeKeys } from '#platform/link/node-keys.ts'
import { peerWitness } from '#platform/link/peer-witness.ts'
import { readStatement, signStatement } from '#platform/link/statement.ts'
import { makeLogger } from '#platform/log/logger.ts'
import { openMailer } from '#platform/mail/mailer.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { prepareLog } from '#platform/store/prepare-log.ts'
import { nodeCalendars } from './node-calendars.ts'
import { brokerOf, type CarrierWorld, listenForPeers, openCarriers } from './node-carriers.ts'
import { nodeDirectory } from './node-directory.ts'
import { openNodeHome } from './node-home.ts'

export interface NodeOptions {
  readonly settings: Settings
  readonly clock?: Clock
  readonly webFolder?: string
  /** Only for work on the store, beside a running node or without one: nothing listens, and the link sends by this carrier when it is told to. */
  readonly offline?: Carrier
  /** Only for tests: takes a NATS server that is known to be unsafe. No command sets it. */
  readonly allowUnsafeBroker?: boolean
}

export interface RunningNode {
  readonly nodeId: string
  readonly url: string
  readonly linkUrl: string
  readonly services: NodeServices
  readonly link: Link
  readonly sealer: Sealer
  stop(): Promise<void>
}

const SEAL_EVERY_MS = 200
/** What brought the newer directory is committed by then. */
const SPREAD_AFTER_MS = 500
/** A file carries more than a request: nobody waits for its answer. */
const OFFLINE_BATCH = { count: 1000, bytes: 64 * 1024 * 1024 }
export const WEB_FOLDER = path.resolve(import.meta.dirname, '../../dist/web')

export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const { settings, offline } = options
  const clock = options.clock ?? systemClock
  const keys = readNodeKeys(path.resolve(settings.home))
  if (!belongTogether(keys.tls.key, keys.tls.cert)) throw new Error('The TLS key of the node does not belong to its certificate.')
  const home = await openNodeHome(settings, clock)
  const { config, assembly, database, oversightDesks } = home
  const log = makeLogger({ node: config.nodeId, level: settings.logLevel })
  const stops: (() => Promise<void>)[] = [home.close]
  const stopAll = async (): Promise<void> => {
    for (const stop of stops.reverse())
      await stop().catch((error: unknown) => log.error({ code: 'node.stop', because: String(error) }, 'a part did not stop cleanly'))
  }
  try {
    const directories = nodeDirectory({
      home,
      keys,
      log,
      onNewer: () => void setTimeout(() => void link?.sweep().catch(() => undefined), SPREAD_AFTER_MS).unref(),
    })
    const directory = directories.current
    const ownLog = logKey(logOrigin(keys.nodeId), keys.log.jwk)
    const calendars = await nodeCalendars(home, directory())
    const procedures = await loadProcedures({ folder: home.folder, database, bound: assembly.procedures, now: clock.now() })
    const access = openAccess(policyTexts(assembly.permissions, settings.policies))
    const content = openContentStore(path.join(home.folder, 'content'), Buffer.from(keys.content, 'base64url'))
    const columns = await openColumnStore({ folder: path.join(home.folder, 'columns') })
    stops.push(async () => await Promise.resolve(columns.close()))
    // Link and queue need the services and the services need them: both are asked for only when work begins.
    let link: Link | undefined
    let queue: Queue | undefined
    const required = <T>(part: T | undefined): T => {
      if (part === undefined) throw new Error('The node is still starting.')
      return part
    }
    const services: NodeServices = {
      nodeId: config.nodeId,
      demonstration: config.demonstration,
      auditEvents: assembly.auditEvents,
      oversightDesks,
      authorities: config.orgs,
      clock,
      calendars,
      log,
      mail: openMailer(settings),
      webOrigin: settings.webOrigin,
      dropFolder: settings.dropFolder,
      ics2Schemas: settings.ics2Schemas,
      database,
      procedures,
      crossChecks: assembly.crossChecks,
      itemFollowers: assembly.itemFollowers,
      content,
      columns,
      directory,
      permissionsOf: (facts: SessionFacts) =>
        Object.keys(assembly.permissions).filter(
          (action) => access.decide({ facts, action, resource: { kind: 'navigation', id: action, purposeRequired: false } }).allowed,
        ),
      submit: async (tx, message) => await required(link).submit(tx, message),
      statements: {
        make: async (saying) => await signStatement({ ...saying, v: 1, at: clock.now().toISOString() }, keys),
        read: async (token) => await readStatement(token, directory(), clock.now()),
      },
      logKey: ownLog,
      box: openMessageBox(Buffer.from(keys.content, 'base64url')),
      attest: async (tx, attested) => await required(link).attest(tx, attested),
      record: home.record,
      enqueue: async (tx, request) => await required(queue).enqueue(tx, request),
      announce,
    }
    const sealer = startSealer(database, {
      key: ownLog,
      clock,
      everyMs: SEAL_EVERY_MS,
      onError: (error) => log.error({ code: 'audit.seal', because: String(error) }, 'the log could not be sealed'),
    })
    stops.push(async () => await sealer.stop())
    queue = await startQueue({ url: home.url, pool: database.pool, jobs: assembly.jobs, log, services: () => services })
    stops.push(async () => await required(queue).stop())
    const guard = await startGuard(await readRules(home.folder), clock)
    stops.push(async () => await guard.stop())
    const carriers: CarrierWorld = { settings, keys, clock, log, directory, allowUnsafeBroker: options.allowUnsafeBroker }
    const broker = offline === undefined ? brokerOf(carriers) : undefined
    const carrier = offline ?? (await openCarriers(carriers, broker))
    // The link stops it too; here it is stopped when the link does not start.
    stops.push(async () => await carrier.stop())
    link = await startLink({
      keys,
      database,
      pool: database.pool,
      clock,
      log,
      carrier,
      runs: offline === undefined,
      ...(offline === undefined ? {} : { batch: OFFLINE_BATCH }),
      guard,
      witness: peerWitness({ own: ownLog, clock, log, directory, record: home.record }),
      acceptDirectory: directories.accept,
      directoryToken: directories.token,
      refreshDirectory: directories.refresh,
      messages: assembly.messages,
      directory,
      services: () => services,
      record: home.recordAll,
    })
    const running = link
    stops.push(async () => await running.stop())
    if (offline !== undefined) return { nodeId: config.nodeId, url: '', linkUrl: '', services, link, sealer, stop: stopAll }
    const listener = await listenForPeers(carriers, broker, async (envelopes, pin) => await running.take(envelopes, pin))
    stops.push(async () => await listener.stop())
    const announcements = await listenForAnnouncements(database.pool, log)
    stops.push(async () => await announcements.stop())
    const limits = { sessionMinutes: settings.sessionMinutes, idleMinutes: settings.idleMinutes }
    const app = buildApp({
      routes: assembly.routes,
      services,
      access,
      announcements,
      origin: settings.webOrigin,
      webFolder: options.webFolder ?? WEB_FOLDER,
      resolveSession: async (token) => await resolveSession(services, token, limits),
      lookAtSession: async (token) => await lookAtSession(services, token, limits),
    })
    const http = await startHttp(app, { host: settings.webHost, port: settings.webPort })
    stops.push(async () => await http.stop())
    if (home.server !== undefined) {
      const preparation = prepareLog(home.server.url)
      preparation.done.catch((error: unknown) =>
        log.warn({ code: 'store.prepare-log', because: String(error) }, 'the log of the store could not be prepared'),
      )
      stops.push(preparation.stop)
    }
    log.info({ web: http.url, link: listener.url }, 'the node is up')
    return { nodeId: config.nodeId, url: http.url, linkUrl: listener.url, services, link, sealer, stop: stopAll }
  } catch (error) {
    await stopAll()
    throw error
  }
}
