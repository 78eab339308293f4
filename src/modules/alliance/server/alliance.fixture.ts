/** A store with the tables of the slice, a directory of a port with its partners, and routes as a request calls them: permission, schema, officer's transaction. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { cargo } from '#modules/cargo'
import { parseDefinition } from '#modules/procedures'
import { openAccess } from '#platform/access/cedar.ts'
import { policyTexts } from '#platform/access/policies.ts'
import type { Realm, SessionFacts } from '#platform/access/session-facts.ts'
import type { AuditEntry } from '#platform/audit/audit-event.ts'
import { appendEvents } from '#platform/audit/audit-log.ts'
import { auditMigrations } from '#platform/audit/migrations.ts'
import { holidayCalendar } from '#platform/clock/holiday-calendar.ts'
import { openMessageBox } from '#platform/content/message-box.ts'
import { notFound } from '#platform/http/app-error.ts'
import type { OpenContext } from '#platform/http/case-context.ts'
import type { OpenRoute, Route } from '#platform/http/route.ts'
import type { Directory, DirectoryOrg } from '#platform/link/directory.ts'
import { procedureRegistry } from '#platform/module/procedure-registry.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { connect } from '#platform/store/connect.ts'
import type { Tx } from '#platform/store/database.ts'
import { migrate } from '#platform/store/migrate.ts'
import { freshDatabase } from '#testing/postgres.ts'
import { permissions } from '../contract.ts'
import { migrations } from '../migrations.ts'
import { changeCodeRoute, enterCodeRoute } from './codes.ts'
import { changePartnerRoute, invitePartnerRoute } from './partners.ts'
import { noteReachJob } from './reach.ts'
import { takeFileJob } from './take-file.ts'

export const CUSTOMS = 'be.customs.antwerp'
export const ZEEBRUGGE = 'be.customs.zeebrugge'
export const INTEGRITY = 'be.police.integrity'
export const TERMINAL = 'be.terminal.antwerp.operations'
export const LINE = 'nl.line.release'
export const FORWARDER = 'be.forwarder.desk'
export const SECOND = 'de.forwarder.desk'
export const HAULIER = 'be.haulier.desk'
export const WRONG = 'nl.haulier.desk'

const KIND = {
  [TERMINAL]: 'terminal',
  [LINE]: 'line',
  [FORWARDER]: 'forwarder',
  [SECOND]: 'forwarder',
  [HAULIER]: 'haulier',
  [WRONG]: 'haulier',
} as const
const brussels = { zone: 'Europe/Brussels', calendar: 'BE' }

function org(
  desks: readonly string[],
  realm: Realm,
  rest: { readonly services?: readonly string[]; readonly places?: Readonly<Record<string, readonly string[]>> } = {},
): DirectoryOrg {
  const [first = ''] = desks
  const id = first.split('.').slice(0, -1).join('.')
  return {
    id,
    name: id,
    kind: realm === 'partner' ? 'terminal' : realm === 'customs' ? 'customs' : 'police',
    realm,
    country: id.slice(0, 2).toUpperCase(),
    thirdCountry: false,
    units: desks.map((desk) => ({
      id: desk,
      name: `Desk of ${desk}`,
      services: [...(rest.services ?? [])],
      places: [...(rest.places?.[desk] ?? [])],
      purposes: [],
      ...brussels,
    })),
    nodes: [],
    status: 'active',
  }
}

const ORGS = [
  org([CUSTOMS, ZEEBRUGGE], 'customs', { places: { [CUSTOMS]: ['BEANR'], [ZEEBRUGGE]: ['BEZEE'] } }),
  org([INTEGRITY], 'law-enforcement', { services: ['alliance.integrity'], places: { [INTEGRITY]: ['BEANR'] } }),
  ...Object.keys(KIND).map((desk) => org([desk], 'partner')),
]
const directory = { v: 1, orgs: ORGS } as unknown as Directory

export function sessionOf(desk: string, officer = `o.${desk}`): SessionFacts {
  const found = ORGS.find(({ units }) => units.some(({ id }) => id === desk))
  if (found === undefined) throw new Error(`No desk ${desk}.`)
  const { realm, id, kind, country } = found
  const purpose = realm === 'partner' ? 'port-security' : 'customs-control'
  return {
    officer,
    officerName: `Officer of ${desk}`,
    roles: [realm === 'partner' ? 'partner' : 'officer'],
    desk,
    authority: id,
    authorityKind: kind,
    country,
    realm,
    purpose,
    caseId: null,
  }
}

const JOBS = [noteReachJob, takeFileJob]

export const RIGHT = { container: 'MSCU6639870', voyage: 'AURORA 123N', port: 'BEANR' } as const
export const key = (): string => randomUUID()

interface JobAsked {
  readonly name: string
  readonly data: Readonly<Record<string, unknown>>
}

interface UploadedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface AllianceStore {
  readonly services: NodeServices
  readonly recorded: AuditEntry[]
  readonly announced: { readonly topic: string; readonly desks: readonly string[] }[]
  now(): Date
  advance(minutes: number): void
  call<Answer = unknown>(route: Route, session: SessionFacts, input: unknown): Promise<Answer>
  upload<Answer = unknown>(route: Route, session: SessionFacts, file: UploadedFile): Promise<Answer>
  open<Answer = unknown>(route: OpenRoute, input: unknown, address?: string): Promise<Answer>
  /** Invites and confirms, each by an officer of its own. */
  vet(desk: string, by?: string): Promise<void>
  /** Enters and confirms, each by an officer of its own. */
  nameCode(list: string, value: string, desk: string): Promise<string>
  /** Bytes the content store has, for a document that came by another slice. */
  store(bytes: Uint8Array): string
  /** Jobs that were asked for and have not run. */
  readonly asked: readonly JobAsked[]
  /** Runs them. */
  work(): Promise<void>
  rows(statement: string): Promise<Record<string, unknown>[]>
  /** As the owner of the database, past every lock. */
  force(statement: string): Promise<void>
  stop(): Promise<void>
}

