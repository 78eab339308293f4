/** A store with the tables of the slice; desks that state records and relations; routes called as an officer's request calls them. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { OPEN } from '#kernel/handling/handling.ts'
import { entityIdOf } from '#kernel/record/identity.ts'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { AuditSubject } from '#platform/audit/audit-event.ts'
import { appendEvents } from '#platform/audit/audit-log.ts'
import { auditMigrations } from '#platform/audit/migrations.ts'
import { announce } from '#platform/events/announcements.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { httpMigrations } from '#platform/http/migrations.ts'
import type { Route } from '#platform/http/route.ts'
import type { Directory } from '#platform/link/directory.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { connect } from '#platform/store/connect.ts'
import type { Tx } from '#platform/store/database.ts'
import { migrate } from '#platform/store/migrate.ts'
import { freshDatabase } from '#testing/postgres.ts'
import { migrations } from '../migrations.ts'
import type { StoredValue } from './tables.ts'
import { endFragments, markingOf, type NewFragment, writeFragments } from './write-fragments.ts'

export const AUTHORITY = 'be.police'
export const DESK = 'be.police.antwerp'
export const OTHER = 'be.police.brussels'
export const PURPOSE = 'criminal-investigation'
export const START = new Date('2026-11-24T08:00:00Z')

/** The first two parts of its id. */
export const authorityOf = (desk: string): string => desk.split('.').slice(0, 2).join('.')

export const officerOf = (desk = DESK, purpose: string | null = PURPOSE): SessionFacts => ({
  officer: 'o1',
  officerName: 'Officer One',
  roles: ['officer'],
  desk,
  authority: authorityOf(desk),
  authorityKind: 'police',
  country: 'BE',
  realm: 'law-enforcement',
  purpose,
  caseId: null,
})

export interface StatedRecord {
  /** Id within its source; the record's own id is made from it. */
  readonly id: string
  readonly schema: string
  readonly values: Readonly<Record<string, string | readonly string[]>>
  /** Desks that may read; the own one always. */
  readonly readers?: readonly string[]
  readonly desk?: string
  readonly purpose?: string
}

/** The same id for the same name, in every test. */
export function entityOf(id: string): string {
  return entityIdOf(createHash('sha256').update(id).digest('hex'))
}

