import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonicalJson, type Json } from '#kernel/seal/canonical-json.ts'
import {
  exportAlert,
  issueAlert,
  listAlerts,
  listAlertViews,
  listOverdue,
  previewAlert,
  recallAlert,
  showAlert,
  updateAlert,
  uploadDocument,
} from '#modules/cargo/contract'
import { listWork } from '#modules/procedures/contract'
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

describe('two desks of one authority', () => {
  it('have each what it was sent: neither the other member, nor a search that finds by it', async () => {
    const zeebrugge = await coalition.client('zeebrugge')
    const eta = (hours: number) => new Date(coalition.clock.now().getTime() + hours * HOUR).toISOString()
    const legs = [
      { role: 'loading' as const, place: 'ECGYE' },
      { role: 'transhipment' as const, place: 'BEZEE', eta: eta(200) },
      { role: 'discharge' as const, place: 'BEANR', eta: eta(300) },
    ]
    const marks = { bill: ['be.customs.antwerp'], narrative: ['be.customs.zeebrugge'], vesselImo: ['be.customs.antwerp'] }
    const draft = draftOf(coalition, { legs, bill: 'ANTWERPBL1', narrative: 'For Zeebrugge.', vesselImo: '9074729', onlyFor: marks })
    const both = await issueAndWait(coalition, draft, { from: guayaquil, seenBy: [antwerp, zeebrugge] })
    const seen = async (client: Client) => (await client.call(showAlert, { alert: both })).content
    expect(await seen(antwerp)).toMatchObject({ bill: 'ANTWERPBL1', vesselImo: '9074729' })
    expect(await seen(zeebrugge)).toMatchObject({ narrative: 'For Zeebrugge.' })
    expect(JSON.stringify(await seen(antwerp))).not.toContain('For Zeebrugge')
    expect(JSON.stringify(await seen(zeebrugge))).not.toMatch(/ANTWERPBL1|9074729/)
    const found = async (client: Client) => (await client.call(listAlerts, { text: 'ANTWERPBL1' })).items.map((row) => row.alert)
    expect([await found(antwerp), await found(zeebrugge)]).toEqual([[both], []])
    expect((await antwerp.call(listAlerts, {})).items.filter((row) => row.alert === both)).toHaveLength(1)
  })
})

describe('a member with a handling of its own', () => {
  const strict = { H: ['H1' as const, 'H2' as const], tlp: 'RED' as const, pap: 'AMBER' as const, conditions: [] }

  it('takes it to whoever gets the member, and to nobody else; looser than the alert it is refused', async () => {
    const draft = draftOf(coalition, {
      goods: 'BANANAS',
      onlyFor: { narrative: ['be.customs.antwerp'] },
      fieldHandling: { narrative: strict, bill: { ...strict, tlp: 'AMBER' } },
    })
    const looser = { ...draft, fieldHandling: { goods: { ...strict, H: [] } } }
    await expect(guayaquil.call(issueAlert, { draft: looser, key: actKey() })).rejects.toMatchObject({
      status: 422,
      code: 'cargo.alert-invalid',
    })
    const marked = await issueAndWait(coalition, draft, { from: guayaquil, seenBy: [algeciras, antwerp] })
    const own = async (client: Client) => (await client.call(showAlert, { alert: marked })).content.fieldHandling
    expect(await own(antwerp)).toEqual({ narrative: strict, bill: { ...strict, tlp: 'AMBER' } })
    expect(await own(algeciras)).toEqual({ bill: { ...strict, tlp: 'AMBER' } })
    const { items } = await guayaquil.call(listAlertViews, { alert: marked })
    expect(new Map(items.map(({ recipient, view }) => [recipient, Object.keys(view.fieldHandling ?? {}).toSorted()]))).toEqual(
      new Map([
        ['be.customs.antwerp', ['bill', 'narrative']],
        ['es.customs.algeciras', ['bill']],
      ]),
    )
    const csv = await guayaquil.raw(exportAlert, { alert: marked, recipient: 'es.customs.algeciras', form: 'csv' })
    expect(csv.text).toContain('handling_of_bill,TLP:AMBER; PAP:AMBER; H1; H2\r\n')
    expect(csv.text).not.toMatch(/narrative|TLP:RED/)
    const ics2 = await guayaquil.raw(exportAlert, { alert: marked, recipient: 'be.customs.antwerp', form: 'ics2' })
    expect(ics2.text).toContain('narrative: TLP:RED; PAP:AMBER; H1; H2')
    // The message is handled as its strictest part; a desk that does not get that part is told of no such handling.
    const handlings = async (node: string) =>
      await coalition.node(node).services.database.asWorker('test', async (tx) => {
        const { rows } = await sql<{ tlp: string }>`select handling ->> 'tlp' as tlp from cargo.alerts where alert = ${marked}`.execute(tx)
        return rows.map(({ tlp }) => tlp)
      })
    expect([await handlings('be-antwerp'), await handlings('es-algeciras')]).toEqual([['RED'], ['AMBER']])
  })
})

