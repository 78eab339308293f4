import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonicalJson, type Json } from '#kernel/seal/canonical-json.ts'
import { exportAlert, listAlertViews, previewAlert, recallAlert, showAlert, updateAlert } from '#modules/cargo/contract'
import type { Client } from '../../src/app/client.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { actKey, draftOf, HOUR, issueAndWait } from './draft.ts'

let coalition: TestCoalition
let guayaquil: Client
let algeciras: Client
let antwerp: Client
let alert = ''
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'es-algeciras', 'be-antwerp'] })
  guayaquil = await coalition.client('guayaquil')
  algeciras = await coalition.client('algeciras')
  antwerp = await coalition.client('antwerp')
})
afterAll(async () => await coalition.stop())

const digest = (value: unknown) =>
  createHash('sha256')
    .update(canonicalJson(value as Json))
    .digest('hex')
const onlyFor = { narrative: ['be.customs.antwerp'], bill: ['be.customs.antwerp', 'it.customs.genoa'], goods: [] }

describe('a member that is for some desks only', () => {
  it('reaches those and no other, as the preview said, and the originator sees what each saw', async () => {
    const draft = draftOf(coalition, { goods: 'BANANAS', onlyFor })
    const { whoSeesWhat } = await guayaquil.call(previewAlert, { ...draft })
    const fields = new Map(whoSeesWhat.map((each) => [each.audience, each.fields]))
    expect(fields.get('be.customs.antwerp')).toEqual(expect.arrayContaining(['narrative', 'bill']))
    for (const field of ['narrative', 'bill', 'goods', 'onlyFor', 'source']) expect(fields.get('es.customs.algeciras')).not.toContain(field)
    alert = await issueAndWait(coalition, draft, { from: guayaquil, seenBy: [algeciras, antwerp] })
    const spanish = (await algeciras.call(showAlert, { alert })).content
    expect([spanish.bill, spanish.narrative || undefined, spanish.goods]).toEqual([undefined, undefined, undefined])
    expect(JSON.stringify(spanish)).not.toMatch(/glued|TESTBL0001|onlyFor|BANANAS/)
    expect((await antwerp.call(showAlert, { alert })).content).toMatchObject({ bill: 'TESTBL0001', narrative: 'Seal looks glued.' })
    const { items } = await guayaquil.call(listAlertViews, { alert })
    expect(items.map(({ recipient, because, withheld }) => [recipient, because, withheld.includes('narrative')])).toEqual(
      expect.arrayContaining([
        ['es.customs.algeciras', 'issued', true],
        ['be.customs.antwerp', 'issued', false],
      ]),
    )
    for (const client of [algeciras, antwerp]) await expect(client.call(listAlertViews, { alert })).rejects.toMatchObject({ status: 404 })
  })

  it('stays with those after a change of the itinerary, and what was seen before is still known', async () => {
    const eta = (hours: number) => new Date(coalition.clock.now().getTime() + hours * HOUR).toISOString()
    const legs = [
      { role: 'loading' as const, place: 'ECGYE' },
      { role: 'transhipment' as const, place: 'ESALG', eta: eta(200) },
      { role: 'discharge' as const, place: 'ITGOA', eta: eta(300) },
    ]
    await guayaquil.call(updateAlert, { alert, legs, reason: 'To Genoa now', key: actKey() })
    const { items } = await guayaquil.call(listAlertViews, { alert })
    expect(items.map(({ recipient, ordinal, because }) => `${recipient} ${ordinal} ${because}`).toSorted()).toEqual([
      'be.customs.antwerp 1 issued',
      'es.customs.algeciras 1 issued',
      'es.customs.algeciras 2 updated',
      'it.customs.genoa 1 issued',
    ])
    expect(items.filter(({ recipient }) => recipient.startsWith('es')).every(({ withheld }) => withheld.includes('bill'))).toBe(true)
  })
})

describe('a desk without a node', () => {
  const file = async (form: 'ics2' | 'csv' | 'signed', recipient = 'it.customs.genoa', by = guayaquil) =>
    await by.raw(exportAlert, { alert, recipient, form })

  it('gets a file with what it may see, sealed so that whoever has the directory can check it', async () => {
    const { document, statement } = JSON.parse((await file('signed')).text)
    const { services } = coalition.node('be-antwerp')
    expect(await services.statements.read(statement)).toMatchObject({
      says: 'part',
      item: `alert:${alert}`,
      part: 'for:it.customs.genoa',
      origin: { org: 'ec.pcu', unit: 'ec.pcu.guayaquil' },
      digest: createHash('sha256').update(document).digest('hex'),
    })
    const sent = JSON.parse(document)
    expect(sent).toMatchObject({
      content: { container: 'MSCU6639870', bill: 'TESTBL0001' },
      recipient: { desk: 'it.customs.genoa', place: 'ITGOA' },
    })
    expect(document).not.toMatch(/glued|BANANAS|own-control/)
    expect((await file('ics2')).text).toContain('<IE4S01')
    expect((await file('csv')).text).toContain('bill,TESTBL0001')
    const { items } = await guayaquil.call(listAlertViews, { alert })
    const files = items.filter(({ because }) => because === 'file')
    expect(files.map(({ recipient }) => recipient)).toEqual(Array(3).fill('it.customs.genoa'))
    expect(new Set(files.map((each) => each.digest))).toEqual(new Set([digest(sent.content)]))
    await expect(services.statements.read(statement.replace(/.(?=[^.]*$)/, 'x'))).rejects.toThrow()
  })

  it('has none made by others, none of what it was never sent, and none after it was withdrawn or recalled', async () => {
    expect((await file('csv', 'it.customs.genoa', antwerp)).status).toBe(404)
    expect((await file('csv', 'be.customs.zeebrugge')).status).toBe(404)
    expect((await file('csv', 'be.customs.antwerp')).status).toBe(404)
    await guayaquil.call(recallAlert, { alert, reason: 'Wrong box', key: actKey() })
    for (const form of ['ics2', 'csv', 'signed'] as const) expect((await file(form)).status).toBe(404)
  })
})
