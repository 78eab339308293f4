import { describe, expect, it } from 'vitest'
import { applicationReply, FAULTS_IN_ANSWER } from './control-aperak.ts'
import { bytesOf, type ReadingOptions, readInterchanges } from './control-reading.fixture.ts'
import { controlReply } from './control-reply.ts'
import { generateInterchange } from './generate-interchange.ts'

const ENVELOPE = { reference: '77', date: '20260902', time: '0700' }
const UNB = "UNB+UNOC:3+S:14+R:ZZ+260901:0600+7'"
const UNH = "UNH+1+COARRI:D:95B:UN'"
const HEAD = "BGM+98+1+9'TDT+20+1'NAD+CA+L'"
const EQD = "EQD+CN+MSCU1234566'"

/** Content of the answer between UNH and UNT, without the service segments around it. */
function answer(text: string, options: ReadingOptions = {}): string[] {
  const { received } = readInterchanges(bytesOf(text), options)
  return received.map((each) => {
    const reply = controlReply(each, ENVELOPE)
    return reply === undefined ? '' : reply.slice(reply.indexOf('UCI'), reply.lastIndexOf('UNT+'))
  })
}

/** A whole message of one body, with right counts. */
function message(body: string, header = UNH): string {
  const count = body.split("'").length - 1 + 2
  return `${header}${body}UNT+${count}+1'`
}

const whole = (body: string, header = UNH): string => `${UNB}${message(body, header)}UNZ+1+7'`
const ACCEPTED = "UCI+7+S:14+R:ZZ+7'"
const REJECTED = `${ACCEPTED}UCM+1+COARRI:D:95B:UN+4`
const GOOD = `${HEAD}${EQD}CNT+16:1'`

