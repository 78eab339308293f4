/**
 * The single case management system of a Single Point of Contact: the five duties of Directive (EU) 2023/977, Art 16(1), told over two nodes. Requests,
 * refusals and clarifications are recorded; so are the words with the competent authority and what was provided; an incoming request is checked against what
 * is held; it is followed up.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listDocuments as listCargoDocuments, listConsignments, uploadDocument } from '#modules/cargo/contract'
import {
  type CaseOnScreen,
  closeFollowUp,
  listCaseNotices,
  listFollowUps,
  openCase,
  openFollowUp,
  showCase,
  showLinks,
  takeStep,
} from '#modules/procedures/contract'
import type { Client } from '../../src/app/client.ts'
import { storyDocuments } from '../../src/app/demo/story-documents.ts'
import { remindFollowUpJob } from '../../src/modules/procedures/server/cross-check-follow-ups.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'

let coalition: TestCoalition
let spain: Client
let belgium: Client
let antwerp: Client
let zeebrugge: Client
/** Taken from Antwerp's own declarations. */
let container = ''
/** The request as it came to Belgium, and as Spain has it. */
let incoming = ''
let outgoing = ''
/** What Belgium had asked Spain before. */
let earlier = ''
const key = () => randomUUID()

const request = (part: object = {}) => ({
  reference: `REF-${key().slice(0, 8)}`,
  informationRequested: 'Known addresses',
  purpose: 'investigation',
  facts: 'Cocaine in a reefer container',
  offence: 'drug-trafficking',
  offenceStatute: 'Art 368 CP',
  necessity: true,
  availability: 'The person lives there',
  urgency: 'none',
  language: 'en',
  ...part,
})
const look = async (client: Client, id: string): Promise<CaseOnScreen> => await client.call(showCase, { case: id })
async function step(client: Client, id: string, transition: string, fields: Record<string, unknown> = {}): Promise<void> {
  const { version } = await look(client, id)
  await client.call(takeStep, { case: id, transition, fields, version, key: key() })
}
async function ask(client: Client, requested: string, fields: Record<string, unknown>): Promise<string> {
  const opened = await client.call(openCase, { procedure: 'PR-02', parties: { requested: [requested] }, values: {}, key: key() })
  await step(client, opened.case, 'send', fields)
  return opened.case
}
const held = async (node: string, reference: string, desk: string): Promise<string> =>
  await coalition.eventually(
    async () =>
      await coalition.node(node).services.database.asWorker('test', async (tx) => {
        const { rows } = await sql<{ case_id: string; state: string }>`select case_id, state from procedures.cases
          where subject = ${reference} and party = ${desk} and state not in ('sent', 'sentUrgent')`.execute(tx)
        return rows[0]?.case_id ?? ''
      }),
    (id) => id !== '',
  )
