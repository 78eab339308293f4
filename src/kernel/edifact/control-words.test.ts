import { describe, expect, it } from 'vitest'
import { bytesOf, type ReadingOptions, readInterchanges } from './control-reading.fixture.ts'
import { controlReply } from './control-reply.ts'
import { toldFaults } from './control-words.ts'
import { generateInterchange } from './generate-interchange.ts'

const UNB = "UNB+UNOC:3+S:14+R:ZZ+260901:0600+7'"
const UNH = "UNH+1+COARRI:D:95B:UN'"
const GOOD = "BGM+98+1+9'TDT+20+1'NAD+CA+L'EQD+CN+MSCU1234566'CNT+16:1'"
const whole = (body: string, count = body.split("'").length + 1) => `${UNB}${UNH}${body}UNT+${count}+1'UNZ+1+7'`

const told = (text: string, options: ReadingOptions = {}) =>
  readInterchanges(bytesOf(text), options).received.flatMap((received) => [...toldFaults(received)])

describe('a fault in words', () => {
  it('is none for what is acknowledged', () => {
    expect(told(whole(GOOD))).toEqual([])
  })

  it('names the service segment, the element without its tag, and the place in the document', () => {
    expect(told(whole(GOOD, 12))).toEqual([
      { code: '29', at: 'message 1', segment: 2, text: 'UNT, element 1: the count does not match what came.' },
    ])
    expect(told(whole(GOOD.replace('CNT+16:1', 'CNT+16:x')))).toEqual([
      {
        code: '37',
        at: 'message 1, position 6, element 1, component 2',
        segment: 7,
        element: 1,
        component: 2,
        text: 'The value: the wrong kind of signs.',
      },
    ])
  })

  it('speaks of the interchange alone when the whole of it is rejected', () => {
    expect(told(whole(GOOD.replace('CNT+16:1', 'CNT+16:x')), { isKnown: () => true })).toEqual([
      { code: '26', at: 'interchange', text: 'UNB, element 5: received before, and not read again.' },
    ])
    expect(told(`${UNB}UNZ+0+7'`)).toEqual([{ code: '32', at: 'interchange', text: 'UNB: holds nothing.' }])
    expect(told("UNB+UNOX:3+S+R+260901:0600+7'UNH+1+COARRI:D:95B:UN'")[0]).toMatchObject({ code: '2', at: 'interchange' })
  })

  it('has a line for every code of the answer, whatever is broken', () => {
    let seen = 0
    for (let seed = 1; seed <= 60; seed++) {
      const { text } = generateInterchange({ type: 'CODECO', directory: 'D95B', seed, messages: 3, fill: 0.4, segments: 60 })
      const at = (seed * 37) % text.length
      const broken = `${text.slice(0, at)}${text.slice(at + 1 + (seed % 9))}`
      for (const received of readInterchanges(bytesOf(broken)).received) {
        const answer = controlReply(received, { reference: '1', date: '20260901', time: '0600' }) ?? ''
        // A code stands in UCI after the action, in UCM and UCF likewise, in UCS second and in UCD first.
        const codes = [
          ...answer.matchAll(/'(?:UCI|UCF|UCM)\+[^']*\+4\+(\d+)/g),
          ...answer.matchAll(/'UCS\+\d+\+(\d+)/g),
          ...answer.matchAll(/'UCD\+(\d+)/g),
        ]
        // Only the first fault of a level is written down; the words hold them all.
        const words = [...toldFaults(received)].map(({ code }) => code as string)
        expect(words.length).toBeGreaterThanOrEqual(codes.length)
        for (const [, code = ''] of codes) expect(words).toContain(code)
        seen += codes.length
      }
    }
    expect(seen).toBeGreaterThan(20)
  })
})
