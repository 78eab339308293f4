import { describe, expect, it } from 'vitest'
import { Structure } from './group-structure.ts'
import { tagOf } from './segment.ts'

const names = (structure: Structure, from: string): Record<string, string[]> => {
  let node = structure.start
  for (const tag of from.split(' ').filter(Boolean)) node = structure.waysFrom(node).byTag.get(tagOf(tag))?.[0]?.to ?? node
  return Object.fromEntries(
    [...structure.waysFrom(node).byTag.values()].map((steps) => [
      steps[0]?.to.name ?? '',
      steps.map(({ to, kind, missing }) => `${kind} ${to.path}${missing.map(({ name }) => ` -${name}`).join('')}`),
    ]),
  )
}

describe('structure', () => {
  it('counts groups in the order of their brackets and gives each segment its path', () => {
    const structure = new Structure('BGM! 9(RFF! 2(CTA! COM9)) 1!(TDT!)')
    expect(structure.groups).toBe(3)
    expect(names(structure, '')).toEqual({ BGM: ['on BGM'], RFF: ['open SG1/RFF -BGM'], TDT: ['open SG3/TDT -BGM'] })
    expect(names(structure, 'BGM RFF CTA')).toMatchObject({ COM: ['on SG1/SG2/COM'], CTA: ['repeat SG1/SG2/CTA'], RFF: ['repeat SG1/RFF'] })
  })

  it('names what a way leaves out, group by group', () => {
    const structure = new Structure('BGM! 9!(NAD! LOC! 9!(CTA! COM!)) CNT!')
    expect(names(structure, 'BGM NAD')).toEqual({
      LOC: ['on SG1/LOC'],
      CTA: ['open SG1/SG2/CTA -LOC'],
      NAD: ['repeat SG1/NAD -LOC -CTA'],
      CNT: ['on CNT -LOC -CTA'],
    })
    expect(structure.waysFrom(structure.start).missingAtEnd.map(({ name }) => name)).toEqual(['BGM', 'NAD', 'CNT'])
  })

  it('keeps every place that a tag fits, in order', () => {
    expect(names(new Structure('BGM! DTM9 9(RFF! DTM9) 9(DTM!)'), 'BGM')['DTM']).toEqual(['on DTM', 'open SG2/DTM'])
  })

  it.each(['BGM! 9(RFF!', 'BGM! RFF)', '9()', 'BG', 'BGM! 9(RFF)', 'BGM! 9(RFF9!)', 'BGM! (RFF!)'])(
    'refuses a table that says %j',
    (text) => {
      expect(() => new Structure(text)).toThrow(text)
    },
  )
})
