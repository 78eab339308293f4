/** Files of messages in the ledger: each message type does what its sender could do itself, nothing more, and each line says what became of it. */
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FileLine, MessageFile } from '../contract.ts'
import {
  type AllianceStore,
  sessionOf as as,
  CUSTOMS,
  FORWARDER,
  HAULIER,
  key,
  LINE,
  SECOND,
  startAllianceStore,
  TERMINAL,
  WRONG,
} from './alliance.fixture.ts'
import { setCustomsStateRoute } from './customs-acts.ts'
import { coarri, codeco, coparn, copino, coreor, interchange, type Written, type WrittenBox } from './edifact.fixture.ts'
import { listMessageFilesRoute, showMessageFileRoute, uploadMessageFileRoute } from './message-files.ts'
import { matchGateRoute, preNotifyRoute } from './partner-acts.ts'
import { takeFileJob } from './take-file.ts'

let at: AllianceStore
let boxes = 0
let right: WrittenBox & { container: string }
beforeAll(async () => {
  at = await startAllianceStore()
  for (const desk of [TERMINAL, LINE, FORWARDER, SECOND, HAULIER, WRONG]) await at.vet(desk)
  await at.nameCode('172:20', 'LIN', LINE)
  await at.nameCode('160:87', 'FWD1', FORWARDER)
  await at.nameCode('160:87', 'FWD2', SECOND)
  await at.nameCode('160:87', 'HAUL', HAULIER)
  await at.nameCode('160:87', 'ROGUE', WRONG)
})
afterAll(async () => await at.stop())
beforeEach(() => {
  boxes += 1
  right = { container: `CSQU${String(4_000_000 + boxes)}`, voyage: '123N', imo: '9839272', ship: 'AURORA', port: 'BEANR' }
})

const bring = async (desk: string, bytes: Uint8Array): Promise<{ file: MessageFile; items: readonly FileLine[] }> => {
  const { file } = await at.upload<{ file: string }>(uploadMessageFileRoute, as(desk), { name: 'messages.edi', bytes })
  await at.work()
  return await at.call(showMessageFileRoute, as(desk), { file })
}
const send = async (desk: string, ...messages: readonly Written[]) => (await bring(desk, interchange(...messages))).items
const told = (items: readonly FileLine[]) => items.map(({ outcome, because }) => because ?? outcome)
const FWD1 = 'FWD1:160:87'
const HAUL = 'HAUL:160:87'
const chain = async () =>
  (
    await at.rows(`select voyage, stage, holder, haulier, discharged, signals from alliance.chains where container = '${right.container}'`)
  )[0]
const events = async () =>
  (
    await at.rows(
      `select e.body from alliance.events e join alliance.chains c using (authority, right_id) where c.container = '${right.container}' order by seq`,
    )
  ).map(({ body }) => body as { kind: string; because?: string })
const clear = async (voyage = '9839272 123N') =>
  await at.call(setCustomsStateRoute, as(CUSTOMS), { container: right.container, voyage, port: 'BEANR', state: 'clear', key: key() })

