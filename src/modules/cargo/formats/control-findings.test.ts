/** What an answer says in words: the place and the bytes of each fault, what is not held against the sender, and no more than can be looked at. */
import { expect, it } from 'vitest'
import { controlPass } from './control-pass.ts'
import { inPieces } from './reading.fixture.ts'

const UNB = "UNB+UNOC:3+S+R+260901:0600+7'"
const HEAD = "BGM+98+1+9'TDT+20+1'NAD+CA+L'EQD+CN+MSCU1234566'"
const message = (body: string, directory = 'D:95B', reference = '1') => {
  const count = body.split("'").length + 1
  return `UNH+${reference}+COARRI:${directory}:UN'${body}UNT+${count}+${reference}'`
}
const findings = async (text: string, chunk = text.length) =>
  (await controlPass(inPieces(Buffer.from(text), chunk))).map((each) => each.findings)

it('says what is wrong, where the answer puts it and where the document has it', async () => {
  const text = `${UNB}${message(`${HEAD}CNT+16:x'`)}UNZ+1+7'`
  const [found] = await findings(text)
  expect(found).toEqual({
    told: [
      {
        code: '37',
        at: 'message 1, position 6, element 1, component 2',
        text: 'CNT, element 1, component 2 is not a number.',
        byte: text.indexOf('CNT+'),
      },
    ],
    toldLeftOut: 0,
    untold: [],
    untoldLeftOut: 0,
    notes: [],
  })
})

it('points at the last segment before one that is missing, and at the header of a message or an interchange that is wrong as a whole', async () => {
  const missing = `${UNB}${message("BGM+98'TDT+20+1'NAD+CA+L'EQD+CN+A'")}UNZ+1+7'`
  expect((await findings(missing))[0]?.told).toMatchObject([{ code: '13', text: 'CNT is missing.', byte: missing.indexOf('EQD+') }])
  const second = message(`${HEAD}CNT+16:1'`, 'D:95B', '2').replace('UNT+7', 'UNT+9')
  const counted = `${UNB}${message(`${HEAD}CNT+16:1'`)}${second}UNZ+2+7'`
  expect((await findings(counted))[0]?.told).toMatchObject([{ code: '29', at: 'message 2', byte: counted.indexOf('UNH+2') }])
  const twice = `${UNB}${message(`${HEAD}CNT+16:1'`)}UNZ+1+7'`
  const [first, again] = await findings(twice + twice)
  expect(first?.told).toEqual([])
  expect(again?.told).toMatchObject([{ code: '26', at: 'interchange', byte: twice.length }])
})

it('holds nothing against a sender whose directory is not known, and says by which one the message was read', async () => {
  const text = `${UNB}${message(`${HEAD}CNT+16:x'`, 'D:89Z')}${message(`${HEAD}CNT+16:1'`, 'D:89Z', '2')}UNZ+2+7'`
  const [found] = await findings(text)
  expect(found?.told).toEqual([])
  expect(found?.untold).toMatchObject([
    { code: 'element.not-numeric', text: expect.stringContaining('is not a number'), byte: text.indexOf('CNT+') },
  ])
  expect(found?.notes).toEqual([{ text: expect.stringMatching(/COARRI in D89Z is not known; it is read by that of D/), messages: 2 }])
})

it('is the same whatever the chunks', async () => {
  const text = `${UNB}${message(`${HEAD}XYZ+1'CNT+16:x'`)}${message(`${HEAD}CNT+16:x'`, 'D:89Z', '2')}UNZ+2+8'`
  const whole = await findings(text)
  for (const size of [1, 7]) expect(await findings(text, size)).toEqual(whole)
})

it('is bounded, and counts what it leaves out', async () => {
  const faulty = Array.from({ length: 3000 }, (_, at) => message(`${HEAD}CNT+16:x'`, 'D:95B', String(at))).join('')
  const [found] = await findings(`${UNB}${faulty}UNZ+3000+7'`)
  expect(found?.told).toHaveLength(200)
  expect((found?.told.length ?? 0) + (found?.toldLeftOut ?? 0)).toBe(3000)
  const odd = Array.from({ length: 1000 }, (_, at) => message(`${HEAD}CNT+16:x'`, 'D:89Z', String(at))).join('')
  const [other] = await findings(`${UNB}${odd}UNZ+1000+7'`)
  expect((other?.untold.length ?? 0) + (other?.untoldLeftOut ?? 0)).toBe(1000)
})
