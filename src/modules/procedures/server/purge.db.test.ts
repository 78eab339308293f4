/** What a step ordered to erase: gone from the store whatever comes in which order, and nothing gone by an order that turned out to have no effect. */
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { baseOf } from '#kernel/procedure/fold.ts'
import type { IncomingMessage, OutgoingMessage } from '#platform/link/message.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { CaseDocuments } from '../contract.ts'
import { foldOf } from './case-fold.ts'
import { caseRow } from './case-row.ts'
import { type CaseStore, officerOf, START, startCaseStore } from './cases.fixture.ts'
import { saveDraftRoute, showDraftRoute } from './drafts.ts'
import { claimEarlyFiles, fileReceived } from './files.ts'
import { listDocumentsRoute } from './files-list.ts'
import { fetchFileRoute, filePart, fileWanted, readFileRoute } from './files-transfer.ts'
import { PURGE_GRACE_MS, purgeJob } from './purge.ts'
import { call } from './queue.fixture.ts'
import { readDefinitions, SHIPPED_FOLDER } from './read-definition.ts'
import { recordStep } from './record-step.ts'

const read = readDefinitions(SHIPPED_FOLDER).find(({ definition: { id } }) => id === 'PR-07.epoc')
if (read === undefined) throw new Error('There is no EPOC in the catalogue.')
const { definition } = read

const HOUR = 3_600_000
const ISSUING = 'iss.desk'
const ADDRESSEE = 'adr.desk'
const EVIDENCE = { dataReference: 'EVIDENCE-REF', dataRemarks: 'Subscriber is John Doe' }
const party = (desk: string) => ({
  org: desk.slice(0, 3),
  desk,
  country: 'BE',
  kind: 'x',
  realm: 'judicial',
  zone: 'UTC',
  calendar: 'BE',
})
const PARTIES = { issuing: [party(ISSUING)], validating: [party('val.desk')], addressee: [party(ADDRESSEE)] }

type Asked = Parameters<NodeServices['enqueue']>[1]
let store: CaseStore
let jobs: Asked[] = []
let letters: OutgoingMessage[] = []
let caseId = ''
let reference = ''

beforeAll(async () => {
  store = await startCaseStore([{ definition, effects: {} }])
  Object.assign(store.services, {
    enqueue: async (_tx: unknown, job: Asked) => await Promise.resolve(void (job.name === purgeJob.name && jobs.push(job))),
    submit: async (_tx: unknown, letter: OutgoingMessage) => {
      letters.push(letter)
      return await Promise.resolve(uuidv7())
    },
    content: { slice: async () => await Promise.resolve(Buffer.from('bytes')) },
  })
})
afterAll(async () => await store.stop())

/** An emergency order that was issued without validation, as a desk holds it that has received it. */
beforeEach(async () => {
  jobs = []
  letters = []
  await hold(ISSUING)
})

async function hold(desk: string): Promise<void> {
  caseId = uuidv7()
  reference = uuidv7()
  const base = { ...baseOf(definition, PARTIES), reached: [ISSUING, 'val.desk', ADDRESSEE] }
  const role = desk === ISSUING ? 'issuing' : 'addressee'
  await background(async ({ tx }) => {
    await sql`insert into procedures.cases (authority, case_id, definition, definition_version, subject, label, link, party, role, originator, state, revision, anchors,
        zone, calendar, opened_at, moved_at, is_open, own_turn, base, parties, audience)
      values (${desk.slice(0, 3)}, ${caseId}, ${definition.id}, ${definition.version}, ${reference}, '', ${`/cases/${caseId}`}, ${desk}, ${role}, ${ISSUING}, ${definition.initial},
        0, '{}', 'UTC', 'BE', ${START}, ${START}, true, true, ${JSON.stringify(base)}, ${JSON.stringify(PARTIES)}, ${[desk]}::text[])`.execute(
      tx,
    )
  })
  held = desk
  await arrives('complete', { order: 1, hours: 0, role: 'issuing' })
  await arrives('transmitUnvalidated', {
    order: 2,
    hours: 0.1,
    role: 'issuing',
    fields: { 'clock.exPostValidation.from': START.toISOString() },
  })
  await arrives('receiveEmergency', { order: 3, hours: 0.2, role: null })
}
let held = ISSUING

const background = async <T>(act: (work: WorkContext) => Promise<T>) => await store.inBackground(act)
const rowOf = async ({ tx }: WorkContext) => await caseRow(tx, { authority: held.slice(0, 3), caseId })
const deskOf = { issuing: ISSUING, validating: 'val.desk', addressee: ADDRESSEE }

interface Arriving {
  readonly order: number
  /** Hours after the order was issued. */
  readonly hours: number
  readonly role: keyof typeof deskOf | null
  readonly fields?: Readonly<Record<string, unknown>>
}

