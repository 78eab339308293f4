/** A store with the tables of the slice, desks that write records into it, and routes as a request calls them. */
import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { entityIdOf, identityText } from '#kernel/record/identity.ts'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import { appendEvents } from '#platform/audit/audit-log.ts'
import { auditMigrations } from '#platform/audit/migrations.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { httpMigrations } from '#platform/http/migrations.ts'
import type { Route } from '#platform/http/route.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import { freshDatabase } from '#testing/postgres.ts'
import { migrations } from '../migrations.ts'
import type { StoredValue } from './tables.ts'
import { endFragments, markingOf, writeFragments } from './write-fragments.ts'

export const AUTHORITY = 'be.customs'
export const ANTWERP = 'be.customs.antwerp'
export const GHENT = 'be.customs.ghent'
export const CONTROL = 'customs-control'

export const deskOf = (desk: string, purpose: string | null = CONTROL): SessionFacts => ({
  officer: `o.${desk}`,
  officerName: 'Officer One',
  roles: ['officer'],
  desk,
  authority: AUTHORITY,
  authorityKind: 'customs',
  country: 'BE',
  realm: 'customs',
  purpose,
  caseId: null,
})

export interface Written {
  readonly desk?: string
  readonly readers?: readonly string[]
  readonly collection?: string
  readonly purpose?: string
  readonly schema?: string
  readonly externalId?: string
  readonly values: readonly StoredValue[]
}

export interface RecordStore {
  /** Of the database, for what no officer may do. */
  readonly url: string
  readonly services: NodeServices
  /** Names of jobs that were asked for, with their data. */
  readonly asked: { readonly name: string; readonly data: Readonly<Record<string, unknown>> }[]
  /** Topics announced, with the desks they were for. */
  readonly announced: { readonly topic: string; readonly desks: readonly string[] }[]
  advance(minutes: number): void
  openCollection(title: string, desk?: string, readers?: readonly string[]): Promise<string>
  /** Entity ids, in order. */
  write(records: readonly Written[]): Promise<readonly string[]>
  end(entity: string): Promise<void>
  call<T>(route: Route, input: unknown, facts?: SessionFacts): Promise<T>
  rows(statement: string): Promise<Record<string, unknown>[]>
  stop(): Promise<void>
}

export async function startRecordStore(): Promise<RecordStore> {
  const fresh = await freshDatabase()
  const database = connect({ url: fresh.url })
  await migrate(database.pool, [
    { slice: 'audit', migrations: auditMigrations },
    { slice: 'platform.http', migrations: httpMigrations },
    { slice: 'records', migrations },
  ])
  let now = Date.parse('2026-11-24T08:00:00Z')
  const clock = { now: () => new Date(now) }
  const asked: { name: string; data: Readonly<Record<string, unknown>> }[] = []
  const announced: { topic: string; desks: readonly string[] }[] = []
  const services = {
    clock,
    database,
    oversightDesks: ['be.customs.dpo'],
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    record: async (tx, entry) => await appendEvents(tx, [entry], { clock, oversight: ['be.customs.dpo'] }),
    enqueue: async (_tx, { name, data }) => {
      asked.push({ name, data })
      await Promise.resolve()
    },
    announce: async (_tx, topic, desks) => {
      announced.push({ topic, desks })
      await Promise.resolve()
    },
  } satisfies Partial<Record<keyof NodeServices, unknown>> &
    Partial<Pick<NodeServices, 'record' | 'enqueue' | 'announce'>> as unknown as NodeServices
  const everyday = randomUUID()
  const writeAll = async (records: readonly Written[]): Promise<readonly string[]> => {
    const written = records.map((each) => ({
      desk: ANTWERP,
      readers: [],
      purpose: CONTROL,
      schema: 'Person',
      collection: everyday,
      externalId: randomUUID(),
      ...each,
    }))
    const groups = Map.groupBy(written, ({ desk, purpose }) => `${desk} ${purpose}`)
    for (const group of groups.values()) {
      const [{ desk, purpose } = { desk: ANTWERP, purpose: CONTROL }] = group
      await database.asOfficer(deskOf(desk, purpose), async (tx) => {
        const fragments = []
        for (const { readers, schema, collection, externalId, values } of group) {
          const marking = await markingOf(tx, AUTHORITY, { body: bodyOf(desk, purpose), audience: [desk, ...readers] })
          const days = { reviewAt: new Date(now + 1e10), eraseAt: new Date(now + 2e10), recordedFrom: clock.now() }
          fragments.push({
            fragment: orderedId(now),
            entity: entityOf(collection, externalId),
            schema,
            collection,
            externalId,
            values,
            marking,
            ...days,
          })
        }
        await writeFragments(tx, AUTHORITY, fragments)
      })
    }
    return written.map(({ collection, externalId }) => entityOf(collection, externalId))
  }
  return {
    url: fresh.url,
    services,
    asked,
    announced,
    advance: (minutes) => {
      now += minutes * 60_000
    },
    openCollection: async (title, desk = ANTWERP, readers = []) => {
      const collection = randomUUID()
      await database.asWorker('test', async (tx) => {
        await sql`insert into records.collections (org, desk, collection, title, kind, marking, readers, review_days, retention_days, at, purpose, audience)
          values (${AUTHORITY}, ${desk}, ${collection}, ${title}, 'import', 'm', ${readers}, 1, 2, ${clock.now()}, ${CONTROL}, ${[desk, ...readers]})`.execute(
          tx,
        )
      })
      return collection
    },
    write: writeAll,
    end: async (entity) => {
      await database.asWorker('test', async (tx) => {
        const { rows } = await sql<{
          fragment: string
        }>`select fragment from records.fragments where entity = ${entity} and recorded_to is null`.execute(tx)
        const ids = rows.map(({ fragment }) => fragment)
        await endFragments(tx, AUTHORITY, ids, { reason: 'withdrawn', by: 'test', at: clock.now() })
      })
    },
    call: async <T>(route: Route, input: unknown, facts = deskOf(ANTWERP)) =>
      await database.asOfficer(facts, async (tx) => {
        const context = { facts, tx, services, clock, about: () => undefined }
        return route.spec.ok.parse(await route.run(route.spec.input.parse(input), context as unknown as CaseContext)) as T
      }),
    rows: async (statement) =>
      await database.asWorker('test', async (tx) => (await sql.raw<Record<string, unknown>>(statement).execute(tx)).rows),
    stop: async () => {
      // Threads that were told to end have a moment.
      await sleep(10)
      await database.close()
      await fresh.drop()
    },
  }
}

function entityOf(collection: string, externalId: string): string {
  return entityIdOf(createHash('sha256').update(identityText(collection, externalId)).digest('hex'))
}

let made = 0

/** A UUID that is ordered by time. */
function orderedId(now: number): string {
  made += 1
  return `${now
    .toString(16)
    .padStart(12, '0')
    .replace(/^(.{8})(.{4})$/, '$1-$2')}-7000-8000-${made.toString(16).padStart(12, '0')}`
}

const bodyOf = (desk: string, purpose: string) => ({
  origin: { org: AUTHORITY, desk },
  evaluation: { source: 'A', information: '1' } as never,
  handling: { code: 'H0' } as never,
  purpose,
  legalBasis: { act: 'Regulation (EU) No 952/2013', art: 'Art 46' },
  category: 'other' as const,
})
