/** A store into which documents come as on a node: content in memory, jobs run when they were asked for, routes called as a request does. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { AuditEntry } from '#platform/audit/audit-event.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { Route } from '#platform/http/route.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import { freshDatabase } from '#testing/postgres.ts'
import { migrations } from '../migrations.ts'
import { uploadDocumentRoute } from './documents.ts'
import { readDocument } from './read-document.ts'

export const AUTHORITY = 'be.customs'
export const ANTWERP = 'be.customs.antwerp'
export const GHENT = 'be.customs.ghent'

export const officerOf = (desk: string): SessionFacts => ({
  officer: `o.${desk}`,
  officerName: 'Officer One',
  roles: ['supervisor'],
  desk,
  authority: AUTHORITY,
  authorityKind: 'customs',
  country: 'BE',
  realm: 'customs',
  purpose: 'customs-control',
  caseId: null,
})

type Job = { readonly name: string; readonly data: Readonly<Record<string, unknown>> }

export interface IntakeStore {
  readonly services: NodeServices
  readonly entries: AuditEntry[]
  readonly stored: ReadonlyMap<string, Uint8Array>
  advance(minutes: number): void
  call<T>(route: Route, input: unknown, by?: { readonly desk?: string; readonly upload?: Uint8Array }): Promise<T>
  /** Uploads and reads to the end; answers the digest. */
  bring(text: string | Uint8Array, desk?: string): Promise<string>
  /** Runs what was asked for of reading. */
  work(): Promise<void>
  rows(statement: string): Promise<Record<string, unknown>[]>
  stop(): Promise<void>
}

const unit = (id: string) => ({
  id,
  name: id,
  services: [],
  places: [],
  purposes: ['customs-control'],
  zone: 'Europe/Brussels',
  calendar: 'BE',
})

export async function startIntakeStore(more: Readonly<Record<string, unknown>> = {}): Promise<IntakeStore> {
  const fresh = await freshDatabase()
  const database = connect({ url: fresh.url })
  await migrate(database.pool, [{ slice: 'cargo', migrations }])
  let now = Date.parse('2026-09-01T08:00:00Z')
  const stored = new Map<string, Uint8Array>()
  const asked: Job[] = []
  const entries: AuditEntry[] = []
  const directory = {
    orgs: [
      {
        id: AUTHORITY,
        name: 'Customs',
        kind: 'customs',
        realm: 'customs',
        country: 'BE',
        units: [unit(ANTWERP), unit(GHENT)],
        nodes: [],
        status: 'active',
      },
    ],
  }
  const services = {
    clock: { now: () => new Date(now) },
    database,
    authorities: [AUTHORITY],
    directory: () => directory,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    record: async (_tx: unknown, entry: AuditEntry) => await Promise.resolve(void entries.push(entry)),
    enqueue: async (_tx: unknown, { name, data }: Job) => await Promise.resolve(void asked.push({ name, data })),
    announce: async () => await Promise.resolve(),
    content: {
      put: async (bytes: AsyncIterable<Uint8Array>, limit: number) => {
        const chunks: Uint8Array[] = []
        for await (const chunk of bytes) chunks.push(chunk)
        const whole = Buffer.concat(chunks)
        if (whole.length > limit) throw new AppError(413, 'cargo.document-too-large', 'Too large.')
        const sha256 = createHash('sha256').update(whole).digest('hex')
        stored.set(sha256, whole)
        return { sha256, size: whole.length }
      },
      get: (sha256: string) => chunksOf(stored.get(sha256) ?? new Uint8Array(0)),
    },
    ...more,
  } as unknown as NodeServices
  const call: IntakeStore['call'] = async (route, input, { desk = ANTWERP, upload } = {}) =>
    await database.asOfficer(officerOf(desk), async (tx) => {
      const context = {
        facts: officerOf(desk),
        tx,
        services,
        clock: services.clock,
        about: () => undefined,
        ...(upload === undefined ? {} : { upload: chunksOf(upload) }),
      }
      return route.spec.ok.parse(await route.run(route.spec.input.parse(input), context as unknown as CaseContext)) as never
    })
  const work = async (): Promise<void> => {
    for (let job = asked.shift(); job !== undefined; job = asked.shift()) {
      if (job.name === 'cargo.read-document') await readDocument(job.data, services)
    }
  }
  return {
    services,
    entries,
    stored,
    call,
    work,
    advance: (minutes) => void (now += minutes * 60_000),
    bring: async (text, desk = ANTWERP) => {
      const upload = typeof text === 'string' ? Buffer.from(text) : text
      const { document } = await call<{ document: string }>(uploadDocumentRoute, { name: 'file.edi' }, { desk, upload })
      await work()
      return document
    },
    rows: async (statement) =>
      await database.asWorker('test', async (tx) => (await sql<Record<string, unknown>>`${sql.raw(statement)}`.execute(tx)).rows),
    stop: async () => {
      await database.close()
      await fresh.drop()
    },
  }
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve()
  for (let from = 0; from < bytes.length; from += 65_536) yield bytes.subarray(from, from + 65_536)
}