async function arrives(transition: string, step: Arriving): Promise<void> {
  const { order, hours, role, fields = {} } = step
  const at = new Date(START.getTime() + hours * HOUR)
  const desk = role === null ? ISSUING : deskOf[role]
  // The end of a clock has the same id on every node.
  const id = role === null ? `${reference}:${transition}` : uuidv7()
  await background(
    async (work) =>
      await recordStep(work, await rowOf(work), { step: { id, order, transition, role, actor: null, desk, at, fields, mirrored: true } }),
  )
}
const lapses = async (order = 4) => await arrives('validationLapses', { order, hours: 48.01, role: null })
const provides = async (order: number, hours: number) => await arrives('provideData', { order, hours, role: 'addressee', fields: EVIDENCE })
/** It fits where the lapse does, and after it the lapse does not. */
const closes = async (order: number) => await arrives('close', { order, hours: 47, role: 'issuing' })
async function work(): Promise<void> {
  for (const { data } of jobs.splice(0)) await purgeJob.run(data, store.services)
}
const storedFields = async () =>
  JSON.stringify(await store.rows(`select fields from procedures.moves where case_id = '${caseId}' order by seq`))
const fold = async () => await background(async (at) => await foldOf(at.tx, store.services, await rowOf(at)))
const files = async () =>
  await store.rows(
    `select file, stored, asked from procedures.files where case_id = '${caseId}' or case_id like 'early ${reference}%' order by file`,
  )

const said = (desk: string) =>
  ({
    from: { org: desk.slice(0, 3), unit: desk },
    to: [{ org: held.slice(0, 3), unit: held }],
    receivedAt: START.toISOString(),
  }) as unknown as IncomingMessage
async function announced(file: string, from = ADDRESSEE): Promise<void> {
  const data = {
    reference,
    procedure: definition.id,
    file,
    name: 'evidence.zip',
    size: 5,
    sha256: 'a'.repeat(64),
    sha512: 'b'.repeat(128),
    roles: ['issuing', 'addressee'],
    personal: true,
    at: START.toISOString(),
  }
  await background(async (at) => await fileReceived.receive(said(from), data, at))
}
const facts = () => officerOf(held, held.slice(0, 3))
const listed = async () =>
  (await call<CaseDocuments>(store, listDocumentsRoute, { facts: facts(), input: { case: caseId } })).answer.files.map(({ file }) => file)

describe('values', () => {
  it('of a step that comes after the erasure are not stored, whatever its place', async () => {
    await lapses()
    await work()
    await provides(4, 47.99)
    await provides(5, 49)
    expect(await storedFields()).not.toMatch(/EVIDENCE|John/)
    expect((await fold()).state).toBe('toErase')
  })

  it('of a step of the same number are erased with those before it', async () => {
    await lapses()
    await provides(4, 47.99)
    await provides(5, 49)
    expect(await storedFields()).toContain('EVIDENCE-REF')
    await work()
    expect(await storedFields()).not.toMatch(/EVIDENCE|John/)
    expect((await fold()).values).not.toHaveProperty('dataReference')
  })

  it('are erased at once when a person orders it, and a day after the end of a clock: a step taken in time may be under way', async () => {
    await lapses()
    expect(jobs).toMatchObject([{ startAfter: new Date(store.services.clock.now().getTime() + PURGE_GRACE_MS) }])
    jobs = []
    await hold(ISSUING)
    await arrives('withdrawUnvalidated', { order: 4, hours: 5, role: 'issuing', fields: { withdrawReasons: 'Found elsewhere.' } })
    expect(jobs).toHaveLength(1)
    expect(jobs[0]).not.toHaveProperty('startAfter')
  })

  it('stay when the step that ordered it has lost its effect before the job runs', async () => {
    await provides(4, 5)
    await lapses(5)
    expect((await fold()).values).not.toHaveProperty('dataReference')
    await closes(5)
    expect((await fold()).state).toBe('closed')
    await work()
    expect(await storedFields()).toContain('EVIDENCE-REF')
    expect((await fold()).values).toMatchObject(EVIDENCE)
    expect(await store.rows(`select 1 from procedures.moves where case_id = '${caseId}' and erased_at is not null`)).toEqual([])
  })

  it('are erased when the step that ordered it has effect only by the earlier place it has on another node', async () => {
    await provides(4, 5)
    await closes(5)
    await lapses(6)
    expect(jobs).toEqual([])
    await lapses(5)
    expect((await fold()).state).toBe('closed')
    await lapses(4)
    expect((await fold()).state).toBe('toErase')
    await work()
    expect(await storedFields()).not.toMatch(/EVIDENCE|John/)
  })

  it('that were ordered to be erased before the case was given to this desk are erased when they come after all', async () => {
    await background(async ({ tx }) => {
      await sql`update procedures.cases set base = jsonb_set(base, '{purged}', '["dataReference", "dataRemarks"]') where case_id = ${caseId}`.execute(
        tx,
      )
    })
    await provides(4, 5)
    expect((await fold()).values).not.toHaveProperty('dataReference')
    await work()
    expect(await storedFields()).not.toMatch(/EVIDENCE|John/)
  })

  it('typed into a draft are neither shown nor kept', async () => {
    const at = { case: caseId, transition: 'provideData' }
    await call(store, saveDraftRoute, { facts: facts(), input: { ...at, fields: EVIDENCE, revision: 0 } })
    const shown = async () => (await call<{ fields: object }>(store, showDraftRoute, { facts: facts(), input: at })).answer.fields
    expect(await shown()).toEqual(EVIDENCE)
    await lapses()
    expect(await shown()).toEqual({})
    await work()
    await call(store, saveDraftRoute, { facts: facts(), input: { ...at, fields: EVIDENCE, revision: 1 } })
    expect(await store.rows(`select fields from procedures.drafts where case_id = '${caseId}'`)).toEqual([{ fields: {} }])
  })
})