describe('the way of a box by messages', () => {
  it('goes from the discharge to the gate, each message as the act of its sender', async () => {
    expect(told(await send(TERMINAL, coarri(right)))).toEqual(['accepted'])
    await clear()
    expect(told(await send(LINE, coreor(right, { number: 'R1', to: FWD1 })))).toEqual(['accepted'])
    expect(told(await send(FORWARDER, coparn(right, { number: 'O1', haulier: HAUL })))).toEqual(['accepted'])
    expect(told(await send(HAULIER, copino(right, { number: 'P1', vehicle: '1ABC123' })))).toEqual(['accepted'])
    expect(await chain()).toMatchObject({
      voyage: '9839272 123N',
      stage: 'pre-notified',
      holder: FORWARDER,
      haulier: HAULIER,
      discharged: true,
    })
    // No message names a driver: the gate stays shut until the haulier has.
    const name = { container: right.container, voyage: '9839272 123N', port: 'BEANR' }
    const truck = { vehicle: '1-ABC-123', driver: 'ALFA-1' }
    expect(await at.call(matchGateRoute, as(TERMINAL), { ...name, ...truck, key: key() })).toEqual({ yes: false })
    await at.call(preNotifyRoute, as(HAULIER), { ...name, ...truck, plannedAt: '2026-12-01T06:00:00Z', key: key() })
    expect(await at.call(matchGateRoute, as(TERMINAL), { ...name, ...truck, key: key() })).toMatchObject({ yes: true })
    // A gate report names no voyage: the terminal has one right to the box.
    expect(told(await send(TERMINAL, codeco({ container: right.container, port: 'BEANR' }, { at: '202611260800' })))).toEqual(['accepted'])
    expect(await chain()).toMatchObject({ stage: 'gated-out' })
    expect((await chain())?.['signals']).not.toContain('L4')
  })

  it('takes a release back, and changes it to another party', async () => {
    await send(LINE, coreor(right, { number: 'R1', to: FWD1 }))
    expect(told(await send(LINE, coreor(right, { number: 'R1', to: 'FWD2:160:87', function: '5' })))).toEqual(['accepted'])
    expect(await chain()).toMatchObject({ stage: 'released', holder: SECOND })
    expect(told(await send(LINE, coreor(right, { number: 'R1', to: FWD1, function: '1' })))).toEqual(['accepted'])
    expect(await chain()).toMatchObject({ stage: 'revoked', holder: null })
  })

  it('reads the events of DCSA like the messages of a terminal', async () => {
    const event = (code: string, when: string) => ({
      eventID: `${code}-${boxes}`,
      eventType: 'EQUIPMENT',
      eventClassifierCode: 'ACT',
      equipmentEventTypeCode: code,
      eventDateTime: when,
      equipmentReference: right.container,
      emptyIndicatorCode: 'LADEN',
      eventLocation: { UNLocationCode: 'BEANR' },
      transportCall: { exportVoyageNumber: '123N', vessel: { vesselIMONumber: '9839272' }, UNLocationCode: 'BEANR' },
    })
    const bytes = Buffer.from(
      JSON.stringify([event('DISC', '2026-11-26T07:00:00Z'), event('GTIN', '2026-11-26T07:10:00Z'), event('GTOT', '2026-11-26T07:30:00Z')]),
    )
    const { items } = await bring(TERMINAL, bytes)
    expect(told(items)).toEqual(['accepted', 'not-for-ledger', 'accepted'])
    expect(items[0]?.place).toMatch(/^byte \d+$/)
    // A box that left without a release has left: the ledger says so.
    expect(await chain()).toMatchObject({ stage: 'gated-out', discharged: true })
    expect(told((await bring(LINE, bytes)).items)).toEqual(['not-found', 'not-for-ledger', 'not-found'])
  })
})

