import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Envelope, type EnvelopeOptions, type MessageHeader, type Outcome } from './envelope.ts'
import { Scanner } from './scanner.ts'

interface Read {
  headers: MessageHeader[]
  outcomes: Outcome[]
  segments: number[]
  codes: string[]
  counted: Record<Outcome, number>
  interchanges: number
  content: number
}

function read(text: string, options: EnvelopeOptions = {}): Read {
  const result: Read = {
    headers: [],
    outcomes: [],
    segments: [],
    codes: [],
    counted: { accepted: 0, warned: 0, quarantined: 0 },
    interchanges: 0,
    content: 0,
  }
  const envelope = new Envelope(
    {
      messageStarted: (header) => void result.headers.push(header),
      segment: () => void result.content++,
      messageEnded: ({ outcome, segments }) => {
        result.outcomes.push(outcome)
        result.segments.push(segments)
      },
      problem: ({ code }) => void result.codes.push(code),
    },
    options,
  )
  const scanner = new Scanner({ segment: (segment) => envelope.segment(segment), stray: (byte) => envelope.stray(byte) })
  scanner.push(Uint8Array.from(text, (sign) => sign.charCodeAt(0)))
  scanner.finish()
  envelope.finish(scanner.segment, scanner.refusal !== undefined)
  return { ...result, counted: envelope.outcomes, interchanges: envelope.interchanges }
}

const UNB = "UNB+UNOC:3+S+R+260901:0600+7'"
const message = (reference: string, type = 'BAPLIE:D:13B:UN'): string => `UNH+${reference}+${type}'BGM+658'UNT+3+${reference}'`

