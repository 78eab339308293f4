/** Where companies are and what freight and goods cost, in each format that says so; never where a person lives, and never two currencies in one sum. */
import { describe, expect, it } from 'vitest'
import type { ConsignmentStatement } from '../model.ts'
import { readMessage, readText } from './reading.fixture.ts'

const HEAD = ['BGM+85+M1+9', 'TDT+20+77N+1++GNA:172:20+++9999010:146:11:GENERATED ANDES']
const addresses = (statement: ConsignmentStatement | undefined) =>
  statement?.parties.map(({ role, address }) => `${role}: ${address?.value ?? '–'}`)
const money = (statement: ConsignmentStatement | undefined) =>
  [statement?.freight, statement?.customsValue].map((each) => (each === undefined ? undefined : `${each.value} ${each.currency ?? '?'}`))
const cuscar = async (...segments: string[]) =>
  (await readMessage('CUSCAR:D:03B:UN', [...HEAD, 'CNI+1+BL1', 'RFF+BM:BL1', ...segments])).consignments[0]

describe('UN/EDIFACT', () => {
  it('reads street, place and postal code, or what stands behind the name where both are laid out together', async () => {
    const statement = await cuscar(
      'NAD+CZ+++FRUTAS DEL LITORAL SA+CALLE 1:BODEGA 7+GUAYAQUIL++090101+EC',
      'NAD+CN++FRUIT IMPORT NV:KAAI 12:2000 ANTWERPEN',
      'NAD+NI+++NOTIFY SHIPPING BV++++NL',
    )
    expect(addresses(statement)).toEqual(['consignor: CALLE 1 BODEGA 7 GUAYAQUIL 090101', 'consignee: KAAI 12 2000 ANTWERPEN', 'notify: –'])
    expect(statement?.parties[0]?.address?.at).toMatchObject({ element: 5, component: 1 })
  })

  it('leaves the address of what may be a person in the document', async () => {
    const statement = await cuscar('NAD+CZ+++MARIA PEREZ+CALLE 1+GUAYAQUIL', 'NAD+CN++JAN JANSSEN:KAAI 12:ANTWERPEN')
    expect(addresses(statement)).toEqual(['consignor: –', 'consignee: –'])
    expect(JSON.stringify(statement)).not.toMatch(/CALLE 1|KAAI 12/)
  })

  it('reads the value of the whole or the sum of its items, and freight once however it is coded', async () => {
    expect(money(await cuscar('MOA+64:2400.50:EUR', 'MOA+144:2400.50:EUR', 'GID+1', 'MOA+40:100:EUR', 'GID+2', 'MOA+40:50,5:EUR'))).toEqual(
      ['2400.5 EUR', '150.5 EUR'],
    )
    expect(money(await cuscar('MOA+43:900:USD', 'GID+1', 'MOA+40:100:USD'))).toEqual([undefined, '900 USD'])
  })

  it('reads an amount behind a charge as freight only when the charge is freight', async () => {
    const { consignments } = await readMessage('IFTMIN:D:01B:UN', [
      'BGM+340+SI1+9',
      'TCC+101013:139:6:OCEAN FREIGHT',
      'CUX+2:USD',
      'MOA+23:1800:USD',
      'TCC+604015:139:6:DOCUMENTS',
      'MOA+23:75:USD',
      'TCC+109000:139:6:BUNKER',
      'MOA+23:200:USD',
    ])
    expect(money(consignments[0])).toEqual(['2000 USD', undefined])
  })

  it('adds no two currencies, and warns of what is no amount', async () => {
    expect(money(await cuscar('MOA+64:100:EUR', 'MOA+64:100:USD'))).toEqual([undefined, undefined])
    const { warnings, consignments } = await readMessage('CUSCAR:D:03B:UN', [
      ...HEAD,
      'CNI+1+BL1',
      'MOA+64:1e9:EUR',
      'MOA+43',
      'MOA',
      'TCC',
    ])
    expect(warnings.map(({ code }) => code)).toContain('value.not-a-number')
    expect(money(consignments[0])).toEqual([undefined, undefined])
  })

  it('begins each consignment anew', async () => {
    const { consignments } = await readMessage('CUSCAR:D:03B:UN', [...HEAD, 'CNI+1+BL1', 'MOA+64:100:EUR', 'CNI+2+BL2', 'MOA+144:7:EUR'])
    expect(consignments.map(money)).toEqual([
      ['100 EUR', undefined],
      ['7 EUR', undefined],
    ])
  })
})

const only = async (text: string) => (await readText(text)).messages[0]?.consignments[0]

