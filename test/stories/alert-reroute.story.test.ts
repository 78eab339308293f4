import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  confirmReroute,
  dismissReroute,
  listAlerts,
  listDocuments,
  listReroutes,
  showAlert,
  tellReroute,
  updateAlert,
  uploadDocument,
} from '#modules/cargo/contract'
import { listWork } from '#modules/procedures/contract'
import type { Client } from '../../src/app/client.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { actKey, box, draftOf, HOUR, issueAndWait } from './draft.ts'

let coalition: TestCoalition
let guayaquil: Client
let algeciras: Client
let antwerp: Client
let zeebrugge: Client

beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'es-algeciras', 'be-antwerp'] })
  guayaquil = await coalition.client('guayaquil')
  algeciras = await coalition.client('algeciras')
  antwerp = await coalition.client('antwerp')
  zeebrugge = await coalition.client('zeebrugge')
})
afterAll(async () => await coalition.stop())

const eta = (hours: number) => new Date(coalition.clock.now().getTime() + hours * HOUR)
const stamp = (at: Date) => at.toISOString().replace(/\D/g, '').slice(0, 12)
/** A report of loading that states one box. */
let reference = 0
const loadList = (container: string, ports: { readonly loading: string; readonly discharge: string }): Uint8Array => {
  reference++
  const segments = [
    `UNH+1+COARRI:D:95B:UN:ITG14`,
    'BGM+270+R1+9',
    'TDT+20+77N+1++GNA:172:20+++9074729:146:11:GENERATED ANDES',
    `LOC+9+${ports.loading}:139:6`,
    `EQD+CN+${container}+22G1:102:5++3+5`,
    `DTM+203:${stamp(coalition.clock.now())}:203`,
    `LOC+9+${ports.loading}:139:6`,
    `LOC+11+${ports.discharge}:139:6`,
    'CNT+16:1',
  ]
  const whole = [`UNB+UNOC:3+LINE+CUSTOMS+260901:0800+L${reference}`, ...segments, `UNT+${segments.length + 1}+1`, `UNZ+1+L${reference}`]
  return new TextEncoder().encode(`${whole.join("'\n")}'\n`)
}
const read = async (client: Client) =>
  await coalition.eventually(
    async () => (await client.call(listDocuments, {})).items,
    (items) => items.length > 0 && items.every(({ state }) => state === 'read'),
  )
const prompts = async (client: Client, alert: string) => (await client.call(listReroutes, { alert })).items
const legs = [
  { role: 'loading' as const, place: 'ECGYE' },
  { role: 'transhipment' as const, place: 'ESALG', eta: '' },
  { role: 'discharge' as const, place: 'BEANR', eta: '' },
]
const route = () =>
  legs.map((leg, index) => (index === 0 ? { role: leg.role, place: leg.place } : { ...leg, eta: eta(200 * index).toISOString() }))

describe('a box that a new load list sends elsewhere', () => {
  it('makes a prompt with the place in the document, and changes nothing before the originator confirms', async () => {
    const alert = await issueAndWait(coalition, draftOf(coalition, { subject: box('MSCU6639870'), legs: route() }), {
      from: guayaquil,
      seenBy: [algeciras, antwerp],
    })
    await guayaquil.upload(uploadDocument, { name: 'list.edi' }, loadList('MSCU6639870', { loading: 'ESALG', discharge: 'BEZEE' }))
    const [prompt] = await coalition.eventually(
      async () => await prompts(guayaquil, alert),
      (items) => items.length === 1,
    )
    expect(prompt).toMatchObject({
      rule: 'discharge',
      leaves: 'BEANR',
      comes: 'BEZEE',
      state: 'open',
      messageType: 'COARRI',
      etaBasis: 'carried-over',
      facts: [{ name: 'port of discharge', value: 'BEZEE' }, { name: 'port of loading' }],
    })
    expect(prompt?.facts[0]?.at.end).toBeGreaterThan(prompt?.facts[0]?.at.start ?? 0)
    expect((await antwerp.call(showAlert, { alert })).content.subject?.number).toBe('MSCU6639870')
    expect((await zeebrugge.call(listAlerts, {})).items).toEqual([])
    expect(await prompts(antwerp, alert)).toEqual([])

    const done = await guayaquil.call(confirmReroute, { alert, reroute: prompt?.reroute ?? '', legs: prompt?.legs ?? [], key: actKey() })
    expect(done).toMatchObject({ dropped: ['be.customs.antwerp'], added: ['be.customs.zeebrugge'] })
    await coalition.eventually(
      async () => (await zeebrugge.call(listAlerts, {})).items,
      (items) => items.some((item) => item.alert === alert),
    )
    const refused = guayaquil.call(confirmReroute, { alert, reroute: prompt?.reroute ?? '', legs: prompt?.legs ?? [], key: actKey() })
    await expect(refused).rejects.toMatchObject({ status: 409 })
    expect((await prompts(guayaquil, alert)).map(({ state }) => state)).toEqual(['confirmed'])
    // The desk that lost it has no content, nor the name of the desk that has it now, wherever it looks.
    const left = await coalition.eventually(
      async () => JSON.stringify([(await antwerp.call(listAlerts, {})).items, (await antwerp.call(listWork, {})).items]),
      (text) => !text.includes('MSCU6639870'),
    )
    expect(left).not.toMatch(/BEZEE|zeebrugge/)
    // It is told what a desk alone in its authority would be told.
    expect(await antwerp.call(showAlert, { alert })).toMatchObject({ side: 'received', notice: 'routing-changed', content: {}, places: [] })
    expect((await zeebrugge.call(showAlert, { alert })).content).toMatchObject({
      subject: box('MSCU6639870'),
      narrative: 'Seal looks glued.',
    })
  })
})

