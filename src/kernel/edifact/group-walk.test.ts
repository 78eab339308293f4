import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultText } from './group-fault.ts'
import { Structure } from './group-structure.ts'
import { GroupWalk, openGroups } from './group-walk.ts'
import { tagOf } from './segment.ts'

/** Places as `path:repetition`, faults as `code position path`. */
function walk(structure: string, tags: string): { places: string[]; faults: string[] } {
  const faults: string[] = []
  const edition = { type: 'TEST', directory: 'D23A', isExact: true, structure: new Structure(structure) }
  const groups = new GroupWalk(edition, ({ code, position, path, tag }) => void faults.push(`${code} ${position} ${path || tag}`))
  const places = tags
    .split(' ')
    .filter(Boolean)
    .map((tag) => {
      const place = groups.segment(tagOf(tag))
      return place === undefined ? '-' : `${place.path}:${place.repetition.join('.')}`
    })
  groups.end()
  return { places, faults }
}

const CARGO = 'BGM! DTM2 2(NAD! 2(CTA! COM9)) 9!(EQD! RFF9! LOC9 3(SEL! FTX)) CNT'

describe('walk', () => {
  it('gives each segment its place and how often each group has come', () => {
    expect(walk(CARGO, 'BGM DTM DTM NAD CTA COM COM NAD EQD RFF SEL FTX SEL EQD RFF LOC CNT')).toEqual({
      places: [
        'BGM:1',
        'DTM:1',
        'DTM:2',
        'SG1/NAD:1.1',
        'SG1/SG2/CTA:1.1.1',
        'SG1/SG2/COM:1.1.1',
        'SG1/SG2/COM:1.1.2',
        'SG1/NAD:2.1',
        'SG3/EQD:1.1',
        'SG3/RFF:1.1',
        'SG3/SG4/SEL:1.1.1',
        'SG3/SG4/FTX:1.1.1',
        'SG3/SG4/SEL:1.2.1',
        'SG3/EQD:2.1',
        'SG3/RFF:2.1',
        'SG3/LOC:2.1',
        'CNT:1',
      ],
      faults: [],
    })
  })

  it.each([
    ['BGM EQD RFF XYZ CNT', 'segment.unknown 5 XYZ'],
    ['BGM EQD RFF FTX', 'segment.misplaced 5 FTX'],
    ['BGM EQD RFF DTM', 'segment.misplaced 5 DTM'],
    ['BGM DTM DTM DTM EQD RFF', 'segment.too-many 5 DTM'],
    ['BGM NAD NAD NAD EQD RFF', 'group.too-many 5 SG1/NAD'],
    ['BGM NAD CTA CTA CTA EQD RFF', 'group.too-many 6 SG1/SG2/CTA'],
    ['BGM NAD CTA CTA NAD CTA CTA EQD RFF SEL SEL SEL SEL', 'group.too-many 14 SG3/SG4/SEL'],
    ['BGM EQD LOC', 'segment.missing 3 SG3/RFF'],
    ['EQD RFF', 'segment.missing 1 BGM'],
    ['BGM DTM', 'segment.missing 3 SG3/EQD'],
    ['BGM EQD RFF EQD', 'segment.missing 5 SG3/RFF'],
    ['', 'segment.missing 1 BGM'],
  ])('%j is told once at its position: %s', (tags, fault) => {
    const { faults } = walk(CARGO, tags)
    expect(faults[0]).toBe(fault)
    expect(faults).toHaveLength(tags === '' ? 2 : 1)
  })

  it('goes on in an earlier group after one fault', () => {
    expect(walk(CARGO, 'BGM EQD RFF CNT EQD RFF SEL')).toEqual({
      places: ['BGM:1', 'SG3/EQD:1.1', 'SG3/RFF:1.1', 'CNT:1', 'SG3/EQD:2.1', 'SG3/RFF:2.1', 'SG3/SG4/SEL:2.1.1'],
      faults: ['segment.misplaced 6 SG3/EQD'],
    })
  })

  it('gives a late segment its place and stays', () => {
    expect(walk(CARGO, 'BGM EQD RFF SEL FTX LOC SEL RFF')).toEqual({
      places: [
        'BGM:1',
        'SG3/EQD:1.1',
        'SG3/RFF:1.1',
        'SG3/SG4/SEL:1.1.1',
        'SG3/SG4/FTX:1.1.1',
        'SG3/LOC:1.1',
        'SG3/SG4/SEL:1.2.1',
        'SG3/RFF:1.2',
      ],
      faults: ['segment.misplaced 7 SG3/LOC', 'segment.misplaced 9 SG3/RFF'],
    })
  })

  it('gives the head of the message nothing that hangs under a group, and goes back over nothing mandatory', () => {
    expect(walk(CARGO, 'BGM DTM NAD EQD RFF DTM').places.at(-1)).toBe('-')
    expect(walk('9(RFF! DTM) 1!(TDT!) 9(EQD!)', 'RFF TDT EQD RFF EQD')).toEqual({
      places: ['SG1/RFF:1.1', 'SG2/TDT:1.1', 'SG3/EQD:1.1', '-', 'SG3/EQD:2.1'],
      faults: ['segment.misplaced 5 RFF'],
    })
    expect(walk('BGM! DTM9 FTX9', 'BGM FTX DTM').places.at(-1)).toBe('DTM:1')
  })

  it('stays where it is at a segment without a place', () => {
    expect(walk(CARGO, 'BGM EQD RFF COM RFF').places).toEqual(['BGM:1', 'SG3/EQD:1.1', 'SG3/RFF:1.1', '-', 'SG3/RFF:1.2'])
  })

  it('prefers the place that leaves out nothing, then one too many, then the least left out', () => {
    expect(walk('BGM! RFF2 9(RFF! DTM)', 'BGM RFF RFF RFF DTM')).toEqual({
      places: ['BGM:1', 'RFF:1', 'RFF:2', 'SG1/RFF:1.1', 'SG1/DTM:1.1'],
      faults: [],
    })
    expect(walk('BGM! RFF2 MEA! 9(RFF! DTM)', 'BGM RFF RFF RFF MEA').faults).toEqual(['segment.too-many 5 RFF'])
    expect(walk('BGM! 9(LOC! MEA! LOC9 RFF!)', 'BGM LOC LOC MEA').places).toContain('SG1/LOC:1.1')
  })

  it('counts nested groups anew in each group around them', () => {
    const inner = walk('9(EQD! 9(SEL!))', 'EQD SEL SEL EQD SEL').places
    expect(inner).toEqual(['SG1/EQD:1.1', 'SG1/SG2/SEL:1.1.1', 'SG1/SG2/SEL:1.2.1', 'SG1/EQD:2.1', 'SG1/SG2/SEL:2.1.1'])
  })

  it('gives a real load list its groups', () => {
    const groups = openGroups('COARRI', 'D95B')
    const paths = 'BGM TDT RFF LOC DTM NAD EQD RFF LOC LOC MEA SEL NAD CNT'.split(' ').map((tag) => groups?.segment(tagOf(tag))?.path)
    expect(paths.slice(6)).toEqual(['SG3/EQD', 'SG3/RFF', 'SG3/LOC', 'SG3/LOC', 'SG3/MEA', 'SG3/SEL', 'SG3/NAD', 'CNT'])
    expect(openGroups('IFTERA', 'D95B')).toBeUndefined()
  })

  it('ends after any order of any tags with a place or a fault for each', () => {
    const tag = fc.constantFrom('BGM', 'DTM', 'NAD', 'CTA', 'COM', 'EQD', 'RFF', 'LOC', 'SEL', 'FTX', 'CNT', 'XXX')
    fc.assert(
      fc.property(fc.array(tag, { maxLength: 60 }), (tags) => {
        const { places, faults } = walk(CARGO, tags.join(' '))
        expect(places).toHaveLength(tags.length)
        expect(faults.filter((fault) => /unknown|misplaced/.test(fault)).length).toBeGreaterThanOrEqual(
          places.filter((place) => place === '-').length,
        )
        // No two segments stand at the same place.
        const taken = places.filter((place) => place !== '-')
        expect(new Set(taken).size).toBe(taken.length)
      }),
    )
  })

  it('says each fault in a sentence', () => {
    expect(faultText({ code: 'segment.missing', position: 3, tag: 'RFF', path: 'SG3/RFF' })).toBe('RFF (SG3/RFF) is missing.')
    expect(faultText({ code: 'element.too-long', position: 3, tag: 'BGM', path: 'BGM', element: 2, component: 1 })).toBe(
      'BGM, element 2, component 1 is too long.',
    )
  })
})