it('entry summary declarations state addresses, by element, and not those of persons', async () => {
  const statement =
    await only(`<?xml version="1.0"?><ie:CC315A xmlns:ie="http://ics.dgtaxud.ec/CC315A"><HEAHEA><RefNumHEA4>LRN1</RefNumHEA4></HEAHEA>
    <TRACONCO1><NamCO17>Frutas SA</NamCO17><StrAndNumCO122>Calle 1</StrAndNumCO122><PosCodCO123>0901</PosCodCO123><CitCO124>Guayaquil</CitCO124></TRACONCO1>
    <GOOITEGDS><IteNumGDS7>1</IteNumGDS7><TRACONCE2><NamCE27>Jan Janssen</NamCE27><StrAndNumCE222>Kaai 12</StrAndNumCE222></TRACONCE2></GOOITEGDS></ie:CC315A>`)
  expect(addresses(statement)).toEqual(['consignor: Calle 1 0901 Guayaquil', 'consignee: –'])
})

it('air waybills state addresses in both layouts, the total of each rate line and the value for customs', async () => {
  const air = (parties: string, values: string) =>
    `FWB/16\n020-12345675BOGBRU/T10K1000.5\n${parties}${values}RTD/1/P10/K1000.5/CQ/W1000/R2.5/T2500\n/NG/T100\n/2/NH/060311\nRTD/2/P1/K1/CQ/W1/R1/T12.5\n`
  const newer = await only(
    air(
      'SHP\nNAM/FLORES SA\nADR/CALLE 10\nLOC/BOGOTA\n/CO/110111/TE/5711234\nCNE\nNAM/ANA ROJAS\nADR/KAAI 12\n',
      'CVD/USD/PP/PP/NVD/9000.00/XXX\n',
    ),
  )
  expect(addresses(newer)).toEqual(['consignor: CALLE 10 BOGOTA', 'consignee: –'])
  expect(money(newer)).toEqual(['2512.5 USD', '9000 USD'])
  const older = await only(air('CNE\n/FLOWER IMPORT NV\n/QUAY 1\n/ANTWERP\n/BE/2000\n', 'CVD/EUR//PP/NVD/NCV/XXX\n'))
  expect(addresses(older)).toEqual(['consignee: QUAY 1 ANTWERP'])
  expect(money(older)).toEqual(['2512.5 EUR', undefined])
})

it('bills of lading of DCSA state addresses by members or lines, and charges with freight in their name', async () => {
  const statement = await only(
    JSON.stringify({
      transportDocumentReference: 'BL1',
      transportDocumentStatus: 'ISSUED',
      transportDocumentTypeCode: 'BOL',
      carrierCode: 'MAEU',
      documentParties: {
        shipper: { partyName: 'Frutas SA', address: { street: 'Calle', streetNumber: '1', city: 'Guayaquil', countryCode: 'EC' } },
        consignee: { partyName: 'Obst GmbH', addressLines: ['Kai 3', '20457 Hamburg'] },
      },
      charges: [
        { chargeName: 'Ocean freight', currencyAmount: 1500, currencyCode: 'USD' },
        { chargeName: 'Documentation', currencyAmount: 50, currencyCode: 'USD' },
        { chargeName: 'Freight surcharge', currencyAmount: 'many', currencyCode: 'USD' },
      ],
      consignmentItems: [],
      utilizedTransportEquipments: [],
      transports: {},
    }),
  )
  expect(addresses(statement)).toEqual(['consignor: Calle 1 Guayaquil', 'consignee: Kai 3 20457 Hamburg'])
  expect(money(statement)).toEqual(['1500 USD', undefined])
})

it('tables state addresses and amounts in their columns, summed over the rows of a declaration', async () => {
  const head = 'declaration,container,bill_of_lading,consignor,consignor_address,consignee,consignee_address,freight,customs_value,currency'
  const row = (container: string, freight: string) =>
    `D1,${container},BL1,Frutas SA,"Calle 1, Guayaquil",Ana Rojas,Kaai 12,${freight},1000,eur`
  const { messages } = await readText(`${head}\n${row('CSQU3054383', '600')}\n${row('CSQU3054402', '50.5')}\n`)
  const statement = messages[0]?.consignments[0]
  expect(messages[0]?.warnings).toEqual([])
  expect(addresses(statement)).toEqual(['consignor: Calle 1, Guayaquil', 'consignee: –'])
  expect(money(statement)).toEqual(['650.5 EUR', '2000 EUR'])
  const wrong = await readText(`${head}\n${row('CSQU3054383', 'a lot')}\n`)
  expect(wrong.messages[0]?.warnings.map(({ code }) => code)).toEqual(['value.not-a-number'])
})
