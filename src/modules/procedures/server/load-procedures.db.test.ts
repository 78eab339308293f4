/** An administrator adds procedures and new wordings of them as files: running cases stay on theirs, a changed or broken file stops the node. */

import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import { appendEvents } from '#platform/audit/audit-log.ts'
import { auditMigrations } from '#platform/audit/migrations.ts'
import { makeCalendars } from '#platform/clock/holiday-calendar.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { Route } from '#platform/http/route.ts'
import type { Directory } from '#platform/link/directory.ts'
import type { ProcedureRegistry } from '#platform/module/procedure-registry.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { type Connection, connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import { migrations } from '../migrations.ts'
import { loadProcedures } from './load-procedures.ts'
import { migrateCases } from './migrate-cases.ts'
import { openCaseRoute } from './open-draft.ts'
import { showCaseRoute } from './show-case.ts'
import { takeStepRoute } from './take-step.ts'

const DESK = 'be.police.spoc'
const FIRST = `
id: PR-90.local
title: Local enquiry
version: 2026-11-01
realm: LED
measures: [1]
basis: [{ act: Police act of the authority, art: Art 1, mark: D }]
roles: { desk: { title: The desk, realms: [law-enforcement] } }
opener: desk
initial: asked
states:
  - { id: asked, title: Asked, rank: 0, waitsFor: desk }
  - { id: looking, title: Looking, rank: 1, waitsFor: desk }
  - { id: done, title: Done, rank: 2, terminal: true }
fields:
  - { id: question, title: Question, type: text, audience: [desk] }
label: question
transitions:
  - { id: look, title: Look, from: [asked], to: looking, by: [desk], form: [{ field: question, required: true }], effects: [{ kind: start-clock, clock: answer }] }
  - { id: finish, title: Finish, from: [looking], to: done, by: [desk], effects: [{ kind: stop-clock, clock: answer }] }
clocks:
  - { id: answer, title: Answer, budget: { n: 2, unit: workingDay }, obligated: desk, kind: policy, regime: policy, basis: { act: House rule, art: '', mark: D }, ladder: [], onExpiry: remind }
retention: [{ category: case, review: P1Y, erase: P2Y, basis: { act: House rule, art: '', mark: D } }]
`
/** Another name for a state, another step out of it, and how cases come here. */
const SECOND = FIRST.replace('version: 2026-11-01', 'version: 2026-12-01')
  .replaceAll('looking', 'searching')
  .replace('id: finish, title: Finish', 'id: conclude, title: Conclude')
  .concat('migratesFrom: [{ version: 2026-11-01, states: { looking: searching } }]\n')

const directory = {
  v: 1,
  orgs: [
    {
      id: 'be.police',
      name: 'Police',
      kind: 'spoc',
      realm: 'law-enforcement',
      country: 'BE',
      thirdCountry: false,
      status: 'active',
      nodes: [],
      units: [
        {
          id: DESK,
          name: 'SPOC',
          services: ['procedures'],
          places: [],
          purposes: ['crime-prevention'],
          zone: 'Europe/Brussels',
          calendar: 'BE',
        },
      ],
    },
  ],
} as unknown as Directory

const facts: SessionFacts = {
  officer: 'officer',
  officerName: 'Officer',
  roles: ['officer'],
  desk: DESK,
  authority: 'be.police',
  authorityKind: 'spoc',
  country: 'BE',
  realm: 'law-enforcement',
  purpose: 'crime-prevention',
  caseId: null,
}

let fresh: FreshDatabase
let database: Connection
let home: string
const clock = { now: () => new Date('2026-12-02T09:00:00Z') }
beforeAll(async () => {
  fresh = await freshDatabase()
  database = connect({ url: fresh.url })
  await migrate(database.pool, [
    { slice: 'audit', migrations: auditMigrations },
    { slice: 'procedures', migrations },
  ])
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})
beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'procedures-'))
  mkdirSync(path.join(home, 'procedures'))
  await database.asWorker('test', async (tx) => await sql`delete from procedures.definitions where id like 'PR-9%'`.execute(tx))
  await database.asWorker('test', async (tx) => await sql`delete from procedures.cases`.execute(tx))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const put = (name: string, text: string) => writeFileSync(path.join(home, 'procedures', name), text)
const start = async () => await loadProcedures({ folder: home, database, bound: [], now: clock.now() })

function serviceOf(procedures: ProcedureRegistry): NodeServices {
  return {
    procedures,
    calendars: makeCalendars([]),
    clock,
    database,
    authorities: ['be.police'],
    directory: () => directory,
    record: async (tx, entry) => await appendEvents(tx, [entry], { clock, oversight: [] }),
    announce: async () => undefined,
    enqueue: async () => undefined,
  } satisfies Partial<NodeServices> as unknown as NodeServices
}

