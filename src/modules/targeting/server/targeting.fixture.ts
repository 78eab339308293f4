/** A store with the tables of cargo and targeting, desks that hold documents, and routes as a request calls them. Nothing is faked but time and the queue of jobs. */
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { cargo } from '#modules/cargo'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import { appendEvents } from '#platform/audit/audit-log.ts'
import { auditMigrations } from '#platform/audit/migrations.ts'
import { makeCalendars } from '#platform/clock/holiday-calendar.ts'
import { openColumnStore } from '#platform/columns/column-store.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { httpMigrations } from '#platform/http/migrations.ts'
import type { Route } from '#platform/http/route.ts'
import type { Directory } from '#platform/link/directory.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import { freshDatabase } from '#testing/postgres.ts'
import { migrations } from '../migrations.ts'

export const AUTHORITY = 'be.customs'
export const ANTWERP = 'be.customs.antwerp'
export const ZEEBRUGGE = 'be.customs.zeebrugge'
export const OVERSIGHT = 'be.customs.dpo'
/** A Tuesday. */
export const START = '2027-03-09T06:00:00Z'
export const DAY = '2027-03-10'

const unit = (id: string, places: readonly string[]) => ({
  id,
  name: id,
  services: [],
  places,
  purposes: ['customs-control'],
  zone: 'Europe/Brussels',
  calendar: 'BE',
})
const DIRECTORY = {
  expires: '2030-01-01T00:00:00Z',
  orgs: [
    {
      id: AUTHORITY,
      name: 'Customs',
      kind: 'customs',
      realm: 'customs',
      country: 'BE',
      thirdCountry: false,
      status: 'active',
      nodes: [],
      // Both desks answer for Antwerp: what one holds must never reach the other by way of the port.
      units: [unit(ANTWERP, ['BEANR']), unit(ZEEBRUGGE, ['BEANR', 'BEZEE']), unit(OVERSIGHT, [])],
    },
  ],
} as unknown as Directory

export function officer(name: string, desk = ANTWERP, roles: SessionFacts['roles'] = ['officer']): SessionFacts {
  return {
    officer: `o.${name}`,
    officerName: `Officer ${name}`,
    roles,
    desk,
    authority: AUTHORITY,
    authorityKind: 'customs',
    country: 'BE',
    realm: desk === OVERSIGHT ? 'oversight' : 'customs',
    purpose: 'customs-control',
    caseId: null,
  }
}

export interface Box {
  readonly container: string
  readonly discharge?: string
  readonly loading?: string
  readonly isoType?: string
  readonly weight?: number
  readonly seals?: readonly string[]
  readonly goods?: string
  readonly booking?: string
}

export interface Bill {
  readonly bill: string
  readonly containers: readonly string[]
  readonly shipper?: string
  readonly consignee?: string
  readonly hs?: string
  readonly goods?: string
  readonly loading?: string
  readonly discharge?: string
}

export interface Taken {
  readonly desk?: string
  readonly voyage?: string
  /** CCYYMMDDHHMM; null where the document does not say. */
  readonly eta?: string | null
  readonly nextPort?: string
  readonly boxes?: readonly Box[]
  readonly bills?: readonly Bill[]
}

export interface TargetingStore {
  readonly services: NodeServices
  /** Where the columns of the desks lie. */
  readonly folder: string
  /** Jobs that were asked for, the oldest first. */
  readonly asked: { readonly name: string; readonly data: Readonly<Record<string, unknown>> }[]
  advance(hours: number): void
  /** A document as the slice `cargo` leaves it after reading; answers its digest. */
  document(taken: Taken): Promise<string>
  signal(container: string, detector: string, desk?: string): Promise<void>
  alert(alert: string, container: string, desk?: string): Promise<void>
  call<T>(route: Route, input: unknown, facts?: SessionFacts): Promise<T>
  rows<T = Record<string, unknown>>(statement: string): Promise<T[]>
  stop(): Promise<void>
}

