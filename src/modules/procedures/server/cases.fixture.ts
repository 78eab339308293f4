/** A store with the tables of the slice, a clock that the test moves, and one small procedure that has every part a real one has. */
import { sql } from 'kysely'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import { appendEvents } from '#platform/audit/audit-log.ts'
import { auditMigrations } from '#platform/audit/migrations.ts'
import { makeCalendars } from '#platform/clock/holiday-calendar.ts'
import { announce } from '#platform/events/announcements.ts'
import type { Directory } from '#platform/link/directory.ts'
import { NO_MAIL } from '#platform/mail/mailer.ts'
import type { ProcedureBinding, ProcedureEffectCall, WorkContext } from '#platform/module/define-module.ts'
import { procedureRegistry } from '#platform/module/procedure-registry.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import { freshDatabase } from '#testing/postgres.ts'
import { migrations } from '../migrations.ts'
import type { OpenCase } from './open-case.ts'

const basis = { act: 'Policy', art: '1', mark: 'D' } as const
export const GUARD = 'An officer of the desk has to authorise it.'

export const PROCEDURE: ProcedureDef = {
  id: 'T-01',
  title: 'Request',
  version: '2026-11-01',
  basis: [basis],
  realm: 'CUSTOMS',
  measures: [1],
  roles: { desk: { title: 'The desk', realms: ['customs'] }, partner: { title: 'The partner', realms: ['partner'] } },
  initial: 'new',
  states: [
    { id: 'new', title: 'New', rank: 0, waitsFor: 'desk' },
    { id: 'open', title: 'Open', rank: 1, waitsFor: 'desk' },
    { id: 'late', title: 'Late', rank: 1, waitsFor: 'desk' },
    { id: 'sent', title: 'Sent', rank: 2, waitsFor: 'partner' },
    { id: 'granted', title: 'Granted', rank: 3, terminal: true },
    { id: 'refused', title: 'Refused', rank: 3, terminal: true },
    { id: 'lapsed', title: 'Lapsed', rank: 3, terminal: true },
  ],
  transitions: [
    {
      id: 'open',
      title: 'Open',
      from: ['new'],
      to: 'open',
      by: ['desk'],
      effects: [
        { kind: 'start-clock', clock: 'work' },
        { kind: 'start-clock', clock: 'end' },
      ],
    },
    { id: 'pause', title: 'Pause', from: ['open'], to: 'open', by: ['desk'], effects: [{ kind: 'suspend-clock', clock: 'work' }] },
    { id: 'go-on', title: 'Go on', from: ['open'], to: 'open', by: ['desk'], effects: [{ kind: 'resume-clock', clock: 'work' }] },
    {
      id: 'send',
      title: 'Send',
      from: ['open', 'late'],
      to: 'sent',
      by: ['desk'],
      guards: [{ expr: { fact: 'authorised', is: true }, because: GUARD, basis }],
      form: [{ field: 'note', required: true }],
      effects: [
        { kind: 'stop-clock', clock: 'work' },
        { kind: 'call', name: 'tell' },
      ],
    },
    {
      id: 'answer',
      title: 'Answer',
      from: ['sent'],
      to: 'answered',
      by: ['partner'],
      form: [{ field: 'verdict', required: true }],
      toBy: { field: 'verdict', states: { yes: 'granted', no: 'refused' } },
      effects: [
        { kind: 'stop-clock', clock: 'end' },
        { kind: 'call', name: 'tell' },
      ],
    },
    { id: 'escalate', title: 'Escalate', from: ['open'], to: 'late', on: 'clock.work.expired', effects: [{ kind: 'call', name: 'tell' }] },
    {
      id: 'lapse',
      title: 'Lapse',
      from: ['open', 'late', 'sent'],
      to: 'lapsed',
      on: 'clock.end.expired',
      effects: [
        { kind: 'stop-clock', clock: 'work' },
        { kind: 'stop-clock', clock: 'end' },
      ],
    },
  ],
  fields: [
    { id: 'note', title: 'Note', type: 'text', maxLength: 20, audience: ['desk'] },
    { id: 'verdict', title: 'Verdict', type: 'code', codes: ['yes', 'no'], audience: ['desk', 'partner'] },
  ],
  clocks: [
    {
      id: 'work',
      title: 'Time to send',
      budget: { n: 24, unit: 'hour' },
      obligated: 'desk',
      kind: 'policy',
      regime: 'policy',
      basis,
      ladder: [{ rung: 'half', hoursBefore: 12, call: 'remind' }],
      onExpiry: 'escalate',
    },
    {
      id: 'end',
      title: 'Arrival',
      budget: { n: 72, unit: 'hour' },
      atMost: { anchor: 'eta', hours: -24 },
      obligated: 'desk',
      kind: 'policy',
      regime: 'policy',
      basis,
      ladder: [],
      onExpiry: 'lapse',
    },
  ],
  refusalGrounds: [],
  retention: [],
  statistics: [],
}