const keysOf = async (node: string, id: string): Promise<number> =>
  await coalition.node(node).services.database.asWorker('test', async (tx) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from procedures.cross_keys where case_id = ${id}`.execute(tx)
    return rows[0]?.n ?? 0
  })
const indexed = async (node: string, id: string): Promise<void> =>
  void (await coalition.eventually(
    async () => await keysOf(node, id),
    (n) => n > 0,
  ))
const titles = ({ history }: CaseOnScreen) => history.map(({ transition }) => transition)

beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['es-algeciras', 'be-antwerp'] })
  spain = await coalition.client('spain-spoc', 'criminal-investigation')
  belgium = await coalition.client('belgium-spoc', 'criminal-investigation')
  antwerp = await coalition.client('antwerp')
  zeebrugge = await coalition.client('zeebrugge')
  const declarations = storyDocuments(coalition.clock.now()).files.find(({ holder, name }) => holder === 'antwerp' && name.endsWith('.csv'))
  await antwerp.upload(uploadDocument, { name: 'declarations.csv' }, declarations?.bytes ?? new Uint8Array())
  await coalition.eventually(
    async () => (await antwerp.call(listCargoDocuments, {})).items,
    (items) => items.length > 0 && items.every(({ state }) => state === 'read'),
  )
  container = (await antwerp.call(listConsignments, {})).items.flatMap(({ containers }) => containers)[0] ?? ''
  earlier = await ask(
    belgium,
    'es.police.spoc',
    request({ persons: [{ name: 'MÜLLER Jan', dateOfBirth: '1980-05-17', category: 'suspect', connection: 'driver' }] }),
  )
  await indexed('be-antwerp', earlier)
  outgoing = await ask(
    spain,
    'be.police.spoc',
    request({
      persons: [{ name: 'Jan Mueller', dateOfBirth: '1980-05-17', phone: '+34 600 100 200', category: 'suspect', connection: 'driver' }],
      things: [{ container, connection: 'found in it' }],
    }),
  )
  incoming = await held('be-antwerp', (await look(spain, outgoing)).reference, 'be.police.spoc')
  await indexed('be-antwerp', incoming)
})
afterAll(async () => await coalition.stop())

describe('Art 16(1) of Directive (EU) 2023/977', () => {
  it('(d) the incoming request is checked against what is held: the earlier case about the same person, however the name is written', async () => {
    const links = await belgium.call(showLinks, { case: incoming })
    expect(links.compared).toBeGreaterThanOrEqual(4)
    expect(links.cases.map((found) => [found.case, found.on])).toEqual([
      [
        earlier,
        [
          { kind: 'person', field: 'Persons' },
          { kind: 'person-name', field: 'Persons' },
        ],
      ],
    ])
    // The police hold no declarations: nothing of the customs desks of this node is told.
    expect(links.records).toEqual([])
    // The other way round, and on the other side: Spain got the earlier request and sent this one.
    expect((await belgium.call(showLinks, { case: earlier })).cases.map((found) => found.case)).toEqual([incoming])
    expect((await spain.call(showLinks, { case: outgoing })).cases).toHaveLength(1)
  })

  it('(d) the request is taken into work only after the links were looked at', async () => {
    await expect(step(belgium, incoming, 'triage', { crossCheckLooked: false, accessClass: 'direct' })).rejects.toMatchObject({
      code: 'procedures.refused',
    })
    await step(belgium, incoming, 'triage', { crossCheckLooked: true, accessClass: 'direct' })
  })

  it('(a) requests, clarifications and refusals are recorded on both sides', async () => {
    await step(belgium, incoming, 'requestInfo', { question: 'Which of the two drivers?' })
    await coalition.eventually(
      async () => (await look(spain, outgoing)).state,
      (state) => state === 'clarification',
    )
    await step(spain, outgoing, 'provideInfo', { clarificationText: 'The second.' })
    await coalition.eventually(
      async () => (await look(belgium, incoming)).state,
      (state) => state === 'inWork',
    )
    const other = await ask(spain, 'be.police.spoc', request())
    const theirs = await held('be-antwerp', (await look(spain, other)).reference, 'be.police.spoc')
    await step(belgium, theirs, 'refuse', { ground: 'not-available', reasons: 'Nothing is held here.' })
    const refused = await coalition.eventually(
      async () => await look(spain, other),
      ({ state }) => state === 'refused',
    )
    expect(refused.history.at(-1)?.fields).toMatchObject({ ground: 'not-available', reasons: 'Nothing is held here.' })
    for (const side of [await look(spain, outgoing), await look(belgium, incoming)])
      expect(titles(side)).toEqual(expect.arrayContaining(['requestInfo', 'provideInfo']))
  })

  it('(b) the words with the competent authority are recorded, and the requesting state learns nothing of them', async () => {
    await step(belgium, incoming, 'channel', { competentDesk: 'be.customs.antwerp', channelNote: 'Any declarations for this box?' })
    const customs = await held('be-antwerp', (await look(spain, outgoing)).reference, 'be.customs.antwerp')
    await indexed('be-antwerp', customs)
    // (d) again, for another viewer: the customs desk is shown its own declarations, and no case of the police.
    const links = await antwerp.call(showLinks, { case: customs })
    expect(links.cases).toEqual([])
    expect(links.records.map(({ kind }) => kind)).toContain('consignment')
    expect(links.records[0]?.on).toEqual([{ kind: 'container', field: 'Things and accounts' }])
    await step(antwerp, customs, 'competentAnswers', { heldInformation: 'DECLARED BY A SHELL COMPANY' })
    await coalition.eventually(
      async () => titles(await look(belgium, incoming)),
      (all) => all.includes('competentAnswers'),
    )
    const seen = JSON.stringify(await look(spain, outgoing))
    expect(seen).not.toContain('SHELL COMPANY')
    expect(seen).not.toContain('competentAnswers')
  })

  it('(d) two desks that hold the same box are shown what each of them holds, and not that there is more', async () => {
    const mine = await ask(
      antwerp,
      'es.police.spoc',
      request({
        designated: true,
        sensitiveGround: 'investigation',
        sensitiveReasons: 'leaks',
        things: [{ container, connection: 'same box' }],
      }),
    )
    const hers = await ask(
      zeebrugge,
      'es.police.spoc',
      request({
        designated: true,
        sensitiveGround: 'investigation',
        sensitiveReasons: 'leaks',
        things: [{ container, connection: 'same box' }],
      }),
    )
    for (const id of [mine, hers]) await indexed('be-antwerp', id)
    const [forAntwerp, forZeebrugge] = [await antwerp.call(showLinks, { case: mine }), await zeebrugge.call(showLinks, { case: hers })]
    expect(forAntwerp.cases.map(({ procedure }) => procedure)).toEqual(['PR-02'])
    expect(forAntwerp.records.length).toBeGreaterThan(0)
    expect(forZeebrugge).toMatchObject({ cases: [], hasMore: false, records: [] })
  })

  it('(c) what was provided is recorded with its evaluation', async () => {
    await step(belgium, incoming, 'provide', {
      answer: 'Two addresses in Antwerp',
      answerLanguage: 'en',
      kindOfStatement: 'fact',
      source: 'A',
      accuracy: '1',
      asOf: '2026-11-20',
      thirdPartyOrigin: false,
    })
    const provided = await coalition.eventually(
      async () => await look(spain, outgoing),
      ({ state }) => state === 'provided',
    )
    expect(provided.history.at(-1)?.fields).toMatchObject({ answer: 'Two addresses in Antwerp', source: 'A', accuracy: '1' })
  })

  it('(e) it is followed up after the answer: due by the clock of the desk, open until somebody closes it, once', async () => {
    const again = key()
    const opened = await belgium.call(openFollowUp, { case: incoming, note: 'Ask Spain for the outcome', workingDays: 5, key: again })
    expect(await belgium.call(openFollowUp, { case: incoming, note: 'Ask Spain for the outcome', workingDays: 5, key: again })).toEqual(
      opened,
    )
    const [item, ...more] = (await belgium.call(listFollowUps, {})).items
    expect(more).toEqual([])
    expect(item).toMatchObject({ followUp: opened.followUp, case: incoming, due: opened.due, isOverdue: false })
    expect(item?.explain).toContain('policy')
    expect((await belgium.call(showLinks, { case: incoming })).followUps).toEqual([item])
    // It is the desk's own: neither the other side nor another desk of this node hears of it.
    expect((await spain.call(showLinks, { case: outgoing })).followUps).toEqual([])
    expect((await antwerp.call(listFollowUps, {})).items).toEqual([])
    // When it is due its desk is told, and nobody else; what is closed reminds nobody.
    const told = async (client: Client) =>
      (await client.call(listCaseNotices, {})).items.filter(({ text }) => text?.includes('follow-up')).length
    const remind = async () =>
      await remindFollowUpJob.run(
        { authority: 'be.police', caseId: incoming, followUp: opened.followUp },
        coalition.node('be-antwerp').services,
      )
    await remind()
    expect([await told(belgium), await told(antwerp)]).toEqual([1, 0])
    const close = async () => await belgium.call(closeFollowUp, { case: incoming, followUp: opened.followUp, outcome: 'Two arrests' })
    await close()
    await remind()
    expect(await told(belgium)).toBe(1)
    await expect(close()).rejects.toMatchObject({ status: 409, code: 'procedures.follow-up' })
    expect((await belgium.call(listFollowUps, {})).items).toEqual([])
    expect((await belgium.call(showLinks, { case: incoming })).followUps[0]?.closed).toMatchObject({ outcome: 'Two arrests' })
  })
})

it('a case that is erased is found no more, and its documents are gone with it', async () => {
  await step(spain, outgoing, 'close', { outcome: 'used' })
  await coalition.eventually(
    async () => (await look(belgium, incoming)).isOpen,
    (isOpen) => !isOpen,
  )
  expect(await keysOf('be-antwerp', incoming)).toBeGreaterThan(0)
  await coalition.node('be-antwerp').services.database.asWorker('test', async (tx) => {
    await sql`update procedures.cases set closed_at = closed_at - interval '30 years' where case_id = ${incoming}`.execute(tx)
  })
  const { services } = coalition.node('be-antwerp')
  await services.database.asWorker('test', async (tx) => await services.enqueue(tx, { name: 'procedures.erase', data: {} }))
  await coalition.eventually(
    async () => await keysOf('be-antwerp', incoming),
    (n) => n === 0,
  )
  expect((await belgium.call(showLinks, { case: earlier })).cases).toEqual([])
  expect((await belgium.call(listFollowUps, {})).items).toEqual([])
})