export async function startTargetingStore(): Promise<TargetingStore> {
  const fresh = await freshDatabase()
  const database = connect({ url: fresh.url })
  await migrate(database.pool, [
    { slice: 'audit', migrations: auditMigrations },
    { slice: 'platform.http', migrations: httpMigrations },
    { slice: 'cargo', migrations: cargo.migrations },
    { slice: 'targeting', migrations },
  ])
  let now = Date.parse(START)
  let documents = 0
  const clock = { now: () => new Date(now) }
  const asked: { name: string; data: Readonly<Record<string, unknown>> }[] = []
  const folder = await mkdtemp(path.join(tmpdir(), 'targeting-columns-'))
  const columns = await openColumnStore({ folder })
  const services = {
    clock,
    columns,
    database,
    authorities: [AUTHORITY],
    calendars: makeCalendars([]),
    directory: () => DIRECTORY,
    oversightDesks: [OVERSIGHT],
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    record: async (tx, entry) => await appendEvents(tx, [entry], { clock, oversight: [OVERSIGHT] }),
    enqueue: async (_tx, { name, data }) => {
      asked.push({ name, data })
      await Promise.resolve()
    },
    announce: async () => await Promise.resolve(),
  } satisfies Partial<Record<keyof NodeServices, unknown>> & Partial<Pick<NodeServices, 'record' | 'enqueue'>> as unknown as NodeServices
  return {
    services,
    folder,
    asked,
    advance: (hours) => {
      now += hours * 3_600_000
    },
    document: async (taken) => {
      documents += 1
      const digest = createHash('sha256').update(`document ${documents}`).digest('hex')
      await database.asWorker('test', async (tx) => await writeDocument(tx, { ...taken, digest, at: new Date(now) }))
      return digest
    },
    signal: async (container, detector, desk = ANTWERP) => {
      await database.asWorker('test', async (tx) => {
        await sql`insert into cargo.signals (authority, desk, subject_kind, subject, signal, detector, version, body, raised_at, audience)
          values (${AUTHORITY}, ${desk}, 'container', ${container}, ${`s-${detector}-${container}`}, ${detector}, '1', ${JSON.stringify({ explanation: `${detector} says so` })}::jsonb, ${new Date(now)}, ${[desk]})`.execute(
          tx,
        )
        await sql`insert into cargo.evaluations (authority, desk, subject_kind, subject, not_computable, evaluated_at, audience)
          values (${AUTHORITY}, ${desk}, 'container', ${container}, '[]', ${new Date(now)}, ${[desk]}) on conflict (authority, desk, subject_kind, subject) do update set evaluated_at = excluded.evaluated_at`.execute(
          tx,
        )
      })
    },
    alert: async (alert, container, desk = ANTWERP) => {
      await database.asWorker('test', async (tx) => {
        await sql`insert into cargo.alerts (authority, alert, desk, side, subject, originator_desk, originator_authority, content, handling, reasons, next_port, eta, issued_at, audience)
          values (${AUTHORITY}, ${alert}, ${desk}, 'received', ${container}, 'ec.pcu.guayaquil', 'ec.pcu', '{}', '{}', '{seal-anomaly}', 'BEANR', null, ${new Date(now)}, ${[desk]})`.execute(
          tx,
        )
      })
    },
    call: async <T>(route: Route, input: unknown, facts = officer('one')) =>
      await database.asOfficer(facts, async (tx) => {
        const context = { facts, tx, services, clock, about: () => undefined } as unknown as CaseContext
        return route.spec.ok.parse(await route.run(route.spec.input.parse(input), context)) as T
      }),
    rows: async <T>(statement: string) => await database.asWorker('test', async (tx) => (await sql.raw<T>(statement).execute(tx)).rows),
    stop: async () => {
      columns.close()
      await rm(folder, { recursive: true })
      await database.close()
      await fresh.drop()
    },
  }
}

async function writeDocument(
  tx: Parameters<Parameters<NodeServices['database']['asWorker']>[1]>[0],
  {
    desk = ANTWERP,
    voyage = 'GN101N',
    eta = '202703101400',
    nextPort = 'BEANR',
    boxes = [],
    bills = [],
    digest,
    at,
  }: Taken & { digest: string; at: Date },
): Promise<void> {
  const value = (text: string) => ({ value: text })
  const call = {
    vesselName: value('GENERATED ANDES'),
    vesselImo: value('9999010'),
    voyageNumber: value(voyage),
    places: [{ role: 'next-port', place: value(nextPort) }],
    ...(eta === null ? {} : { arrivesAt: value(eta) }),
  }
  await sql`insert into cargo.documents (authority, desk, document, name, size, state, received_at, purpose, audience)
    values (${AUTHORITY}, ${desk}, ${digest}, 'test.edi', 1, 'read', ${at}, 'customs-control', ${[desk]})`.execute(tx)
  await sql`insert into cargo.messages (authority, desk, document, ordinal, type, directory, reference, segments, outcome, voyage, audience)
    values (${AUTHORITY}, ${desk}, ${digest}, 1, 'BAPLIE', 'D13B', '1', 1, 'accepted', ${JSON.stringify(call)}::jsonb, ${[desk]})`.execute(
    tx,
  )
  for (const [ordinal, box] of boxes.entries())
    await sql`insert into cargo.equipment (authority, desk, document, ordinal, message, message_type, container, iso_type, fullness, loading, discharge, weight, verified_weight, operator, booking, seals,
        goods, observed_at, sighting, audience)
      values (${AUTHORITY}, ${desk}, ${digest}, ${ordinal}, 1, 'BAPLIE', ${box.container}, ${box.isoType ?? '22G1'}, 'full', ${box.loading ?? 'ECGYE'}, ${box.discharge ?? 'BEANR'},
        ${box.weight ?? 20_000}, true, 'GNA', ${box.booking ?? null}, ${[...(box.seals ?? [])]}, ${box.goods ?? null}, ${at}, '{"places": []}', ${[desk]})`.execute(
      tx,
    )
  for (const [ordinal, bill] of bills.entries()) {
    const parties = [
      ...(bill.shipper === undefined ? [] : [{ role: 'consignor', name: value(bill.shipper) }]),
      ...(bill.consignee === undefined ? [] : [{ role: 'consignee', name: value(bill.consignee) }]),
    ]
    await sql`insert into cargo.consignments (authority, desk, document, ordinal, message, declaration, bill, consignor, consignee, loading, discharge, goods, hs, gross, containers, received_at,
        statement, audience)
      values (${AUTHORITY}, ${desk}, ${digest}, ${ordinal}, 1, false, ${bill.bill}, ${bill.shipper ?? null}, ${bill.consignee ?? null}, ${bill.loading ?? 'ECGYE'}, ${bill.discharge ?? 'BEANR'},
        ${bill.goods ?? null}, ${bill.hs ?? null}, 19000, ${[...bill.containers]}, ${at}, ${JSON.stringify({ parties, places: [] })}::jsonb, ${[desk]})`.execute(
      tx,
    )
  }
}