export async function startAllianceStore(): Promise<AllianceStore> {
  const fresh = await freshDatabase()
  const database = connect({ url: fresh.url })
  await migrate(database.pool, [
    { slice: 'audit', migrations: auditMigrations },
    { slice: 'alliance', migrations },
    { slice: 'cargo', migrations: cargo.migrations },
  ])
  let now = Date.parse('2026-11-26T08:00:00Z')
  const clock = { now: () => new Date(now) }
  const recorded: AuditEntry[] = []
  const announced: { topic: string; desks: readonly string[] }[] = []
  const stored = new Map<string, Uint8Array>()
  const asked: JobAsked[] = []
  const store = (bytes: Uint8Array): string => {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    stored.set(sha256, bytes)
    return sha256
  }
  const pr25 = parseDefinition(readFileSync(new URL('../../procedures/catalogue/pr-25-integrity-report.yaml', import.meta.url), 'utf8'))
  if (!pr25.ok) throw new Error('PR-25 cannot be read.')
  const services = {
    clock,
    database,
    authorities: ORGS.map(({ id }) => id),
    directory: () => directory,
    box: openMessageBox(randomBytes(32)),
    calendars: { calendar: holidayCalendar },
    procedures: procedureRegistry([{ definition: pr25.definition, effects: {} }]),
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    content: {
      put: async (bytes: AsyncIterable<Uint8Array>) => {
        const chunks: Uint8Array[] = []
        for await (const chunk of bytes) chunks.push(chunk)
        const whole = Buffer.concat(chunks)
        return { sha256: store(whole), size: whole.length }
      },
      get: (sha256: string) => inChunks(stored.get(sha256) ?? new Uint8Array(0)),
    },
    enqueue: async (_tx: unknown, job: JobAsked) => await Promise.resolve(void asked.push(job)),
    record: async (tx: Tx, entry: AuditEntry) => {
      recorded.push(entry)
      await appendEvents(tx, [entry], { clock, oversight: [] })
    },
    announce: async (_tx: unknown, topic: string, desks: readonly string[]) => {
      announced.push({ topic, desks })
      await Promise.resolve()
    },
  } as unknown as NodeServices
  // The sealer of a node keeps up; here the entries so far count as sealed before each request.
  const seal = async () =>
    void (await database.pool.query(
      `insert into audit.leaves (idx, event_id, entry) select id, id, '' from audit.events where id > coalesce((select max(event_id) from audit.leaves), 0) on conflict do nothing`,
    ))
  const access = openAccess(policyTexts(permissions, ''))
  const request = async <Answer>(
    route: Route,
    facts: SessionFacts,
    { input, upload }: { readonly input: unknown; readonly upload?: Uint8Array },
  ): Promise<Answer> => {
    const { spec } = route
    const resource = { kind: 'route', id: spec.id, purposeRequired: spec.purposeRequired }
    if (!access.decide({ facts, action: spec.permission, resource }).allowed) throw notFound()
    const read = spec.input.parse(input)
    await seal()
    return await database.asOfficer(facts, async (tx) => {
      const context = {
        facts,
        tx,
        services,
        clock,
        about: () => undefined,
        demand: () => undefined,
        ...(upload === undefined ? {} : { upload: inChunks(upload) }),
      }
      return spec.ok.parse(await route.run(read, context)) as Answer
    })
  }
  const call = async <Answer>(route: Route, facts: SessionFacts, input: unknown): Promise<Answer> => await request(route, facts, { input })
  const vet = async (desk: string, by = CUSTOMS): Promise<void> => {
    const invited = await call<{ version: number }>(invitePartnerRoute, sessionOf(by, 'first'), {
      desk,
      kind: KIND[desk as keyof typeof KIND],
      criteria: ['register-entry', 'named-contact'],
      basis: 'Arrangement of 2026',
      evidence: 'Register and visit.',
      expiresAt: new Date(now + 365 * 86_400_000).toISOString(),
      key: key(),
    })
    await call(changePartnerRoute, sessionOf(by, 'second'), {
      desk,
      change: 'confirm',
      reason: 'Looked through.',
      version: invited.version,
    })
  }
  return {
    services,
    recorded,
    announced,
    now: clock.now,
    advance: (minutes) => {
      now += minutes * 60_000
    },
    call,
    upload: async <Answer>(route: Route, facts: SessionFacts, { name, bytes }: UploadedFile) =>
      await request<Answer>(route, facts, { input: { name }, upload: bytes }),
    open: async <Answer>(route: OpenRoute, input: unknown, remoteAddress = '192.0.2.1') => {
      const context = { services, clock, remoteAddress, cookies: { get: () => undefined, set: () => undefined } } satisfies OpenContext
      return route.spec.ok.parse(await route.open(route.spec.input.parse(input), context)) as Answer
    },
    vet,
    nameCode: async (list, value, desk) => {
      const [from, until] = [new Date(now), new Date(now + 300 * 86_400_000)].map((each) => each.toISOString())
      const { code } = await call<{ code: string }>(enterCodeRoute, sessionOf(CUSTOMS, 'first'), {
        list,
        value,
        desk,
        from,
        until,
        key: key(),
      })
      await call(changeCodeRoute, sessionOf(CUSTOMS, 'second'), { code, change: 'confirm', reason: 'Looked up.' })
      return code
    },
    store,
    asked,
    work: async () => {
      for (let job = asked.shift(); job !== undefined; job = asked.shift()) {
        await seal()
        await JOBS.find(({ name }) => name === job?.name)?.run(job.data, services)
      }
    },
    rows: async (statement) =>
      await database.asWorker('test', async (tx) => (await sql.raw<Record<string, unknown>>(statement).execute(tx)).rows),
    force: async (statement) => void (await database.pool.query(statement)),
    stop: async () => {
      await database.close()
      await fresh.drop()
    },
  }
}

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve()
  for (let from = 0; from < bytes.length; from += 1000) yield bytes.subarray(from, from + 1000)
}
