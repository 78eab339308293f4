import { describe, expect, it } from 'vitest'
import type { ReceivedAnswer } from '../model.ts'
import { readRows } from './reading.fixture.ts'

const answers = async (type: string, segments: readonly string[]): Promise<readonly ReceivedAnswer[]> =>
  (await readRows(type, segments)).rows.flatMap((row) => (row.kind === 'answer' ? [row.answer] : []))

describe('answers received', () => {
  it('reads a customs answer per document, with the references of the head', async () => {
    const read = await answers('CUSRES:D:99B:UN', [
      'BGM+962+A1+11',
      'RFF+ABO:R1',
      'DOC+85+BL1',
      'ERP+1',
      'ERC+E12',
      'FTX+AAO+++Weight missing',
      'DOC+85+BL2',
      'EQD+CN+CSQU3054383',
    ])
    expect(read).toMatchObject([
      {
        kind: 'customs',
        verdict: 'stated',
        status: { value: '962' },
        references: [{ code: 'ABO' }, { code: 'DOC', number: { value: 'BL1' } }],
        problems: [{ code: { value: 'E12' }, text: { value: 'Weight missing' } }],
      },
      { references: [{ code: 'ABO' }, { number: { value: 'BL2' } }], problems: [], containers: [{ value: 'CSQU3054383' }] },
    ])
  })

  it.each([
    ['CUSRES:D:99B:UN', 'BGM+961+A1', 'accepted'],
    ['CUSRES:D:99B:UN', 'BGM+963+A1', 'rejected'],
    ['CUSRES:D:95B:UN', 'BGM+962+A1++AP', 'accepted'],
    ['APERAK:D:96A:UN', 'BGM+313+A1+27', 'rejected'],
    ['APERAK:D:96A:UN', 'BGM+305+A1+44', 'accepted'],
    ['APERAK:D:96A:UN', 'BGM+305+A1+9', 'stated'],
  ])('%s with %s is %s', async (type, beginning, verdict) => {
    expect(await answers(type, [beginning])).toMatchObject([{ verdict }])
  })

  it('reads what a CONTRL says of interchange and messages', async () => {
    const read = await answers('CONTRL:D:3:UN', [
      'UCI+I1+S+R+7',
      'UCM+M1+BAPLIE:D:95B:UN+4+12',
      'UCS+5+15',
      'UCD+39+3:1',
      'UCM+M2+BAPLIE:D:95B:UN+7',
    ])
    expect(read).toMatchObject([
      { kind: 'syntax', verdict: 'accepted', references: [{ code: 'UNB', number: { value: 'I1' } }] },
      {
        verdict: 'rejected',
        references: [{ code: 'UNB' }, { code: 'UNH', number: { value: 'M1' } }],
        problems: [{ code: { value: '12' } }, { code: { value: '15' } }, { code: { value: '39' } }],
      },
      { verdict: 'accepted', references: [{ code: 'UNB' }, { number: { value: 'M2' } }] },
    ])
  })
})
