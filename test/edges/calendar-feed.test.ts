/**
 * The one address of a node that gives something of a case without a session. It gives procedure, law or policy, instant and where to look, to whoever has
 * 256 random bits, as long as the officer who made it may act for the desk; and nothing whatever to anybody else.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAlerts } from '#modules/cargo/contract'
import { listFeeds, listWork, makeFeed, revokeFeed } from '#modules/procedures/contract'
import { assemble } from '#platform/module/assemble.ts'
import { modules } from '../../src/app/modules.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { box, draftOf, issueAndWait } from '../stories/draft.ts'

const NODE = 'be-antwerp'
const CONTAINER = 'CSQU3054383'
let coalition: TestCoalition
let url = ''

beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['ec-guayaquil', NODE] })
  url = coalition.node(NODE).url
})
afterAll(async () => await coalition.stop())

const open = async (path: string) => {
  const answer = await fetch(`${url}${path}`)
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }
}
const made = async (account: string) => await (await coalition.client(account)).call(makeFeed, {})
const entries = (text: string) => [...text.matchAll(/BEGIN:VEVENT[\s\S]*?END:VEVENT/g)].map(([entry]) => entry)
const stored = async (text: string) =>
  await coalition
    .node(NODE)
    .services.database.asWorker(
      'test',
      async (tx) =>
        (await tx.executeQuery({ sql: text, parameters: [], query: { kind: 'RawNode' } } as never)).rows as Record<string, unknown>[],
    )

describe('a calendar feed', () => {
  it('says of a deadline only procedure, law or policy, instant and address; and another desk learns nothing', async () => {
    const [own, other] = [await made('antwerp'), await made('zeebrugge')]
    const before = await open(other.path)
    expect(entries((await open(own.path)).text)).toEqual([])
    const antwerp = await coalition.client('antwerp')
    const alert = await issueAndWait(coalition, draftOf(coalition, { subject: box(CONTAINER) }), {
      from: await coalition.client('guayaquil'),
      seenBy: [antwerp],
    })
    const feed = await open(own.path)
    expect([feed.status, feed.type]).toEqual([200, 'text/calendar; charset=utf-8'])
    const shown = entries(feed.text)
    expect(shown.length).toBeGreaterThan(0)
    const lines = shown.flatMap((entry) => entry.split('\r\n').map((line) => line.split(/[:;]/)[0]))
    expect([...new Set(lines)]).toEqual(['BEGIN', 'UID', 'SEQUENCE', 'DTSTAMP', 'DTSTART', 'DTEND', 'SUMMARY', 'END'])
    const { items } = await antwerp.call(listWork, {})
    const [case_] = items
    const due = (case_?.due?.safe ?? '').replace(/[-:]|\.\d+/g, '')
    expect(feed.text).toContain(`DTSTART:${due}`)
    expect(feed.text).toContain('SUMMARY:PR-01 deadline (policy)')
    for (const said of [CONTAINER, alert, case_?.caseId ?? '', 'guayaquil', 'Antwerp', 'Officer', case_?.due?.label ?? ''])
      expect(feed.text).not.toContain(said)
    const blot = (text: string) => text.replace(/DTSTAMP:\w+/g, '')
    expect(blot((await open(other.path)).text)).toBe(blot(before.text))
    expect((await (await coalition.client('zeebrugge')).call(listAlerts, {})).items).toEqual([])
  })

  it('has the same ids at every reading, and others in another feed of the same desk', async () => {
    const [first, second] = [await made('antwerp'), await made('antwerp')]
    const ids = async (path: string) => [...(await open(path)).text.matchAll(/UID:(\w+)/g)].map(([, id]) => id)
    expect(await ids(first.path)).toEqual(await ids(first.path))
    expect((await ids(first.path)).length).toBeGreaterThan(0)
    const others = await ids(second.path)
    expect((await ids(first.path)).some((id) => others.includes(id))).toBe(false)
  })

  it('that was revoked, that never was and that is malformed answer alike, and each try is logged', async () => {
    const antwerp = await coalition.client('antwerp')
    const feed = (await antwerp.call(listFeeds, {})).items[0]?.feed ?? ''
    expect(feed).not.toBe('')
    const zeebrugge = await coalition.client('zeebrugge')
    await expect(zeebrugge.call(revokeFeed, { feed })).rejects.toMatchObject({ status: 404 })
    const mine = await made('antwerp-lead')
    const lead = await coalition.client('antwerp-lead')
    // A colleague of the same desk has no hand in it either.
    await expect(antwerp.call(revokeFeed, { feed: mine.feed })).rejects.toMatchObject({ status: 404 })
    expect((await open(mine.path)).status).toBe(200)
    await lead.call(revokeFeed, { feed: mine.feed })
    const before = await stored("select count(*)::int as n from audit.events where event = 'procedures.feed-read' and outcome = 'refused'")
    const wrong = [mine.path, `/api/calendar-feeds/${'A'.repeat(43)}`, '/api/calendar-feeds/x', `/api/calendar-feeds/${'é'.repeat(300)}`]
    const answers = []
    for (const path of wrong) answers.push(await open(path))
    expect(answers[0]).toMatchObject({ status: 404 })
    for (const answer of answers) expect(answer).toEqual(answers[0])
    const after = await stored("select count(*)::int as n from audit.events where event = 'procedures.feed-read' and outcome = 'refused'")
    expect(Number(after[0]?.['n']) - Number(before[0]?.['n'])).toBe(wrong.length)
  })

  it('ends when its officer may no longer act for the desk', async () => {
    const { path } = await made('belgium')
    expect((await open(path)).status).toBe(200)
    await stored("update identity.officers set desks = '{be.customs.zeebrugge}' where account = 'belgium' returning account")
    expect((await open(path)).status).toBe(404)
  })

  it('is kept as a digest: no secret lies in the store or the log', async () => {
    const { path } = await made('zeebrugge')
    const token = path.split('/').at(-1) ?? randomUUID()
    expect(token.length).toBe(43)
    await open(path)
    const held = JSON.stringify([
      await stored('select * from procedures.calendar_feeds'),
      await stored("select * from audit.events where event like 'procedures.feed%'"),
    ])
    expect(held).not.toContain(token)
    expect(held).toContain('token_digest')
  })

  it('is one of few at a time', async () => {
    const terminal = await coalition.client('guayaquil')
    for (let index = 0; index < 5; index++) await terminal.call(makeFeed, {})
    await expect(terminal.call(makeFeed, {})).rejects.toMatchObject({ status: 409, code: 'procedures.feeds' })
  })

  it('is guessed at slowly', async () => {
    let last = 0
    for (let index = 0; index < 70 && last !== 429; index++) last = (await open(`/api/calendar-feeds/${index}`)).status
    expect(last).toBe(429)
  })
})

it('(L15) only these routes of a node are open: to sign in and out, what cannot sign in, and reports without a name', () => {
  const open = assemble(modules).routes.filter(({ spec }) => spec.permission === 'public')
  expect(open.map(({ spec }) => spec.id).toSorted()).toEqual([
    'alliance.addToReport',
    'alliance.integrityDesks',
    'alliance.readReceipt',
    'alliance.submitIntegrityReport',
    'cargo.deliverDocument',
    'identity.signIn',
    'identity.signOut',
    'procedures.openFeed',
  ])
})
