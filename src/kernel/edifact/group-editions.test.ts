import { describe, expect, it } from 'vitest'
import { findEdition } from './group-editions.ts'

const found = (type: string, directory: string): string => {
  const edition = findEdition(type, directory)
  return edition === undefined ? 'none' : `${edition.directory}${edition.isExact ? '' : ' nearest'}`
}

describe('editions', () => {
  it.each([
    ['BAPLIE', 'D13B', 'D13B'],
    ['BAPLIE', 'D95B', 'D95B'],
    ['COARRI', 'D95B', 'D96A'],
    ['COREOR', 'D00B', 'D00B'],
    ['COREOR', 'D08B', 'D08A'],
    ['COPARN', 'D02A', 'D01B'],
    ['CUSRES', 'D99B', 'D99A'],
    ['VERMAS', 'D16A', 'D16A'],
    ['CONTRL', '2.2', '2.2'],
  ])('%s %s is read by the table of %s', (type, directory, table) => {
    expect(found(type, directory)).toBe(table)
  })

  it('takes the structure of both neighbours where they are alike', () => {
    expect(findEdition('CUSCAR', 'D16A')).toMatchObject({ isExact: true })
    expect(findEdition('IFTMCS', 'D02A')).toMatchObject({ isExact: true })
  })

  it.each([
    ['BAPLIE', '1.5', 'D95B nearest'],
    ['BAPLIE', 'D04B', 'D03B nearest'],
    ['COARRI', 'D99B', 'D99A nearest'],
    ['IFTMCS', 'D21A', 'D23A nearest'],
    ['COARRI', 'D25A', 'D23A nearest'],
    ['COARRI', '', 'D23A nearest'],
    ['COARRI', 'nonsense', 'D23A nearest'],
  ])('%s %s is read by the nearest table, and says so', (type, directory, table) => {
    expect(found(type, directory)).toBe(table)
  })

  it('says in a sentence which table stands in', () => {
    expect(findEdition('COARRI', 'D99B')?.note).toBe('The structure of COARRI in D99B is not known; it is read by that of D99A.')
    expect(findEdition('COARRI', '')?.note).toBe('The message names no directory; it is read by that of D23A.')
    expect(findEdition('COARRI', 'D99A')?.note).toBeUndefined()
  })

  it.each(['IFTERA', 'UNKNOWN', '', 'constructor', '__proto__'])('knows no table for %j', (type) => {
    expect(found(type, 'D95B')).toBe('none')
  })
})