describe('the theft by messages', () => {
  it('a wrong haulier that announces itself for a released box is refused, told nothing, and explained to the authority', async () => {
    await send(TERMINAL, coarri(right))
    await send(LINE, coreor(right, { number: 'R1', to: FWD1, more: ['RFF+RE:PIN4711'] }))
    await send(FORWARDER, coparn(right, { number: 'O1', haulier: HAUL }))
    const there = await send(WRONG, copino(right, { number: 'P1', vehicle: 'X1' }))
    const absent = await send(WRONG, copino({ ...right, container: 'TGHU7654321' }, { number: 'P1', vehicle: 'X1' }))
    expect(JSON.stringify(there).replaceAll(right.container, 'TGHU7654321')).toBe(JSON.stringify(absent))
    expect(told(there)).toEqual(['not-found'])
    expect(there[0]?.place).toBe('segment 6, element 2')
    expect(await chain()).toMatchObject({ stage: 'ordered', haulier: HAULIER, signals: ['L2'] })
    expect((await events()).at(-1)).toMatchObject({ kind: 'refused', because: 'not-ordered' })
    // Without a voyage it is the same: what it reached for is found, and it learns nothing.
    const bare = { container: right.container, port: 'BEANR' }
    const again = await send(WRONG, copino(bare, { number: 'P2', vehicle: 'X1' }))
    expect(told(again)).toEqual(['not-found'])
    expect(told(await send(WRONG, copino({ ...bare, container: 'TGHU7654321' }, { number: 'P2', vehicle: 'X1' })))).toEqual(['not-found'])
    expect((await events()).filter(({ kind }) => kind === 'refused')).toHaveLength(2)
    // Sent once more, it learns no more, and the log has as much of it.
    const logs: unknown[] = []
    for (const container of [right.container, 'TGHU7654321']) {
      const logged = at.recorded.length
      const more = await send(WRONG, copino({ ...bare, container }, { number: 'P2', vehicle: 'X1' }))
      logs.push([told(more), at.recorded.slice(logged).map(({ event, outcome }) => [event, outcome])])
    }
    expect(logs[0]).toEqual(logs[1])
    // A message is known again although the right has another name by now than it gave the voyage.
    const early = { container: `TGHU${String(1_000_000 + boxes)}`, port: 'BEANR', voyage: '123N' }
    expect(told(await send(WRONG, copino(early, { number: 'P4', vehicle: 'X1' })))).toEqual(['not-found'])
    await send(LINE, coreor({ ...right, container: early.container }, { number: 'R4', to: FWD1 }))
    expect(told(await send(WRONG, copino(early, { number: 'P4', vehicle: 'X1' })))).toEqual(['duplicate'])
    // Resting on a message of others does not tell either whether there is a right.
    const resting = { number: 'P3', vehicle: 'X1', after: 'O1', by: FWD1 }
    expect(told(await send(WRONG, copino(bare, resting)))).toEqual(
      told(await send(WRONG, copino({ ...bare, container: 'TGHU7654321' }, resting))),
    )
  })

  it('keeps and shows no number that opens a gate, wherever the release states it', async () => {
    const codes = ['481516', '481517', '481518', '481519', '481520']
    const [document = '', header = '', again = '', text = '', order = ''] = codes
    const items = await send(
      LINE,
      coreor(right, {
        number: document,
        to: FWD1,
        more: [`RFF+RE:${header}`, `RFF+ATY:${order}`, `RFF+ACW:${again}`, `RFF+RE:${again}`, `FTX+AAI+++PIN ${text}`],
      }),
    )
    expect(told(items)).toEqual(['accepted'])
    expect((await events()).map(({ kind }) => kind)).toEqual(['released', 'foreign-code'])
    for (const table of ['events', 'chains', 'links', 'signals', 'messages', 'message_files', 'file_lines', 'acts'])
      expect(JSON.stringify(await at.rows(`select * from alliance.${table}`)), table).not.toMatch(/4815(16|17|18|19|20)/)
    expect(JSON.stringify([items, at.recorded])).not.toMatch(/4815(16|17|18|19|20)/)
  })
})

describe('what a partner cannot do by messages', () => {
  it('act under the name of another, or name a party by a code that nobody confirmed', async () => {
    await send(TERMINAL, coarri(right))
    // The carrier of the message is the line, the sender is not.
    expect(told(await send(WRONG, coreor(right, { number: 'R1', to: FWD1 })))).toEqual(['code'])
    expect(told(await send(LINE, coreor(right, { number: 'R1', to: 'NOBODY:160:87' })))).toEqual(['code'])
    expect(told(await send(LINE, coreor(right, { number: 'R1', to: 'FWD1:160:9' })))).toEqual(['code'])
    expect(told(await send(LINE, coreor(right, { number: 'R1', to: 'HAUL:160:87', more: ['NAD+FW+FWD1:160:87'] })))).toEqual(['no-party'])
    expect(await chain()).toMatchObject({ stage: 'announced', discharged: true })
    expect(told(await send(HAULIER, coarri(right)))).toEqual(['not-found'])
  })

  it('learn from a refusal who of the table is vetted: an unknown code and one that ended say the same', async () => {
    await at.force(`update alliance.standings set expires_at = '2026-01-01' where desk = '${SECOND}'`)
    const ended = await send(LINE, coreor(right, { number: 'R1', to: 'FWD2:160:87' }))
    await at.force(`update alliance.standings set expires_at = '2027-11-26' where desk = '${SECOND}'`)
    expect(told(ended)).toEqual(['code'])
  })

  it('collect, order or report what is no collection of a full import box', async () => {
    const written = coreor(right, { number: 'R1', to: FWD1 })[1]
    const with_ = (from: string, to: string): Written => ['COREOR', written.map((segment) => segment.replace(from, to))]
    expect(
      told(
        await send(
          LINE,
          with_('++3+5', '++2+5'),
          with_('++3+5', '++3+4'),
          with_('+129+', '+126+'),
          with_('+R1+9', '+R1+7'),
          ['COREOR', written.filter((segment) => !segment.startsWith('EQD'))],
          ['COREOR', written.filter((segment) => !segment.startsWith('LOC'))],
          ['COREOR', written.filter((segment) => !segment.startsWith('TDT'))],
          ['BAPLIE', ['BGM++1', 'LOC+147+0010182', 'EQD+CN+CSQU3054383']],
        ),
      ),
    ).toEqual(['not-pick-up', 'not-pick-up', 'not-pick-up', 'function', 'no-container', 'no-port', 'no-voyage', 'not-for-ledger'])
    expect(told(await send(TERMINAL, codeco(right, { name: '34', at: '202611260700' })))).toEqual(['not-for-ledger'])
    expect(told(await send(TERMINAL, codeco(right, { at: '202712260700' })))).toEqual(['time'])
    expect(told(await send(TERMINAL, codeco(right, { at: 'soon' })))).toEqual(['no-time'])
    expect(await chain()).toBeUndefined()
  })
})