describe('envelope', () => {
  it('accepts an interchange that keeps its own counts', () => {
    expect(read(`${UNB}${message('1')}${message('2')}UNZ+2+7'`)).toMatchObject({
      outcomes: ['accepted', 'accepted'],
      segments: [3, 3],
      codes: [],
      interchanges: 1,
    })
  })

  it.each([
    ["UNH+1+BAPLIE:D:13B:UN'BGM+658'UNT+4+1'", 'message.count'],
    ["UNH+1+BAPLIE:D:13B:UN'BGM+658'UNT++1'", 'message.count'],
    ["UNH+1+BAPLIE:D:13B:UN'BGM+658'UNT+3+2'", 'message.reference'],
    ["UNH+1+BAPLIE:D:13B:UN'b+1'UNT+3+1'", 'segment.bad-tag'],
    ["UNH+1+BAPLIE:D:13B:UN'BGM+\0'UNT+3+1'", 'edifact.control-character'],
    ["UNH+1+BAPLIE:D:13B:UN'BGM+\x80'UNT+3+1'", 'charset.windows-1252'],
  ])('warns inside the message: %j is %s', (body, code) => {
    expect(read(`${UNB}${body}UNZ+1+7'`)).toMatchObject({ outcomes: ['warned'], codes: [code] })
  })

  it.each([
    [`${UNB}${message('1')}UNZ+2+7'`, 'interchange.count'],
    [`${UNB}${message('1')}UNZ+1+8'`, 'interchange.reference'],
    [`${UNB}${message('1')}`, 'interchange.no-trailer'],
    [`${UNB}${message('1')}${UNB.replace('+7', '+8')}UNZ+0+8'`, 'interchange.no-trailer'],
    [`${message('1')}UNZ+1+7'`, 'interchange.no-header'],
    [`${UNB}UNG+BAPLIE+A+B+260901:0600+9'${message('1')}UNE+2+9'UNZ+1+7'`, 'group.count'],
    [`${UNB}UNG+BAPLIE+A+B+260901:0600+9'${message('1')}UNE+1+8'UNZ+1+7'`, 'group.reference'],
    [`${UNB}UNG+BAPLIE+A+B+260901:0600+9'${message('1')}UNZ+1+7'`, 'group.no-trailer'],
    [`${UNB}${message('1')}LOC+1'UNZ+1+7'`, 'segment.outside-message'],
    [`${UNB}\0${message('1')}UNZ+1+7'`, 'edifact.stray-bytes'],
    [`UNB+ABCD:3+S+R+260901:0600+7'${message('1')}UNZ+1+7'`, 'charset.unknown'],
    [`UNB+UNOC:3'${message('1')}UNZ+1'`, 'interchange.incomplete'],
  ])('warns around the message and accepts it: %j is %s', (text, code) => {
    expect(read(text)).toMatchObject({ outcomes: ['accepted'], codes: [code] })
  })

  it('reads a bare message', () => {
    expect(read(message('1'))).toMatchObject({ outcomes: ['accepted'], codes: [], interchanges: 0 })
  })

  it('quarantines what breaks off', () => {
    expect(read(`${UNB}UNH+1+BAPLIE:D:13B:UN'BGM+658'`)).toMatchObject({
      outcomes: ['quarantined'],
      codes: ['message.truncated', 'interchange.no-trailer'],
    })
    // The half segment is not handed on: its value may be half a value.
    expect(read(`${UNB}UNH+1+BAPLIE:D:13B:UN'MEA+AAE+G+KGM:26`)).toMatchObject({ outcomes: ['quarantined'], content: 0 })
    expect(read(`${UNB}UNH+1+BAPLIE:D:13B:UN'BGM+${'x'.repeat(70_000)}'`)).toMatchObject({
      outcomes: ['quarantined'],
      codes: ['message.cut-off'],
    })
  })

  it('takes a whole last trailer without terminator', () => {
    expect(read(`${UNB}${message('1')}UNZ+1+7`)).toMatchObject({ outcomes: ['accepted'], codes: ['segment.not-terminated'] })
  })

  it('warns of a message without trailer when another follows', () => {
    expect(read(`${UNB}UNH+1+BAPLIE:D:13B:UN'BGM+1'${message('2')}UNZ+2+7'`)).toMatchObject({
      outcomes: ['warned', 'accepted'],
      codes: ['message.no-trailer'],
    })
  })

  it('quarantines a message body without header', () => {
    expect(read("BGM+85+1'DTM+137:2026:602'")).toMatchObject({
      headers: [{ type: 'CUSCAR', reference: '' }],
      outcomes: ['quarantined'],
      segments: [2],
    })
  })

  it('names a message from UNG, then from UNB, then from BGM', () => {
    const bare = (bgm: string): string => `UNH+1'BGM+${bgm}'UNT+3+1'`
    const withApplication = "UNB+UNOC:3+S+R+260901:0600+7++IFTMCS'"
    expect(read(`${UNB}UNG+CODECO+A+B+260901:0600+9'${bare('1')}UNE+1+9'UNZ+1+7'`).headers[0]?.type).toBe('CODECO')
    expect(read(`${withApplication}${bare('1')}UNZ+1+7'`).headers[0]?.type).toBe('IFTMCS')
    expect(read(`${UNB}${bare('85')}UNZ+1+7'`)).toMatchObject({
      headers: [{ type: 'CUSCAR' }],
      outcomes: ['warned'],
      codes: ['message.no-type'],
    })
    expect(read(`${UNB}${bare('9')}UNZ+1+7'`)).toMatchObject({ headers: [{ type: 'UNKNOWN' }], content: 1 })
    expect(read(`${UNB}UNH+1'UNT+2+1'UNZ+1+7'`)).toMatchObject({ headers: [{ type: 'UNKNOWN' }], segments: [2] })
    expect(read(`${UNB}UNH+1'`)).toMatchObject({ headers: [{ type: 'UNKNOWN' }], outcomes: ['quarantined'] })
  })

  it.each([
    ['BAPLIE:D:13B:UN:SMDG31', 'D13B'],
    ['BAPLIE:1:911:UN:SMDG15', '1.5'],
    ['PAORES:93:1:IA', '93.1'],
    ['ORDERS', ''],
  ])('names the directory of %s', (type, directory) => {
    expect(read(`${UNB}${message('1', type)}UNZ+1+7'`).headers[0]?.directory).toBe(directory)
  })

  it('processes the same interchange once', () => {
    const one = `${UNB}${message('1')}UNZ+1+7'`
    expect(read(one + one)).toMatchObject({ outcomes: ['accepted', 'quarantined'], codes: ['interchange.duplicate'] })
    expect(read(one, { isKnown: ({ sender, recipient, reference }) => `${sender}${recipient}${reference}` === 'SR7' })).toMatchObject({
      outcomes: ['quarantined'],
      headers: [{ isRepeated: true }],
    })
    expect(read(one + one.replaceAll('+7', '+8')).outcomes).toEqual(['accepted', 'accepted'])
  })

  it('ends every message exactly once, in any disorder', () => {
    const part = fc.constantFrom(
      UNB,
      "UNG+A+B+C+260901:0600+9'",
      "UNH+1+BAPLIE:D:13B:UN'",
      "UNH+2'",
      "BGM+85'",
      "LOC+9'",
      "UNT+3+1'",
      "UNE+1+9'",
      "UNZ+1+7'",
      'UNT+3',
      "++'",
      '\0',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const { headers, outcomes, counted } = read(UNB + parts.join(''))
        expect(outcomes).toHaveLength(headers.length)
        expect(counted.accepted + counted.warned + counted.quarantined).toBe(headers.length)
      }),
    )
  })
})
