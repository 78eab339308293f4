import { describe, expect, it } from 'vitest'
import type { Stated } from '../model.ts'
import { collectMessages } from './collect-messages.ts'
import { readXmlCargo } from './xml-reader.ts'

const item = (number: number, content: string) => `<GOOITEGDS><IteNumGDS7>${number}</IteNumGDS7>${content}</GOOITEGDS>`
const document = (type: string, number: string) =>
  `<PRODOCDC2><DocTypDC21>${type}</DocTypDC21><DocRefDC23>${number}</DocRefDC23></PRODOCDC2>`
const box = (number: string) => `<CONNR2><ConNumNR21>${number}</ConNumNR21></CONNR2>`

const XML = `<?xml version="1.0"?>
<ie:CC315A xmlns:ie="http://ics.dgtaxud.ec/CC315A">
  <HEAHEA><RefNumHEA4>LRN1</RefNumHEA4><TraModAtBorHEA76>1</TraModAtBorHEA76><IdeOfMeaOfTraCroHEA85>9321483</IdeOfMeaOfTraCroHEA85>
    <ConRefNumHEA>V12</ConRefNumHEA><PlaLoaGOOITE334>ECGYE</PlaLoaGOOITE334></HEAHEA>
  <TRACONCO1><NamCO17>Frutas &amp; Söhne</NamCO17></TRACONCO1>
  ${item(1, `<GooDesGDS23>bananas</GooDesGDS23><GroMasGDS46>100.5</GroMasGDS46>${document('N705', 'BL1')}${document('N380', 'INV1')}<COMCODGODITM><ComNomCMD1>080390</ComNomCMD1></COMCODGODITM>${box('CSQU3054383')}`)}
  ${item(2, `<GooDesGDS23>pineapples</GooDesGDS23>${document('N705', 'BL1')}${box('CSQU3054383')}`)}
  ${item(3, `${document('N714', 'H1')}<PACGS2><KinOfPacGS23>CT</KinOfPacGS23><NumOfPacGS24>7</NumOfPacGS24></PACGS2>`)}
  ${item(4, '')}
  <SEAID529><SeaIdSEAID530>S1</SeaIdSEAID530></SEAID529>
  <CUSOFFFENT730><RefNumCUSOFFFENT731>BE000001</RefNumCUSOFFFENT731><ExpDatOfArrFIRENT733>202611241200</ExpDatOfArrFIRENT733></CUSOFFFENT730>
  <TRACARENT601><TINTRACARENT602>BE123</TINTRACARENT602></TRACARENT601>
</ie:CC315A>`

describe('an entry summary declaration', () => {
  it('becomes one consignment for each transport document, and one for items without', async () => {
    const { messages } = await collectMessages(readXmlCargo(Buffer.from(XML), { document: 'd' }))
    const [message] = messages
    expect(message).toMatchObject({
      type: 'CC315A',
      reference: 'LRN1',
      containers: 1,
      voyage: { vesselImo: { value: '9321483' }, voyageNumber: { value: 'V12' } },
    })
    const [bill, house, rest] = message?.consignments ?? []
    expect([bill, house, rest].map((each) => each?.document.value)).toEqual(['BL1', 'H1', 'LRN1'])
    expect(bill?.goods.map(({ value }) => value)).toEqual(['bananas', 'pineapples'])
    expect(bill?.references.map(({ code, number }) => `${code} ${number.value}`)).toEqual(['ABT LRN1', 'BM BL1', 'ABE INV1'])
    expect(bill?.containers).toMatchObject([{ number: { value: 'CSQU3054383' }, seals: [{ number: { value: 'S1' } }] }])
    expect(bill?.parties.map(({ role, name }) => `${role} ${name.value}`)).toEqual(['consignor Frutas & Söhne', 'carrier BE123'])
    expect(house?.packages?.value).toBe(7)
  })

  it('states each value with its bytes', async () => {
    const bytes = Buffer.from(XML)
    const { messages } = await collectMessages(readXmlCargo(bytes, { document: 'd' }))
    const [bill] = messages[0]?.consignments ?? []
    const stated: readonly (Stated | undefined)[] = [
      bill?.document,
      ...(bill?.goods ?? []),
      ...(bill?.hsCodes ?? []),
      bill?.containers[0]?.number,
    ]
    for (const each of stated) expect(bytes.subarray(each?.at.start, each?.at.end).toString()).toBe(each?.value)
    const name = bill?.parties[0]?.name
    expect(bytes.subarray(name?.at.start, name?.at.end).toString()).toBe('Frutas &amp; Söhne')
  })

  it('is warned, never refused, for its schema and its rules', async () => {
    const { messages, summary } = await collectMessages(readXmlCargo(Buffer.from(XML)))
    const codes = new Set(messages[0]?.warnings.map(({ code }) => code))
    expect(codes).toContain('xml.schema')
    expect(codes).toContain('ens.rule-8684')
    expect(summary).toMatchObject({ format: 'xml', messages: 1, outcomes: { accepted: 0, warned: 1, quarantined: 0 } })
  })

  it('that amends another is read under the number of that one', async () => {
    const xml = XML.replaceAll('CC315A', 'CC313A').replace('<RefNumHEA4>LRN1</RefNumHEA4>', '<DocNumHEA5>26BE000000000001</DocNumHEA5>')
    const { messages } = await collectMessages(readXmlCargo(Buffer.from(xml)))
    expect(messages[0]).toMatchObject({ type: 'CC313A', reference: '26BE000000000001' })
    expect(messages[0]?.consignments.map(({ document }) => document.value)).toEqual(['BL1', 'H1', '26BE000000000001'])
  })

  it('is found in an envelope, and several are told one by one', async () => {
    const body = XML.replace('<?xml version="1.0"?>', '')
    const { messages } = await collectMessages(readXmlCargo(Buffer.from(`<Envelope><Body>${body}${body}</Body></Envelope>`)))
    expect(messages.map(({ type, consignments }) => `${type} ${consignments.length}`)).toEqual(['CC315A 3', 'CC315A 3'])
  })

  it('gives the same events however its bytes arrive', async () => {
    const bytes = Buffer.from(XML)
    const pieces = async function* (size: number) {
      for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
    }
    const whole = await collectMessages(readXmlCargo(bytes))
    for (const size of [1, 7, 65_536]) expect(await collectMessages(readXmlCargo(pieces(size)))).toEqual(whole)
  })

  it('of another kind is counted and warned; what is no XML is quarantined and refused', async () => {
    const other = await collectMessages(readXmlCargo(Buffer.from('<order/>')))
    expect(other.messages).toMatchObject([{ type: 'XML', outcome: 'warned', warnings: [{ code: 'message.unknown-type' }] }])
    const broken = await collectMessages(readXmlCargo(Buffer.from('<order>')))
    expect(broken.summary).toMatchObject({ outcomes: { quarantined: 1 }, refused: { code: 'xml.not-well-formed' } })
  })
})