describe('the answer to an interchange', () => {
  it('is an interchange of its own, back to the sender', () => {
    const [received] = readInterchanges(bytesOf(whole(GOOD))).received
    expect(received).toMatchObject({ counted: 1, messages: [], faults: [] })
    expect(received && controlReply(received, ENVELOPE)).toBe(
      `UNB+UNOC:3+R:ZZ+S:14+260902:0700+77'UNH+1+CONTRL:D:3:UN'${ACCEPTED}UNT+3+1'UNZ+1+77'`,
    )
  })

  it('keeps syntax version and test flag of what it answers', () => {
    const text = whole(GOOD).replace("UNOC:3+S:14+R:ZZ+260901:0600+7'", "UNOB:4+S:14+R:ZZ+20260901:0600+7++++++1'")
    const [received] = readInterchanges(bytesOf(text)).received
    expect(received && controlReply(received, ENVELOPE)).toContain("UNB+UNOB:4+R:ZZ+S:14+20260902:0700+77++++++1'UNH+1+CONTRL:4:1:UN'UCI")
  })

  it('repeats names beyond ASCII in UTF-8, and never writes a character set that cannot be read', () => {
    const [named] = readInterchanges(bytesOf(whole(GOOD).replace('S:14', 'S\xe9:14'))).received
    expect(named && controlReply(named, ENVELOPE)).toContain('UNB+UNOY:3+R:ZZ+S\u00e9:14+')
    const [unread] = readInterchanges(bytesOf(whole(GOOD).replace('UNOC', 'UNOX'))).received
    expect(unread && controlReply(unread, ENVELOPE)).toContain('UNB+UNOC:3+R:ZZ+S:14+')
  })

  it.each([
    // The message: its envelope.
    ['a wrong count', `${UNB}${UNH}${GOOD}UNT+12+1'UNZ+1+7'`, "+29+UNT+2'"],
    ['a wrong reference', `${UNB}${UNH}${GOOD}UNT+7+2'UNZ+1+7'`, "+28+UNT+3'"],
    ['no trailer', `${UNB}${UNH}${GOOD}UNZ+1+7'`, "+13+UNT'"],
    // The message: its segments.
    ['an unknown segment', whole(`${HEAD}${EQD}XYZ+1'CNT+16:1'`), "'UCS+6+15'"],
    ['a segment out of place', whole(`${HEAD}${EQD}BGM+1'CNT+16:1'`), "'UCS+6+15'"],
    ['a missing segment', whole("BGM+98'TDT+20+1'NAD+CA+L'EQD+CN+A'"), "'UCS+5+13'"],
    ['a missing group', whole(`BGM+98'TDT+20+1'${EQD}CNT+16:1'`), "'UCS+3+13'"],
    ['too many segments', whole(`${HEAD}${EQD}${"TMD+1'".repeat(10)}CNT+16:1'`), "'UCS+15+35'"],
    ['too many groups', whole(`BGM+98'TDT+20+1'${"NAD+CA+L'".repeat(10)}${EQD}CNT+16:1'`), "'UCS+13+36'"],
    ['a bad tag', whole(`${HEAD}${EQD}x+1'CNT+16:1'`), "'UCS+6'UCD+12+1'"],
    // The message: its elements.
    ['a missing element', whole(`${HEAD}EQD++A'CNT+16:1'`), "'UCS+5'UCD+13+2'"],
    ['a value too long', whole(`${HEAD}EQD+CN+${'A'.repeat(18)}'CNT+16:1'`), "'UCS+5'UCD+39+3:1'"],
    ['letters for a number', whole(`${HEAD}${EQD}CNT+16:x'`), "'UCS+6'UCD+37+2:2'"],
    ['a number without digits', whole(`${HEAD}${EQD}CNT+16:.'`), "'UCS+6'UCD+19+2:2'"],
    ['too many elements', whole(`${HEAD}EQD+CN+A+++++X+Y'CNT+16:1'`), "'UCS+5'UCD+16+9'"],
    ['too many components', whole(`${HEAD}EQD+CN+A:1:2:3:4'CNT+16:1'`), "'UCS+5'UCD+16+3:5'"],
    ['a control character', whole(`${HEAD}EQD+CN+A\x01'CNT+16:1'`), "'UCS+5+21'"],
  ])('names the message and the place for %s', (_, text, report) => {
    expect(answer(text)).toEqual([`${REJECTED}${report}`])
  })

  it.each([
    ['no messages', `${UNB}UNZ+0+7'`, '+32+UNB'],
    ['a wrong count', `${UNB}${message(GOOD)}UNZ+2+7'`, '+29+UNZ+2'],
    ['a wrong reference', `${UNB}${message(GOOD)}UNZ+1+8'`, '+28+UNZ+3'],
    ['no trailer', `${UNB}${message(GOOD)}`, '+13+UNZ'],
    ['a segment outside', `${UNB}${message(GOOD)}LOC+9'UNZ+1+7'`, '+33'],
    ['an unknown character set', `${UNB}${message(GOOD)}UNZ+1+7'`.replace('UNOC', 'UNOQ'), '+2+UNB+2:1'],
    ['a character set that is not read', `${UNB}${message(GOOD)}UNZ+1+7'`.replace('UNOC', 'UNOX'), '+2+UNB+2:1'],
    ['an unknown syntax version', `${UNB}${message(GOOD)}UNZ+1+7'`.replace('UNOC:3', 'UNOC:9'), '+2+UNB+2:2'],
    ['messages beside groups', `${UNB}UNG+COARRI+A+B+260901:0600+9+UN+D:95B'${message(GOOD)}UNE+1+9'${message(GOOD)}UNZ+1+7'`, '+30'],
    ['a group without reference', `${UNB}UNG+COARRI+A+B'${message(GOOD)}UNE+1'UNZ+1+7'`, '+13+UNG+6'],
    ['a segment too long to read', `${UNB}${UNH}FTX+${'x'.repeat(70_000)}'`, '+18'],
  ])('rejects the interchange for %s', (_, text, report) => {
    expect(answer(text)).toEqual([`UCI+7+S:14+R:ZZ+4${report}'`])
  })

  it('answers the same interchange 26 the second time, in one file or remembered', () => {
    expect(answer(whole(GOOD) + whole(GOOD))).toEqual([ACCEPTED, "UCI+7+S:14+R:ZZ+4+26+UNB+6'"])
    expect(answer(whole(GOOD), { isKnown: ({ reference }) => reference === '7' })).toEqual(["UCI+7+S:14+R:ZZ+4+26+UNB+6'"])
    expect(readInterchanges(bytesOf(whole(GOOD) + whole(GOOD))).outcomes).toEqual(['accepted', 'quarantined'])
  })

  it.each([
    [{ syntax: '7', tag: 'UNB', element: 4 }, '+7+UNB+4'],
    [{ syntax: '23', tag: 'UNB', element: 3 }, '+23+UNB+3'],
    [{ syntax: '25', tag: 'UNB', element: 12 }, '+25+UNB+12'],
  ] as const)('says what the agreements of the recipient say: %j', (fault, report) => {
    expect(answer(whole(GOOD), { judge: () => fault })).toEqual([`UCI+7+S:14+R:ZZ+4${report}'`])
  })

  it('rejects a message type that is not read, and takes the others', () => {
    const other = message("BGM+1'", "UNH+2+ORDERS:D:96A:UN:EAN008'").replace("+1'UNT+3+1'", "+1'UNT+3+2'")
    expect(answer(`${UNB}${message(GOOD)}${other}UNZ+2+7'`)).toEqual([`${ACCEPTED}UCM+2+ORDERS:D:96A:UN:EAN008+4+17+UNH+3:1'`])
  })

  it('takes a type that is read without a table, and names a message without type by its reference', () => {
    expect(answer(`${UNB}${message("BGM+1'", "UNH+1+IFTERA:D:99B:UN'")}UNZ+1+7'`)).toEqual([ACCEPTED])
    expect(answer(`${UNB}${message(GOOD, "UNH+1'")}UNZ+1+7'`)).toEqual([`${ACCEPTED}UCM+1++4+13+UNH+3'`])
  })

  it('reports groups that came, with their messages', () => {
    const group = (body: string, count = '1', reference = '9'): string =>
      `UNG+COARRI+A:1+B+260901:0600+9+UN+D:95B'${message(body)}UNE+${count}+${reference}'`
    const both = `${UNB}${group(GOOD)}${group(`${HEAD}${EQD}`)}UNZ+2+7'`
    expect(answer(both)).toEqual([`${ACCEPTED}UCF+9+A:1+B+7'UCM+1+COARRI:D:95B:UN+4'UCS+5+13'`])
    expect(answer(`${UNB}${group(GOOD, '2')}UNZ+1+7'`)).toEqual([`${ACCEPTED}UCF+9+A:1+B+4+29+UNE+2'`])
    expect(answer(`${UNB}${group(GOOD, '1', '8')}UNZ+1+7'`)).toEqual([`${ACCEPTED}UCF+9+A:1+B+4+28+UNE+3'`])
    expect(answer(`${UNB}UNG+COARRI+A:1+B+260901:0600+9'UNE+0+9'UNZ+1+7'`)).toEqual([`${ACCEPTED}UCF+9+A:1+B+4+32+UNG'`])
    expect(answer(`${UNB}${group(GOOD).replace('UNG+COARRI', 'UNG+CODECO')}UNZ+1+7'`)).toEqual([`${ACCEPTED}UCF+9+A:1+B+4+31+UNG+2'`])
  })

  it('holds nothing against the sender that another directory forbids', () => {
    const text = whole(`${HEAD}${EQD}XYZ+1'CNT+16:1'`, "UNH+1+COARRI:D:98A:UN'")
    expect(answer(text)).toEqual([ACCEPTED])
    expect(readInterchanges(bytesOf(text)).faults).toMatchObject([{ code: 'segment.unknown' }])
  })

  it('answers no answer, and nobody without a name', () => {
    const { text } = generateInterchange({ type: 'CONTRL', directory: '3', seed: 1 })
    expect(answer(text)).toEqual([''])
    expect(answer(whole(GOOD).replace('S:14', ''))).toEqual([''])
    expect(answer(message(GOOD))).toEqual([])
  })

  it('is bounded, and counts what it leaves out', () => {
    const body = `${HEAD}${EQD}${"XYZ+1'".repeat(500)}CNT+16:1'`
    const [received] = readInterchanges(bytesOf(whole(body))).received
    expect(received?.messages[0]?.segments).toHaveLength(100)
    expect(received?.untold).toBe(400)
    const many = message(`${HEAD}${EQD}`).repeat(10_050)
    const [flood] = readInterchanges(bytesOf(`${UNB}${many}UNZ+10050+7'`)).received
    expect(flood?.messages).toHaveLength(10_000)
    expect(flood).toMatchObject({ counted: 10_050, untold: 50 })
    // Those not named would pass for acknowledged.
    expect(flood && controlReply(flood, ENVELOPE)).toContain("UCI+7+S:14+R:ZZ+4+18'UNT")
    const detailed = message(`${HEAD}${EQD}${"XYZ+1'".repeat(99)}`).repeat(600)
    const [details] = readInterchanges(bytesOf(`${UNB}${detailed}UNZ+600+7'`)).received
    expect(details?.messages).toHaveLength(600)
    expect(details?.messages.reduce((sum, { segments }) => sum + segments.length, 0)).toBe(50_000 + 600)
  })
})