export interface GraphStore {
  readonly url: string
  readonly services: NodeServices
  as<T>(facts: SessionFacts, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Writes one fragment for each, and gives the ids of the fragments. */
  state(records: readonly StatedRecord[]): Promise<readonly string[]>
  end(fragments: readonly string[], by?: SessionFacts): Promise<void>
  call<T>(route: Route, input: unknown, by?: SessionFacts): Promise<T>
  /** Desks whose screens were woken, each with its topic. */
  readonly announced: string[]
  /** What the requests said they were about. */
  readonly about: AuditSubject[]
  rows(statement: string): Promise<Record<string, unknown>[]>
  stop(): Promise<void>
}

const unit = (id: string) => ({ id, name: `Desk ${id}` })
const DIRECTORY = {
  orgs: [{ id: AUTHORITY, units: [unit(DESK), unit(OTHER), unit('be.police.ghent')], nodes: [] }],
} as unknown as Directory

export async function startGraphStore(): Promise<GraphStore> {
  const fresh = await freshDatabase()
  const database = connect({ url: fresh.url })
  await migrate(database.pool, [
    { slice: 'audit', migrations: auditMigrations },
    { slice: 'platform.http', migrations: httpMigrations },
    { slice: 'records', migrations },
  ])
  let ticks = 0
  const clock = { now: () => new Date(START.getTime() + ticks++) }
  const announced: string[] = []
  const about: AuditSubject[] = []
  const services = {
    clock,
    database,
    authorities: [AUTHORITY],
    directory: () => DIRECTORY,
    permissionsOf: () => ['records.read', 'records.write', 'records.judge'],
    record: async (tx, entry) => await appendEvents(tx, [entry], { clock, oversight: ['be.police.dpo'] }),
    announce: async (tx, topic, audience) => {
      announced.push(...audience.map((desk) => `${topic} ${desk}`))
      await announce(tx, topic, audience)
    },
  } satisfies Partial<NodeServices> as unknown as NodeServices
  const as: GraphStore['as'] = async (facts, work) => await database.asOfficer(facts, work)
  const collection = uuidv7()
  return {
    url: fresh.url,
    services,
    announced,
    about,
    as,
    state: async (records) => {
      const ids: string[] = []
      for (const group of groupsOf(records))
        await as(officerOf(group.desk, group.purpose), async (tx) => {
          const fragments = await fragmentsFor(tx, { group, collection, at: clock.now() })
          await writeFragments(tx, authorityOf(group.desk), fragments)
          ids.push(...fragments.map((each) => each.fragment))
        })
      return ids
    },
    end: async (fragments, by = officerOf()) => {
      await as(by, async (tx) => await endFragments(tx, AUTHORITY, fragments, { reason: 'withdrawn', by: by.officer, at: clock.now() }))
    },
    call: async <T>(route: Route, input: unknown, by = officerOf()) =>
      await as(by, async (tx) => {
        const context = { facts: by, tx, services, clock, about: (each: AuditSubject) => about.push(each) }
        return route.spec.ok.parse(await route.run(route.spec.input.parse(input), context as unknown as CaseContext)) as T
      }),
    rows: async (statement) =>
      await database.asWorker('test', async (tx) => (await sql.raw<Record<string, unknown>>(statement).execute(tx)).rows),
    stop: async () => {
      await database.close()
      await fresh.drop()
    },
  }
}

interface Group {
  readonly desk: string
  readonly purpose: string
  readonly readers: readonly string[]
  readonly records: StatedRecord[]
}

/** In the order stated: those that share desk, purpose and readers go together while they follow each other. */
function groupsOf(records: readonly StatedRecord[]): readonly Group[] {
  const groups: Group[] = []
  for (const record of records) {
    const { desk = DESK, purpose = PURPOSE, readers = [] } = record
    const last = groups.at(-1)
    if (last?.desk === desk && last.purpose === purpose && last.readers.join() === readers.join()) last.records.push(record)
    else groups.push({ desk, purpose, readers, records: [record] })
  }
  return groups
}

async function fragmentsFor(
  tx: Tx,
  { group, collection, at }: { readonly group: Group; readonly collection: string; readonly at: Date },
): Promise<readonly NewFragment[]> {
  const { desk, purpose, readers } = group
  const org = authorityOf(desk)
  const marking = await markingOf(tx, org, {
    body: {
      origin: { org, desk },
      evaluation: { source: 'B', info: 2 },
      handling: OPEN,
      purpose,
      legalBasis: { act: 'Policing Act', art: '44/1' },
      category: 'thing',
    },
    audience: [desk, ...readers],
  })
  return group.records.map(({ id, schema, values }) => ({
    fragment: uuidv7(),
    entity: entityOf(id),
    schema,
    collection,
    externalId: id,
    values: valuesOf(values),
    marking,
    recordedFrom: at,
    reviewAt: new Date('2027-11-24'),
    eraseAt: new Date('2029-11-24'),
  }))
}

function valuesOf(values: StatedRecord['values']): StoredValue[] {
  return Object.entries(values).flatMap(([prop, value]) =>
    (typeof value === 'string' ? [value] : value).map((each): StoredValue => [prop, each]),
  )
}

export const person = (id: string, more: Partial<StatedRecord> = {}): StatedRecord => ({
  id,
  schema: 'Person',
  values: { name: `Person ${id}` },
  ...more,
})
export const company = (id: string, more: Partial<StatedRecord> = {}): StatedRecord => ({
  id,
  schema: 'Company',
  values: { name: `Company ${id}` },
  ...more,
})

/** `owner` owns `asset`. */
export function owns(
  owner: string,
  asset: string,
  more: Partial<StatedRecord> & { readonly from?: string; readonly to?: string } = {},
): StatedRecord {
  const { from, to, ...rest } = more
  const values = {
    owner: entityOf(owner),
    asset: entityOf(asset),
    ...(from === undefined ? {} : { startDate: from }),
    ...(to === undefined ? {} : { endDate: to }),
  }
  return { id: `${owner} owns ${asset}`, schema: 'Ownership', values, ...rest }
}

/** Acquaintance, which has no direction. */
export function knows(one: string, other: string, more: Partial<StatedRecord> = {}): StatedRecord {
  return { id: `${one} knows ${other}`, schema: 'UnknownLink', values: { subject: entityOf(one), object: entityOf(other) }, ...more }
}
