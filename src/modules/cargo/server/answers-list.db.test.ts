/** Answers as an officer meets them: which wait, what each says, that it was sent; and that other desks have none of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnswerFindings, AnswerRow } from '../contract/answers.ts'
import { explainAnswerRoute, listAnswersRoute, noteAnswerSentRoute } from './answers-list.ts'
import { ANTWERP, GHENT, type IntakeStore, startIntakeStore } from './intake.fixture.ts'

let store: IntakeStore
let number = 0

beforeAll(async () => {
  store = await startIntakeStore()
})
afterAll(async () => await store.stop())

const BODY = "BGM+98+R77+9'TDT+20+1'NAD+CA+L'EQD+CN+CSQU3054383'"
const file = (body: string, sender = 'LINE') =>
  `UNB+UNOC:3+${sender}+US+260901:0600+A${++number}'UNH+1+COARRI:D:95B:UN'${BODY}${body}UNT+7+1'UNZ+1+A${number}'`
const list = async (input: object = {}, desk = ANTWERP) =>
  await store.call<{ items: AnswerRow[]; next?: string }>(listAnswersRoute, input, { desk })
const explain = async (document: string, ordinal = '1', desk = ANTWERP) =>
  await store.call<{ answer: AnswerRow; findings: AnswerFindings; text: string }>(explainAnswerRoute, { document, ordinal }, { desk })

describe('answers of a desk', () => {
  it('are listed with whom they go to and how many faults they name, and are read in words', async () => {
    const document = await store.bring(file("CNT+16:x'"))
    expect((await list({ document })).items).toMatchObject([
      { kind: 'CONTRL', partner: 'LINE', reference: `A${number}`, verdict: 'rejected', faults: 1, documentName: 'file.edi' },
    ])
    const { findings, text } = await explain(document)
    expect(findings.told).toMatchObject([{ code: '37', text: 'CNT, element 1, component 2 is not a number.' }])
    expect(text).toContain('UCD+37+2:2')
  })

  it('wait until an officer says that they were sent, which holds for both officers and for good', async () => {
    const document = await store.bring(file("CNT+16:x'"))
    const isWaiting = async () => (await list({ state: 'unsent', verdict: 'rejected' })).items.some((each) => each.document === document)
    expect(await isWaiting()).toBe(true)
    const sent = await store.call<{ at: string; by: string }>(noteAnswerSentRoute, { document, ordinal: '1' })
    expect(sent).toEqual({ at: '2026-09-01T08:00:00.000Z', by: 'Officer One' })
    store.advance(60)
    expect(await store.call(noteAnswerSentRoute, { document, ordinal: '1' })).toEqual(sent)
    expect(await isWaiting()).toBe(false)
    expect((await list({ state: 'sent', document })).items).toMatchObject([{ sent }])
  })

  it('are not said to be sent while their document is being read, nor when there is none', async () => {
    const document = await store.bring(file("CNT+16:1'"))
    await store.rows(`update cargo.documents set state = 'reading' where document = '${document}'`)
    await expect(store.call(noteAnswerSentRoute, { document, ordinal: '1' })).rejects.toMatchObject({ code: 'cargo.document-state' })
    await expect(store.call(noteAnswerSentRoute, { document, ordinal: '9' })).rejects.toMatchObject({ status: 404 })
    await expect(store.call(noteAnswerSentRoute, { document, ordinal: '1' }, { desk: GHENT })).rejects.toMatchObject({ status: 404 })
    expect(await store.rows(`select 1 from cargo.sent_answers where document = '${document}'`)).toEqual([])
  })

  it('come page by page, each once', async () => {
    for (let at = 0; at < 5; at++) await store.bring(file("CNT+16:1'", `P${at}`))
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page: { items: AnswerRow[]; next?: string } = await list({ limit: '2', ...(cursor === undefined ? {} : { cursor }) })
      seen.push(...page.items.map(({ document, ordinal }) => `${document}/${ordinal}`))
      cursor = page.next
    } while (cursor !== undefined)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBe((await list({ limit: '500' })).items.length)
  })

  it('are no business of another desk, even where it holds the same bytes', async () => {
    const text = file("CNT+16:x'")
    const document = await store.bring(text)
    await expect(explain(document, '1', GHENT)).rejects.toMatchObject({ status: 404 })
    await store.bring(text, GHENT)
    await store.call(noteAnswerSentRoute, { document, ordinal: '1' })
    expect((await list({ document }, GHENT)).items).toMatchObject([{ kind: 'CONTRL' }])
    expect((await list({ document }, GHENT)).items[0]).not.toHaveProperty('sent')
    expect((await explain(document, '1', GHENT)).answer).not.toHaveProperty('sent')
  })
})
