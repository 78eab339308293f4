import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCargoFile } from './read-cargo-file.ts'
import { inPieces, readBytes, readText } from './reading.fixture.ts'

const HEADER = 'declaration,container,seals,bill_of_lading,consignor,consignee,notify,pol,pod,hs,description,gross_kg,packages,vgm_kg'
const ROW = '26EC1,CSQU3054383,GS1;GS2,BL1,Frutas SA,Fruit NV,Fruit NV,ECGYE,BEANR,080390,"Bananas, fresh",20400.5,1080,25100'

describe('declaration tables', () => {
  it('reads a row as one consignment', async () => {
    const { messages, summary } = await readText(`${HEADER}\n${ROW}\n`)
    expect(summary).toMatchObject({ format: 'csv', outcomes: { accepted: 1 }, consignments: 1, interchanges: 0 })
    expect(messages[0]).toMatchObject({ type: 'CSV', segments: 2, containers: 1, warnings: [] })
    expect(messages[0]?.consignments[0]).toMatchObject({
      document: { value: 'BL1', at: { segment: 2, element: 4 } },
      references: [
        { code: 'ABT', number: { value: '26EC1' } },
        { code: 'BM', number: { value: 'BL1' } },
      ],
      goods: [{ value: 'Bananas, fresh' }],
      hsCodes: [{ value: '080390' }],
      packages: { value: 1080 },
      weights: [
        { kind: 'goods-gross', kilograms: { value: 20400.5 } },
        { kind: 'verified-gross', kilograms: { value: 25100 } },
      ],
      places: [
        { role: 'loading', place: { value: 'ECGYE' } },
        { role: 'discharge', place: { value: 'BEANR' } },
      ],
      containers: [{ number: { value: 'CSQU3054383' }, seals: [{ number: { value: 'GS1' } }, { number: { value: 'GS2' } }] }],
    })
  })

  it('joins neighbouring rows of one declaration', async () => {
    const second = ROW.replace('CSQU3054383', 'CSQU3054402')
    const { messages } = await readText(`${HEADER}\n${ROW}\n${second}\n${ROW.replace('26EC1', '26EC2')}\n`)
    expect(
      messages[0]?.consignments.map(({ containers, packages, weights }) => [containers.length, packages?.value, weights.length]),
    ).toEqual([
      [2, 2160, 4],
      [1, 1080, 2],
    ])
  })

  it.each([';', '\t'])('reads %j as delimiter', async (delimiter) => {
    const { messages } = await readText(
      `Declaration${delimiter}Container${delimiter}Bill of Lading\n1${delimiter}CSQU3054383${delimiter}BL1\n`,
    )
    expect(messages[0]?.consignments[0]).toMatchObject({ document: { value: 'BL1' } })
  })

  it('points to the bytes of the row, also behind a byte order mark', async () => {
    const text = `\ufeff${HEADER}\r\n${ROW}\r\n${ROW.replace('BL1', 'BLÑ2')}\r\n${ROW.replace('BL1', 'BL3')}\r\n`
    const bytes = new TextEncoder().encode(text)
    for (const size of [1, 7, 65_536]) {
      const { messages } = await readBytes(bytes, { size })
      const found = (messages[0]?.consignments ?? []).map(({ document }) => document)
      expect(found.map(({ value }) => value)).toEqual(['BL1', 'BLÑ2', 'BL3'])
      for (const { value, at } of found) expect(new TextDecoder().decode(bytes.subarray(at.start, at.end))).toContain(`,${value},`)
    }
  })

  it.each([
    [`${HEADER},colour\n${ROW},red\n`, 'column.unknown', 'row 1, column 15'],
    [`${HEADER},hs\n${ROW},1\n`, 'column.twice', 'row 1, column 15'],
    [`${HEADER}\n${ROW},extra\n`, 'row.columns', 'row 2'],
    [`${HEADER}\n${ROW.replace('20400.5', 'much')}\n`, 'value.not-a-number', 'row 2, column 12'],
    [`${HEADER}\n${ROW.replace('CSQU3054383', 'CSQU3054384')}\n`, 'container-number.check-digit', 'row 2, column 2'],
    [`${HEADER}\n${ROW.replace('CSQU3054383', 'TBN')}\n`, 'container-number.format', 'row 2, column 2'],
    [`${HEADER}\n${ROW.replace('CSQU3054383', '')}\n`, 'equipment.no-number', 'row 2, column 2'],
    [`${HEADER}\n,CSQU3054383\n${ROW}\n`, 'row.no-document', 'row 2'],
  ])('warns and reads on: %j', async (text, code, at) => {
    const { messages, summary } = await readText(text)
    expect(messages[0]?.warnings[0]).toMatchObject({ code, at })
    expect(messages[0]?.outcome).toBe('warned')
    expect(summary.refused).toBeUndefined()
  })

  it('takes Windows-1252 where a cell is not UTF-8', async () => {
    const { messages } = await readBytes(Uint8Array.from(`${HEADER}\n${ROW.replace('Frutas', 'Caf\xe9')}\n`, (sign) => sign.charCodeAt(0)))
    expect(messages[0]?.consignments[0]?.parties[0]?.name.value).toBe('Café SA')
    expect(messages[0]?.warnings).toEqual([expect.objectContaining({ code: 'charset.windows-1252' })])
  })

  it('warns of a quote that is never closed', async () => {
    const { messages } = await readText(`${HEADER}\n${ROW}\n26EC0,"open\n`)
    expect(messages[0]?.warnings).toEqual([expect.objectContaining({ code: 'row.not-read' })])
    expect(messages[0]?.consignments.map(({ document }) => document.value)).toEqual(['BL1'])
  })

  it('refuses an endless row without holding it', async () => {
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(`${HEADER}\n"`)
      for (let index = 0; index < 4096; index++) yield new Uint8Array(65_536).fill(0x41)
    }
    let last: unknown
    for await (const event of readCargoFile(endless())) last = event
    expect(last).toMatchObject({ kind: 'end', summary: { refused: { code: 'csv.not-read' } } })
    expect((last as { summary: { bytes: number } }).summary.bytes).toBeLessThan(1_000_000)
  })

  it('ends every table in one outcome, whatever it holds', async () => {
    const cell = fc.oneof(fc.string({ maxLength: 10 }), fc.constantFrom('"', '""', '\n', ',', 'CSQU3054383', 'BL1', '\0'))
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { maxLength: 60 }), fc.integer({ min: 1, max: 50 }), async (cells, size) => {
        const bytes = new TextEncoder().encode(`${HEADER}\n${cells.join(',')}`)
        const { summary } = await readBytes(bytes, { size })
        expect(summary.outcomes.accepted + summary.outcomes.warned + summary.outcomes.quarantined).toBe(1)
        const events: unknown[] = []
        for await (const event of readCargoFile(inPieces(bytes, 65_536))) events.push(event)
        const again: unknown[] = []
        for await (const event of readCargoFile(inPieces(bytes, size))) again.push(event)
        expect(again).toEqual(events)
      }),
      { numRuns: 60 },
    )
  })
})
