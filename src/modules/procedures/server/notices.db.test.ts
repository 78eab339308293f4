/** Notices: who is told of what, that nobody is told of what he may not see, who has read it; and mail that says nothing of a case. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { Mail } from '#platform/mail/mailer.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Notice } from '../contract.ts'
import { caseRow } from './case-row.ts'
import { AUTHORITY, type CaseStore, DESK, officerOf, startCaseStore } from './cases.fixture.ts'
import { countNoticesRoute, listNoticesRoute, readNoticesRoute } from './notices.ts'
import { mailJob } from './notify-mail.ts'
import { ASKED_BINDING, ask, call, colleague, NATIONAL, step, supervisor, ZEEBRUGGE } from './queue.fixture.ts'
import { listWorkRoute } from './queue.ts'
import { sweepClocks } from './sweep.ts'
import { mirrorStep } from './transition.ts'
import { widenAudience } from './widen-audience.ts'

let store: CaseStore
beforeEach(async () => {
  store = await startCaseStore([ASKED_BINDING])
})
afterEach(async () => await store.stop())

const list = async (facts: SessionFacts = officerOf(DESK), input: Readonly<Record<string, unknown>> = {}) =>
  (await call<{ readonly items: readonly Notice[]; readonly next?: string }>(store, listNoticesRoute, { facts, input })).answer
const topics = async (facts?: SessionFacts) => (await list(facts)).items.map(({ topic }) => topic)
const unread = async (facts?: SessionFacts) =>
  (await call<{ readonly unread: number }>(store, countNoticesRoute, facts === undefined ? {} : { facts })).answer.unread
const read = async (facts: SessionFacts, notices: readonly string[]) =>
  await call<{ readonly read: number }>(store, readNoticesRoute, { facts, input: { notices } })

describe('a clock tells', () => {
  it('the obliged desk before its end, once, with what is due and whether law says so', async () => {
    await ask(store)
    store.advance(24)
    await sweepClocks(store.services)
    await sweepClocks(store.services)
    const { items } = await list()
    expect(items).toEqual([
      expect.objectContaining({
        topic: 'clock',
        procedure: 'T-02',
        label: 'MSCU6639870',
        clock: { label: 'Answer', kind: 'law', due: '2026-11-26T08:00:00.000Z' },
        isRead: false,
        readBy: [],
      }),
    ])
    expect(await topics(officerOf(ZEEBRUGGE))).toEqual([])
  })

  it('at its end the desk, its supervisors and the backup desk, which sees the case from then on', async () => {
    await ask(store)
    store.advance(49)
    await sweepClocks(store.services)
    expect(await topics()).toEqual(['expired', 'clock'])
    expect((await topics(supervisor())).toSorted()).toEqual(['clock', 'escalated', 'expired'])
    expect(await topics(officerOf(NATIONAL))).toEqual(['escalated'])
    const seen = await call<{ readonly items: readonly unknown[] }>(store, listWorkRoute, {
      facts: officerOf(NATIONAL),
      input: { show: 'overdue' },
    })
    expect(seen.answer.items.length).toBe(1)
    expect(await topics(officerOf(ZEEBRUGGE))).toEqual([])
  })

  it('nobody here when it obliges the other side, until it has run out', async () => {
    await ask(store, { role: 'asker', opening: { transition: 'open', facts: null, actor: null } })
    store.advance(24)
    await sweepClocks(store.services)
    expect((await topics()).filter((topic) => topic !== 'step')).toEqual([])
    store.advance(25)
    await sweepClocks(store.services)
    expect((await topics()).filter((topic) => topic !== 'step')).toEqual(['expired'])
    expect(await topics(officerOf(NATIONAL))).toEqual([])
  })
})

describe('a notice', () => {
  it('comes of a step that another side took, and of none of the own', async () => {
    const row = await ask(store)
    await step(store, row, { transition: 'ask' })
    expect(await topics()).toEqual([])
    await store.inBackground(async (work) => {
      const fresh = await caseRow(work.tx, { authority: AUTHORITY, caseId: row.case_id })
      await mirrorStep(work, fresh, { transition: 'say', at: store.services.clock.now(), fields: {} })
    })
    expect((await list()).items).toEqual([expect.objectContaining({ topic: 'step', step: 'Say', case: row.case_id })])
  })

  it('is read by a person and not by a desk, and says who has read it', async () => {
    await ask(store)
    store.advance(24)
    await sweepClocks(store.services)
    const [notice = ''] = (await list()).items.map((each) => each.notice)
    const { answer, about } = await read(officerOf(DESK), [notice])
    expect([answer.read, about]).toEqual([1, [{ kind: 'notice', id: notice }]])
    expect([await unread(), await unread(colleague())]).toEqual([0, 1])
    expect((await list()).items).toEqual([])
    const [seen] = (await list(colleague())).items
    expect([seen?.isRead, seen?.readBy]).toEqual([false, [{ name: 'Officer One', at: '2026-11-25T08:00:00.000Z' }]])
    expect((await read(officerOf(DESK), [notice])).answer.read).toBe(0)
  })

  it('of another desk is neither shown nor counted nor marked as read', async () => {
    await ask(store, { desk: ZEEBRUGGE })
    store.advance(49)
    await sweepClocks(store.services)
    const ids = (await list(officerOf(ZEEBRUGGE))).items.map((each) => each.notice)
    expect(ids.length).toBe(2)
    expect([(await list()).items, await unread()]).toEqual([[], 0])
    expect((await read(officerOf(DESK), ids)).answer.read).toBe(0)
    expect(await unread(officerOf(ZEEBRUGGE))).toBe(2)
  })

  it('is not shown to a session without a purpose', async () => {
    await ask(store)
    store.advance(24)
    await sweepClocks(store.services)
    const facts = { ...officerOf(DESK), purpose: null }
    expect([(await list(facts)).items, await unread(facts)]).toEqual([[], 0])
  })

  it('is gone with the sight of its case', async () => {
    const row = await ask(store)
    store.advance(24)
    await sweepClocks(store.services)
    await store.rows(`update procedures.cases set audience = '{be.customs.nowhere}' where case_id = '${row.case_id}' returning case_id`)
    expect([(await list()).items, await unread()]).toEqual([[], 0])
  })

  it('comes to a desk that a slice lets in', async () => {
    const row = await ask(store)
    await store.inBackground(async (work) => await widenAudience(work, { authority: AUTHORITY, caseId: row.case_id, desk: NATIONAL }))
    expect(await topics(officerOf(NATIONAL))).toEqual(['escalated'])
  })

  it('stands on pages that neither lose nor repeat one', async () => {
    for (let index = 0; index < 5; index++) await ask(store)
    store.advance(24)
    await sweepClocks(store.services)
    const whole = (await list()).items.map((each) => each.notice)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await list(officerOf(DESK), { limit: 2, ...(cursor === undefined ? {} : { cursor }) })
      seen.push(...page.items.map((each) => each.notice))
      cursor = page.next
    } while (cursor !== undefined)
    expect(seen).toEqual(whole)
    expect(whole.length).toBe(5)
  })
})

describe('mail', () => {
  const sent: Mail[] = []
  const asked: { readonly name: string; readonly data: Readonly<Record<string, unknown>> }[] = []
  let isDown = false
  const withMail = (): NodeServices =>
    Object.assign(store.services, {
      authorities: [AUTHORITY],
      webOrigin: 'https://breakwater.customs.example',
      enqueue: async (_tx: unknown, job: (typeof asked)[number]) => void asked.push(job),
      mail: {
        boxesOf: (desk: string) => (desk === DESK ? ['duty@customs.example'] : []),
        send: async (mail: Mail) => {
          if (isDown) throw new Error('The mail server is down.')
          sent.push(mail)
        },
      },
    })
  beforeEach(() => {
    sent.length = 0
    asked.length = 0
    isDown = false
  })

  it('says procedure, law or policy, instant and address, and nothing of a case or a person', async () => {
    withMail()
    const row = await ask(store, { label: 'SECRET LABEL', subject: 'SECRET SUBJECT' })
    store.advance(24)
    await sweepClocks(store.services)
    expect(asked.map(({ name }) => name)).toEqual(['procedures.mail-notices'])
    await mailJob.run(asked[0]?.data ?? {}, store.services)
    expect(sent).toEqual([
      {
        to: ['duty@customs.example'],
        subject: 'Breakwater: T-02',
        text: 'T-02, deadline of law, due 2026-11-26T08:00:00.000Z: https://breakwater.customs.example/somewhere',
      },
    ])
    for (const said of ['SECRET', row.case_id, 'Officer', DESK, 'Question']) expect(JSON.stringify(sent)).not.toContain(said)
    expect(await store.rows("select detail from audit.events where event = 'procedures.notices-mailed'")).toEqual([
      { detail: { notices: 1 } },
    ])
  })

  it('makes one letter of what one sweep tells a desk, and counts what it does not list', async () => {
    withMail()
    for (let index = 0; index < 25; index++) await ask(store)
    store.advance(24)
    await sweepClocks(store.services)
    expect(asked.length).toBe(1)
    await mailJob.run(asked[0]?.data ?? {}, store.services)
    expect(sent.length).toBe(1)
    expect(sent[0]?.text.split('\n').length).toBe(21)
    expect(sent[0]?.text).toContain('and 5 more: https://breakwater.customs.example/notices')
  })

  it('tells what its own sweep told, and nothing of the one before', async () => {
    withMail()
    await ask(store)
    store.advance(24)
    await sweepClocks(store.services)
    await ask(store)
    store.advance(24)
    await sweepClocks(store.services)
    for (const { data } of asked) await mailJob.run(data ?? {}, store.services)
    // The reminder; then the end and its escalation beside the reminder of the other case.
    expect(sent.map(({ text }) => text.split('\n').length)).toEqual([1, 3])
  })

  it('that cannot be sent fails its job, which tries again; rungs and notices stand', async () => {
    withMail()
    await ask(store)
    store.advance(24)
    isDown = true
    await sweepClocks(store.services)
    await expect(mailJob.run(asked[0]?.data ?? {}, store.services)).rejects.toThrow('down')
    expect(await topics()).toEqual(['clock'])
    expect(await store.rows("select event from audit.events where event = 'procedures.notices-mailed'")).toEqual([])
    isDown = false
    await mailJob.run(asked[0]?.data ?? {}, store.services)
    expect(sent.length).toBe(1)
  })

  it('is asked for by no desk that has no box', async () => {
    withMail()
    await ask(store, { desk: ZEEBRUGGE })
    store.advance(24)
    await sweepClocks(store.services)
    expect(asked).toEqual([])
  })
})
