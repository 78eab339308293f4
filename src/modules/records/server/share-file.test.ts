import { describe, expect, it } from 'vitest'
import { MAX_LENGTH } from '#kernel/record/clean.ts'
import { printShare, readShare, type SharedFragment } from './share-file.ts'

const entity = (n: number) => `r${String(n).padStart(32, '0')}`
const fragment = (values: SharedFragment['values'], schema = 'Person'): SharedFragment => ({
  entity: entity(1),
  schema,
  values,
  evaluation: { source: 'B', info: 2 },
  handling: { H: ['H2'], tlp: 'AMBER', pap: 'AMBER', conditions: [] },
  legalBasis: { act: 'Directive (EU) 2016/680', art: '8' },
  category: 'suspect',
  eraseAt: '2027-01-01T00:00:00.000Z',
})
const BOARD = { title: 'Board', layout: { nodes: [], hidden: [], notes: [], layers: [] } }
const read = (...fragments: readonly SharedFragment[]) => {
  const share = readShare(Buffer.from(printShare(BOARD, fragments)))
  if (share === undefined) throw new Error('no share')
  return share
}

describe('a line of a share', () => {
  it.each([
    ['of any length that a file may have', [{ prop: 'notes', value: 'x'.repeat(MAX_LENGTH.text) }]],
    ['of many values', Array.from({ length: 5000 }, (_, index) => ({ prop: 'alias', value: `name ${index}` }))],
    ['of no value', []],
    ['with an instant of any zone', [{ prop: 'name', value: 'x', from: '2020-01-01T10:00:00+02:00', to: '2020-01-01T12:00:00.123Z' }]],
  ])('is read as it was printed: %s', (_what, values) => {
    const line = fragment(values)
    expect(read(line)).toMatchObject({ fragments: [{ ...line, line: 2 }], problems: [] })
  })

  it.each<[string, SharedFragment, string]>([
    ['a secret key', fragment([{ prop: 'privateKey', value: '5Kb8' }], 'CryptoWallet'), 'values.0.prop'],
    ['a property that nobody knows', fragment([{ prop: 'nonsense', value: 'a' }]), 'values.0.prop'],
    ['a schema that nobody knows', fragment([{ prop: 'name', value: 'a' }], 'Nonsense'), 'schema'],
    ['no date', fragment([{ prop: 'birthDate', value: 'yesterday' }]), 'values.0.value'],
    ['no time', fragment([{ prop: 'name', value: 'a', from: 'yesterday' }]), 'values.0.from'],
    ['no record', fragment([{ prop: 'owner', value: 'not an id' }], 'Ownership'), 'values.0.value'],
    ['the zero sign', fragment([{ prop: 'name', value: 'a\0b' }]), ''],
    ['half a character', fragment([{ prop: 'name', value: 'a\ud800' }]), ''],
  ])('is refused with its place, and the others are read: %s', (_what, bad, at) => {
    const good = fragment([{ prop: 'name', value: 'Good' }])
    const { fragments, problems } = read(good, bad, good)
    expect(fragments.map(({ line }) => line)).toEqual([2, 4])
    expect(problems).toMatchObject([{ line: 3, at }])
    expect(JSON.stringify(problems)).not.toContain('5Kb8')
  })

  it('loses signs that mislead, and says so', () => {
    const { fragments, problems } = read(fragment([{ prop: 'name', value: '\u202egnp.exe' }]))
    expect(fragments[0]?.values).toEqual([{ prop: 'name', value: 'gnp.exe' }])
    expect(problems).toMatchObject([{ line: 2, at: 'values.0.value' }])
  })
})