describe('an air waybill', () => {
  const AWB = { kind: 'air-waybill' as const, number: '020-12345675' }
  const waybill = (number: string) => `FWB/16
${number}GYEANR/T10K1000.5MC2.5
FLT/LH772/12
SHP
NAM/FLORES DE LA SABANA
CNE
NAM/FLOWER IMPORT NV
RTD/1/P10/K1000.5/CQ/W1000/R2.5/T2500
/NG/CUT FLOWERS
/2/NU/AKE12345LH
`

  it('is the subject of an alert from airport to airport, met by the waybills that a desk holds, and on every page by its number', async () => {
    const draft = draftOf(coalition, { subject: AWB, bill: 'HOUSE1', voyage: 'LH772' })
    await antwerp.upload(uploadDocument, { name: 'waybill.fwb' }, Buffer.from(waybill('020-12345675')))
    const wrong = { ...draft, subject: { ...AWB, number: '020-12345674' } }
    await expect(guayaquil.call(issueAlert, { draft: wrong, key: actKey() })).rejects.toMatchObject({
      body: { suggestions: { 'subject.number': '02012345675' } },
    })
    const flown = await issueAndWait(coalition, draft, { from: guayaquil, seenBy: [algeciras, antwerp] })
    const { localMatch, content } = await coalition.eventually(
      async () => await antwerp.call(showAlert, { alert: flown }),
      (seen) => (seen.localMatch?.hits.length ?? 0) > 0,
    )
    expect(content.subject).toEqual({ kind: 'air-waybill', number: '02012345675', asStated: false })
    expect(localMatch?.hits).toMatchObject([{ on: 'air-waybill', value: '020-12345675', consignee: 'FLOWER IMPORT NV' }])
    for (const text of ['020-1234', '0201234', 'HOUSE'])
      expect((await antwerp.call(listAlerts, { text })).items.map(({ subject }) => subject)).toEqual([
        { kind: 'air-waybill', number: '02012345675' },
      ])
    expect((await antwerp.call(listWork, {})).items.find(({ subject }) => subject === flown)?.label).toBe('020-12345675')
    const file = async (form: 'ics2' | 'csv') =>
      (await guayaquil.raw(exportAlert, { alert: flown, recipient: 'be.customs.antwerp', form })).text
    expect(await file('csv')).toContain('air_waybill,020-12345675\r\n')
    expect(await file('ics2')).toMatch(/<documentNumber>02012345675<\/documentNumber>\s*<type>N740</)
    coalition.clock.advance(6)
    await coalition.sweep()
    expect((await (await coalition.client('antwerp')).call(listOverdue, {})).items.find((item) => item.alert === flown)).toMatchObject({
      subject: { kind: 'air-waybill', number: '02012345675' },
      missing: 'acknowledgement',
    })
  })

  it('is met by a waybill that comes after the alert, and a unit load device by the waybill that it is packed under', async () => {
    ;[guayaquil, algeciras, antwerp] = (await Promise.all(
      ['guayaquil', 'algeciras', 'antwerp'].map(async (each) => await coalition.client(each)),
    )) as [Client, Client, Client]
    const device = { kind: 'unit-load-device' as const, number: 'AKE 12345 LH' }
    const packed = await issueAndWait(coalition, draftOf(coalition, { subject: device }), { from: guayaquil, seenBy: [algeciras] })
    await algeciras.upload(uploadDocument, { name: 'late.fwb' }, Buffer.from(waybill('020-22222222')))
    const { localMatch, content } = await coalition.eventually(
      async () => await algeciras.call(showAlert, { alert: packed }),
      (seen) => (seen.localMatch?.hits.length ?? 0) > 0,
    )
    expect(content.subject?.number).toBe('AKE12345LH')
    expect(localMatch?.hits).toMatchObject([{ on: 'unit-load-device', value: 'AKE12345LH', bill: '020-22222222' }])
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
      content: { subject: { number: 'MSCU6639870' }, bill: 'TESTBL0001' },
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
