/**
 * The directory of a running node: taken in from peers and from the home folder, each taking and each refusal in the log, and a word in time when it, or the
 * node's own keys, are about to run out. A refusal never stops the work of the node: the directory in force goes on until it expires.
 */
import { X509Certificate } from 'node:crypto'
import type { AuditEntry } from '#platform/audit/audit-event.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { Directory } from '#platform/link/directory.ts'
import { indexOf } from '#platform/link/directory-index.ts'
import { TokenRefused } from '#platform/link/jose.ts'
import type { NodeKeys } from '#platform/link/node-keys.ts'
import type { Logger } from '#platform/log/logger.ts'
import type { NodeHome } from './node-home.ts'

const DAY = 86_400_000
const WARN_DIRECTORY = 3 * DAY
const WARN_KEYS = 30 * DAY
/** The same warning again at most this often. */
const AGAIN = DAY / 24

export interface NodeDirectory {
  current(): Directory
  token(): string
  /** Throws what is wrong with it, after it is logged. */
  accept(token: string): Promise<void>
  /** What was laid into the home, and warnings that are due. Throws nothing. */
  refresh(): Promise<void>
}

interface Parts {
  readonly home: NodeHome
  readonly keys: NodeKeys
  readonly log: Logger
  /** Called soon after a newer one was taken: peers are told without waiting for the next minute. */
  readonly onNewer: () => void
}

export function nodeDirectory({ home, keys, log, onNewer }: Parts): NodeDirectory {
  const { directories, clock } = home
  const certificateUntil = keys.tls.cert === '' ? undefined : new Date(new X509Certificate(keys.tls.cert).validTo)
  const warned = new Map<string, number>()
  const warn = (code: string, until: string): void => {
    const now = clock.now().getTime()
    if (now - (warned.get(code) ?? 0) < AGAIN) return
    warned.set(code, now)
    log.warn({ code, until }, 'runs out soon')
  }
  const note = async (entry: Pick<AuditEntry, 'event' | 'outcome' | 'detail'> & { readonly reason?: string }): Promise<void> =>
    await home.database.asWorker('directory.note', async (tx) => await home.record(tx, { ...entry, facts: null, by: 'link', subjects: [] }))
  const taking = async (take: () => Promise<unknown>): Promise<void> => {
    const before = versionOf(home)
    try {
      await take()
    } catch (error) {
      const reason = error instanceof AppError || error instanceof TokenRefused ? error.code : 'directory.unreadable'
      log.error({ code: 'directory.refused', because: reason }, 'a directory was refused')
      await note({ event: 'exchange.directory-refused', outcome: 'refused', reason, detail: { held: before } })
      throw error
    }
    const after = versionOf(home)
    if (after <= before) return
    log.info({ code: 'directory.accepted', version: after }, 'a newer directory is in force')
    await note({ event: 'exchange.directory-accepted', outcome: 'done', detail: { version: after } })
    onNewer()
  }
  return {
    current: () => directories.current(clock.now()),
    token: () => directories.token(),
    accept: async (token) => await taking(async () => await directories.accept(token)),
    refresh: async () => {
      await taking(async () => await directories.refresh()).catch(() => undefined)
      const held = directories.held()
      if (held === undefined) return
      const now = clock.now().getTime()
      if (Date.parse(held.expires) - now < WARN_DIRECTORY) warn('directory.expiring', held.expires)
      const until = ownKeysUntil(held, keys)
      if (until !== undefined && Date.parse(until) - now < WARN_KEYS) warn('keys.expiring', until)
      if (certificateUntil !== undefined && certificateUntil.getTime() - now < WARN_KEYS)
        warn('certificate.expiring', certificateUntil.toISOString())
    },
  }
}

const versionOf = ({ directories }: NodeHome): number => directories.held()?.version ?? 0

/** When the first of the keys that this node works with runs out. */
function ownKeysUntil(directory: Directory, { sig, log, orgs }: NodeKeys): string | undefined {
  const kids = [sig.kid, log.kid, ...Object.values(orgs).flatMap(({ seal, enc }) => [seal.kid, enc.kid])]
  const ends = kids.flatMap((kid) => (indexOf(directory).keys.get(kid) ?? []).map(({ key }) => key.until))
  return ends.toSorted()[0]
}
