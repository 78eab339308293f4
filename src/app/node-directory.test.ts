import { describe, expect, it } from 'vitest'
import type { AuditEntry } from '#platform/audit/audit-event.ts'
import { AppError } from '#platform/http/app-error.ts'
import { issueNodeCertificate, makeAuthority } from '#platform/link/certificates.ts'
import type { Directory } from '#platform/link/directory.ts'
import { linkFixture, NOW } from '#platform/link/link-fixture.ts'
import type { Logger } from '#platform/log/logger.ts'
import { nodeDirectory } from './node-directory.ts'
import type { NodeHome } from './node-home.ts'

const { directory, keys } = linkFixture()
const DAY = 86_400_000

/** A node whose folder holds what the test lays into it. */
function node(own = keys.a) {
  let held: Directory = directory
  let now = NOW
  const coming: (Directory | AppError)[] = []
  const entries: Pick<AuditEntry, 'event' | 'outcome' | 'reason' | 'detail'>[] = []
  const codes: string[] = []
  let newer = 0
  const take = async () => {
    const next = coming.shift()
    if (next instanceof AppError) throw next
    if (next !== undefined) held = next
    return held
  }
  const home = {
    clock: { now: () => now },
    directories: { current: () => held, held: () => held, token: () => 'token', accept: take, refresh: take },
    database: { asWorker: async (_name: string, work: (tx: never) => Promise<void>) => await work(undefined as never) },
    record: async (_tx: unknown, { event, outcome, reason, detail }: AuditEntry) =>
      void entries.push({ event, outcome, ...(reason === undefined ? {} : { reason }), ...(detail === undefined ? {} : { detail }) }),
  } as unknown as NodeHome
  const note = ({ code }: { code: string }): void => void codes.push(code)
  const log = { info: note, warn: note, error: note } as unknown as Logger
  return {
    directories: nodeDirectory({ home, keys: own, log, onNewer: () => void (newer += 1) }),
    lay: (next: Directory | AppError) => void coming.push(next),
    at: (days: number) => {
      now = new Date(NOW.getTime() + days * DAY)
    },
    entries,
    codes,
    newer: () => newer,
  }
}

describe('the directory of a node', () => {
  it('that is newer is logged and told on; the same again is not', async () => {
    const { directories, lay, entries, newer } = node()
    lay({ ...directory, version: 6 })
    await directories.refresh()
    await directories.refresh()
    expect(entries).toEqual([{ event: 'exchange.directory-accepted', outcome: 'done', detail: { version: 6 } }])
    expect(newer()).toBe(1)
  })

  it('that is refused is logged with its code, stops no work of the node, and is told to whoever brought it', async () => {
    const { directories, lay, entries, newer } = node()
    const refusal = new AppError(409, 'directory.fork', 'Two of one version.')
    lay(refusal)
    await directories.refresh()
    lay(refusal)
    await expect(directories.accept('token')).rejects.toBe(refusal)
    const entry = { event: 'exchange.directory-refused', outcome: 'refused', reason: 'directory.fork', detail: { held: 5 } }
    expect(entries).toEqual([entry, entry])
    expect(newer()).toBe(0)
  })

  it('is warned of three days before it runs out, and of the own keys thirty days before, once an hour', async () => {
    const { directories, at, codes } = node()
    await directories.refresh()
    expect(codes).toEqual([])
    // The fixture runs out on 1 December, the keys on 1 January.
    at(4)
    await directories.refresh()
    expect(codes).toEqual(['directory.expiring'])
    await directories.refresh()
    expect(codes).toHaveLength(1)
    at(8.1)
    await directories.refresh()
    expect(codes.slice(1)).toEqual(['directory.expiring', 'keys.expiring'])
  })

  it('is warned of the certificate of the link as of the keys', async () => {
    const validity = { from: new Date(NOW.getTime() - DAY), until: new Date(NOW.getTime() + 20 * DAY) }
    const authority = await makeAuthority('test', validity)
    const tls = await issueNodeCertificate(authority, { nodeId: 'a-node', hosts: ['127.0.0.1'], ...validity })
    const { directories, codes } = node({ ...keys.a, tls: { ...tls, ca: authority.cert } })
    await directories.refresh()
    expect(codes).toEqual(['certificate.expiring'])
  })
})