describe('files of another desk', () => {
  const asks = async (route: typeof fetchFileRoute, input: Readonly<Record<string, unknown>>) =>
    await call(store, route, { facts: facts(), input: { case: caseId, ...input } })

  it('are not known here from the step on, and erased with the values', async () => {
    await announced('f1')
    expect(await listed()).toEqual(['f1'])
    await lapses()
    await announced('f2')
    expect(await listed()).toEqual([])
    const unknown = await asks(fetchFileRoute, { file: 'no-such-file' }).catch((error: unknown) => error)
    for (const file of ['f1', 'f2']) {
      expect(await asks(fetchFileRoute, { file }).catch((error: unknown) => error)).toEqual(unknown)
      expect(await asks(readFileRoute, { file, start: 0 }).catch((error: unknown) => error)).toEqual(unknown)
    }
    expect(letters).toEqual([])
    await work()
    expect(await files()).toEqual([])
  })

  it('are not noted when they come after the erasure, before their desk takes part or after', async () => {
    await lapses()
    await work()
    await announced('f1')
    expect(await files()).toEqual([])
    await background(async ({ tx }) => {
      await sql`insert into procedures.files select authority, ${`early ${reference} ${ISSUING}`}, 'f2', 'evidence.zip', 5, '', '', '{issuing}', true, 'adr', ${ADDRESSEE}, 0, false,
        false, ${START}, audience from procedures.cases where case_id = ${caseId}`.execute(tx)
    })
    await background(async (at) => await claimEarlyFiles(at, await rowOf(at)))
    expect(await files()).toEqual([])
    const log = await store.rows(
      `select outcome from audit.events where event = 'procedures.file-received' and subject_ids @> array['${caseId}']`,
    )
    expect(log).toEqual([{ outcome: 'refused' }, { outcome: 'refused' }])
  })

  it('bring no bytes that were under way', async () => {
    await announced('f1')
    await asks(fetchFileRoute, { file: 'f1' })
    await lapses()
    const data = { reference, procedure: definition.id, file: 'f1', start: 0, bytes: Buffer.from('bytes').toString('base64') }
    await background(async (at) => await filePart.receive(said(ADDRESSEE), data, at))
    expect(await store.rows(`select 1 from procedures.file_parts where case_id = '${caseId}'`)).toEqual([])
    expect(await files()).toEqual([{ file: 'f1', stored: false, asked: false }])
  })

  it('are known again when the step has lost its effect', async () => {
    await announced('f1')
    await provides(4, 5)
    await lapses(5)
    expect(await listed()).toEqual([])
    await closes(5)
    await work()
    expect(await listed()).toEqual(['f1'])
  })

  it('are given to nobody by the desk that added them', async () => {
    await hold(ADDRESSEE)
    const gives = async () => {
      letters = []
      await background(
        async (at) => await fileWanted.receive(said(ISSUING), { reference, procedure: definition.id, file: 'f1', start: 0 }, at),
      )
      return letters.map(({ body }) => body.type)
    }
    await background(async ({ tx }) => {
      await sql`insert into procedures.files select authority, case_id, 'f1', 'evidence.zip', 5, ${'a'.repeat(64)}, ${'b'.repeat(128)}, '{issuing}', true, 'adr', ${ADDRESSEE}, 5, true, false, ${START}, audience
        from procedures.cases where case_id = ${caseId}`.execute(tx)
    })
    expect(await gives()).toEqual(['procedures.file-part'])
    await lapses()
    expect(await gives()).toEqual([])
    await work()
    // Its own stay with it.
    expect(await listed()).toEqual(['f1'])
  })
})