async function call(procedures: ProcedureRegistry, route: Route, input: unknown): Promise<Record<string, unknown>> {
  const services = serviceOf(procedures)
  return await database.asOfficer(facts, async (tx) => {
    const context = { facts, tx, services, clock, about: () => undefined, demand: () => undefined } as unknown as CaseContext
    return (await route.run(route.spec.input.parse(input), context)) as Record<string, unknown>
  })
}

async function openAndLook(procedures: ProcedureRegistry): Promise<string> {
  const opened = await call(procedures, openCaseRoute, { procedure: 'PR-90.local', parties: {}, key: randomUUID() })
  const id = String(opened['case'])
  await call(procedures, takeStepRoute, {
    case: id,
    transition: 'look',
    fields: { question: 'Whose boat?' },
    version: 0,
    key: randomUUID(),
  })
  return id
}

describe('a procedure of the node’s owner', () => {
  it('runs from the next start on, without a release', async () => {
    put('pr-90.yaml', FIRST)
    const procedures = await start()
    const id = await openAndLook(procedures)
    expect(await call(procedures, showCaseRoute, { case: id })).toMatchObject({
      state: 'looking',
      label: 'Whose boat?',
      procedureVersion: '2026-11-01',
    })
  })

  it('in a new wording is in force for new cases, while running cases stay on theirs, even when the old file is gone', async () => {
    put('pr-90.yaml', FIRST)
    const old = await openAndLook(await start())
    put('pr-90.yaml', SECOND)
    const procedures = await start()
    const young = await openAndLook(procedures)
    expect(await call(procedures, showCaseRoute, { case: young })).toMatchObject({ state: 'searching', procedureVersion: '2026-12-01' })
    expect(await call(procedures, showCaseRoute, { case: old })).toMatchObject({ state: 'looking', procedureVersion: '2026-11-01' })
    await call(procedures, takeStepRoute, { case: old, transition: 'finish', version: 1, key: randomUUID() })
    expect(await call(procedures, showCaseRoute, { case: old })).toMatchObject({ state: 'done', isOpen: false })
  })

  it('takes running cases along when it says how, with their clocks, and their history says so', async () => {
    put('pr-90.yaml', FIRST)
    const id = await openAndLook(await start())
    put('pr-90-b.yaml', SECOND)
    const procedures = await start()
    const before = await call(procedures, showCaseRoute, { case: id })
    expect(await migrateCases(serviceOf(procedures), { procedure: 'PR-90.local', from: '2026-11-01', to: '2026-12-01' })).toEqual({
      moved: 1,
      stayed: [],
    })
    const after = await call(procedures, showCaseRoute, { case: id })
    expect(after).toMatchObject({ state: 'searching', procedureVersion: '2026-12-01', label: 'Whose boat?' })
    expect(after['clocks']).toEqual(before['clocks'])
    expect((after['history'] as { transition: string }[]).map(({ transition }) => transition)).toEqual(['look', '@migrate'])
    await call(procedures, takeStepRoute, { case: id, transition: 'conclude', version: 2, key: randomUUID() })
  })

  it('does not take cases along when it does not say how', async () => {
    put('pr-90.yaml', FIRST)
    await start()
    put('pr-90-b.yaml', SECOND.replace(/migratesFrom.*\n/, ''))
    const procedures = await start()
    await expect(migrateCases(serviceOf(procedures), { procedure: 'PR-90.local', from: '2026-11-01', to: '2026-12-01' })).rejects.toThrow(
      /does not say how/,
    )
  })
})

describe('a node does not start', () => {
  it('with a wording that was changed under its version', async () => {
    put('pr-90.yaml', FIRST)
    await start()
    put('pr-90.yaml', FIRST.replace('title: Local enquiry', 'title: Another enquiry'))
    await expect(start()).rejects.toThrow(/pr-90\.yaml: the wording of PR-90\.local of 2026-11-01 was changed/)
  })

  it('with a file laid out anew it does: what it says is the same', async () => {
    put('pr-90.yaml', FIRST)
    await start()
    put('pr-90.yaml', `# a comment\n${FIRST}\n`)
    await expect(start()).resolves.toBeDefined()
  })

  it('with a broken file, and says file, place and reason', async () => {
    put('pr-90.yaml', FIRST.replace('audience: [desk]', 'audience: []'))
    await expect(start()).rejects.toThrow(/pr-90\.yaml:\d+:\d+ fields\.0: Nobody may see it\./)
  })

  it('with one version in two files', async () => {
    put('pr-90.yaml', FIRST)
    put('pr-91.yaml', FIRST)
    await expect(start()).rejects.toThrow(/stands already in/)
  })

  it('with a step that opens a procedure which is not there', async () => {
    put(
      'pr-90.yaml',
      FIRST.replace(
        'effects: [{ kind: stop-clock, clock: answer }]',
        'effects: [{ kind: stop-clock, clock: answer }, { kind: spawn, procedure: PR-99, copy: {} }]',
      ),
    )
    await expect(start()).rejects.toThrow(/opens PR-99/)
  })
})