export const AUTHORITY = 'be.customs'
export const DESK = 'be.customs.antwerp'
export const ACTOR = { officer: 'o1', officerName: 'Officer One', desk: DESK }
export const START = new Date('2026-11-24T08:00:00Z')

export const officerOf = (desk: string, authority = AUTHORITY): SessionFacts => ({
  officer: 'o1',
  officerName: 'Officer One',
  roles: ['officer'],
  desk,
  authority,
  authorityKind: 'customs',
  country: 'BE',
  realm: 'customs',
  purpose: 'customs-control',
  caseId: null,
})

const unit = (id: string, backup?: string) => ({ id, name: `Desk ${id}`, ...(backup === undefined ? {} : { backup }) })

/** As much of a directory as notices and escalations ask for. */
const DIRECTORY = {
  orgs: [
    { id: AUTHORITY, units: [unit(DESK, 'be.customs.national'), unit('be.customs.zeebrugge'), unit('be.customs.national')], nodes: [] },
    { id: 'es.customs', units: [unit('es.customs.algeciras')], nodes: [] },
  ],
} as unknown as Directory

export interface CaseStore {
  readonly services: NodeServices
  /** Effects as the slice was asked for them. */
  readonly calls: ProcedureEffectCall[]
  /** Set to let the next effect fail. */
  failNext(error: Error): void
  advance(hours: number): void
  as<T>(desk: string, work: (context: WorkContext) => Promise<T>): Promise<T>
  inBackground<T>(work: (context: WorkContext) => Promise<T>): Promise<T>
  rows(statement: string): Promise<Record<string, unknown>[]>
  stop(): Promise<void>
}

/** `more` procedures are known beside the one of this file. */
export async function startCaseStore(more: readonly ProcedureBinding[] = []): Promise<CaseStore> {
  const fresh = await freshDatabase()
  const database = connect({ url: fresh.url })
  await migrate(database.pool, [
    { slice: 'audit', migrations: auditMigrations },
    { slice: 'procedures', migrations },
  ])
  let now = START.getTime()
  let failure: Error | undefined
  const calls: ProcedureEffectCall[] = []
  const note = async (call: ProcedureEffectCall): Promise<void> => {
    const error = failure
    failure = undefined
    if (error !== undefined) throw error
    calls.push(call)
  }
  const binding: ProcedureBinding = { definition: PROCEDURE, effects: { tell: note, remind: note } }
  const clock = { now: () => new Date(now) }
  // The parts of a node that this slice uses; the real ones, so far as they need no other node.
  const services = {
    clock,
    database,
    calendars: makeCalendars([]),
    mail: NO_MAIL,
    directory: () => DIRECTORY,
    webOrigin: '',
    oversightDesks: ['be.customs.dpo'],
    procedures: procedureRegistry([binding, ...more]),
    record: async (tx, entry) => await appendEvents(tx, [entry], { clock, oversight: ['be.customs.dpo'] }),
    announce,
  } satisfies Partial<NodeServices> as unknown as NodeServices
  return {
    services,
    calls,
    failNext: (error) => {
      failure = error
    },
    advance: (hours) => {
      now += hours * 3_600_000
    },
    as: async (desk, work) => await database.asOfficer(officerOf(desk), async (tx) => await work({ tx, services })),
    inBackground: async (work) => await database.asWorker('test', async (tx) => await work({ tx, services })),
    rows: async (statement) =>
      await database.asWorker('test', async (tx) => (await sql.raw<Record<string, unknown>>(statement).execute(tx)).rows),
    stop: async () => {
      await database.close()
      await fresh.drop()
    },
  }
}

let opened = 0

/** A request nobody opened yet, as the desk opens it. */
export function requestOf(part: Partial<OpenCase> = {}): OpenCase {
  opened += 1
  return {
    definition: PROCEDURE.id,
    authority: AUTHORITY,
    subject: `subject-${opened}`,
    label: 'MSCU6639870',
    link: '/somewhere',
    party: DESK,
    role: 'desk',
    originator: DESK,
    zone: 'Europe/Brussels',
    calendar: 'BE',
    anchors: {},
    audience: [DESK],
    opening: { transition: 'open', facts: {}, actor: ACTOR },
    ...part,
  }
}
