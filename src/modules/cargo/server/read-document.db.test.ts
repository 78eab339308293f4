/** Documents read into a real store: each kind of row, repetitions, broken interchanges that come again, hostile values, and desks apart. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAnswersRoute, showAnswerRoute } from './answers-list.ts'
import {
  listDeclarationMappingsRoute,
  proposeDeclarationMappingRoute,
  readWithMappingRoute,
  tryDeclarationMappingRoute,
} from './channel-mappings.ts'
import { listConsignmentsRoute } from './consignments.ts'
import { showDocumentRoute } from './documents.ts'
import { ANTWERP, GHENT, type IntakeStore, startIntakeStore } from './intake.fixture.ts'

let store: IntakeStore

beforeAll(async () => {
  store = await startIntakeStore()
})
afterAll(async () => await store.stop())

let reference = 0
/** An interchange under a reference of its own. */
function interchange(messages: readonly (readonly [type: string, ...segments: string[]])[], control = `R${++reference}`): string {
  const bodies = messages.map(
    ([type, ...segments], index) =>
      `UNH+${index + 1}+${type}'${segments.map((each) => `${each}'`).join('')}UNT+${segments.length + 2}+${index + 1}'`,
  )
  return `UNB+UNOC:3+SENDER+RECIPIENT+260901:0600+${control}'${bodies.join('')}UNZ+${messages.length}+${control}'`
}

const SHIP = 'TDT+20+77N+1++GNA:172:20+++9999010:146:11:GENERATED ANDES'
const RELEASE = [
  'COREOR:D:00B:UN',
  'BGM+129+ORD1+9',
  'DTM+137:202609010600:203',
  'RFF+BN:BK1',
  SHIP,
  'NAD+CF+GNA',
  'EQD+CN+CSQU3054383+45R1:102:5++3+5',
  'RFF+RE:PIN4711',
  'TDT+30++3++HAULIER:172:20+++1ABC123',
  'CNT+16:1',
] as const

describe('rows of a document', () => {
  it('are kept for every kind of message, and a release number nowhere', async () => {
    const document = await store.bring(
      interchange([
        RELEASE,
        ['IFTSAI:D:99B:UN', 'BGM+TS2+S1+9', SHIP, 'LOC+9+BEANR:139:6', 'DTM+132:202609120600:203', 'DTM+178:202609120700:203'],
        ['IFTSTA:D:00B:UN', 'BGM+23+S1+9', 'EQD+CN+CSQU3054383', 'STS+1+74', 'DTM+334:202609120600:203'],
        ['VERMAS:D:16A:UN', 'BGM+749+V1+9', 'EQD+CN+CSQU3054383', 'MEA+AAE+VGM+KGM:25100', 'DOC+SM1:VGM:306', 'NAD+SPC+++EXPORTER SA'],
        ['APERAK:D:96A:UN', 'BGM+313+A1+27', 'RFF+ACW:DOC7', 'ERC+E1'],
      ]),
    )
    const of = async (table: string) => await store.rows(`select * from cargo.${table} where document = '${document}' order by ordinal`)
    expect(await of('orders')).toMatchObject([
      {
        kind: 'release',
        container: 'CSQU3054383',
        bookings: ['BK1'],
        haulier: 'HAULIER',
        vehicle: '1ABC123',
        voyage: '77N',
        release_stated: true,
        number: 'ORD1',
      },
    ])
    expect(await of('port_calls')).toMatchObject([
      { place: 'BEANR', vessel_imo: '9999010', arrives_at: new Date('2026-09-12T07:00:00Z'), arrival_basis: 'actual', departs_at: null },
    ])
    expect(await of('statuses')).toMatchObject([{ container: 'CSQU3054383', status: '74', happened_stated: true }])
    expect(await of('verified_masses')).toMatchObject([{ kilograms: 25_100, method: 'weighed', responsible: 'EXPORTER SA' }])
    expect(await of('received_answers')).toMatchObject([{ verdict: 'rejected', refers_to: ['DOC7'] }])
    expect(await of('messages')).toHaveLength(5)
    expect(await store.rows(`select others, interchanges, state, way from cargo.documents where document = '${document}'`)).toEqual([
      { others: 5, interchanges: 1, state: 'read', way: 'upload' },
    ])
    for (const table of ['orders', 'equipment', 'messages', 'warnings', 'consignments', 'given_answers'])
      expect(JSON.stringify(await of(table)), table).not.toContain('PIN4711')
  })

  it('are kept for the desk that took them in, however many one message has', async () => {
    const document = await store.bring(
      interchange([['COPINO:D:00B:UN', 'BGM+661+P1+9', ...Array.from({ length: 620 }, () => 'EQD+CN+CSQU3054383')]]),
    )
    const held = await store.services.database.asWorker(
      'test',
      async (tx) =>
        (
          await sql<{ desk: string; message_type: string; kind: string; container: string }>`
          select desk, message_type, statement ->> 'kind' as kind, statement -> 'equipment' -> 'container' ->> 'value' as container
          from cargo.orders where document = ${document}`.execute(tx)
        ).rows,
    )
    expect(held).toHaveLength(620)
    expect(new Set(held.map((row) => Object.values(row).join(' ')))).toEqual(new Set([`${ANTWERP} COPINO pre-notification CSQU3054383`]))
  })

  it('survive values that a database cannot hold as they stand', async () => {
    const long = 'X'.repeat(6000)
    const hostile = [...RELEASE].map((segment) => segment.replace('CSQU3054383', `A\0B${long}`).replace('ORD1', `\0${long}`))
    const document = await store.bring(
      `UNB+UNOC:3+S\0${long}+R+260901:0600+\0'UNH+\0+COREOR:D:00B:UN'${hostile.slice(1).join("'")}'CNI+1+${long}'UNT+12+\0'UNZ+1+\0'`,
    )
    expect(await store.rows(`select state, others from cargo.documents where document = '${document}'`)).toMatchObject([
      { state: 'read', others: 1 },
    ])
    const [row] = await store.rows(`select container, length(container) as n, statement from cargo.orders where document = '${document}'`)
    expect(row).toMatchObject({ n: 200 })
    expect(JSON.stringify(row?.['statement'])).toContain(long)
  })

  it('are the same when a reading is run twice', async () => {
    const document = await store.bring(interchange([RELEASE]))
    await store.rows(`update cargo.documents set state = 'reading' where document = '${document}'`)
    await store.services.enqueue(undefined as never, {
      name: 'cargo.read-document',
      data: { authority: 'be.customs', desk: ANTWERP, document },
    })
    await store.work()
    for (const table of ['orders', 'messages', 'given_answers'])
      expect(await store.rows(`select 1 from cargo.${table} where document = '${document}'`), table).toHaveLength(1)
    expect(await store.rows(`select quarantined, state from cargo.documents where document = '${document}'`)).toEqual([
      { quarantined: 0, state: 'read' },
    ])
  })
})

describe('keys of bills', () => {
  const keys = async (document: string) =>
    await store.rows(
      `select kind, key, ordinal, audience from cargo.consignment_keys where desk = '${ANTWERP}' and document = '${document}' order by 1, 2, 3`,
    )

  it('are written with the bills, once for each box however often a bill names it, and go with them', async () => {
    const document = await store.bring('MRN;Container\n26BX1;CSQU3054383\n')
    for (const [ordinal, containers] of [
      [7, '{CSQU3054383,MSCU6639870,CSQU3054383}'],
      [8, '{}'],
      [9, '{MSCU6639870}'],
    ] as const)
      await store.rows(`insert into cargo.consignments (authority, desk, document, ordinal, message, declaration, bill, containers, received_at, statement, audience)
        values ('be.customs', '${ANTWERP}', '${document}', ${ordinal}, 0, false, 'BX${ordinal}', '${containers}', now(), '{}', '{${ANTWERP}}')`)
    const held = { kind: 'container', audience: [ANTWERP] }
    expect((await keys(document)).filter(({ ordinal }) => Number(ordinal) >= 7)).toEqual([
      { ...held, key: 'CSQU3054383', ordinal: 7 },
      { ...held, key: 'MSCU6639870', ordinal: 7 },
      { ...held, key: 'MSCU6639870', ordinal: 9 },
    ])
    const bills = async (desk: string) =>
      (
        await store.call<{ items: { bill: string }[] }>(listConsignmentsRoute, { document, container: 'mscu6639870', limit: 50 }, { desk })
      ).items.map(({ bill }) => bill)
    expect(await bills(ANTWERP)).toEqual(['BX7', 'BX9'])
    expect(await bills(GHENT)).toEqual([])
    await store.rows(`delete from cargo.consignments where document = '${document}'`)
    expect(await keys(document)).toEqual([])
  })
})

describe('an interchange that comes again', () => {
  it('is not processed a second time, is answered as a duplicate, and is new to another desk', async () => {
    const text = interchange([RELEASE])
    await store.bring(text)
    const again = await store.bring(`${text}\n`)
    expect(await store.rows(`select 1 from cargo.orders where document = '${again}'`)).toEqual([])
    const [answer] = await store.rows(`select kind, verdict, text from cargo.given_answers where document = '${again}'`)
    expect(answer).toMatchObject({ kind: 'CONTRL', verdict: 'rejected', text: expect.stringContaining('+4+26+UNB') })
    const ghent = await store.bring(`${text}\n\n`, GHENT)
    expect(await store.rows(`select 1 from cargo.orders where document = '${ghent}'`)).toHaveLength(1)
  })

  it('is processed when it came broken before', async () => {
    const text = interchange([RELEASE, RELEASE])
    const cut = await store.bring(text.slice(0, text.indexOf("'UNH+2") + 60))
    expect(await store.rows(`select broken from cargo.interchanges where document = '${cut}'`)).toEqual([{ broken: true }])
    const whole = await store.bring(text)
    expect(await store.rows(`select 1 from cargo.orders where document = '${whole}'`)).toHaveLength(2)
    expect(await store.rows(`select 1 from cargo.interchanges where document = '${whole}' and not broken`)).toHaveLength(1)
  })
})

describe('answers', () => {
  it('are kept with the document and shown to its desk alone', async () => {
    const document = await store.bring(
      interchange([['COARRI:D:95B:UN', 'BGM+119+R77+9', 'NAD+CF+GNA', SHIP, 'EQD+CN+CSQU3054384+22G1', 'CNT+16:1']]),
    )
    const { items } = await store.call<{ items: { ordinal: number; kind: string; verdict: string; reference: string }[] }>(
      listAnswersRoute,
      { document },
    )
    expect(items.map(({ kind }) => kind)).toEqual(['CONTRL', 'APERAK'])
    expect(items[1]).toMatchObject({ reference: 'R77', verdict: 'rejected' })
    const shown = await store.call<{ fileName: string; text: string }>(showAnswerRoute, { document, ordinal: '2' })
    expect(shown.text).toMatch(/^UNB\+UNOC:3\+RECIPIENT\+SENDER\+260901:0800\+/)
    expect(shown.text).toContain('ERC+CNTRDIG')
    await expect(store.call(showAnswerRoute, { document, ordinal: '2' }, { desk: GHENT })).rejects.toMatchObject({ status: 404 })
    await expect(store.call(listAnswersRoute, { document }, { desk: GHENT })).rejects.toMatchObject({ status: 404 })
  })

  it('are not given to answers', async () => {
    const document = await store.bring(interchange([['CONTRL:D:3:UN', 'UCI+I1+RECIPIENT+SENDER+7']]))
    expect(await store.rows(`select 1 from cargo.given_answers where document = '${document}'`)).toEqual([])
  })
})

describe('a table with other column names', () => {
  const TABLE = 'MRN;Contenedor;Exportador;Mercancia\n26EC1;CSQU3054383;Frutas SA;Bananas\n'

  it('waits for its mapping, is tried, read and saved; the next one with these headers is read at once', async () => {
    const document = await store.bring(TABLE)
    const refused = await store.call<{ document: { state: string } }>(showDocumentRoute, { document })
    expect(refused.document).toMatchObject({ state: 'refused', refused: { code: 'csv.no-mapping' } })
    const { proposed } = await store.call<{ proposed: object }>(proposeDeclarationMappingRoute, { document })
    expect(await store.call(tryDeclarationMappingRoute, { document, mapping: proposed })).toMatchObject({
      rows: 1,
      consignments: 1,
      isWhole: true,
    })
    await store.call(readWithMappingRoute, { document, mapping: proposed, saveAs: 'Export list' })
    await store.work()
    expect(await store.rows(`select declaration, consignor, goods from cargo.consignments where document = '${document}'`)).toEqual([
      { declaration: true, consignor: 'Frutas SA', goods: 'Bananas' },
    ])
    const next = await store.bring(`${TABLE}26EC2;MSCU6639870;Frutas SA;Bananas\n`)
    expect(await store.rows(`select 1 from cargo.consignments where document = '${next}'`)).toHaveLength(2)
    const { items } = await store.call<{ items: unknown[] }>(listDeclarationMappingsRoute, {})
    expect(items).toMatchObject([{ title: 'Export list' }])
  })

  it('is no business of another desk, nor its mapping', async () => {
    const document = await store.bring(`${TABLE}\n`)
    await expect(store.call(proposeDeclarationMappingRoute, { document }, { desk: GHENT })).rejects.toMatchObject({ status: 404 })
    expect(await store.call(listDeclarationMappingsRoute, {}, { desk: GHENT })).toEqual({ items: [] })
    const own = await store.bring(`${TABLE}\n\n`, GHENT)
    expect(await store.rows(`select state from cargo.documents where document = '${own}' and desk = '${GHENT}'`)).toEqual([
      { state: 'refused' },
    ])
  })

  it('refuses a mapping that does not fit, and a document that is no table', async () => {
    const document = await store.bring(`${TABLE}\n\n\n`)
    const mapping = { delimiter: ';', columns: { container: 'Nowhere' } }
    await expect(store.call(readWithMappingRoute, { document, mapping })).rejects.toMatchObject({ code: 'cargo.mapping', status: 422 })
    const edifact = await store.bring(interchange([RELEASE]))
    await expect(store.call(readWithMappingRoute, { document: edifact, mapping })).rejects.toMatchObject({ code: 'cargo.no-table' })
  })
})
