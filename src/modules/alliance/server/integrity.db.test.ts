/** Anonymous reports: what is kept and what is not, the receipt as the only way back, and the integrity desk as the only reader. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { INTEGRITY_TEXT_LIMIT, type IntegrityReportView, type ReceiptView } from '../contract.ts'
import { type AllianceStore, sessionOf as as, CUSTOMS, INTEGRITY, startAllianceStore, TERMINAL } from './alliance.fixture.ts'
import { answerIntegrityReportRoute, listIntegrityReportsRoute, showIntegrityReportRoute } from './integrity-desk.ts'
import { addToReportRoute, integrityDesksRoute, readReceiptRoute, submitIntegrityReportRoute } from './integrity-open.ts'
import { hashOfReceipt, newReceipt } from './receipt.ts'

let at: AllianceStore
let addresses = 0
beforeAll(async () => {
  at = await startAllianceStore()
})
afterAll(async () => await at.stop())

const TEXT = 'A foreman sells the places of boxes to a gang.'
const address = () => `198.51.100.${(addresses += 1)}`
const submit = async (text = TEXT) =>
  (await at.open<{ receipt: string }>(submitIntegrityReportRoute, { desk: INTEGRITY, kind: 'data-sold', text }, address())).receipt
const follow = async (receipt: string) => await at.open<ReceiptView>(readReceiptRoute, { receipt }, address())
const listed = async () => (await at.call<{ items: IntegrityReportView[] }>(listIntegrityReportsRoute, as(INTEGRITY), {})).items
const newest = async (): Promise<string> =>
  String((await at.rows('select report from alliance.integrity_reports order by xmin::text::bigint desc limit 1'))[0]?.['report'])

describe('a report', () => {
  it('gives a receipt by which the reporter and the desk talk, however it is typed', async () => {
    const receipt = await submit()
    expect(receipt).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/)
    const report = await newest()
    await at.call(answerIntegrityReportRoute, as(INTEGRITY), { report, text: 'Which terminal?', state: 'acknowledged', version: 1 })
    const typed = receipt.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
    await at.open(addToReportRoute, { receipt: typed, text: 'The one at the northern dock.' }, address())
    expect(await follow(receipt)).toMatchObject({
      state: 'acknowledged',
      receivedOn: '2026-11-26',
      acknowledgeBy: '2026-12-03',
      thread: [
        { from: 'reporter', text: TEXT },
        { from: 'desk', text: 'Which terminal?' },
        { from: 'reporter', text: 'The one at the northern dock.' },
      ],
    })
    expect((await follow(receipt)).feedbackBy > '2027-02-20').toBe(true)
  })

  it('leaves no address, no hour, no text and no receipt in the store or the log', async () => {
    const receipt = await submit('The night guard of gate nine lets lorries through.')
    const stored = JSON.stringify([
      await at.rows('select * from alliance.integrity_reports'),
      await at.rows('select * from alliance.integrity_texts'),
    ])
    expect(stored).not.toMatch(/198\.51|guard|08:00/)
    expect(stored).not.toContain(receipt)
    expect(stored).not.toContain(receipt.replaceAll('-', ''))
    const log = JSON.stringify(at.recorded.filter(({ event }) => event.startsWith('alliance.integrity')))
    expect(log).not.toMatch(/198\.51|guard|officer/)
    expect(log).not.toContain(await newest())
    const [columns] = await at.rows(
      "select string_agg(data_type, ',') as types from information_schema.columns where table_schema = 'alliance' and table_name like 'integrity%'",
    )
    expect(columns?.['types']).not.toContain('timestamp')
  })

  it('is refused when it is too short, too long, or for a desk that takes none', async () => {
    await expect(submit('Too short')).rejects.toThrow()
    await expect(submit('x'.repeat(INTEGRITY_TEXT_LIMIT + 1))).rejects.toThrow()
    await expect(at.open(submitIntegrityReportRoute, { desk: CUSTOMS, kind: 'other', text: TEXT }, address())).rejects.toMatchObject({
      code: 'alliance.desk-unknown',
    })
    expect(await at.open(integrityDesksRoute, {}, address())).toMatchObject({ items: [{ desk: INTEGRITY, places: ['BEANR'] }] })
  })

  it('is slow from one address, and another address is not slowed by it', async () => {
    const one = address()
    const tries = await Promise.allSettled(
      Array.from(
        { length: 25 },
        async () => await at.open(submitIntegrityReportRoute, { desk: INTEGRITY, kind: 'other', text: TEXT }, one),
      ),
    )
    const refused = tries.filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(5)
    expect(refused.every((each) => (each as PromiseRejectedResult).reason.code === 'rate-limited')).toBe(true)
    await expect(submit()).resolves.toBeTypeOf('string')
  })
})

describe('a receipt', () => {
  it('that is wrong, mistyped or no receipt at all is answered alike', async () => {
    for (const wrong of [newReceipt(), 'XXXXX', '', `${newReceipt()}0`, "' or 1=1 --", 'ÜÜÜÜÜ-ÜÜÜÜÜ-ÜÜÜÜÜ-ÜÜÜÜÜ-ÜÜÜÜÜ'])
      await expect(follow(wrong)).rejects.toMatchObject({ status: 404, code: 'not-found' })
  })

  it('never repeats and holds 125 bits', () => {
    const made = new Set(Array.from({ length: 2000 }, newReceipt))
    expect(made.size).toBe(2000)
    expect(new Set([...made].map(hashOfReceipt)).size).toBe(2000)
    expect(new Set([...made].join('').replaceAll('-', '')).size).toBe(32)
  })
})

describe('the integrity desk', () => {
  it('alone lists, reads and answers; customs and the terminal are answered as if there were nothing', async () => {
    await submit()
    const report = await newest()
    expect((await listed()).some((each) => each.report === report)).toBe(true)
    expect(JSON.stringify(await listed())).not.toContain('foreman')
    expect(await at.call(showIntegrityReportRoute, as(INTEGRITY), { report })).toMatchObject({ thread: [{ text: TEXT }] })
    for (const desk of [CUSTOMS, TERMINAL]) {
      await expect(at.call(listIntegrityReportsRoute, as(desk), {})).rejects.toMatchObject({ status: 404 })
      await expect(at.call(showIntegrityReportRoute, as(desk), { report })).rejects.toMatchObject({ status: 404 })
      await expect(
        at.call(answerIntegrityReportRoute, as(desk), { report, text: 'Who are you?', state: 'closed', version: 1 }),
      ).rejects.toMatchObject({ status: 404 })
    }
  })

  it('does not write over what the reporter added meanwhile', async () => {
    const receipt = await submit()
    const report = await newest()
    await at.open(addToReportRoute, { receipt, text: 'One more thing that I forgot.' }, address())
    await expect(
      at.call(answerIntegrityReportRoute, as(INTEGRITY), { report, text: 'Thank you.', state: 'acknowledged', version: 1 }),
    ).rejects.toMatchObject({ code: 'alliance.conflict' })
    await at.call(answerIntegrityReportRoute, as(INTEGRITY), {
      report,
      text: 'Thank you.',
      state: 'handed-over',
      caseRef: 'c-1',
      version: 2,
    })
    expect((await listed()).find((each) => each.report === report)).toMatchObject({ state: 'handed-over', caseRef: 'c-1', version: 3 })
    expect(JSON.stringify(await follow(receipt))).not.toContain('c-1')
  })

  it('lists page by page, those not yet answered first', async () => {
    const all: string[] = []
    let cursor: string | undefined
    do {
      const page = await at.call<{ items: IntegrityReportView[]; next?: string }>(listIntegrityReportsRoute, as(INTEGRITY), {
        limit: 4,
        ...(cursor === undefined ? {} : { cursor }),
      })
      all.push(...page.items.map(({ state, report }) => `${state === 'submitted' ? 0 : 1} ${report}`))
      cursor = page.next
    } while (cursor !== undefined)
    expect(all).toHaveLength((await at.rows('select 1 from alliance.integrity_reports')).length)
    expect(new Set(all).size).toBe(all.length)
    expect(all.map((each) => each.slice(0, 1))).toEqual(all.map((each) => each.slice(0, 1)).toSorted())
  })
})