describe('a desk on the way that learns of it first', () => {
  it('tells the originator the ports and never the document; the originator confirms or dismisses', async () => {
    const alert = await issueAndWait(coalition, draftOf(coalition, { subject: box('CSQU3054383'), legs: route() }), {
      from: guayaquil,
      seenBy: [algeciras, antwerp],
    })
    await algeciras.upload(uploadDocument, { name: 'list.edi' }, loadList('CSQU3054383', { loading: 'ESALG', discharge: 'ITGOA' }))
    const [own] = await coalition.eventually(
      async () => await prompts(algeciras, alert),
      (items) => items.length === 1,
    )
    expect(own).toMatchObject({ side: 'received', comes: 'ITGOA', state: 'open' })
    expect(await prompts(guayaquil, alert)).toEqual([])
    await expect(
      algeciras.call(confirmReroute, { alert, reroute: own?.reroute ?? '', legs: own?.legs ?? [], key: actKey() }),
    ).rejects.toMatchObject({ status: 404 })
    await algeciras.call(tellReroute, { alert, reroute: own?.reroute ?? '' })
    const [told] = await coalition.eventually(
      async () => await prompts(guayaquil, alert),
      (items) => items.length === 1,
    )
    expect(told).toMatchObject({ side: 'issued', comes: 'ITGOA', toldBy: 'es.customs.algeciras', facts: [], state: 'open' })
    expect(JSON.stringify(told)).not.toContain(own?.facts[0]?.at.document ?? 'none')
    await guayaquil.call(dismissReroute, { alert, reroute: told?.reroute ?? '', reason: 'The line says otherwise' })
    expect((await antwerp.call(showAlert, { alert })).content.subject?.number).toBe('CSQU3054383')
    expect((await prompts(guayaquil, alert)).map(({ state }) => state)).toEqual(['dismissed'])
  })
})

describe('a document that was there before the alert', () => {
  it('makes the prompt when the alert is issued, at the desk that holds it and nowhere else', async () => {
    await guayaquil.upload(uploadDocument, { name: 'early.edi' }, loadList('TGHU7654320', { loading: 'ECGYE', discharge: 'BEZEE' }))
    await read(guayaquil)
    const alert = await issueAndWait(coalition, draftOf(coalition, { subject: box('TGHU7654320'), legs: route() }), {
      from: guayaquil,
      seenBy: [algeciras, antwerp],
    })
    const [prompt] = await coalition.eventually(
      async () => await prompts(guayaquil, alert),
      (items) => items.length === 1,
    )
    expect(prompt).toMatchObject({ side: 'issued', leaves: 'ESALG', comes: 'BEZEE', state: 'open' })
    expect([await prompts(algeciras, alert), await prompts(antwerp, alert)]).toEqual([[], []])
  })

  it('makes it when the alert comes, and again when the itinerary changes to what the document still contradicts', async () => {
    await algeciras.upload(uploadDocument, { name: 'early.edi' }, loadList('HLXU2345678', { loading: 'ESALG', discharge: 'ITGOA' }))
    await read(algeciras)
    const alert = await issueAndWait(coalition, draftOf(coalition, { subject: box('HLXU2345678'), legs: route() }), {
      from: guayaquil,
      seenBy: [algeciras],
    })
    const seen = async (count: number) =>
      await coalition.eventually(
        async () => await prompts(algeciras, alert),
        (items) => items.filter(({ state }) => state === 'open').length === 1 && items.length === count,
      )
    expect(await seen(1)).toMatchObject([{ side: 'received', leaves: 'BEANR', comes: 'ITGOA' }])
    const [loading, transhipment] = route()
    const changed = [
      ...(loading && transhipment ? [loading, transhipment] : []),
      { role: 'discharge' as const, place: 'BEZEE', eta: eta(400).toISOString() },
    ]
    await guayaquil.call(updateAlert, { alert, legs: changed, reason: 'To Zeebrugge', key: actKey() })
    expect((await seen(2)).map(({ state, leaves }) => `${state} ${leaves}`).toSorted()).toEqual(['open BEZEE', 'overtaken BEANR'])
    expect(await prompts(guayaquil, alert)).toEqual([])
  })
})

