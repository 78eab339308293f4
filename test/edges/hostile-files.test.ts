/** Files that are wrong on purpose, sent to a running node: each ends with a typed reason and a place, and the node goes on answering. */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAlerts, listDocuments, listEquipment, showDocument, uploadDocument } from '#modules/cargo/contract'
import type { Client } from '../../src/app/client.ts'
import { readCargoFile } from '../../src/modules/cargo/formats/read-cargo-file.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'

let coalition: TestCoalition
let desk: Client
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['be-antwerp'] })
  desk = await coalition.client('antwerp')
})
afterAll(async () => await coalition.stop())

const text = (value: string) => Buffer.from(value, 'latin1')
const UNB = "UNB+UNOA:2+A+B+261124:1200+1'"
const PLAN = `UNH+1+BAPLIE:D:95B:UN:SMDG20'BGM++1+9'DTM+137:2611241200:201'TDT+20+V1+++:172+++9999010:103::SHIP'LOC+5+ECGYE'LOC+61+BEANR'`
const box = (number: string) => `LOC+147+0010102::5'MEA+WT++KGM:20000'LOC+9+ECGYE'LOC+11+BEANR'RFF+BM:1'EQD+CN+${number}+22G1+++5'`

interface Ended {
  readonly state: string
  readonly refused?: { readonly code: string; readonly at: string } | undefined
  readonly messages: { readonly accepted: number; readonly warned: number; readonly quarantined: number }
  readonly warnings: readonly { readonly code: string; readonly at: string }[]
}

async function take(name: string, bytes: Uint8Array): Promise<Ended> {
  const { document } = await desk.upload(uploadDocument, { name }, bytes)
  const row = await coalition.eventually(
    async () => (await desk.call(listDocuments, {})).items.find((item) => item.document === document),
    (item) => item?.state === 'read' || item?.state === 'refused',
  )
  const { warnings } = await desk.call(showDocument, { document })
  return { state: row?.state ?? '', refused: row?.refused, messages: row?.messages ?? { accepted: 0, warned: 0, quarantined: 0 }, warnings }
}

/** Every ending is typed and says where. */
function expectPlaced(ended: Ended): void {
  const told = [...(ended.refused === undefined ? [] : [ended.refused]), ...ended.warnings]
  expect(told.length).toBeGreaterThan(0)
  for (const { code, at } of told) {
    expect(code).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)
    expect(at).toMatch(/byte|segment|row|line|column|message/)
  }
}

describe('a file', () => {
  it.each<[string, Uint8Array]>([
    ['cut off in the middle of a segment', text(UNB + PLAN + box('MSCU6639870').slice(0, -9))],
    ['cut off before its end', text(UNB + PLAN + box('MSCU6639870'))],
    ['with a wrong segment count', text(`${UNB}${PLAN}${box('MSCU6639870')}UNT+99+1'UNZ+1+1'`)],
    ['with a wrong message count', text(`${UNB}${PLAN}${box('MSCU6639870')}UNT+12+1'UNZ+7+1'`)],
    ['with another reference at its end', text(`${UNB}${PLAN}${box('MSCU6639870')}UNT+12+2'UNZ+1+9'`)],
    ['with bytes that its charset does not have', text(`${UNB}${PLAN}${box('MSC\xdc6639870')}UNT+12+1'UNZ+1+1'`)],
    ['with NUL bytes', text(`${UNB}${PLAN}\0\0\0${box('MSCU6639870')}UNT+12+1'UNZ+1+1'`)],
    ['of noise', Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256))],
    ['of one endless segment', text(UNB + 'X'.repeat(2_000_000))],
    ['of one endless element', text(`${UNB}UNH+1+BAPLIE:D:95B:UN:SMDG20'FTX+${'A'.repeat(1_000_000)}'`)],
    ['of ten thousand components', text(`${UNB}UNH+1+BAPLIE:D:95B:UN:SMDG20'FTX+${':'.repeat(10_000)}'`)],
    ['packed and damaged', Buffer.concat([gzipSync(text(UNB + PLAN)).subarray(0, 40), Buffer.from('garbage')])],
    ['of markup', text('<html><script>alert(1)</script></html>')],
  ])('%s ends with reason and place', async (what, bytes) => {
    const ended = await take(`${what}.edi`, bytes)
    expect(['read', 'refused']).toContain(ended.state)
    expectPlaced(ended)
    expect((await desk.call(listAlerts, {})).items).toEqual([])
  })

  it('keeps what stands before the fault', async () => {
    // A reference of its own: files of the same reference came before.
    await take('half.edi', text(`${UNB.replace("+1'", "+2'")}${PLAN}${box('CSQU3054383')}${box('MSCU6639870').slice(0, -9)}`))
    expect((await desk.call(listEquipment, { container: 'CSQU3054383' })).items.length).toBeGreaterThan(0)
  })

  it('without a byte is refused at once', async () => {
    await expect(desk.upload(uploadDocument, { name: 'empty.edi' }, new Uint8Array(0))).rejects.toMatchObject({
      code: 'cargo.document-empty',
    })
  })

  it.each(['../../etc/passwd', 'a/b\\c.edi', '<img src=x onerror=alert(1)>.edi', '=cmd|calc.edi', 'x'.repeat(200), '\u202egnp.edi'])(
    'named %s keeps its name as text and touches no path',
    async (name) => {
      const { document } = await desk.upload(uploadDocument, { name }, text(`${UNB}UNZ+0+${name.length}'`))
      const row = (await desk.call(listDocuments, { limit: 500 })).items.find((item) => item.document === document)
      expect(row?.name).toBe(name)
    },
  )

  it('named beyond the limit is refused', async () => {
    await expect(desk.upload(uploadDocument, { name: 'x'.repeat(201) }, text(UNB))).rejects.toMatchObject({ status: 400 })
  })
})

describe('memory stays bounded', () => {
  async function peak(
    source: AsyncIterable<Uint8Array>,
    options = {},
  ): Promise<{ readonly code: string | undefined; readonly grown: number }> {
    const before = process.memoryUsage().rss
    let most = before
    let code: string | undefined
    for await (const event of readCargoFile(source, { document: '0'.repeat(64), ...options })) {
      most = Math.max(most, process.memoryUsage().rss)
      if (event.kind === 'end') code = event.summary.refused?.code
    }
    return { code, grown: most - before }
  }

  it('for a segment of a gigabyte, which is given up long before its end', async () => {
    let sent = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield text(`${UNB}UNH+1+BAPLIE:D:95B:UN:SMDG20'FTX+`)
      const part = Buffer.alloc(1024 * 1024, 0x41)
      for (; sent < 1024; sent++) yield part
    }
    const { code, grown } = await peak(endless())
    expect(code).toBeDefined()
    expect(sent).toBeLessThan(64)
    expect(grown).toBeLessThan(200 * 1024 * 1024)
  })

  it('for a packed file that unpacks to far more', async () => {
    const bomb = gzipSync(Buffer.concat([text(`${UNB}UNH+1+BAPLIE:D:95B:UN:SMDG20'`), Buffer.alloc(200 * 1024 * 1024, 0x41)]), { level: 9 })
    expect(bomb.length).toBeLessThan(1024 * 1024)
    async function* packed(): AsyncGenerator<Uint8Array> {
      yield bomb
    }
    const { code, grown } = await peak(packed())
    expect(code).toBeDefined()
    expect(grown).toBeLessThan(200 * 1024 * 1024)
  })
})
