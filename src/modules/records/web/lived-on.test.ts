import { expect, it } from 'vitest'
import { withoutEchoes } from './lived-on.ts'

const corrected = { reason: 'corrected', by: 'officer' }

it('shows what a correction changed in both forms, and what it left alone once', () => {
  const before = [
    { statement: 'f1/0', prop: 'name', value: 'Ada', ended: corrected },
    { statement: 'f1/1', prop: 'birthDate', value: '1979-02-14', ended: corrected },
  ]
  const after = [
    { statement: 'f2/0', prop: 'name', value: 'Ada', supersedes: 'f1' },
    { statement: 'f2/1', prop: 'birthDate', value: '1979-02-15', supersedes: 'f1' },
  ]
  expect(withoutEchoes([...before, ...after]).map(({ statement }) => statement)).toEqual(['f1/1', 'f2/0', 'f2/1'])
})

it('follows a value through several corrections to where it stands', () => {
  const statements = [
    { statement: 'f1/0', prop: 'name', value: 'Ada', ended: corrected },
    { statement: 'f2/0', prop: 'name', value: 'Ada', ended: corrected, supersedes: 'f1' },
    { statement: 'f3/0', prop: 'name', value: 'Ada', supersedes: 'f2' },
  ]
  expect(withoutEchoes(statements).map(({ statement }) => statement)).toEqual(['f3/0'])
})

it('keeps an ended value that holds for another time, was withdrawn, or has nothing that goes on with it', () => {
  const statements = [
    { statement: 'f1/0', prop: 'name', value: 'Ada', from: '2001', ended: corrected },
    { statement: 'f1/1', prop: 'alias', value: 'A.', ended: corrected },
    { statement: 'f9/0', prop: 'name', value: 'Ada', ended: { reason: 'withdrawn', by: 'officer' } },
    { statement: 'f2/0', prop: 'name', value: 'Ada', supersedes: 'f1' },
  ]
  expect(withoutEchoes(statements)).toHaveLength(4)
})