describe('a file', () => {
  it('has one line for everything in it, and what breaks off does nothing', async () => {
    const good = coreor(right, { number: 'R1', to: FWD1 })
    const bytes = Buffer.from(interchange(good, good, copino(right, { number: 'P1', vehicle: '1A' }))).toString()
    const { file, items } = await bring(LINE, Buffer.from(bytes.replace('UNT+8+3', 'UNT+99+3')))
    expect(told(items)).toEqual(['accepted', 'duplicate', 'unreadable'])
    expect(items.map(({ line, message }) => [line, message])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ])
    expect(Object.values(file.counts).reduce((sum, n) => sum + n, 0)).toBe(items.length)
    expect((await bring(LINE, Buffer.from('<a/>'))).items).toMatchObject([
      { line: 1, outcome: expect.stringMatching(/unused|quarantined/) },
    ])
    const cut = await bring(LINE, Buffer.from(bytes.slice(0, bytes.indexOf('NAD+FW'))))
    expect(cut.file.counts.accepted).toBe(0)
    for (const nonsense of ['nonsense', '{', '\u0000', '[]', 'UNB+'])
      expect((await bring(LINE, Buffer.from(nonsense))).file, nonsense).toMatchObject({
        state: 'refused',
        problem: { code: expect.any(String) },
      })
  })

  it('of hostile values sets them aside, and what stands behind them is carried out', async () => {
    const long = 'X'.repeat(5000)
    const [type, segments] = coreor(right, { number: 'R1', to: FWD1 })
    const with_ = (from: string, to: string): Written => [type, segments.map((segment) => segment.replace(from, to))]
    const hostile = [
      with_(right.container, 'A\u0000B'),
      with_(right.container, long),
      with_(right.container, "CSQU'; drop table alliance.codes; --".replaceAll("'", "?'")),
      with_(FWD1, 'F\u0000:1\u0000:2'),
      with_(FWD1, `${long}:160:87`),
      with_('123N', long),
      with_('123N', '?+?:'),
      with_('LOC+11+BEANR', 'LOC+11+XXXXX'),
      with_('LOC+11+BEANR', 'LOC+11+BEZEE'),
    ]
    const items = await send(LINE, ...hostile, [type, segments])
    expect(told(items)).toEqual(['form', 'form', 'form', 'code', 'code', 'no-voyage', 'no-voyage', 'port', 'not-found', 'accepted'])
    expect(await at.rows('select 1 from alliance.codes limit 1')).toHaveLength(1)
  })

  it('of one partner does not exist for another, and is listed newest first', async () => {
    const { file } = await bring(LINE, interchange(coreor(right, { number: 'R1', to: FWD1 })))
    await expect(at.call(showMessageFileRoute, as(FORWARDER), { file: file.file })).rejects.toMatchObject({ status: 404 })
    const { items } = await at.call<{ items: readonly MessageFile[] }>(listMessageFilesRoute, as(LINE), { limit: 1 })
    expect(items.map((each) => each.file)).toEqual([file.file])
    expect((await at.call<{ items: readonly MessageFile[] }>(listMessageFilesRoute, as(WRONG), { limit: 200 })).items).not.toContainEqual(
      expect.objectContaining({ file: file.file }),
    )
  })

  it('goes on where it was interrupted, each line once', async () => {
    const { file } = await at.upload<{ file: string }>(uploadMessageFileRoute, as(LINE), {
      name: 'f.edi',
      bytes: interchange(coreor(right, { number: 'R1', to: FWD1 }), coreor(right, { number: 'R1', to: FWD1, function: '1' })),
    })
    await at.work()
    await at.force(`delete from alliance.file_lines where file = '${file}' and line = 2`)
    await at.force(`update alliance.message_files set state = 'waiting' where file = '${file}'`)
    await takeFileJob.run({ authority: as(LINE).authority, desk: LINE, file }, at.services)
    const { items } = await at.call<{ items: readonly FileLine[] }>(showMessageFileRoute, as(LINE), { file })
    // The second had been done before its line was lost, so it is known.
    expect(told(items)).toEqual(['accepted', 'duplicate'])
  })
})