describe('an air waybill', () => {
  const waybill = (number: string, route: string, ...more: readonly string[]): Uint8Array =>
    new TextEncoder().encode([`FWB/16`, `${number}${route}/T10K1000.5`, 'FLT/LH772/12', ...more, ''].join('\n'))
  const flown = () => [
    { role: 'loading' as const, place: 'ECGYE' },
    { role: 'discharge' as const, place: 'BEANR', eta: eta(48).toISOString() },
  ]

  it('for another airport makes a prompt about its own alert, and about that of a device it is packed in', async () => {
    const device = { kind: 'unit-load-device' as const, number: 'AKE12345LH' }
    const alerts: string[] = []
    for (const subject of [{ kind: 'air-waybill' as const, number: '020-12345675' }, device])
      alerts.push(await issueAndWait(coalition, draftOf(coalition, { subject, legs: flown() }), { from: guayaquil, seenBy: [antwerp] }))
    await guayaquil.upload(
      uploadDocument,
      { name: 'first.fwb' },
      waybill('020-12345675', 'GYEANR', 'RTD/1/P10/K1000.5', '/2/NU/AKE12345LH'),
    )
    await read(guayaquil)
    await guayaquil.upload(
      uploadDocument,
      { name: 'second.fwb' },
      waybill('020-12345675', 'GYEGOA', 'RTD/1/P10/K1000.5', '/2/NU/AKE12345LH'),
    )
    for (const alert of alerts) {
      const [prompt] = await coalition.eventually(
        async () => await prompts(guayaquil, alert),
        (items) => items.length === 1,
      )
      expect(prompt).toMatchObject({
        rule: 'discharge',
        leaves: 'BEANR',
        comes: 'ITGOA',
        state: 'open',
        messageType: 'FWB',
        facts: [{ name: 'airport of destination', value: 'GOA' }, { name: 'airport of departure' }],
      })
    }
    expect(await prompts(antwerp, alerts[0] ?? '')).toEqual([])
    // The next one takes it back.
    await guayaquil.upload(
      uploadDocument,
      { name: 'third.fwb' },
      waybill('020-12345675', 'GYEANR', 'RTD/1/P10/K1000.5', '/2/NU/AKE12345LH', 'SPH/PER'),
    )
    for (const alert of alerts)
      await coalition.eventually(
        async () => (await prompts(guayaquil, alert)).map(({ state }) => state).join(),
        (states) => states === 'overtaken',
      )
  })

  it('that a receiving desk holds is told to the originator as any other document is', async () => {
    const subject = { kind: 'air-waybill' as const, number: '020-33333333' }
    const alert = await issueAndWait(coalition, draftOf(coalition, { subject, legs: flown() }), { from: guayaquil, seenBy: [antwerp] })
    await antwerp.upload(uploadDocument, { name: 'held.fwb' }, waybill('020-33333333', 'GYEGOA'))
    const [prompt] = await coalition.eventually(
      async () => await prompts(antwerp, alert),
      (items) => items.length === 1,
    )
    await antwerp.call(tellReroute, { alert, reroute: prompt?.reroute ?? '' })
    const told = await coalition.eventually(
      async () => await prompts(guayaquil, alert),
      (items) => items.length === 1,
    )
    expect(told).toMatchObject([{ comes: 'ITGOA', state: 'open', messageType: 'FWB', toldBy: 'be.customs.antwerp', facts: [] }])
  })

  it('of other goods packed in the same device, for another airport, leaves open where the device goes', async () => {
    const subject = { kind: 'unit-load-device' as const, number: 'AKE54321LH' }
    const alert = await issueAndWait(coalition, draftOf(coalition, { subject, legs: flown() }), { from: guayaquil, seenBy: [antwerp] })
    const packed = ['RTD/1/P10/K1000.5', '/2/NU/AKE54321LH']
    await guayaquil.upload(uploadDocument, { name: 'one.fwb' }, waybill('020-11111110', 'GYEGOA', ...packed))
    await coalition.eventually(
      async () => await prompts(guayaquil, alert),
      (items) => items.some(({ state }) => state === 'open'),
    )
    await guayaquil.upload(uploadDocument, { name: 'two.fwb' }, waybill('020-22222220', 'GYEANR', ...packed))
    await coalition.eventually(
      async () => await prompts(guayaquil, alert),
      (items) => items.every(({ state }) => state === 'overtaken'),
    )
  })
})
