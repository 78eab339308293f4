import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Filing, versionChain } from './filing-versions.ts'

const filing = (source: string, part: Partial<Filing> = {}): Filing => ({
  source,
  receivedAt: `2026-01-0${source}T00:00:00Z`,
  parties: [{ role: 'consignee', name: 'Alpha N.V.' }],
  loading: 'ECGYE',
  discharge: 'BEANR',
  goods: 'FRESH BANANAS',
  kilograms: 20_000,
  ...part,
})
const fields = (...filings: Filing[]) => versionChain(filings).map(({ differences }) => differences.map(({ field }) => field))

it('names what each version changes, against the one before', () => {
  expect(
    fields(
      filing('3', { goods: 'FROZEN SHRIMP' }),
      filing('1'),
      filing('2', { parties: [{ role: 'consignee', name: 'Beta BV' }], discharge: 'NLRTM', kilograms: 21_000 }),
    ),
  ).toEqual([[], ['consignee', 'discharge', 'kilograms'], ['consignee', 'discharge', 'goods', 'kilograms']])
})

it('takes another way of writing, a rounded weight and what is left out for no difference', () => {
  const { goods: _goods, ...short } = filing('3')
  expect(fields(filing('1'), filing('2', { parties: [{ role: 'consignee', name: ' ALPHA n.v ' }], kilograms: 20_100 }), short)).toEqual([
    [],
    [],
    [],
  ])
})

it('gives the same chain in any order and with any repetition', () => {
  const some = [filing('1'), filing('2', { goods: 'ROSES' }), filing('3', { discharge: 'DEHAM' }), filing('4', { kilograms: 1 })]
  fc.assert(
    fc.property(fc.shuffledSubarray([...some, ...some], { minLength: 8 }), (shuffled) => {
      expect(versionChain(shuffled)).toEqual(versionChain(some))
    }),
  )
})