describe('messages that overtake each other', () => {
  it('wait for the one they name and are done when it comes, and their lines say so', async () => {
    const first = await bring(HAULIER, interchange(copino(right, { number: 'P1', vehicle: '1ABC123', after: 'O1', by: FWD1 })))
    expect(told(first.items)).toEqual(['waiting'])
    expect(told(await send(FORWARDER, coparn(right, { number: 'O1', haulier: HAUL, after: 'R1' })))).toEqual(['waiting'])
    expect(await chain()).toBeUndefined()
    expect(told(await send(LINE, coreor(right, { number: 'R1', to: FWD1 })))).toEqual(['accepted'])
    expect(await chain()).toMatchObject({ stage: 'pre-notified', haulier: HAULIER })
    const { items } = await at.call<{ items: readonly FileLine[] }>(showMessageFileRoute, as(HAULIER), { file: first.file.file })
    expect(told(items)).toEqual(['accepted'])
  })

  it('tell a haulier outside the chain nothing when the message it named comes', async () => {
    const { file } = await bring(WRONG, interchange(copino(right, { number: 'P1', vehicle: '1ABC123', after: 'O1', by: FWD1 })))
    await send(LINE, coreor(right, { number: 'R1', to: FWD1 }))
    await send(FORWARDER, coparn(right, { number: 'O1', haulier: HAUL, after: 'R1' }))
    const { items } = await at.call<{ items: readonly FileLine[] }>(showMessageFileRoute, as(WRONG), { file: file.file })
    expect(told(items)).toEqual(['waiting'])
    expect(await chain()).toMatchObject({ stage: 'ordered', signals: ['L2'] })
  })

  it('lead to the same right in any order, doubled, and however they are cut into files', async () => {
    const arrivals = fc
      .subarray([0, 1, 2, 3], { minLength: 0 })
      .chain((doubled) => fc.shuffledSubarray([0, 1, 2, 3, ...doubled], { minLength: 4 + doubled.length }))
    await fc.assert(
      fc.asyncProperty(arrivals, fc.infiniteStream(fc.boolean()), fc.boolean(), async (order, cuts, isRevoked) => {
        boxes += 1
        right = { ...right, container: `CSQU${String(5_000_000 + boxes)}` }
        const all: readonly (readonly [string, Written])[] = [
          [TERMINAL, coarri(right)],
          [LINE, coreor(right, { number: 'R1', to: FWD1 })],
          [FORWARDER, coparn(right, { number: 'O1', haulier: HAUL, after: 'R1' })],
          [HAULIER, copino(right, { number: 'P1', vehicle: '1ABC123', after: 'O1', by: FWD1 })],
          [LINE, coreor(right, { number: 'R1', to: FWD1, function: '1' })],
        ]
        // The line takes its release back at whichever moment.
        const sent = isRevoked ? order.toSpliced(order.length >> 1, 0, 4) : order
        let file: Written[] = []
        for (const [index, each] of sent.entries()) {
          const [desk = '', message = all[0]?.[1]] = all[each] ?? []
          const next = all[sent[index + 1] ?? -1]?.[0]
          if (message !== undefined) file.push(message)
          if (next === desk && cuts.next().value === true) continue
          await send(desk, ...file)
          file = []
        }
        expect(await chain()).toMatchObject(
          isRevoked
            ? { stage: 'revoked', holder: null, discharged: true }
            : { stage: 'pre-notified', holder: FORWARDER, haulier: HAULIER, discharged: true },
        )
        const waiting = await at.rows(`select 1 from alliance.file_lines where container = '${right.container}' and outcome = 'waiting'`)
        // Who has no part in a right that was taken back is not told that what it rests on has come.
        if (!isRevoked) expect(waiting).toEqual([])
        if (!isRevoked)
          expect((await events()).map(({ kind }) => kind).toSorted()).toEqual([
            'discharged',
            'pre-notified',
            'released',
            'transport-ordered',
          ])
      }),
      { numRuns: 25 },
    )
  })
})