describe('the answer of the application', () => {
  const received = { syntax: 'UNOC', version: '3', sender: ['S', '14'], recipient: ['R'], isTest: false }

  it('says which contents cannot be taken, in a valid APERAK', () => {
    const text = applicationReply(received, ENVELOPE, {
      number: 'A1',
      document: 'DOC1',
      faults: [
        { code: 'C017', text: `The container's number fails its check digit: ${'MSCU1234567 '.repeat(40)}`, reference: ['BM', 'BL1'] },
        { code: 'C002', text: '' },
      ],
    })
    expect(text).toContain("UNH+1+APERAK:D:96A:UN'BGM+313+A1+27'DTM+137:202609020700:203'RFF+ACW:DOC1'ERC+C017::ZZZ'FTX+AAO+++")
    expect(text).toContain("...'RFF+BM:BL1'ERC+C002::ZZZ'UNT+")
    expect(readInterchanges(bytesOf(text))).toMatchObject({ faults: [], problems: [], outcomes: ['accepted'] })
  })

  it('says that all was taken', () => {
    const text = applicationReply(received, ENVELOPE, { number: 'A1', document: '', faults: [] })
    expect(text).toContain("BGM+305+A1+44'DTM+137:202609020700:203'UNT+4+1'")
    expect(readInterchanges(bytesOf(text))).toMatchObject({ faults: [], problems: [], outcomes: ['accepted'] })
  })

  it('refuses to say more than the message holds', () => {
    const fault = { code: 'C1', text: 'x' }
    const reply = { number: '1', document: '' }
    const full = applicationReply(received, ENVELOPE, { ...reply, faults: Array.from({ length: FAULTS_IN_ANSWER }, () => fault) })
    expect(readInterchanges(bytesOf(full)).faults).toEqual([])
    expect(() => applicationReply(received, ENVELOPE, { ...reply, faults: Array.from({ length: 1000 }, () => fault) })).toThrow(RangeError)
    expect(() => applicationReply(received, ENVELOPE, { ...reply, faults: [{ code: 'TOO-LONG-1', text: '' }] })).toThrow(RangeError)
  })
})
